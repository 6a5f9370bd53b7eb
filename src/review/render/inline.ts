import { readFile } from 'node:fs/promises';
import { FileIndex } from '../../../graders/facts/pages/resolve.ts';
import { decodeText } from '../../../graders/text/decode.ts';
import type { Exhibit } from '../exhibits.ts';

/** Bytes of the work that one rendered page may carry, before base64. */
const mostBytes = 24 * 1024 ** 2;

/** Style sheets that import each other, frames in frames: deeper than this nobody nests on purpose. */
export const deepest = 3;

/** Puts files of the work into a page as data, as far as its budget reaches. */
export class Inliner {
  readonly #files: ReadonlyMap<string, Exhibit>;
  readonly #index: FileIndex;
  readonly #data = new Map<string, Promise<string | null>>();
  #left = mostBytes;
  #leftOut = 0;

  constructor(files: readonly Exhibit[]) {
    this.#files = new Map(files.map((file) => [file.path, file]));
    this.#index = new FileIndex(files.map(({ path }) => path));
  }

  /** Local files that were left out, because the page would have become too large. */
  get leftOut(): number {
    return this.#leftOut;
  }

  /** The file that a reference as written in `from` leads to, as on Windows; null when it leads nowhere here. */
  find(reference: string, from: string, base: string | null = null): Exhibit | null {
    const { file } = this.#index.resolve(reference, from, base);
    return file === null ? null : (this.#files.get(file) ?? null);
  }

  /** The file as a data URL; null when the budget is spent. The same file costs once. */
  dataUrl(file: Exhibit): Promise<string | null> {
    const known = this.#data.get(file.path) ?? this.#read(file);
    this.#data.set(file.path, known);
    return known;
  }

  /** The file's text; null when the budget is spent. */
  async text(file: Exhibit, kind: 'html' | 'css' | 'text'): Promise<string | null> {
    if (!this.#spend(file)) return null;
    return decodeText(await readFile(file.location), { kind }).text;
  }

  /** Pictures of the work, smallest first: as many as possible come along. */
  pictures(): Exhibit[] {
    return [...this.#files.values()]
      .filter(({ view }) => view === 'picture')
      .sort((a, b) => a.bytes - b.bytes);
  }

  async #read(file: Exhibit): Promise<string | null> {
    if (!this.#spend(file)) return null;
    return `data:${file.mime};base64,${(await readFile(file.location)).toString('base64')}`;
  }

  #spend({ bytes }: Exhibit): boolean {
    if (bytes > this.#left) {
      this.#leftOut += 1;
      return false;
    }
    this.#left -= bytes;
    return true;
  }
}
