/** Round constants (FIPS 180-4, 4.2.2): fractions of the cube roots of the first 64 primes. */
const k = new Int32Array(64);
/** First hash value (5.3.3): fractions of the square roots of the first 8 primes. */
const first = new Int32Array(8);

const fraction = (value: number): number => ((value - Math.floor(value)) * 2 ** 32) | 0;
for (let prime = 2, found = 0; found < 64; prime += 1) {
  let divisor = 2;
  while (divisor * divisor <= prime && prime % divisor !== 0) divisor += 1;
  if (divisor * divisor <= prime) continue;
  if (found < 8) first[found] = fraction(prime ** 0.5);
  k[found] = fraction(Math.cbrt(prime));
  found += 1;
}

/** Bytes read at a time: the page stays responsive between two of them. */
const chunkBytes = 2 ** 20;

/** One block of 64 bytes into the state (6.2.2). Every index is in range: `as number` says so without a check per step. */
function mix(state: Int32Array, words: Int32Array, block: DataView, at: number): void {
  for (let t = 0; t < 16; t += 1) words[t] = block.getInt32(at + t * 4);
  for (let t = 16; t < 64; t += 1) {
    const x = words[t - 15] as number;
    const y = words[t - 2] as number;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[t] = ((words[t - 16] as number) + s0 + (words[t - 7] as number) + s1) | 0;
  }
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let t = 0; t < 64; t += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (k[t] as number) + (words[t] as number)) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] = (state[0] as number) + a;
  state[1] = (state[1] as number) + b;
  state[2] = (state[2] as number) + c;
  state[3] = (state[3] as number) + d;
  state[4] = (state[4] as number) + e;
  state[5] = (state[5] as number) + f;
  state[6] = (state[6] as number) + g;
  state[7] = (state[7] as number) + h;
}

/** What follows the last byte (5.1.1): a one, zeros, the length in bits. */
function padding(rest: Uint8Array, bytes: number): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(rest.length < 56 ? 64 : 128);
  padded.set(rest);
  padded[rest.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes / 2 ** 29));
  view.setUint32(padded.length - 4, (bytes * 8) >>> 0);
  return padded;
}

/**
 * SHA-256 of a file in hexadecimal, read piece by piece. Written here because browsers offer theirs only over TLS,
 * which exam rooms do not have, and only for what fits into memory at once.
 * @param onRead called with the bytes read since the call before
 */
export async function sha256(file: Blob, onRead: (bytes: number) => void = () => undefined): Promise<string> {
  const state = first.slice();
  const words = new Int32Array(64);
  const mixAll = (bytes: Uint8Array<ArrayBuffer>): void => {
    const view = new DataView(bytes.buffer);
    for (let at = 0; at + 64 <= bytes.length; at += 64) mix(state, words, view, at);
  };
  let rest = new Uint8Array();
  for (let at = 0; at < file.size; at += chunkBytes) {
    const bytes = new Uint8Array(await file.slice(at, at + chunkBytes).arrayBuffer());
    mixAll(bytes);
    // Only the last chunk is no multiple of a block.
    rest = bytes.slice(bytes.length - (bytes.length % 64));
    onRead(bytes.length);
  }
  mixAll(padding(rest, file.size));
  return [...state].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}
