/** One part of a form; its body must be read, or left, before the next part is asked for. */
export interface FormPart {
  readonly name: string;
  /** As the client sent it, with its folders; null for a plain field. */
  readonly filename: string | null;
  readonly body: AsyncIterable<Buffer>;
}

/** The bytes are no whole multipart form: cut off, or never one. */
export class BrokenFormError extends Error {
  override name = 'BrokenFormError';
}

const headerBytes = 16 * 1024;
const lineEnd = Buffer.from('\r\n');
const headersEnd = Buffer.from('\r\n\r\n');

/** The boundary named by a Content-Type; null when it is no multipart form. */
export function boundaryOf(contentType: string | undefined): string | null {
  if (!/^multipart\/form-data\s*;/i.test(contentType ?? '')) return null;
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType ?? '') ?? [];
  const boundary = quoted ?? bare ?? '';
  // RFC 2046, 5.1.1: at most 70 characters.
  return boundary !== '' && boundary.length <= 70 ? boundary : null;
}

/**
 * Reads a multipart form (RFC 7578) as it comes, part by part, without holding or copying a body.
 *
 * Written here because names decide over points: programs of Chinese exam rooms send file names in GBK, and the
 * parsers at hand decode names as UTF-8 before anybody sees the bytes. It also passes the socket's chunks on as they are.
 * @throws BrokenFormError while reading, when the form ends before its last boundary or is malformed
 */
export async function* partsOf(source: AsyncIterable<Buffer>, boundary: string): AsyncGenerator<FormPart> {
  const reader = new FormReader(source, Buffer.from(`\r\n--${boundary}`, 'latin1'));
  // What stands before the first boundary is nothing.
  await drain(reader.body());
  while (await reader.opensPart()) {
    const disposition = dispositionOf(await reader.headers());
    const body = reader.body();
    yield { ...disposition, body };
    await drain(body);
  }
}

async function drain(body: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of body);
}

class FormReader {
  readonly #source: AsyncIterator<Buffer>;
  readonly #delimiter: Buffer;
  /** Bytes that came and were not passed on. The form may begin with its boundary, so a line end is put before it. */
  #rest: Buffer = lineEnd;

  constructor(source: AsyncIterable<Buffer>, delimiter: Buffer) {
    this.#source = source[Symbol.asyncIterator]();
    this.#delimiter = delimiter;
  }

  /** The bytes up to the next boundary, which is consumed too. */
  async *body(): AsyncGenerator<Buffer> {
    for (;;) {
      const at = this.#rest.indexOf(this.#delimiter);
      const whole = at >= 0 ? at : this.#rest.length - this.#begun();
      const bytes = this.#rest.subarray(0, whole);
      this.#rest = this.#rest.subarray(at >= 0 ? at + this.#delimiter.length : whole);
      if (bytes.length > 0) yield bytes;
      if (at >= 0) return;
      await this.#more();
    }
  }

  /** Whether a boundary that was just consumed opens another part; false when it closes the form. */
  async opensPart(): Promise<boolean> {
    while (this.#rest.length < 2) await this.#more();
    if (this.#rest.subarray(0, 2).toString('latin1') === '--') return false;
    const padding = await this.#until(lineEnd);
    if (padding.toString('latin1').trim() !== '') throw new BrokenFormError('text behind a boundary');
    return true;
  }

  /** The header lines of a part. */
  async headers(): Promise<string> {
    // A part without any header begins with the empty line itself.
    this.#rest = Buffer.concat([lineEnd, this.#rest]);
    return decodeHeader(await this.#until(headersEnd));
  }

  async #until(mark: Buffer): Promise<Buffer> {
    for (;;) {
      const at = this.#rest.indexOf(mark);
      if ((at >= 0 ? at : this.#rest.length) > headerBytes)
        throw new BrokenFormError('a header without an end');
      if (at >= 0) {
        const bytes = this.#rest.subarray(0, at);
        this.#rest = this.#rest.subarray(at + mark.length);
        return bytes;
      }
      await this.#more();
    }
  }

  /** How many of the last bytes may be the beginning of a boundary. */
  #begun(): number {
    const from = Math.max(0, this.#rest.length - this.#delimiter.length + 1);
    for (let at = this.#rest.indexOf(0x0d, from); at >= 0; at = this.#rest.indexOf(0x0d, at + 1)) {
      const length = this.#rest.length - at;
      if (this.#rest.compare(this.#delimiter, 0, length, at) === 0) return length;
    }
    return 0;
  }

  async #more(): Promise<void> {
    const { value, done } = await this.#source.next();
    if (done) throw new BrokenFormError('the form ended before its last boundary');
    this.#rest = this.#rest.length === 0 ? value : Buffer.concat([this.#rest, value]);
  }
}

/** Headers are UTF-8 (RFC 7578, 5.1); what is not is GBK in this part of the world. */
function decodeHeader(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return new TextDecoder('gb18030').decode(bytes);
    throw error;
  }
}

function dispositionOf(headers: string): Pick<FormPart, 'name' | 'filename'> {
  const line = headers.split('\r\n').find((each) => /^content-disposition:/i.test(each)) ?? '';
  if (!/^content-disposition:\s*form-data\b/i.test(line)) throw new BrokenFormError('a part without a name');
  const parameters = new Map<string, string>();
  // Browsers leave backslashes as they are (WHATWG); only an escaped quote or backslash is undone, as curl writes it.
  for (const [, key = '', quoted, bare = ''] of line.matchAll(
    /;\s*([\w*-]+)=(?:"((?:\\["\\]|[^"])*)"|([^\s;]*))/g,
  )) {
    parameters.set(key.toLowerCase(), quoted?.replace(/\\(["\\])/g, '$1') ?? bare);
  }
  const extended = parameters.get('filename*');
  const filename = (extended === undefined ? null : decodeExtended(extended)) ?? parameters.get('filename');
  return { name: parameters.get('name') ?? '', filename: filename ?? null };
}

/** RFC 8187, `UTF-8''%e8%8c%b6.jpg`; null for what is none. */
function decodeExtended(value: string): string | null {
  const [, text] = /^utf-8'[^']*'(.*)$/i.exec(value) ?? [];
  if (text === undefined) return null;
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
