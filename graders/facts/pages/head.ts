import type { PageFact } from '../schema.ts';
import {
  ancestors,
  collapse,
  type Element,
  elementsOf,
  spanOf,
  type Tree,
  tagSpanOf,
  textOf,
} from './tree.ts';

/** The title a browser shows: the first one. Titles inside an SVG drawing are not the page's. */
export function titleOf(tree: Tree): PageFact['head']['title'] {
  const titles = elementsOf(tree, 'title').filter(
    (element) => ![...ancestors(element)].some(({ name }) => name === 'svg'),
  );
  const first = titles[0];
  if (first === undefined) return null;
  return { text: textOf(first), span: spanOf(tree, first), count: titles.length };
}

/**
 * A meta element by its name. The form says how it was written: `name`; `in-body` (works, but stands in the body);
 * `singular` (`keyword`); `http-equiv` or `attribute` (`<meta description="…">`), which no search engine reads.
 */
interface Meta {
  element: Element;
  form: string;
  text: string;
}

const formRank = ['name', 'in-body', 'singular', 'http-equiv', 'attribute'];

function metaOf(tree: Tree, name: string, singular?: string): Meta | null {
  const found: Meta[] = [];
  for (const element of elementsOf(tree, 'meta')) {
    const form = formOf(element, name, singular);
    if (form === null) continue;
    const text = form === 'attribute' ? (element.attribs[name] ?? '') : (element.attribs.content ?? '');
    const isFiled = text.trim() !== '';
    if (isFiled || form !== 'attribute') found.push({ element, form, text: collapse(text) });
  }
  // An empty meta that an editor left behind does not hide the filled one.
  const filled = found.filter(({ text }) => text !== '');
  const candidates = filled.length > 0 ? filled : found;
  return candidates.toSorted((a, b) => formRank.indexOf(a.form) - formRank.indexOf(b.form))[0] ?? null;
}

function formOf(element: Element, name: string, singular: string | undefined): string | null {
  const given = element.attribs.name?.trim().toLowerCase();
  if (given === name)
    return [...ancestors(element)].some((around) => around.name === 'body') ? 'in-body' : 'name';
  if (given !== undefined && given === singular) return 'singular';
  const equivalent = element.attribs['http-equiv']?.trim().toLowerCase();
  if (equivalent === name || (equivalent !== undefined && equivalent === singular)) return 'http-equiv';
  return element.attribs[name] === undefined ? null : 'attribute';
}

export function keywordsOf(tree: Tree): PageFact['head']['keywords'] {
  const meta = metaOf(tree, 'keywords', 'keyword');
  if (meta === null) return null;
  const { element, form, text } = meta;
  return { list: splitKeywords(text), text, span: tagSpanOf(tree, element), form };
}

export function descriptionOf(tree: Tree): PageFact['head']['description'] {
  const meta = metaOf(tree, 'description');
  if (meta === null) return null;
  return { text: meta.text, span: tagSpanOf(tree, meta.element), form: meta.form };
}

/** Splits at `, ， 、 ; ； |`; at blanks only when none of these occurs, so that “iPhone 壳” stays one word (C3). */
export function splitKeywords(text: string): string[] {
  const separator = /[,，、;；|｜]/.test(text) ? /[,，、;；|｜]/ : /\s+/;
  const words = text
    .split(separator)
    .map(collapse)
    .filter((word) => word !== '');
  return [...new Set(words)];
}
