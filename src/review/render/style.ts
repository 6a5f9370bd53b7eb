import { deepest, type Inliner } from './inline.ts';

const imports = /@import\s+(?:url\(\s*)?(["']?)([^"')\s;]+)\1\s*\)?([^;]*);/gi;
const urls = /url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)/gi;

async function replaceAsync(
  text: string,
  pattern: RegExp,
  replace: (match: RegExpExecArray) => Promise<string>,
): Promise<string> {
  const matches = [...text.matchAll(pattern)];
  const replaced: string[] = [];
  let end = 0;
  for (const match of matches) {
    replaced.push(text.slice(end, match.index), await replace(match));
    end = match.index + match[0].length;
  }
  return replaced.join('') + text.slice(end);
}

/**
 * A style sheet without references: imported sheets are written into it, pictures become data.
 * @param from path of the file that holds the text: references start there
 */
export async function inlineStyle(css: string, from: string, work: Inliner, depth = 0): Promise<string> {
  const whole = await replaceAsync(css, imports, async ([, , target = '', media = '']) => {
    const file = depth < deepest ? work.find(target, from) : null;
    const text = file && (await work.text(file, 'css'));
    if (!file || text === null) return '';
    const inner = await inlineStyle(text, file.path, work, depth + 1);
    return media.trim() === '' ? inner : `@media ${media.trim()} {${inner}}`;
  });
  return replaceAsync(whole, urls, async ([written, double, single, bare]) => {
    const target = double ?? single ?? bare ?? '';
    if (target.startsWith('data:')) return written;
    const file = work.find(target, from);
    const data = file && (await work.dataUrl(file));
    // What is not there must not be asked for elsewhere.
    return data ? `url("${data}")` : 'url("data:,")';
  });
}
