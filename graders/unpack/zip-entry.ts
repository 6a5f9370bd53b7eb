/** One member of a zip as its headers describe it. Names stay bytes: see `zip-names.ts`. */
export interface ZipEntry {
  rawName: Buffer;
  /** The name in the Info-ZIP Unicode field 0x7075, when its checksum fits the raw name. */
  unicodeName: string | null;
  /** Flag bit 11: the writer says that the raw name is UTF-8. */
  utf8: boolean;
  /** Written on Unix or macOS, where names are UTF-8 with or without the flag. */
  unix: boolean;
  encrypted: boolean;
  link: boolean;
  /** Compression method of the zip format; 0 and 8 can be read. */
  method: number;
  packedBytes: number;
  /** Unpacked size as claimed. */
  bytes: number;
  crc32: number;
  modified: Date | null;
  /** Offset of the local header. */
  header: number;
}
