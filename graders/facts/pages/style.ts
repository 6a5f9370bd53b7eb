import { type CssNode, type Declaration, parse, string, tokenize, tokenTypes, url } from 'css-tree';
import type { Source } from './source.ts';

export interface StyleDeclaration {
  /** Lower case, without the `*` and `_` that old Internet Explorers read. */
  readonly property: string;
  /** As written, without `!important`. */
  readonly value: string;
  readonly important: boolean;
}

export interface StyleRule {
  /** One selector of the rule's list, as written. */
  readonly selector: string;
  readonly declarations: readonly StyleDeclaration[];
  /** Offsets in the source. */
  readonly start: number;
  readonly end: number;
}

export interface StyleUrl {
  readonly target: string;
  readonly start: number;
  readonly end: number;
  readonly kind: 'css-url' | 'style';
}

/** One style sheet or style block, parsed once. Offsets are those of `source`. */
export interface StyleSheet {
  readonly source: Source;
  /** What holds on a screen, in order. */
  readonly rules: readonly StyleRule[];
  /** Everything `url(…)` and `@import` name. */
  readonly urls: readonly StyleUrl[];
  /** Names of `@keyframes` and the properties that their steps change. */
  readonly keyframes: ReadonlyMap<string, ReadonlySet<string>>;
}

const raw = {
  positions: true,
  parseValue: false,
  parseAtrulePrelude: false,
  parseRulePrelude: false,
  parseCustomProperty: false,
} as const;

/** A style sheet beyond this is a bomb or a library; its rules after the cap are left out. */
const mostRules = 20_000;

/**
 * Reads a style sheet. Broken CSS is read as browsers do: what cannot be understood is skipped.
 * @param offset where `text` begins in `source`, for a style block inside a page
 */
export function parseStyle(source: Source, text: string = source.text, offset = 0): StyleSheet {
  const reader = new SheetReader(offset);
  reader.readAll(parse(text, raw).children, '');
  return { source, rules: reader.rules, urls: reader.urls, keyframes: reader.keyframes };
}

/** The declarations of a `style` attribute. */
export function parseInline(text: string): StyleDeclaration[] {
  const declarations: StyleDeclaration[] = [];
  for (const node of parse(text, { ...raw, context: 'declarationList' }).children) {
    if (node.type === 'Declaration') declarations.push(declarationOf(node));
  }
  return declarations;
}

class SheetReader {
  readonly rules: StyleRule[] = [];
  readonly urls: StyleUrl[] = [];
  readonly keyframes = new Map<string, Set<string>>();
  readonly #offset: number;

  constructor(offset: number) {
    this.#offset = offset;
  }

  /** @param frames name of the `@keyframes` these rules are steps of, else empty */
  readAll(nodes: Iterable<CssNode>, frames: string): void {
    // A stack instead of recursion: blocks may be nested deeper than ours.
    const waiting: { node: CssNode; frames: string }[] = [...nodes]
      .reverse()
      .map((node) => ({ node, frames }));
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const inner = this.#read(next.node, next.frames);
      for (const node of inner.nodes.reverse()) waiting.push({ node, frames: inner.frames });
    }
  }

  #read(node: CssNode, frames: string): { nodes: CssNode[]; frames: string } {
    if (node.type === 'Rule') {
      this.#rule(
        node.prelude.value,
        [...node.block.children],
        node.loc.start.offset,
        node.loc.end.offset,
        frames,
      );
      return {
        nodes: [...node.block.children].filter(({ type }) => type === 'Rule' || type === 'Atrule'),
        frames,
      };
    }
    if (node.type !== 'Atrule') return { nodes: [], frames };
    const name = node.name.toLowerCase();
    const prelude = node.prelude?.value ?? '';
    if (name === 'import') this.#urls(prelude, node.prelude?.loc.start.offset ?? 0, 'style');
    if (name === 'font-face' || name === 'page') this.#declarationUrls([...(node.block?.children ?? [])]);
    if (name === 'media' && /^\s*print\b/i.test(prelude)) return { nodes: [], frames };
    const isFrames = /^(-\w+-)?keyframes$/.test(name);
    return {
      nodes: [...(node.block?.children ?? [])],
      frames: isFrames ? prelude.trim().toLowerCase() : frames,
    };
  }

  #rule(prelude: string, children: readonly CssNode[], start: number, end: number, frames: string): void {
    const declarations = children
      .filter((child): child is Declaration => child.type === 'Declaration')
      .map(declarationOf);
    this.#declarationUrls(children);
    if (frames !== '') {
      const changed = this.keyframes.get(frames) ?? new Set<string>();
      for (const { property } of declarations) changed.add(property);
      this.keyframes.set(frames, changed);
      return;
    }
    for (const selector of splitSelectors(prelude)) {
      if (this.rules.length >= mostRules) return;
      this.rules.push({ selector, declarations, start: start + this.#offset, end: end + this.#offset });
    }
  }

  #declarationUrls(children: readonly CssNode[]): void {
    for (const child of children) {
      if (child.type === 'Declaration')
        this.#urls(child.value.value, child.value.loc.start.offset, 'css-url');
    }
  }

  #urls(value: string, at: number, kind: 'css-url' | 'style'): void {
    for (const { target, start, end } of urlsIn(value, kind === 'style')) {
      this.urls.push({ target, start: at + start + this.#offset, end: at + end + this.#offset, kind });
    }
  }
}

function declarationOf(node: Declaration): StyleDeclaration {
  return {
    property: node.property.toLowerCase().replace(/^[*_]/, ''),
    value: node.value.value.trim(),
    important: node.important !== false,
  };
}

/** Every `url(…)` in a value. @param bare a string alone names a file too, as in `@import "a.css"` */
export function urlsIn(value: string, bare = false): { target: string; start: number; end: number }[] {
  const found: { target: string; start: number; end: number }[] = [];
  let inUrl = false;
  tokenize(value, (type, start, end) => {
    const text = value.slice(start, end);
    if (type === tokenTypes.Url) found.push({ target: url.decode(text).trim(), start, end });
    else if (type === tokenTypes.String && (inUrl || bare))
      found.push({ target: string.decode(text), start, end });
    if (type !== tokenTypes.WhiteSpace) inUrl = type === tokenTypes.Function && /^url\($/i.test(text);
  });
  return found;
}

/** Splits a selector list at its own commas, not at those inside `:not(a, b)` or strings. */
export function splitSelectors(prelude: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  tokenize(prelude, (type, start, end) => {
    if (type === tokenTypes.Comment) return;
    const text = prelude.slice(start, end);
    if (type === tokenTypes.Function || /^[([]$/.test(text)) depth += 1;
    else if (/^[)\]]$/.test(text)) depth -= 1;
    if (type === tokenTypes.Comma && depth === 0) {
      parts.push(part.trim());
      part = '';
    } else part += text;
  });
  parts.push(part.trim());
  return parts.filter((selector) => selector !== '');
}
