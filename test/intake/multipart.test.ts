import { array, assert, asyncProperty, constantFrom, integer, oneof, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BrokenFormError, boundaryOf, partsOf } from '../../src/intake/multipart.ts';

async function* inPieces(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? bytes.length;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

interface Read {
  name: string;
  filename: string | null;
  data: Buffer;
}

async function read(bytes: Buffer, sizes: readonly number[] = [bytes.length || 1]): Promise<Read[]> {
  const parts: Read[] = [];
  for await (const { name, filename, body } of partsOf(inPieces(bytes, sizes), 'b-1')) {
    const chunks: Buffer[] = [];
    for await (const chunk of body) chunks.push(chunk);
    parts.push({ name, filename, data: Buffer.concat(chunks) });
  }
  return parts;
}

const part = (disposition: string | Buffer, data: string | Uint8Array): Buffer =>
  Buffer.concat([
    Buffer.from('--b-1\r\nContent-Disposition: form-data; '),
    Buffer.from(disposition as string),
    Buffer.from('\r\n\r\n'),
    Buffer.from(data as string),
    Buffer.from('\r\n'),
  ]);
const form = (...parts: Buffer[]): Buffer => Buffer.concat([...parts, Buffer.from('--b-1--\r\n')]);

describe('a multipart form', () => {
  // Bytes that look like pieces of the boundary are the hard ones.
  const tricky = oneof(
    uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
    array(constantFrom('\r', '\n', '\r\n', '-', '--', '\r\n--', '\r\n--b', '\r\n--b-', 'x'), {
      maxLength: 12,
    }).map((pieces) => Buffer.from(pieces.join(''))),
  ).filter((bytes) => !bytes.includes('\r\n--b-1') && !bytes.subarray(0, 5).equals(Buffer.from('--b-1')));

  it('is read the same however its bytes are cut', async () => {
    await assert(
      asyncProperty(
        array(tricky, { maxLength: 4 }),
        array(integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 }),
        async (bodies, sizes) => {
          const bytes = form(...bodies.map((data, index) => part(`name="f"; filename="${index}.bin"`, data)));
          const expected = bodies.map((data, index) => ({ name: 'f', filename: `${index}.bin`, data }));
          expect(await read(bytes, sizes)).toEqual(expected);
        },
      ),
    );
  });

  it('that is cut off anywhere is broken, never short', async () => {
    const whole = form(part('name="a"; filename="a"', 'abc'), part('name="room"', '1'));
    // The line end behind the last boundary may be missing.
    for (let end = 0; end < whole.length - 2; end += 1) {
      await expect(read(whole.subarray(0, end))).rejects.toThrow(BrokenFormError);
    }
  });

  it('may have something before and behind it', async () => {
    const bytes = Buffer.concat([
      Buffer.from('preamble\r\n'),
      form(part('name="a"', 'x')),
      Buffer.from('epilogue'),
    ]);
    expect(await read(bytes, [3])).toEqual([{ name: 'a', filename: null, data: Buffer.from('x') }]);
  });

  it.each([
    ['name="f"; filename="a b.txt"', 'a b.txt'],
    ['name=f; filename=plain.txt', 'plain.txt'],
    ['name="f"; filename="C:\\dir\\a.txt"', 'C:\\dir\\a.txt'],
    ['name="f"; filename="a\\"b\\".txt"', 'a"b".txt'],
    ['name="f"; filename="a;b=c.txt"', 'a;b=c.txt'],
    ['name="f"; filename="x.txt"; filename*=UTF-8\'\'%e8%8c%b6.txt', '茶.txt'],
    ['name="f"; filename="x.txt"; filename*=UTF-8\'\'%ff.txt', 'x.txt'],
    ['name="f"; filename=""', ''],
    ['name="f"', null],
  ])('names: %s', async (disposition, filename) => {
    expect(await read(form(part(disposition, 'x')))).toMatchObject([{ name: 'f', filename }]);
  });

  it('D3: names in GBK are read, also with a back-slash for a trail byte', async () => {
    const name = Buffer.from([0x95, 0x5c]); // 昞
    const disposition = Buffer.concat([Buffer.from('name="f"; filename="'), name, Buffer.from('.txt"')]);
    expect(await read(form(part(disposition, 'x')))).toMatchObject([{ filename: '昞.txt' }]);
  });

  it('an endless header, or a part without a name, is refused', async () => {
    await expect(read(form(part(`name="${'x'.repeat(20_000)}"`, 'x')))).rejects.toThrow(BrokenFormError);
    await expect(read(Buffer.from('--b-1\r\n\r\nx\r\n--b-1--\r\n'))).rejects.toThrow('without a name');
  });
});

it.each([
  ['multipart/form-data; boundary=abc', 'abc'],
  ['Multipart/Form-Data; charset=utf-8; boundary="a b"', 'a b'],
  ['multipart/form-data', null],
  ['multipart/form-data; boundary=', null],
  [`multipart/form-data; boundary=${'x'.repeat(71)}`, null],
  ['multipart/mixed; boundary=abc', null],
  [undefined, null],
])('the boundary of %s is %s', (type, boundary) => {
  expect(boundaryOf(type)).toBe(boundary);
});
