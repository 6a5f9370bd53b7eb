import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Receipt, receiptCode, verifyReceipt } from '../../src/intake/receipt.ts';
import { openSigningKey, publicKeysIn, rotateSigningKey } from '../../src/intake/signing.ts';
import { openExam, openStores, type Stores } from '../support/exam.ts';
import { ask, complete, handIn, startService, type TestService, tokenOf } from './service.ts';

let stores: Stores;
let service: TestService;
let receipt: Receipt;

beforeAll(async () => {
  stores = await openStores();
  service = await startService(stores);
  const { candidates } = await openExam(stores, { candidates: 1 });
  const token = await tokenOf(service, candidates[0] ?? { id: '', ticket: '', pin: '' });
  receipt = (await handIn(service, token, complete)).body.receipt;
});
afterAll(async () => {
  await service?.close();
  await stores?.close();
});

const keysFolder = (): string => join(stores.dataDir, 'keys');

async function publishedKeys(): Promise<Map<string, string>> {
  const { body } = await ask<{ id: string; publicKey: string }[]>(service, '/receipt-keys');
  return new Map(body.map(({ id, publicKey }) => [id, publicKey]));
}

describe('a receipt', () => {
  it('is verified with the published keys, and offline with those of the folder', async () => {
    expect(verifyReceipt(receipt, await publishedKeys())).toEqual({ valid: true });
    expect(verifyReceipt(receipt, await publicKeysIn(keysFolder()))).toEqual({ valid: true });
  });

  it('has a code of four groups that can be read aloud, the same for the same body', () => {
    expect(receipt.code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(receiptCode(receipt.receipt)).toBe(receipt.code);
  });

  it('is good whatever the order of its fields', async () => {
    const shuffled = Object.fromEntries(Object.entries(receipt.receipt).reverse()) as Receipt['receipt'];
    expect(verifyReceipt({ ...receipt, receipt: shuffled }, await publishedKeys())).toEqual({ valid: true });
  });

  it('is no longer good when anything in it was changed', async () => {
    const keys = await publishedKeys();
    const [file] = receipt.receipt.files;
    const bodies: Partial<Receipt['receipt']>[] = [
      { ticket: '1' },
      { number: 2 },
      { receivedAt: '2026-01-01T00:00:00.000Z' },
      { files: [] },
      { files: [{ path: 'x', bytes: 1, sha256: file?.sha256 ?? '' }] },
    ];
    for (const change of bodies) {
      const forged = { ...receipt, receipt: { ...receipt.receipt, ...change } };
      expect(verifyReceipt(forged, keys)).toEqual({ valid: false, reason: 'bad-signature' });
    }
    const code = `0000${receipt.code.slice(4)}`;
    expect(verifyReceipt({ ...receipt, code }, keys)).toEqual({ valid: false, reason: 'bad-code' });
    expect(verifyReceipt({ ...receipt, keyId: 'key_x' }, keys)).toEqual({
      valid: false,
      reason: 'unknown-key',
    });
    const signature = receipt.signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
    expect(verifyReceipt({ ...receipt, signature }, keys)).toEqual({ valid: false, reason: 'bad-signature' });
  });

  it('stays good after the key was changed, and new ones are signed with the new key', async () => {
    const before = service.parts.key.id;
    const id = await rotateSigningKey(stores.database, keysFolder());
    expect((await openSigningKey(stores.database, keysFolder())).id).toBe(id);
    expect(id).not.toBe(before);
    const keys = await publishedKeys();
    expect([...keys.keys()].sort()).toEqual([before, id].sort());
    expect(verifyReceipt(receipt, keys)).toEqual({ valid: true });
    // A key of another service has another id, and does not fit under ours.
    expect(verifyReceipt(receipt, new Map([[before, keys.get(id) ?? '']]))).toEqual({
      valid: false,
      reason: 'bad-signature',
    });
  });
});

describe('signing keys', () => {
  it('can be read by this user alone', async () => {
    for (const name of await readdir(keysFolder())) {
      expect((await stat(join(keysFolder(), name))).mode & 0o777).toBe(0o600);
    }
    expect((await stat(keysFolder())).mode & 0o777).toBe(0o700);
  });

  it('that several processes make at once are all published', async () => {
    const folder = join(stores.dataDir, 'other-keys');
    const opened = await Promise.all(
      Array.from({ length: 5 }, () => openSigningKey(stores.database, folder)),
    );
    const keys = await publishedKeys();
    for (const { id } of opened) expect(keys.has(id)).toBe(true);
    const later = await openSigningKey(stores.database, folder);
    expect(await readdir(folder)).toContain(`${later.id}.pem`);
  });
});
