import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { isNull } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { newId } from '../database/id.ts';
import { signingKey } from '../database/schema/access.ts';

export interface SigningKey {
  readonly id: string;
  readonly privateKey: KeyObject;
}

/** The newest key signs; its file name sorts last because ids are ordered by time. */
const suffix = '.pem';

const publicPem = (privateKey: KeyObject): string =>
  createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();

async function keyFiles(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return (await readdir(folder)).filter((name) => name.endsWith(suffix)).sort();
}

/** Writes a new private key, readable by this user alone, on disk before it signs anything. */
async function makeKey(folder: string, id: string): Promise<void> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const temporary = join(folder, `.${id}.${process.pid}`);
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await file.sync();
  } finally {
    await file.close();
  }
  // A link appears whole or not at all, and never replaces a key that another process made meanwhile.
  await link(temporary, join(folder, `${id}${suffix}`)).finally(() => unlink(temporary));
  const directory = await open(folder, 'r');
  await directory.sync().finally(() => directory.close());
}

/**
 * The key that signs receipts, made at the first start. Its public half is registered in the database, so that
 * receipts can be checked by whoever has the list.
 * @param folder DATA_DIR/keys; whoever holds it can write receipts
 */
export async function openSigningKey(database: Database, folder: string): Promise<SigningKey> {
  // Two processes that start at once may both make a key: both are registered, each signs with the last by name.
  if ((await keyFiles(folder)).length === 0) await makeKey(folder, newId('key'));
  const names = await keyFiles(folder);
  let current: SigningKey | null = null;
  for (const name of names) {
    const privateKey = createPrivateKey(await readFile(join(folder, name)));
    current = { id: name.slice(0, -suffix.length), privateKey };
    await database.db
      .insert(signingKey)
      .values({ id: current.id, publicKey: publicPem(privateKey) })
      .onConflictDoNothing();
  }
  if (!current) throw new Error(`no signing key in ${folder} although one was just made`);
  return current;
}

/** Makes a new key that signs from the next start on; receipts of the old ones still verify. @returns its id */
export async function rotateSigningKey(database: Database, folder: string): Promise<string> {
  const id = newId('key');
  await makeKey(folder, id);
  await database.db.update(signingKey).set({ retiredAt: new Date() }).where(isNull(signingKey.retiredAt));
  await openSigningKey(database, folder);
  return id;
}

/** Public keys by id, as PEM: all that ever signed. */
export async function publicKeys({ db }: Database): Promise<Map<string, string>> {
  const rows = await db.select({ id: signingKey.id, publicKey: signingKey.publicKey }).from(signingKey);
  return new Map(rows.map(({ id, publicKey }) => [id, publicKey]));
}

/** Public keys of the private ones in a folder, for checking a receipt where no database runs. */
export async function publicKeysIn(folder: string): Promise<Map<string, string>> {
  const keys = new Map<string, string>();
  for (const name of await keyFiles(folder)) {
    keys.set(name.slice(0, -suffix.length), publicPem(createPrivateKey(await readFile(join(folder, name)))));
  }
  return keys;
}
