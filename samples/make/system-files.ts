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
