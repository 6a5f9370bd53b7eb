import { crc32, deflateRawSync } from 'node:zlib';
import { encodeGbk } from './gbk.ts';

/** One member of a zip written by {@link makeZip}: what is left out is what a tidy tool writes. */
export interface ZipMember {
  /** Text, or the raw bytes of a name that no encoding allows. A trailing `/` makes a folder. */
  name: string | Uint8Array;
  data?: string | Uint8Array;
  /** How a text name becomes bytes. Default utf-8. */
  encoding?: 'utf-8' | 'gbk';
  /** Bit 11, "names are UTF-8". Default: set for utf-8, clear for gbk, as Windows does. */
  flagUtf8?: boolean;
  /** Marks the member as encrypted and scrambles its bytes. */
  encrypted?: boolean;
  /** A number writes the method into the headers and stores the bytes as they are. Default deflate. */
  method?: 'store' | 'deflate' | number;
  /** Upper 16 bits are the Unix mode: 0o120777 << 16 makes a symbolic link. */
  externalAttributes?: number;
  /** The system that wrote it: 0 FAT (Windows Explorer, default), 3 Unix, 19 macOS. */
  madeBy?: number;
  /** Extra fields, raw: id, length and data of each. */
  extra?: Uint8Array;
  /** Sizes follow the data, as streaming tools write it. */
  descriptor?: boolean;
  /** A lie about the unpacked size. */
  claimedBytes?: number;
  /** Local time in the DOS fields. Default 2026-06-01 10:00. */
  modified?: Date;
}

interface Written {
  local: Buffer;
  central: Buffer;
}

/** A zip, byte by byte, in the order given: also those that tidy tools refuse to write. */
export function makeZip(
  members: readonly ZipMember[],
  end: { comment?: string; disk?: number } = {},
): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    const { local, central } = writeMember(member, offset);
    locals.push(local);
    centrals.push(central);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  return Buffer.concat([...locals, directory, endRecord(members.length, directory.length, offset, end)]);
}

/** The Info-ZIP field 0x7075 that carries the UTF-8 name beside a name in another encoding. */
export function unicodePathField(rawName: Uint8Array, name: string): Buffer {
  const utf8 = Buffer.from(name);
  const field = Buffer.alloc(9 + utf8.length);
  field.writeUInt16LE(0x7075, 0);
  field.writeUInt16LE(5 + utf8.length, 2);
  field.writeUInt8(1, 4);
  field.writeUInt32LE(crc32(rawName), 5);
  utf8.copy(field, 9);
  return field;
}

function writeMember(member: ZipMember, offset: number): Written {
  const name = nameBytes(member);
  const data = Buffer.from(member.data ?? '');
  const { method, packed } = pack(member, data);
  const descriptor = member.descriptor === true;
  const sizes = { crc: crc32(data), packed: packed.length, bytes: member.claimedBytes ?? data.length };
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(flags(member), 2);
  common.writeUInt16LE(method, 4);
  common.writeUInt32LE(dosTime(member.modified ?? new Date(2026, 5, 1, 10, 0, 0)), 6);
  writeSizes(common, descriptor ? { crc: 0, packed: 0, bytes: 0 } : sizes);
  common.writeUInt16LE(name.length, 22);
  common.writeUInt16LE(member.extra?.length ?? 0, 24);
  const extra = member.extra ?? Buffer.alloc(0);
  const local = [signature(0x04034b50), Buffer.from(common), name, extra, packed];
  if (descriptor) local.push(descriptorOf(sizes));
  writeSizes(common, sizes);
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE((member.externalAttributes ?? 0) >>> 0, 6);
  tail.writeUInt32LE(offset, 10);
  const madeBy = Buffer.from([20, member.madeBy ?? 0]);
  return {
    local: Buffer.concat(local),
    central: Buffer.concat([signature(0x02014b50), madeBy, common, tail, name, extra]),
  };
}

function nameBytes(member: ZipMember): Buffer {
  if (typeof member.name !== 'string') return Buffer.from(member.name);
  return member.encoding === 'gbk' ? encodeGbk(member.name) : Buffer.from(member.name);
}

function flags(member: ZipMember): number {
  const utf8 = member.flagUtf8 ?? (typeof member.name === 'string' && member.encoding !== 'gbk');
  return (utf8 ? 0x800 : 0) | (member.encrypted ? 1 : 0) | (member.descriptor ? 8 : 0);
}

function pack(member: ZipMember, data: Buffer): { method: number; packed: Buffer } {
  const wanted = member.method ?? 'deflate';
  const method = typeof wanted === 'number' ? wanted : wanted === 'deflate' && data.length > 0 ? 8 : 0;
  const packed = method === 8 ? deflateRawSync(data) : data;
  if (member.encrypted !== true) return { method, packed };
  const scrambled = Buffer.concat([Buffer.alloc(12, 0x5a), packed]).map(
    (byte, index) => byte ^ ((index * 89) & 0xff),
  );
  return { method, packed: Buffer.from(scrambled) };
}

function writeSizes(header: Buffer, sizes: { crc: number; packed: number; bytes: number }): void {
  header.writeUInt32LE(sizes.crc, 10);
  header.writeUInt32LE(sizes.packed, 14);
  header.writeUInt32LE(sizes.bytes, 18);
}

function descriptorOf(sizes: { crc: number; packed: number; bytes: number }): Buffer {
  const descriptor = Buffer.alloc(16);
  descriptor.writeUInt32LE(0x08074b50, 0);
  descriptor.writeUInt32LE(sizes.crc, 4);
  descriptor.writeUInt32LE(sizes.packed, 8);
  descriptor.writeUInt32LE(sizes.bytes, 12);
  return descriptor;
}

function endRecord(
  entries: number,
  directoryBytes: number,
  offset: number,
  end: { comment?: string; disk?: number },
): Buffer {
  const comment = Buffer.from(end.comment ?? '');
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(end.disk ?? 0, 4);
  record.writeUInt16LE(end.disk ?? 0, 6);
  record.writeUInt16LE(entries & 0xffff, 8);
  record.writeUInt16LE(entries & 0xffff, 10);
  record.writeUInt32LE(directoryBytes, 12);
  record.writeUInt32LE(offset, 16);
  record.writeUInt16LE(comment.length, 20);
  return Buffer.concat([record, comment]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** DOS time in the low half, DOS date in the high half; it has two-second steps and begins in 1980. */
function dosTime(date: Date): number {
  const time = (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1);
  const day = ((date.getFullYear() - 1980) << 9) | ((date.getMonth() + 1) << 5) | date.getDate();
  return ((day << 16) | time) >>> 0;
}
