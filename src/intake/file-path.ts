import { Problem } from '../http/problem.ts';

/** Longer names are no names; Windows itself ends at 260. */
const pathCharacters = 1000;

/**
 * The name of a handed-in file, as data: it never becomes a place on our disk, so nothing in it is dangerous and
 * only its separators are made ours. What no database can hold (NUL, half a character) is shown as U+FFFD.
 * @throws Problem 422 for an empty or endless one
 */
export function cleanPath(name: string): string {
  const path = name
    .toWellFormed()
    .normalize('NFC')
    .replaceAll('\0', '\uFFFD')
    .replaceAll('\\', '/')
    .replace(/^(\.?\/)+/, '');
  if (path === '' || path.endsWith('/')) throw new Problem(422, 'no-name', '有文件没有文件名，请重新选择。');
  if (path.length > pathCharacters)
    throw new Problem(422, 'name-too-long', '文件名过长，请缩短文件夹或文件的名称。');
  return path;
}

const claimCharacters = 100;

/** Room or seat as a terminal says it: a note for the invigilator, cut to a sane length. */
export const cleanClaim = (text: string | null | undefined): string | null =>
  text?.toWellFormed().replaceAll('\0', '').trim().slice(0, claimCharacters) || null;

/** Refuses the second file of one name, however it is spelled. @throws Problem 422 */
export function refuseTwice(path: string, taken: ReadonlySet<string>): void {
  if (taken.has(path)) throw new Problem(422, 'duplicate-path', `文件“${path}”重复提交。`);
}
