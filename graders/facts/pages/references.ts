import type { ReferenceFact } from '../schema.ts';
import { isFileName } from './names.ts';
import { isStyleLink, type PageModel } from './page.ts';
import { stringReferences } from './script-references.ts';
import { spanAt } from './source.ts';
import { urlsIn } from './style.ts';
import { type Element, spanOf, tagSpanOf } from './tree.ts';

interface Written {
  kind: string;
  target: string;
}

/** Everything a page names: its markup in order, then style sheets, then strings in scripts. */
export function referencesOf(page: PageModel): ReferenceFact[] {
  return [...markupReferences(page), ...styleReferences(page), ...stringReferences(page)];
}

function markupReferences(page: PageModel): ReferenceFact[] {
  const references: ReferenceFact[] = [];
  for (const element of page.tree.elements) {
    for (const { kind, target: written } of writtenBy(element)) {
      // A link is quoted with its text, so that a human (and a check) sees what was linked.
      const span = kind === 'link' ? spanOf(page.tree, element) : tagSpanOf(page.tree, element);
      references.push({ span, kind, target: written, ...settle(kind, page.resolve(written)) });
    }
  }
  return references;
}

/** An empty source is a picture that is not there; only for links does it mean an empty anchor. */
function settle(
  kind: string,
  resolution: { file: string | null; state: string },
): { file: string | null; state: string } {
  if (kind === 'link' || kind === 'form') return resolution;
  return resolution.state === 'empty-anchor' || resolution.state === 'anchor'
    ? { file: null, state: 'missing' }
    : resolution;
}

/** Tag ▶ attributes that name a file, and as what. */
const attributes: Readonly<Record<string, readonly (readonly [attribute: string, kind: string])[]>> = {
  img: [['src', 'img']],
  script: [['src', 'script']],
  frame: [['src', 'frame']],
  iframe: [['src', 'frame']],
  embed: [['src', 'media']],
  object: [['data', 'media']],
  video: [
    ['src', 'media'],
    ['poster', 'img'],
  ],
  audio: [['src', 'media']],
  source: [['src', 'media']],
  track: [['src', 'media']],
  bgsound: [['src', 'media']],
  a: [['href', 'link']],
  area: [['href', 'link']],
  form: [['action', 'form']],
};

function writtenBy(element: Element): Written[] {
  const { attribs, name } = element;
  const written = (attributes[name] ?? []).flatMap(([attribute, kind]) => target(kind, attribs[attribute]));
  if (name === 'link') written.push(...linkTargets(element));
  if (name === 'param') written.push(...paramTargets(element));
  if (name === 'input' && attribs.type?.toLowerCase() === 'image')
    written.push(...target('img', attribs.src ?? ''));
  const inline = attribs.style?.includes('(') ? urlsIn(attribs.style) : [];
  return [
    ...written,
    ...target('background', attribs.background),
    ...sourceSet(attribs.srcset),
    ...sourceSet(attribs['data-srcset']),
    ...lazyTargets(attribs),
    ...inline.map((url) => ({ kind: 'css-url', target: url.target })),
  ];
}

function target(kind: string, value: string | undefined): Written[] {
  // A form without a target sends to its own page: nothing is referred to.
  return value === undefined || (kind === 'form' && value.trim() === '') ? [] : [{ kind, target: value }];
}

function sourceSet(value: string | undefined): Written[] {
  if (value === undefined) return [];
  return value.split(',').map((part) => ({ kind: 'img', target: part.trim().split(/\s+/)[0] ?? '' }));
}

/** Lazy loaders and plug-ins keep names in other attributes: data-src, data-original, _src. */
function lazyTargets(attribs: Readonly<Record<string, string>>): Written[] {
  return Object.entries(attribs)
    .filter(
      ([attribute]) =>
        (attribute.startsWith('data-') && attribute !== 'data-srcset') || /^(_src|original)$/.test(attribute),
    )
    .filter(([, value]) => isFileName(value))
    .map(([, value]) => ({ kind: 'script-string', target: value }));
}

function linkTargets(element: Element): Written[] {
  const kind = /icon/i.test(element.attribs.rel ?? '') ? 'icon' : 'rel';
  return target(isStyleLink(element) ? 'style' : kind, element.attribs.href);
}

/** Flash: `<param name="movie" value="focus.swf">`. Its variables are read with the strings of scripts. */
function paramTargets({ attribs }: Element): Written[] {
  const isFile = /^(movie|src|filename|url)$/i.test(attribs.name?.trim() ?? '');
  return isFile ? target('media', attribs.value ?? '') : [];
}

function styleReferences(page: PageModel): ReferenceFact[] {
  return page.sheets.flatMap((sheet) =>
    sheet.urls.map(({ target: written, start, end, kind }) => ({
      span: spanAt(sheet.source, start, end),
      kind,
      target: written,
      ...settle(kind, page.resolve(written, sheet.source.path)),
    })),
  );
}
