import { childOf, descendantsOf, elementsOf, isElement, textOf, type XmlElement } from '../xml.ts';
import { isOn, isShaded, isWhite, type Style, type Styles } from './styles.ts';

/** What surrounds a run and decides how its text is meant. */
export interface Surroundings {
  readonly styles: Styles;
  readonly paragraph: Style;
  /** The paragraph, cell, shape or page behind the text is painted: white text can be seen. */
  readonly painted: boolean;
}

/** The text of one paragraph, sorted by how it is meant. */
export class Inline {
  text = '';
  hidden = '';
  deleted = '';
  /** Visible characters, and how many of them are bold. */
  visible = 0;
  bold = 0;
  readonly textBoxes: { content: XmlElement; filled: boolean }[] = [];
  /** An embedded object whose content is not in this file's text: a sheet, an old formula editor's formula. */
  embedded = false;

  add(text: string, meant: Meant, bold: boolean): void {
    if (meant === 'deleted') this.deleted += text;
    else if (meant === 'hidden') this.hidden += text;
    else {
      this.text += text;
      this.visible += text.trim().length;
      if (bold) this.bold += text.trim().length;
    }
  }
}

const breaks: Readonly<Record<string, string>> = {
  'w:tab': '\t',
  'w:br': '\n',
  'w:cr': '\n',
  'w:noBreakHyphen': '-',
  'w:ptab': '\t',
};

/** Properties, instructions of fields, readings above characters: no text of the candidate. */
const skipped = new Set([
  'w:pPr',
  'w:rPr',
  'w:sdtPr',
  'w:sdtEndPr',
  'w:instrText',
  'w:delInstrText',
  'w:rt',
  'w:rubyPr',
  'm:oMathParaPr',
]);

/** Of two versions of the same drawing only the first is read, or every text box would count twice. */
export function chosenVersion(alternate: XmlElement): XmlElement | null {
  return childOf(alternate, 'mc:Choice') ?? childOf(alternate, 'mc:Fallback');
}

/** Whether a shape has a fill other than none, so that white text in it can be read. */
function isFilled(shape: XmlElement): boolean {
  const fill = shape.attribs.fillcolor;
  if (fill !== undefined && !/^(?:white|#f{3}(?:f{3})?)\b/i.test(fill)) return shape.attribs.filled !== 'f';
  const properties = childOf(shape, 'wps:spPr');
  const solid = childOf(properties, 'a:solidFill');
  if (solid !== null) return childOf(solid, 'a:srgbClr')?.attribs.val?.toUpperCase() !== 'FFFFFF';
  if (childOf(properties, 'a:gradFill') ?? childOf(properties, 'a:blipFill')) return true;
  const reference = childOf(childOf(shape, 'wps:style'), 'a:fillRef');
  return childOf(properties, 'a:noFill') === null && reference !== null && reference.attribs.idx !== '0';
}

function findTextBoxes(node: XmlElement, into: Inline, filled: boolean): void {
  for (const child of elementsOf(node)) {
    if (child.name === 'w:txbxContent') into.textBoxes.push({ content: child, filled });
    else if (child.name === 'mc:AlternateContent') {
      const version = chosenVersion(child);
      if (version !== null) findTextBoxes(version, into, filled);
    } else findTextBoxes(child, into, filled || isFilled(child));
  }
}

/** A formula of the formula editor, written on one line: fractions as a÷b, powers as a^b. */
function mathText(node: XmlElement): string {
  if (node.name === 'm:t') return textOf(node);
  const part = (name: string): string => {
    const found = childOf(node, name);
    return found === null ? '' : mathText(found);
  };
  const wrapped = (text: string): string => (/[+\-−×÷*/]/.test(text) ? `(${text})` : text);
  if (node.name === 'm:f') return `${wrapped(part('m:num'))}÷${wrapped(part('m:den'))}`;
  if (node.name === 'm:sSup') return `${part('m:e')}^${part('m:sup')}`;
  if (node.name === 'm:d') return `(${part('m:e')})`;
  let text = '';
  for (const child of elementsOf(node)) if (!child.name.endsWith('Pr')) text += mathText(child);
  return text;
}

type Meant = 'visible' | 'hidden' | 'deleted';

/** How the text of a run is meant: what a reader of the page would not see is no answer (E4). */
function meaningOf(
  properties: XmlElement | null,
  around: Surroundings,
  deleted: boolean,
): { meant: Meant; bold: boolean } {
  const style = around.styles(childOf(properties, 'w:rStyle')?.attribs['w:val']);
  const { paragraph } = around;
  const bold = isOn(properties, 'w:b') ?? (style.bold || paragraph.bold);
  if (deleted) return { meant: 'deleted', bold };
  const hidden = isOn(properties, 'w:vanish') ?? (style.hidden || paragraph.hidden);
  const white = isWhite(properties) ?? (style.white || paragraph.white);
  const painted = around.painted || paragraph.shaded || style.shaded || isShaded(properties) === true;
  return { meant: hidden || (white && !painted) ? 'hidden' : 'visible', bold };
}

const drawings = new Set(['w:drawing', 'w:pict', 'w:object', 'mc:AlternateContent']);

function readRun(run: XmlElement, around: Surroundings, into: Inline, deleted: boolean): void {
  const { meant, bold } = meaningOf(childOf(run, 'w:rPr'), around, deleted);
  for (const child of elementsOf(run)) {
    const { name } = child;
    const mark = breaks[name];
    if (name === 'w:t') into.add(textOf(child), meant, bold);
    else if (name === 'w:delText') into.add(textOf(child), 'deleted', bold);
    else if (mark !== undefined) into.add(mark, meant, bold);
    else if (name === 'w:ruby') readInline(childOf(child, 'w:rubyBase') ?? child, around, into, deleted);
    else if (drawings.has(name)) readDrawing(child, into, deleted);
  }
}

function readDrawing(drawing: XmlElement, into: Inline, deleted: boolean): void {
  if (deleted) return;
  const version = drawing.name === 'mc:AlternateContent' ? chosenVersion(drawing) : drawing;
  if (version === null) return;
  if (drawing.name === 'w:object') into.embedded = true;
  else for (const each of descendantsOf(version)) if (each.name === 'o:OLEObject') into.embedded = true;
  findTextBoxes(version, into, false);
}

/** Reads the runs of a paragraph, also inside links, fields, content controls, insertions and formulas. */
export function readInline(node: XmlElement, around: Surroundings, into: Inline, deleted = false): void {
  for (const child of node.children) {
    if (!isElement(child) || skipped.has(child.name)) continue;
    const { name } = child;
    if (name === 'w:r') readRun(child, around, into, deleted);
    else if (name === 'w:del' || name === 'w:moveFrom') readInline(child, around, into, true);
    else if (name === 'm:oMath' || name === 'm:oMathPara')
      into.add(mathText(child), deleted ? 'deleted' : 'visible', false);
    else if (name === 'mc:AlternateContent') readDrawing(child, into, deleted);
    else readInline(child, around, into, deleted);
  }
}
