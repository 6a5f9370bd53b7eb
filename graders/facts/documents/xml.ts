import { type CheerioAPI, load } from 'cheerio/slim';
import { Unreadable } from './read.ts';

type Root = ReturnType<CheerioAPI['root']>[number];
export type XmlNode = Root['children'][number];
export type XmlElement = Extract<XmlNode, { attribs: unknown }>;

/**
 * What a part may hold before a tree of it is built. A tree costs about 300 bytes an element: a report of a hundred
 * pages has some 50,000. Word itself nests about 40 deep; recursion over the tree relies on the limit.
 */
const mostCharacters = 32 * 1024 ** 2;
const mostElements = 800_000;
const mostDepth = 256;

export const isElement = (node: XmlNode): node is XmlElement => 'attribs' in node;

/** The element children, in order. */
export function* elementsOf(node: { children: readonly XmlNode[] }): Generator<XmlElement> {
  for (const child of node.children) if (isElement(child)) yield child;
}

/** The first child element of that name. */
export function childOf(node: XmlElement | null | undefined, name: string): XmlElement | null {
  for (const child of node?.children ?? []) if (isElement(child) && child.name === name) return child;
  return null;
}

/** Every element below, in document order. */
export function* descendantsOf(node: { children: readonly XmlNode[] }): Generator<XmlElement> {
  for (const child of elementsOf(node)) {
    yield child;
    yield* descendantsOf(child);
  }
}

/** Text directly inside an element. */
export function textOf(node: XmlElement): string {
  let text = '';
  for (const child of node.children) if (child.type === 'text') text += child.data;
  return text;
}

/** Why a tree of this markup must not be built, judged by its tags in one pass. */
export function xmlBomb(text: string): boolean {
  if (text.length > mostCharacters) return true;
  let depth = 0;
  let elements = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    const next = text.charCodeAt(at + 1);
    // A closing tag that closes nothing would make the tree builder search all open ones.
    if (next === 0x2f) depth = Math.max(0, depth - 1);
    else if (next !== 0x21 && next !== 0x3f) {
      elements += 1;
      const end = text.indexOf('>', at);
      if (end < 0) break;
      if (text.charCodeAt(end - 1) !== 0x2f) depth += 1;
    }
    if (depth > mostDepth || elements > mostElements) return true;
  }
  return false;
}

/**
 * Parses one part of an Office document; names keep their prefix (`w:p`), as all writers use the same ones.
 * @throws Unreadable for what would cost minutes or gigabytes
 */
export function parseXml(bytes: Buffer): { children: readonly XmlNode[] } {
  const label = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  const text = new TextDecoder(label).decode(bytes);
  if (xmlBomb(text)) throw new Unreadable('bomb-document', `XML of ${text.length} characters refused`);
  const [root] = load(text, { xml: true }).root();
  return { children: root?.children ?? [] };
}
