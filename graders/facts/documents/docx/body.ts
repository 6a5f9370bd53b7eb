import type { Block, Grid, GridCell, Line } from '../read.ts';
import { childOf, elementsOf, type XmlElement } from '../xml.ts';
import { chosenVersion, Inline, readInline } from './inline.ts';
import { isShaded, type Style, type Styles } from './styles.ts';

/** A paragraph before its heading is known. */
export interface Paragraph extends Line {
  /** By style or outline level; null for body text. */
  readonly level: number | null;
  readonly bold: boolean;
}

/** Everything that was read, in reading order. */
export interface Story {
  readonly blocks: (Paragraph | Grid)[];
  readonly aside: Set<Block>;
  readonly hidden: string[];
  readonly deleted: string[];
  embedded: boolean;
  tables: number;
  textBoxes: number;
}

export const newStory = (): Story => ({
  blocks: [],
  aside: new Set(),
  hidden: [],
  deleted: [],
  embedded: false,
  tables: 0,
  textBoxes: 0,
});

/** Where the reader stands. */
interface Place {
  readonly styles: Styles;
  readonly painted: boolean;
  /** `''` in the body, `文本框 1 `, `页眉 `, `脚注 `. */
  readonly prefix: string;
  readonly aside: boolean;
}

/** More columns than a table of Word can have; a cell may claim to span any number. */
const mostColumns = 64;

class Reader {
  readonly #story: Story;
  readonly #place: Place;
  #paragraphs = 0;

  constructor(story: Story, place: Place) {
    this.#story = story;
    this.#place = place;
  }

  read(container: XmlElement, deleted = false): void {
    for (const child of elementsOf(container)) {
      const { name } = child;
      if (name === 'w:p') this.#paragraph(child, deleted);
      else if (name === 'w:tbl') this.#table(child, deleted);
      else if (name === 'mc:AlternateContent') {
        const version = chosenVersion(child);
        if (version !== null) this.read(version, deleted);
      } else if (!name.endsWith('Pr')) this.read(child, deleted || name === 'w:del' || name === 'w:moveFrom');
    }
  }

