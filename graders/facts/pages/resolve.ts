/** What a reference leads to. See the states of the reference fact. */
export interface Resolution {
  readonly file: string | null;
  readonly state: string;
}

/** Windows itself stops at 32,767 characters; no page means a file by a name this long. */
const longestPath = 4096;

/** Finds submitted files by the names pages use for them, as Windows would. */
export class FileIndex {
  readonly #exact: ReadonlySet<string>;
  readonly #folded = new Map<string, string>();
  readonly #byBase = new Map<string, string[]>();

  constructor(paths: readonly string[]) {
    this.#exact = new Set(paths);
    for (const path of paths) {
      const folded = foldPath(path);
      if (!this.#folded.has(folded)) this.#folded.set(folded, path);
      const base = baseName(folded);
      this.#byBase.set(base, [...(this.#byBase.get(base) ?? []), path]);
    }
  }

  /**
   * Resolves a reference as written in `from`.
   * @param from path of the page or style sheet that holds it
   * @param base the page's `<base href>`, if any
   */
  resolve(target: string, from: string, base: string | null = null): Resolution {
    const written = target.trim();
    const special = specialState(written);
    if (special !== null) return { file: null, state: special };
    if (written.length > longestPath) return { file: null, state: 'missing' };
    if (isAbsolute(written)) return this.#absolute(written);
    if (base !== null && base.trim() !== '') {
      if (specialState(base.trim()) === 'external') return { file: null, state: 'external' };
      if (isAbsolute(base.trim())) return this.#absolute(`${base.trim()}/${written}`);
    }
    return this.#relative(written, base, from);
  }

  /** Files whose names fit one that a script builds, `images/*.jpg`, seen from a page. */
  matching(pattern: string, from: string): string[] {
    const fits = builtNameTest(pattern, from);
    return [...this.#folded].filter(([folded]) => fits(folded)).map(([, path]) => path);
  }

  #relative(written: string, base: string | null, from: string): Resolution {
    const folder = base === null ? folderOf(from) : join(folderOf(from), folderOf(withoutSuffix(base)));
    for (const name of folder === null ? [] : readingsOf(withoutSuffix(written))) {
      const path = join(folder ?? '', name);
      if (path === null) continue;
      if (path === joinExactly(folder ?? '', name) && this.#exact.has(path))
        return { file: path, state: 'ok' };
      const other = this.#folded.get(foldPath(path));
      if (other !== undefined) return { file: other, state: 'ok-on-windows' };
    }
    return { file: null, state: 'missing' };
  }

  /** `file:///C:/exam/images/a.jpg`: the file of that base name whose folders agree with the end of the path best. */
  #absolute(written: string): Resolution {
    const path = foldPath(percentDecode(withoutSuffix(written), new TextDecoder()));
    const candidates = this.#byBase.get(baseName(path)) ?? [];
    const ranked = candidates
      .map((file) => ({ file, common: commonEnd(foldPath(file), path) }))
      .sort((a, b) => b.common - a.common);
    const best = ranked[0];
    const isUnique = best !== undefined && best.common > (ranked[1]?.common ?? 0);
    return isUnique ? { file: best.file, state: 'absolute-path' } : { file: null, state: 'missing' };
  }
}

function specialState(written: string): string | null {
  if (written === '' || written === '#') return 'empty-anchor';
  if (written.startsWith('#')) return 'anchor';
  if (/^(mailto|tel|sms):/i.test(written)) return 'mail';
  if (/^(javascript|vbscript):/i.test(written)) return 'script';
  if (/^(\/\/|https?:[\\/]*|ftp:)/i.test(written)) return 'external';
  // A scheme has at least two letters: `C:` is a drive.
  return /^(?!file:)[a-z][a-z0-9+.-]+:/i.test(written) ? 'external' : null;
}

/** From the root of a drive or a server: works on the candidate's own machine only. */
function isAbsolute(written: string): boolean {
  return /^(file:|[a-z][:|]|[\\/])/i.test(written);
}

function withoutSuffix(written: string): string {
  return written.replace(/[?#][\s\S]*$/, '');
}

/**
 * What a name with percent signs may mean: UTF-8, as browsers read it; GBK, as old editors wrote it (图片 in GBK
 * happens to be valid UTF-8); or a file that is literally called so.
 */
function readingsOf(text: string): string[] {
  if (!text.includes('%')) return [text];
  const readings = ['utf-8', 'gb18030'].map((encoding) => percentDecode(text, new TextDecoder(encoding)));
  return [...new Set([...readings, text])];
}

function percentDecode(text: string, decoder: TextDecoder): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
    decoder.decode(Uint8Array.from(run.slice(1).split('%'), (hex) => Number.parseInt(hex, 16))),
  );
}

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

const joinExactly = (folder: string, name: string): string =>
  (folder === '' ? name : `${folder}/${name}`).replace(/^\.\//, '');

/** Joins and resolves `.` and `..`; null when the path leaves the submission. */
function join(folder: string, name: string): string | null {
  const parts: string[] = [];
  for (const part of `${folder}/${name.replaceAll('\\', '/')}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}

/** How Windows compares paths: no case, no blanks or dots at the end of a name. */
export function foldPath(path: string): string {
  return path
    .replaceAll('\\', '/')
    .split('/')
    .map((part) => part.trim().replace(/[. ]+$/, ''))
    .join('/')
    .normalize('NFC')
    .toLowerCase();
}

/**
 * A name that a script builds, as a test on folded paths: the first `*` to the last stand for anything.
 * @param from path of the page: the name is relative to it
 */
export function builtNameTest(pattern: string, from: string): (folded: string) => boolean {
  const [first = '', ...rest] = pattern.split('*');
  const folder = folderOf(from);
  const prefix = foldStart(folder === '' ? first : `${folder}/${first}`);
  const suffix = foldPath((rest.at(-1) ?? '').replace(/[?#].*$/, ''));
  return (path) =>
    path.length >= prefix.length + suffix.length && path.startsWith(prefix) && path.endsWith(suffix);
}

/** The beginning of a path: unlike a whole path it may end in a slash or in part of a name. */
function foldStart(path: string): string {
  const parts: string[] = [];
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/').normalize('NFC').toLowerCase();
}

/** How many path parts agree, counted from the end. */
function commonEnd(a: string, b: string): number {
  const left = a.split('/').reverse();
  const right = b.split('/').reverse();
  let same = 0;
  while (same < Math.min(left.length, right.length) && left[same] === right[same]) same += 1;
  return same;
}
