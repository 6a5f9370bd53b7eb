import type { ProblemCode } from './problems.ts';

/** A name made safe to show and to resolve against, or why the entry is left out. */
export type EntryPath =
  | { path: string }
  | { refused: Extract<ProblemCode, 'traversal-name' | 'unsupported-name'> };

/**
 * Turns the decoded name of an archive entry into a path with `/`. Refuses what leads out (`..`, drive letters,
 * absolute and network paths) and what is too long. Names that Windows reserves (con, nul, a trailing dot) are
 * fine: bytes are stored under ids, the name is only data.
 */
export function entryPath(name: string, nameBytes: number): EntryPath {
  if (Buffer.byteLength(name) > nameBytes) return { refused: 'unsupported-name' };
  const slashed = name.replaceAll('\\', '/');
  if (slashed.startsWith('/') || /^[A-Za-z]:/.test(slashed)) return { refused: 'traversal-name' };
  const segments = slashed.split('/').filter((segment) => segment !== '' && segment !== '.');
  // Windows drops blanks and dots at the end of a name, so ".. " leads out there as well.
  if (segments.some((segment) => /^\.\.[. ]*$/.test(segment))) return { refused: 'traversal-name' };
  // A NUL hides the rest of a name from C programs; other control characters forge lines in logs.
  const path = segments.join('/').replace(/[\u0000-\u001F\u007F]/g, '\uFFFD');
  return path === '' ? { refused: 'unsupported-name' } : { path };
}

/** True for a name that stands for a folder, in either spelling. */
export function isFolderName(name: string): boolean {
  return /[\\/]$/.test(name);
}