  #paragraph(element: XmlElement, deleted: boolean): void {
    const properties = childOf(element, 'w:pPr');
    const style = this.#place.styles(childOf(properties, 'w:pStyle')?.attribs['w:val'] ?? 'Normal');
    const own = directStyle(properties, style);
    const inline = new Inline();
    const { styles, painted } = this.#place;
    readInline(element, { styles, paragraph: own, painted }, inline, deleted);
    this.#keep(inline, own);
    for (const box of inline.textBoxes) this.#textBox(box.content, box.filled);
  }

  #keep(inline: Inline, style: Style): void {
    const story = this.#story;
    if (inline.hidden.trim() !== '') story.hidden.push(inline.hidden.trim());
    if (inline.deleted.trim() !== '') story.deleted.push(inline.deleted.trim());
    story.embedded ||= inline.embedded;
    if (inline.text.trim() === '') return;
    this.#paragraphs += 1;
    this.#push({
      kind: 'line',
      text: inline.text,
      where: `${this.#place.prefix}段落 ${this.#paragraphs}`,
      heading: null,
      isHeading: false,
      level: style.level,
      bold: inline.visible > 0 && inline.bold === inline.visible,
    });
  }

  #push(block: Paragraph | Grid): void {
    this.#story.blocks.push(block);
    if (this.#place.aside) this.#story.aside.add(block);
  }

  #textBox(content: XmlElement, filled: boolean): void {
    this.#story.textBoxes += 1;
    const prefix = `文本框 ${this.#story.textBoxes} `;
    const painted = this.#place.painted || filled;
    new Reader(this.#story, { ...this.#place, painted, prefix, aside: true }).read(content);
  }

  #table(table: XmlElement, deleted: boolean): void {
    this.#story.tables += 1;
    const name = `表 ${this.#story.tables}`;
    const painted = this.#place.painted || isShaded(childOf(table, 'w:tblPr')) === true;
    const later: (Paragraph | Grid)[] = [];
    const grid = new GridBuilder(name);
    for (const row of rowsOf(table)) {
      const properties = childOf(row, 'w:trPr');
      const gone = deleted || childOf(properties, 'w:del') !== null;
      grid.startRow(Number(childOf(properties, 'w:gridBefore')?.attribs['w:val'] ?? 0));
      for (const cell of cellsOf(row)) grid.add(cell, this.#cellText(cell, { painted, gone, later }));
    }
    this.#push({ kind: 'grid', name, heading: null, rows: grid.finish() });
    for (const block of later) this.#push(block);
  }

  /** The text of a cell; tables inside it become tables of their own. */
  #cellText(
    cell: XmlElement,
    { painted, gone, later }: { painted: boolean; gone: boolean; later: (Paragraph | Grid)[] },
  ): string {
    const inner = newStory();
    inner.tables = this.#story.tables;
    inner.textBoxes = this.#story.textBoxes;
    const shaded = painted || isShaded(childOf(cell, 'w:tcPr')) === true;
    new Reader(inner, { ...this.#place, painted: shaded }).read(cell, gone);
    this.#story.tables = inner.tables;
    this.#story.textBoxes = inner.textBoxes;
    this.#story.hidden.push(...inner.hidden);
    this.#story.deleted.push(...inner.deleted);
    this.#story.embedded ||= inner.embedded;
    const lines: string[] = [];
    for (const block of inner.blocks) {
      if (block.kind === 'line' && !inner.aside.has(block)) lines.push(block.text);
      else {
        later.push(block);
        if (inner.aside.has(block)) this.#story.aside.add(block);
      }
    }
    return lines.join('\n');
  }
}

function directStyle(properties: XmlElement | null, style: Style): Style {
  const outline = Number(childOf(properties, 'w:outlineLvl')?.attribs['w:val'] ?? '-1');
  const level = outline >= 0 ? (outline < 9 ? outline + 1 : null) : style.level;
  return { ...style, level, shaded: isShaded(properties) ?? style.shaded };
}

/** Rows and cells may stand inside content controls and insertions. */
function* nested(container: XmlElement, wanted: string, stop: string): Generator<XmlElement> {
  for (const child of elementsOf(container)) {
    if (child.name === wanted) yield child;
    else if (child.name !== stop && !child.name.endsWith('Pr')) yield* nested(child, wanted, stop);
  }
}
const rowsOf = (table: XmlElement) => nested(table, 'w:tr', 'w:tc');
const cellsOf = (row: XmlElement) => nested(row, 'w:tc', 'w:tbl');

/** Puts cells where they stand, horizontally and vertically merged ones once, with their reach. */
class GridBuilder {
  readonly #name: string;
  readonly #rows: { -readonly [K in keyof GridCell]: GridCell[K] }[][] = [];
  /** Per column, the cell that a vertical merge continues. */
  readonly #above = new Map<number, { rows: number }>();
  #column = 0;

  constructor(name: string) {
    this.#name = name;
  }

  startRow(before: number): void {
    this.#rows.push([]);
    this.#column = before > 0 && before < mostColumns ? before : 0;
  }

  add(element: XmlElement, text: string): void {
    const properties = childOf(element, 'w:tcPr');
    const claimed = Number(childOf(properties, 'w:gridSpan')?.attribs['w:val'] ?? 1);
    const columns = Number.isInteger(claimed) ? Math.min(Math.max(claimed, 1), mostColumns) : 1;
    const merge = childOf(properties, 'w:vMerge');
    const column = this.#column;
    const row = this.#rows.length - 1;
    this.#column += columns;
    const continued = merge !== null && merge.attribs['w:val'] !== 'restart';
    const origin = continued ? this.#above.get(column) : undefined;
    if (origin !== undefined) {
      origin.rows += 1;
      return;
    }
    const where = `${this.#name} 第 ${row + 1} 行第 ${column + 1} 列`;
    const cell = { row, column, rows: 1, columns, text, where, stored: null };
    this.#rows.at(-1)?.push(cell);
    if (merge === null) this.#above.delete(column);
    else this.#above.set(column, cell);
  }

  finish(): GridCell[][] {
    return this.#rows.map((row) => row.filter((cell) => cell.text.trim() !== ''));
  }
}

/** Reads a story (body, header, footnotes) into `story`. */
export function readStory(
  root: XmlElement,
  story: Story,
  place: { styles: Styles; prefix?: string; painted?: boolean },
): void {
  const { styles, prefix = '', painted = false } = place;
  new Reader(story, { styles, painted, prefix, aside: prefix !== '' }).read(root);
}
