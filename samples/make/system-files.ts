import { CFB } from '@e965/xlsx';

/** The first bytes of an OLE container, of which Thumbs.db and old Office files are made. */
const oleHead = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);

/** What Explorer leaves in a folder of pictures; only its head, which is all that anybody looks at. */
export const thumbnails = (): Buffer => Buffer.concat([oleHead, Buffer.alloc(504)]);

/** The lock that Word keeps beside an open document: the user's name, twice. */
export function ownerFile(user: string): Buffer {
  const lock = Buffer.alloc(162);
  lock.writeUInt8(user.length, 0);
  lock.write(user, 1, 'latin1');
  lock.writeUInt16LE(user.length, 54);
  lock.write(user, 56, 'utf16le');
  return lock;
}

/** A Windows shortcut: header with its class id, then the path it points to (MS-SHLLINK, without item list). */
export function shortcut(target: string): Buffer {
  const head = Buffer.alloc(76);
  head.writeUInt32LE(76, 0);
  Buffer.from('0114020000000000c000000000000046', 'hex').copy(head, 4);
  // Has a relative path, in Unicode.
  head.writeUInt32LE(0x88, 20);
  head.writeUInt32LE(1, 60);
  const path = Buffer.alloc(2 + target.length * 2);
  path.writeUInt16LE(target.length, 0);
  path.write(target, 2, 'utf16le');
  return Buffer.concat([head, path]);
}

/** A Word document with a password, as Office keeps it: an OLE container around an encrypted package. */
export function lockedDocument(): Buffer {
  const container = CFB.utils.cfb_new();
  CFB.utils.cfb_add(container, '/EncryptionInfo', Buffer.from([4, 0, 4, 0, 0x40, 0, 0, 0]));
  const scrambled = Buffer.from(Array.from({ length: 6000 }, (_, index) => (index * 167 + 41) & 0xff));
  CFB.utils.cfb_add(container, '/EncryptedPackage', scrambled);
  return Buffer.from(CFB.write(container, { type: 'buffer' }) as Uint8Array);
}
