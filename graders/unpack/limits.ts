/** What one hand-in may cost. All limits count over everything that is opened, archives in archives included. */
export interface UnpackLimits {
  /** Files and folders that are looked at. */
  entries: number;
  /** Bytes of all files together, unpacked. */
  totalBytes: number;
  /** Bytes of one file, unpacked. */
  entryBytes: number;
  /** Unpacked bytes per packed byte of one archive. */
  ratio: number;
  /** Archives one has to open to reach a file. */
  depth: number;
  /** Bytes of one path in UTF-8. */
  nameBytes: number;
  /** Wall-clock time of the whole unpacking. */
  milliseconds: number;
}

export const defaultLimits: UnpackLimits = {
  // A page folder with a JavaScript library has some hundred files; attacks begin at tens of thousands (D7).
  entries: 5_000,
  // Two dozen layered PSDs; what an exam asks for stays below a tenth of it.
  totalBytes: 1024 ** 3,
  // The largest single thing a task asks for is a layered PSD of 200 MB.
  entryBytes: 384 * 1024 ** 2,
  // Deflate ends at 1032. A flat BMP reaches that, a folder of real work stays below 20.
  ratio: 250,
  // 准考证号.zip inside the hand-in, and one more inside that; nobody packs deeper by mistake.
  depth: 2,
  // Windows ends paths at 260 characters, 780 bytes in Chinese; somewhat longer ones are kept as data (D17).
  nameBytes: 1_024,
  // Half of what a grading child has; unpacking a gigabyte takes a tenth of it.
  milliseconds: 60_000,
};

/** Below this many unpacked bytes a ratio says nothing: one flat BMP reaches any. */
const ratioFloor = 64 * 1024 ** 2;

export type LimitKind = 'count' | 'total' | 'file' | 'ratio' | 'time';

/** Thrown inside the unpacker only, to leave an archive; `unpack` turns it into a problem. */
export class LimitReached extends Error {
  readonly kind: LimitKind;

  constructor(kind: LimitKind) {
    super(`unpack limit reached: ${kind}`);
    this.name = 'LimitReached';
    this.kind = kind;
  }
}

/** Counts what is really read and written, for what archives say of themselves may be a lie. */
export class Budget {
  readonly limits: UnpackLimits;
  readonly #deadline: number;
  #entries = 0;
  #bytes = 0;

  constructor(limits: UnpackLimits) {
    this.limits = limits;
    this.#deadline = performance.now() + limits.milliseconds;
  }

  /** How many more entries may be looked at. */
  get entriesLeft(): number {
    return Math.max(0, this.limits.entries - this.#entries);
  }

  /** How many more bytes may be unpacked. */
  get bytesLeft(): number {
    return Math.max(0, this.limits.totalBytes - this.#bytes);
  }

  enter(): void {
    this.#entries += 1;
    if (this.#entries > this.limits.entries) throw new LimitReached('count');
    this.tick();
  }

  spend(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.limits.totalBytes) throw new LimitReached('total');
    this.tick();
  }

  tick(): void {
    if (performance.now() > this.#deadline) throw new LimitReached('time');
  }
}

/** The count of one archive: its ratio, and the size of the file that is being written. */
export class Meter {
  readonly budget: Budget;
  readonly #packedBytes: number;
  #unpacked = 0;
  #file = 0;

  constructor(budget: Budget, packedBytes: number) {
    this.budget = budget;
    this.#packedBytes = Math.max(1, packedBytes);
  }

  /** Refuses an archive whose own list already says too much, before a byte is written. */
  expect(bytes: readonly number[]): void {
    const claimed = bytes.reduce((sum, each) => sum + each, 0);
    if (claimed > this.budget.bytesLeft) throw new LimitReached('total');
    this.#check(claimed);
  }

  startFile(): void {
    this.#file = 0;
    this.budget.tick();
  }

  spend(bytes: number): void {
    this.#file += bytes;
    this.#unpacked += bytes;
    if (this.#file > this.budget.limits.entryBytes) throw new LimitReached('file');
    this.#check(this.#unpacked);
    this.budget.spend(bytes);
  }

  #check(unpacked: number): void {
    if (unpacked > ratioFloor && unpacked > this.#packedBytes * this.budget.limits.ratio)
      throw new LimitReached('ratio');
  }
}
