/** How far one try has come. `finishing`: every byte left this machine, the receipt has not come. */
export interface Progress {
  readonly phase: 'hashing' | 'sending' | 'finishing';
  readonly done: number;
  readonly total: number;
}

export interface Transport {
  readonly token: string;
  readonly signal: AbortSignal;
  onProgress(progress: Progress): void;
}
