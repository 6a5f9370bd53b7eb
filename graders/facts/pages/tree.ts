import { type CheerioAPI, load } from 'cheerio';
import type { Span } from '../schema.ts';
import { type Source, spanAt } from './source.ts';

export type DocumentNode = ReturnType<CheerioAPI['root']>[number];
export type Node = DocumentNode['children'][number];
export type Element = Extract<Node, { attribs: unknown }>;

/** One parsed page. Built once; everything that is measured on the page reads this. */
export interface Tree {
  readonly source: Source;
  readonly query: CheerioAPI;
  /** Every element in document order. Comments hold none: what is commented out does not exist. */
  readonly elements: readonly Element[];
  /** The same by lower-case tag name. */
  readonly byTag: ReadonlyMap<string, readonly Element[]>;
  readonly byId: ReadonlyMap<string, Element>;
  /** By `name` attribute, of pictures and anchors alike. */
  readonly byName: ReadonlyMap<string, Element>;
  /** How many pictures an element is or holds; those without any are left out. */
  readonly pictures: ReadonlyMap<Element, number>;
}

export function parseTree(source: Source): Tree {
  const query = load(source.text, { sourceCodeLocationInfo: true });
  const elements = [...descendants(query.root()[0] ?? null)].filter(isElement);
  const byTag = new Map<string, Element[]>();
  const byId = new Map<string, Element>();
  const byName = new Map<string, Element>();
  for (const element of elements) {
    const same = byTag.get(element.name);
    if (same === undefined) byTag.set(element.name, [element]);
    else same.push(element);
    remember(byId, element.attribs.id, element);
    remember(byName, element.attribs.name, element);
  }
  return { source, query, elements, byTag, byId, byName, pictures: countPictures(elements) };
}

/** From the last element to the first, so that every element is complete before its parent is reached. */
function countPictures(elements: readonly Element[]): Map<Element, number> {
  const counts = new Map<Element, number>();
  for (const element of elements.toReversed()) {
    const count = (counts.get(element) ?? 0) + (element.name === 'img' ? 1 : 0);
    if (count === 0) continue;
    counts.set(element, count);
    const around = element.parent as Element | null;
    if (around !== null) counts.set(around, (counts.get(around) ?? 0) + count);
  }
  return counts;
}

/** The first element with an id wins, as in a browser. */
function remember(map: Map<string, Element>, key: string | undefined, element: Element): void {
  if (key !== undefined && key !== '' && !map.has(key)) map.set(key, element);
}

export function isElement(node: Node | DocumentNode): node is Element {
  return node.type === 'tag' || node.type === 'script' || node.type === 'style';
}

export function elementsOf(tree: Tree, ...tags: string[]): readonly Element[] {
  if (tags.length === 1) return tree.byTag.get(tags[0] ?? '') ?? [];
  const wanted = new Set(tags);
  return tree.elements.filter((element) => wanted.has(element.name));
}

/** Everything below a node in document order. Without recursion: a page may be nested deeper than our stack. */
export function* descendants(root: Node | DocumentNode | null): Generator<Node> {
  let node: Node | DocumentNode | null = root;
  while (node !== null) {
    const down: Node | null = 'children' in node ? (node.children[0] ?? null) : null;
    node = down ?? following(node, root);
    if (node !== null) yield node as Node;
  }
}

/** The next node that does not stand below this one, without leaving `root`. */
function following(from: Node | DocumentNode, root: Node | DocumentNode | null): Node | null {
  let node: Node | DocumentNode | null = from;
  while (node !== null && node !== root) {
    if (node.next !== null) return node.next as Node;
    node = node.parent as Node | DocumentNode | null;
  }
  return null;
}

export function elementsBelow(root: Element, ...tags: string[]): Element[] {
  const wanted = new Set(tags);
  return [...descendants(root)].filter(
    (node): node is Element => isElement(node) && (wanted.size === 0 || wanted.has(node.name)),
  );
}

/** The elements around this one, innermost first. */
export function* ancestors(element: Element): Generator<Element> {
  for (let node = element.parent; node !== null; node = node.parent) {
    if (isElement(node as Node)) yield node as Element;
  }
}

/** Where an element stands; one the parser added itself (an implied tbody) stands where its parent does. */
export function spanOf(tree: Tree, element: Element): Span {
  const { start, end } = extent(element);
  return spanAt(tree.source, start, end);
}

/** Where the element's start tag alone stands. */
export function tagSpanOf(tree: Tree, element: Element): Span {
  const { start, end } = extent(element);
  const close = element.sourceCodeLocation?.startTag?.endOffset;
  return spanAt(tree.source, start, close ?? end);
}

function extent(element: Element): { start: number; end: number } {
  for (let node: Element | null = element; node !== null; node = (node.parent as Element | null) ?? null) {
    const location = node.sourceCodeLocation;
    if (location) return { start: location.startOffset, end: location.endOffset };
  }
  return { start: 0, end: 0 };
}

const unseen = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'noframes',
  'noembed',
  'title',
  'head',
  'datalist',
]);
const blocks = new Set(
  (
    'address article aside blockquote body br center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 ' +
    'header hr li main marquee nav ol p pre section table tbody td tfoot th thead tr ul option'
  ).split(' '),
);

/**
 * The text a reader sees below a node: no comments, scripts or styles, blanks collapsed, one blank between blocks.
 * @param skip elements whose text is left out, with all below them
 */
export function textOf(root: Node | DocumentNode, skip?: (element: Element) => boolean): string {
  const parts: string[] = [];
  let node: Node | DocumentNode | null = root;
  while (node !== null) {
    const left: boolean =
      node !== root && isElement(node) && (unseen.has(node.name) || skip?.(node) === true);
    if (node.type === 'text') parts.push(node.data);
    else if (isElement(node) && blocks.has(node.name)) parts.push(' ');
    const down: Node | null = !left && 'children' in node ? (node.children[0] ?? null) : null;
    node = down ?? following(node, root);
  }
  return collapse(parts.join(''));
}

/** Runs of blanks (no-break and ideographic ones too) become one blank. */
export function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The raw text inside a script or style element, with its offset in the page. */
export function rawTextOf(element: Element): { text: string; offset: number } {
  const parts: string[] = [];
  for (const child of element.children) if (child.type === 'text') parts.push(child.data);
  return { text: parts.join(''), offset: element.sourceCodeLocation?.startTag?.endOffset ?? 0 };
}
