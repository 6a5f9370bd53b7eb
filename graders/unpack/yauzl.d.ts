/** The part of yauzl 3 that we use: its central directory reader. The data of entries is read by our own streams. */
declare module 'yauzl' {
  export interface ExtraField {
    id: number;
    data: Buffer;
  }

  export interface Entry {
    versionMadeBy: number;
    generalPurposeBitFlag: number;
    compressionMethod: number;
    crc32: number;
    compressedSize: number;
    uncompressedSize: number;
    externalFileAttributes: number;
    relativeOffsetOfLocalHeader: number;
    fileNameRaw: Buffer;
    extraFields: ExtraField[];
    getLastModDate(): Date;
  }

  export interface ZipFile {
    entryCount: number;
    eachEntry(): AsyncIterable<Entry>;
    close(): void;
  }

  export interface OpenOptions {
    decodeStrings: false;
    validateEntrySizes: boolean;
    autoClose: boolean;
  }

  export class RandomAccessReader {
    read(
      target: Buffer,
      offset: number,
      length: number,
      position: number,
      done: (error: Error | null, bytesRead?: number) => void,
    ): void;
  }

  export function fromRandomAccessReaderPromise(
    reader: RandomAccessReader,
    totalSize: number,
    options: OpenOptions,
  ): Promise<ZipFile>;
}
