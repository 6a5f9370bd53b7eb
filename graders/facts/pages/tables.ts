import type { PageFact } from '../schema.ts';
import type { PageModel } from './page.ts';
import { ancestors, type Element, elementsBelow, elementsOf, spanOf, tagSpanOf, textOf } from './tree.ts';

type TableFact = PageFact['tables'][number];

/** Longest text of a cell that still reads as data; prose and navigation are longer. */
const longestDatum = 40;

/** Every table in document order, so an outer one stands before those in its cells. */
export function tablesOf(page: PageModel): TableFact[] {
  return elementsOf(page.tree, 'table').map((table) => {
    const rows = ownRows(table);
    const texts = rows.map((cells) => cells.map((cell) => textOf(cell, (inner) => inner.name === 'table')));
    return {
      span: tagSpanOf(page.tree, table),
      depth: [...ancestors(table)].filter(({ name }) => name === 'table').length,
      width: widthOf(page, table),
      rows: texts,
      layout: isLayout(table, texts),
    };
  });
}

/** Rows of this table, without those of tables in its cells. */
function ownRows(table: Element): Element[][] {
  const rows: Element[][] = [];
  for (const part of childElements(table)) {
    const candidates = part.name === 'tr' ? [part] : childElements(part).filter(({ name }) => name === 'tr');
    for (const row of candidates) {
      rows.push(childElements(row).filter(({ name }) => name === 'td' || name === 'th'));
    }
  }
  return rows;
}

function childElements(element: Element): Element[] {
  return element.children.filter((child): child is Element => child.type === 'tag');
}

/**
 * Layout or data (C21): a table with a table inside lays out; one with head cells holds data; otherwise data
 * is at least two rows that mostly have two or more short filled cells.
 */
function isLayout(table: Element, rows: readonly (readonly string[])[]): boolean {
  if (elementsBelow(table, 'table').length > 0) return true;
  if (elementsBelow(table, 'th', 'caption').length > 0) return false;
  const dataRows = rows.filter((cells) => {
    const filled = cells.filter((text) => text !== '');
    return filled.length >= 2 && filled.every((text) => text.length <= longestDatum);
  });
  return dataRows.length < 2 || dataRows.length * 2 < rows.length;
}

/** The width an element states: CSS before the attribute, as browsers do; null when it states none. */
export function widthOf(page: PageModel, element: Element): string | null {
  const styled = page.cascade.of(element, 'width')?.value;
  if (styled !== undefined && styled.toLowerCase() !== 'auto') return styled;
  const attribute = element.attribs.width?.trim();
  return attribute === undefined || attribute === '' ? null : attribute;
}

type WidthFact = PageFact['widths'][number];

const wrappers = new Set('body div section main center form header footer article td'.split(' '));
/** Elements around the frame of a page: html, body, a few wrappers, or table, tbody and tr around a cell. */
const frameDepth = 6;

/** Widths of the blocks near the top of the page: body and what wraps its content. */
export function widthsOf(page: PageModel): WidthFact[] {
  const found: WidthFact[] = [];
  for (const element of page.tree.elements) {
    if (!wrappers.has(element.name) || [...ancestors(element)].length > frameDepth) continue;
    if (page.cascade.isHidden(element)) continue;
    const width = widthOf(page, element);
    if (width !== null) found.push({ element: element.name, width, span: spanOf(page.tree, element) });
  }
  return found;
}
