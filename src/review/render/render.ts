import { type CheerioAPI, load } from 'cheerio';
import { markupBomb } from '../../../graders/facts/pages/bomb.ts';
import { Problem } from '../../http/problem.ts';
import type { Exhibit } from '../exhibits.ts';
import { deepest, Inliner } from './inline.ts';
import { latePictures } from './late.ts';
import { inlineStyle } from './style.ts';

/** A page written by hand has some kilobytes; what is larger is shown as source only. Bytes. */
const largestPage = 2 * 1024 ** 2;

/**
 * What a rendered page may do: run its own scripts on an origin that nobody has, and nothing else. Everything it shows
 * is inside it; it can ask nobody for anything, submit nothing, and be framed by the marking room only.
 */
export const renderPolicy = [
  'sandbox allow-scripts',
  "default-src 'none'",
  'img-src data: blob:',
  "style-src 'unsafe-inline' data:",
  "script-src 'unsafe-inline' data:",
  'media-src data:',
  'font-src data:',
  'frame-src data:',
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join('; ');

export interface Rendered {
  /** UTF-8 HTML without a reference to anything outside of it. */
  readonly html: string;
  /** Local files that did not fit in. */
  readonly leftOut: number;
}

/**
 * Prepares a candidate's page for a sandboxed frame: its local pictures, styles, scripts and frames become part of it,
 * links lead nowhere.
 * @throws Problem 422 for what is no page, is too large, or would choke the reader
 */
export async function renderPage(page: Exhibit, files: readonly Exhibit[]): Promise<Rendered> {
  if (page.view !== 'page') throw new Problem(422, 'not-a-page', `“${page.path}”不是网页文件。`);
  const work = new Inliner(files);
  const html = await pageHtml(page, work, 0);
  if (html === null) throw new Problem(422, 'page-not-shown', `“${page.path}”过大或嵌套过深，请查看源代码。`);
  return { html, leftOut: work.leftOut };
}

async function pageHtml(page: Exhibit, work: Inliner, depth: number): Promise<string | null> {
  const text = page.bytes <= largestPage ? await work.text(page, 'html') : null;
  if (text === null || markupBomb(text) !== null) return null;
  const $ = load(text);
  const place = { $, path: page.path, base: $('base[href]').first().attr('href') ?? null, work, depth };
  $('base, meta[http-equiv="refresh" i], meta[http-equiv="content-security-policy" i]').remove();
  await inlineSources(place);
  await inlineStyles(place);
  await inlineScripts(place);
  await inlineFrames(place);
  stopLinks(place);
  const scripted = $('script').length > 0 || /\son[a-z]+\s*=/i.test(text);
  const late = scripted ? await latePictures(page.path, work) : '';
  $('head').prepend(late);
  return $.html();
}

interface Place {
  readonly $: CheerioAPI;
  readonly path: string;
  readonly base: string | null;
  readonly work: Inliner;
  readonly depth: number;
}

/** Attributes that name a picture or a sound. */
const sources = [
  ['img, input[type="image" i], audio, video, source, embed', 'src'],
  ['body, table, tr, td, th', 'background'],
  ['video', 'poster'],
  ['image', 'href'],
] as const;

async function inlineSources({ $, path, base, work }: Place): Promise<void> {
  for (const [selector, attribute] of sources) {
    for (const element of $(selector).toArray()) {
      const reference = $(element).attr(attribute);
      if (!reference || /^data:/i.test(reference)) continue;
      const file = work.find(reference, path, base);
      const data = file && (await work.dataUrl(file));
      // A broken picture stays broken: its name stays and the policy keeps anybody from being asked for it.
      if (data) $(element).attr(attribute, data);
    }
  }
  $('[srcset]').removeAttr('srcset');
}

async function inlineStyles({ $, path, base, work }: Place): Promise<void> {
  for (const element of $('link[rel~="stylesheet" i][href]').toArray()) {
    const link = $(element);
    const file = work.find(link.attr('href') ?? '', path, base);
    const css = file && (await work.text(file, 'css'));
    if (file && css !== null)
      link.replaceWith(styleElement(await inlineStyle(css, file.path, work), link.attr('media')));
  }
  $('link').remove();
  for (const element of $('style').toArray())
    $(element).text(safeIn('style', await inlineStyle($(element).text(), path, work)));
  for (const element of $('[style*="url("]').toArray())
    $(element).attr('style', await inlineStyle($(element).attr('style') ?? '', path, work));
}

function styleElement(css: string, media: string | undefined): string {
  const condition = media && !media.includes('"') ? ` media="${media}"` : '';
  return `<style${condition}>${safeIn('style', css)}</style>`;
}

async function inlineScripts({ $, path, base, work }: Place): Promise<void> {
  for (const element of $('script[src]').toArray()) {
    const script = $(element);
    const file = work.find(script.attr('src') ?? '', path, base);
    const program = file && (await work.text(file, 'text'));
    if (program === null) continue;
    script.removeAttr('src').removeAttr('integrity').text(safeIn('script', program));
  }
}

async function inlineFrames({ $, path, base, work, depth }: Place): Promise<void> {
  for (const element of $('iframe, frame').toArray()) {
    const frame = $(element);
    const file = work.find(frame.attr('src') ?? '', path, base);
    const inner = file?.view === 'page' && depth < deepest ? await pageHtml(file, work, depth + 1) : null;
    if (inner === null) frame.removeAttr('src');
    else frame.attr('src', `data:text/html;charset=utf-8;base64,${Buffer.from(inner).toString('base64')}`);
  }
}

/** A link would leave the work, and the frame. It stays a link, since styles ask for that, and still tells where it led. */
function stopLinks({ $ }: Place): void {
  for (const element of $('a[href], area[href]').toArray()) {
    const link = $(element);
    const target = link.attr('href') ?? '';
    if (target.startsWith('#') || /^javascript:/i.test(target)) continue;
    link.attr('href', '#').attr('data-href', target).removeAttr('target');
    if (!link.attr('title')) link.attr('title', target);
  }
}

/** Text that does not end its element early. */
const safeIn = (element: 'style' | 'script', text: string): string =>
  text.replaceAll(new RegExp(`</(?=${element})`, 'gi'), '<\\/');
