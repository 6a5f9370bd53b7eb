import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { hashFile } from '../../src/bin/hash-file.ts';
import { type Receipt, signReceipt } from '../../src/intake/receipt.ts';
import { temporaryFolder } from '../support/folder.ts';
import { kaoping, newInstallation, type Settings } from './program.ts';

let settings: Settings;
let folder: string;
let receipt: Receipt;
let keys: string;

async function write(path: string, content: string | object): Promise<string> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

beforeAll(async () => {
  settings = await newInstallation();
  folder = await temporaryFolder();
  const files = [];
  for (const path of ['index.html', 'images/茶.txt']) {
    const file = await write(join('work', path), path);
    files.push({ path, bytes: Buffer.byteLength(path), sha256: (await hashFile(file)) ?? '' });
  }
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const now = new Date().toISOString();
  const body: Receipt['receipt'] = {
    version: 1,
    attempt: 'att_1',
    number: 1,
    exam: { id: 'exam_1', name: '技能考核' },
    session: '第一场',
    ticket: '20260001',
    paper: { id: 'PAGE-9', version: 'v' },
    receivedAt: now,
    completedAt: now,
    files,
  };
  receipt = signReceipt(body, { id: 'key_1', privateKey });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  keys = await write('keys.json', [{ id: 'key_1', publicKey: pem }]);
});

it('finds a receipt valid, alone or in the answer of the hand-in, with the files it lists', async () => {
  const work = join(folder, 'work');
  const wanted = { valid: true, code: receipt.code, ticket: '20260001', differences: [] };
  for (const content of [receipt, { attempt: 'att_1', receipt }]) {
    const file = await write('receipt.json', content);
    const ended = await kaoping(settings, 'verify-receipt', file, '--keys', keys, '--folder', work, '--json');
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject(wanted);
  }
  const read = await kaoping(settings, 'verify-receipt', join(folder, 'receipt.json'), '--keys', keys);
  expect(read.stdout).toMatch(new RegExp(`^${receipt.code}  20260001  技能考核  .* 2 files: valid\\n$`));
});

it.each([
  [
    'a changed file list',
    () => ({ ...receipt, receipt: { ...receipt.receipt, files: [] } }),
    'bad-signature',
  ],
  ['another ticket', () => ({ ...receipt, receipt: { ...receipt.receipt, ticket: '1' } }), 'bad-signature'],
  [
    'another signature',
    () => ({ ...receipt, signature: Buffer.alloc(64).toString('base64') }),
    'bad-signature',
  ],
  ['another short code', () => ({ ...receipt, code: '0000-0000-0000-0000' }), 'bad-code'],
  ['a key that nobody knows', () => ({ ...receipt, keyId: 'key_2' }), 'unknown-key'],
])('refuses %s', async (_what, tampered, reason) => {
  const file = await write('receipt.json', tampered());
  const ended = await kaoping(settings, 'verify-receipt', file, '--keys', keys, '--json');
  expect(ended.code).toBe(1);
  expect(JSON.parse(ended.stdout)).toMatchObject({ valid: false, reason });
});

it('tells other bytes and missing files from those it lists', async () => {
  const other = join(folder, 'other');
  await write('other/index.html', 'changed');
  const file = await write('receipt.json', receipt);
  const ended = await kaoping(settings, 'verify-receipt', file, '--keys', keys, '--folder', other);
  expect(ended.code).toBe(1);
  expect(ended.stdout).toContain('  index.html: other bytes\n  images/茶.txt: missing\n');
});

it('says what it was given when that is no receipt or no list of keys', async () => {
  const text = await write('text.txt', 'hello');
  const file = await write('receipt.json', receipt);
  const noJson = await kaoping(settings, 'verify-receipt', text, '--keys', keys);
  expect([noJson.code, noJson.stderr]).toEqual([1, expect.stringContaining('text.txt is no JSON')]);
  const noReceipt = await kaoping(settings, 'verify-receipt', keys, '--keys', keys);
  expect([noReceipt.code, noReceipt.stderr]).toEqual([1, expect.stringContaining('is no receipt')]);
  const noKeys = await kaoping(settings, 'verify-receipt', file, '--keys', file);
  expect([noKeys.code, noKeys.stderr]).toEqual([1, expect.stringContaining('is no list of receipt keys')]);
});

it('works offline: no database is started and no folder is made', async () => {
  const file = await write('receipt.json', receipt);
  const unkeyed = await kaoping(settings, 'verify-receipt', file);
  expect([unkeyed.code, unkeyed.stderr]).toEqual([1, expect.stringContaining('pass --keys')]);
  expect(existsSync(settings.DATA_DIR ?? '')).toBe(false);
});
