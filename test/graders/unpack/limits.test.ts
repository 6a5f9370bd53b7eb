import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { makeZip, type ZipMember } from '../../../samples/make/zip-writer.ts';
import { openArchive } from './hand-in.ts';

const many = (count: number, data: string): ZipMember[] =>
  Array.from({ length: count }, (_, index) => ({ name: `${index}.txt`, data }));

describe('D7: limits', () => {
  it('on the number of files, also when the list is lost', async () => {
    const zip = makeZip(many(50, 'x'));
    const opened = await openArchive(zip, { entries: 20 });
    expect(opened.codes).toEqual(['bomb-count']);
    expect(opened.files.length).toBeLessThanOrEqual(20);
    const cut = await openArchive(zip.subarray(0, -30), { entries: 20 });
    expect(cut.files.length).toBeLessThanOrEqual(20);
  });

  it('a hundred thousand names are not read through', async () => {
    const opened = await openArchive(makeZip(many(60_000, '')));
    expect(opened.codes.filter((code) => code.startsWith('bomb'))).toEqual(['bomb-count']);
    expect(opened.files.length).toBeLessThanOrEqual(5_000);
  });

  it('on what is claimed: nothing is written', async () => {
    const opened = await openArchive(makeZip(many(10, 'x'.repeat(1_000))), { totalBytes: 5_000 });
    expect(opened.codes).toEqual(['bomb-total']);
    expect(opened.files).toEqual([]);
  });

  it('on one file: the others are kept', async () => {
    const big = { name: 'big.txt', data: 'x'.repeat(9_000) };
    const opened = await openArchive(makeZip([big, { name: 'a.txt', data: 'a' }]), { entryBytes: 5_000 });
    expect(opened.codes).toEqual(['bomb-file']);
    expect(opened.paths).toEqual(['a.txt']);
  });

  it('on the ratio', async () => {
    const zeros = Buffer.alloc(80 * 1024 ** 2);
    const opened = await openArchive(makeZip([{ name: 'a.bin', data: zeros }]));
    expect(opened.codes).toEqual(['bomb-ratio']);
    expect(opened.files).toEqual([]);
  });

  it('a flat picture may pack a thousand to one', async () => {
    const bmp = Buffer.concat([Buffer.from('BM'), Buffer.alloc(6 * 1024 ** 2, 255)]);
    expect((await openArchive(makeZip([{ name: 'white.bmp', data: bmp }]))).codes).toEqual([]);
  });

  it('an entry that is larger than it claims ends where it claimed to', async () => {
    const opened = await openArchive(
      makeZip([{ name: 'a.txt', data: 'x'.repeat(500_000), claimedBytes: 10 }]),
    );
    expect(opened.codes).toEqual(['truncated-file', 'empty-file']);
    expect(opened.files).toMatchObject([{ path: 'a.txt', bytes: 0 }]);
  });

  it('overlapping entries count each time they are read', async () => {
    const opened = await openArchive(overlapping(20, 100_000), { totalBytes: 1_000_000 });
    expect(opened.codes).toEqual(['bomb-total']);
  });

  it('on time', async () => {
    expect((await openArchive(makeZip(many(3, 'x')), { milliseconds: -1 })).codes).toContain('bomb-time');
  });
});

/** Many names for the same packed bytes, as the better zip bombs have them. */
function overlapping(count: number, bytes: number): Buffer {
  const data = Buffer.alloc(bytes);
  const one = makeZip([{ name: 'a', data }]);
  const packed = deflateRawSync(data).length;
  const central = one.subarray(31 + packed, -22);
  expect(central.readUInt32LE(16)).toBe(crc32(data));
  const entries = Array.from({ length: count }, (_, index) => {
    const entry = Buffer.from(central);
    entry.write(String.fromCharCode(65 + index), 46, 'latin1');
    return entry;
  });
  const end = Buffer.from(one.subarray(-22));
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(count * central.length, 12);
  return Buffer.concat([one.subarray(0, 31 + packed), ...entries, end]);
}
