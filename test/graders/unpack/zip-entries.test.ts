import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { readZipEntries, type ZipEntries } from '../../../graders/unpack/zip-entries.ts';
import { makeZip } from '../../../samples/make/zip-writer.ts';
import { scratch } from './hand-in.ts';

const opened: ZipEntries[] = [];

afterEach(async () => {
  for (const zip of opened.splice(0)) await zip.close();
});

async function read(...from: Parameters<typeof readZipEntries>): Promise<ZipEntries> {
  const zip = await readZipEntries(...from);
  opened.push(zip);
  return zip;
}

const docx = makeZip([
  { name: '[Content_Types].xml', data: '<Types/>' },
  { name: 'word/' },
  { name: 'word/document.xml', data: '<w:document>答案</w:document>' },
]);

describe('readZipEntries', () => {
  it('reads parts by name, from memory and from a file', async () => {
    const path = join(await scratch(), 'a.docx');
    await writeFile(path, docx);
    for (const from of [docx, path]) {
      const zip = await read(from);
      expect(zip.names).toEqual(['[Content_Types].xml', 'word/document.xml']);
      expect(zip.fault).toBeNull();
      expect(zip.has('word/document.xml')).toBe(true);
      expect(zip.size('word/document.xml')).toBe(31);
      expect((await zip.read('word/document.xml')).toString()).toBe('<w:document>答案</w:document>');
      await expect(zip.read('no.xml')).rejects.toMatchObject({ fault: 'missing' });
    }
  });

  it('D7: a document that unpacks to gigabytes costs nothing, whether it says so or lies', async () => {
    const zeros = deflateRawSync(Buffer.alloc(60 * 1024 ** 2), { level: 1 });
    expect(zeros.length).toBeLessThan(400_000);
    for (const claimedBytes of [60 * 1024 ** 2, 1_000]) {
      const bomb = rawDeflate(zeros, claimedBytes);
      const zip = await read(bomb);
      await expect(zip.read('a.xml')).rejects.toMatchObject({
        fault: claimedBytes > 1_000 ? 'bomb' : 'truncated',
      });
    }
  });

  it('D7: many parts that are fine alone are too much together', async () => {
    const part = Buffer.alloc(600_000);
    const zip = await read(
      makeZip([
        { name: 'a', data: part },
        { name: 'b', data: part },
      ]),
      { totalBytes: 1_000_000 },
    );
    expect(await zip.read('a')).toHaveLength(600_000);
    await expect(zip.read('b')).rejects.toMatchObject({ fault: 'bomb' });
  });

  it.each([
    ['truncated', docx.subarray(0, -30), 'truncated'],
    ['no zip at all', Buffer.from('hello'), 'truncated'],
    ['empty', Buffer.alloc(0), 'truncated'],
    ['split', makeZip([{ name: 'a', data: 'a' }], { disk: 2 }), 'unsupported'],
    [
      'too many parts',
      makeZip(Array.from({ length: 20 }, (_, index) => ({ name: `${index}`, data: 'x' }))),
      'bomb',
    ],
  ])('%s: a fault, no error', async (_, bytes, fault) => {
    const zip = await read(bytes, { entries: 10 });
    expect(zip.fault).toBe(fault);
  });

  it('E14: a cut document still gives the parts that are there', async () => {
    const zip = await read(docx.subarray(0, -30));
    expect((await zip.read('word/document.xml')).toString()).toContain('答案');
  });

  it('locked and unknown parts', async () => {
    const zip = await read(
      makeZip([
        { name: 'a', data: 'a', encrypted: true },
        { name: 'b', data: 'b', method: 12 },
      ]),
    );
    await expect(zip.read('a')).rejects.toMatchObject({ fault: 'encrypted' });
    await expect(zip.read('b')).rejects.toMatchObject({ fault: 'unsupported' });
  });
});

/** A member whose packed bytes are given: makeZip packs what it gets, so the deflate bytes are stored and relabelled. */
function rawDeflate(packed: Buffer, claimedBytes: number): Buffer {
  const zip = makeZip([{ name: 'a.xml', data: packed, method: 99, claimedBytes }]);
  const central = zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2]), packed.length);
  zip.writeUInt16LE(8, 8);
  zip.writeUInt16LE(8, central + 10);
  return zip;
}
