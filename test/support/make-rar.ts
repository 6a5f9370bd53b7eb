import { crc32 } from 'node:zlib';

export interface RarMember {
  name: string;
  data?: string | Uint8Array;
  /** RAR 5: a symbolic link to this target instead of data. */
  link?: string;
  /** RAR 5: a lie about the unpacked size. */
  claimedBytes?: number;
}

/** A RAR 4 archive with stored files, byte by byte: no free tool writes RAR. `volume` marks it as one part of several. */
export function makeRar4(members: readonly RarMember[], options: { volume?: boolean } = {}): Buffer {
  const mark = Buffer.from([0x52, 0x61, 0x72, 0x21, 0x1a, 0x07, 0x00]);
  const main = rar4Block(0x73, options.volume ? 0x0101 : 0, Buffer.alloc(6));
  const files = members.map((member) => {
    const data = Buffer.from(member.data ?? '');
    const name = Buffer.from(member.name.replaceAll('/', '\\'));
    const unicode = Buffer.concat([
      Buffer.from(name.toString('latin1').replace(/[^\x00-\x7f]/g, '_'), 'latin1'),
    ]);
    const raw = /^[\x00-\x7f]*$/.test(member.name)
      ? name
      : Buffer.concat([unicode, Buffer.from([0]), rar4Unicode(member.name)]);
    const body = Buffer.alloc(25);
    body.writeUInt32LE(data.length, 0);
    body.writeUInt32LE(data.length, 4);
    body.writeUInt8(2, 8);
    body.writeUInt32LE(crc32(data), 9);
    body.writeUInt32LE(0x5cc15000, 13);
    body.writeUInt8(20, 17);
    body.writeUInt8(0x30, 18);
    body.writeUInt16LE(raw.length, 19);
    body.writeUInt32LE(0x20, 21);
    const flags = 0x8000 | (raw === name ? 0 : 0x0200);
    return Buffer.concat([rar4Block(0x74, flags, Buffer.concat([body, raw])), data]);
  });
  return Buffer.concat([mark, main, ...files, rar4Block(0x7b, 0x4000, Buffer.alloc(0))]);
}

function rar4Block(type: number, flags: number, body: Buffer): Buffer {
  const header = Buffer.alloc(7);
  header.writeUInt8(type, 2);
  header.writeUInt16LE(flags, 3);
  header.writeUInt16LE(7 + body.length, 5);
  const block = Buffer.concat([header, body]);
  block.writeUInt16LE(crc32(block.subarray(2)) & 0xffff, 0);
  return block;
}

/** RAR 4's packed UTF-16: groups of four characters behind a byte of flags; flag 2 means "two bytes follow". */
function rar4Unicode(name: string): Buffer {
  const units = [...Buffer.from(name.replaceAll('/', '\\'), 'utf16le')];
  const bytes = [0];
  for (let index = 0; index < units.length; index += 8) {
    bytes.push(0b10101010, ...units.slice(index, index + 8));
  }
  return Buffer.from(bytes);
}

/** A RAR 5 archive with stored files. */
export function makeRar5(members: readonly RarMember[]): Buffer {
  const mark = Buffer.from([0x52, 0x61, 0x72, 0x21, 0x1a, 0x07, 0x01, 0x00]);
  const main = rar5Block([1, 0, 0]);
  const files = members.map((member) => {
    const data = Buffer.from(member.link === undefined ? (member.data ?? '') : '');
    const name = Buffer.from(member.name);
    const extra = member.link === undefined ? Buffer.alloc(0) : linkField(member.link);
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32LE(crc32(data));
    const flags = 2 | (extra.length > 0 ? 1 : 0);
    return Buffer.concat([
      rar5Block([
        2,
        flags,
        ...(extra.length > 0 ? vint(extra.length) : []),
        ...vint(data.length),
        4,
        ...vint(member.claimedBytes ?? data.length),
        ...vint(member.link === undefined ? 0o100644 : 0o120777),
        ...checksum,
        0,
        1,
        ...vint(name.length),
        ...name,
        ...extra,
      ]),
      data,
    ]);
  });
  return Buffer.concat([mark, main, ...files, rar5Block([5, 0, 0])]);
}

function linkField(target: string): Buffer {
  const bytes = Buffer.from(target);
  const body = [5, 1, 0, ...vint(bytes.length), ...bytes];
  return Buffer.from([...vint(body.length), ...body]);
}

function rar5Block(body: readonly number[]): Buffer {
  const sized = Buffer.from([...vint(body.length), ...body]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32(sized));
  return Buffer.concat([checksum, sized]);
}

/** RAR 5's numbers: seven bits a byte, low ones first. */
function vint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}
