import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { ConflictError } from '../../src/storage/errors.ts';
import { type ManifestStore, openManifestStore } from '../../src/storage/manifest-store.ts';
import { temporaryFolder } from '../support/folder.ts';

describe('the manifest store', async () => {
  const root = await temporaryFolder();
  let folder: string;
  let store: ManifestStore;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(root, 'store-')), 'manifests');
    store = await openManifestStore(folder);
  });

  it('writes one file per attempt and says its hash', async () => {
    const stored = await store.write('exam_1', 'att_1', { ticket: '20260001', name: '王小明' });
    const bytes = await readFile(join(folder, 'exam_1', 'att_1.json'));
    expect(stored).toEqual({
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.byteLength,
      location: 'exam_1/att_1.json',
    });
    expect(await store.read('exam_1', 'att_1')).toMatchObject({
      value: { name: '王小明' },
      sha256: stored.sha256,
    });
    expect(await readdir(join(folder, '.incoming'))).toEqual([]);
  });

  it('is written once: the same again is fine, another one is refused', async () => {
    const first = await store.write('exam_1', 'att_1', { files: 3 });
    expect(await store.write('exam_1', 'att_1', { files: 3 })).toEqual(first);
    await expect(store.write('exam_1', 'att_1', { files: 4 })).rejects.toThrow(ConflictError);
    expect(await store.read('exam_1', 'att_1')).toMatchObject({ value: { files: 3 } });
  });

  it('lists all that were written in the same moment, and reports what it cannot read', async () => {
    const ids = Array.from({ length: 50 }, (_, position) => `att_${position}`);
    await Promise.all(ids.map((id, position) => store.write(`exam_${position % 3}`, id, { position })));
    await writeFile(join(folder, 'exam_0', 'att_torn.json'), '{"files": [');
    await writeFile(join(folder, 'exam_0', 'notes of somebody.json'), '{}');
    const found = await Array.fromAsync(store.list());
    const good = found.filter((one) => 'value' in one);
    const bad = found.filter((one) => 'problem' in one);
    expect(good.map((one) => one.attemptId).toSorted()).toEqual(ids.toSorted());
    expect(bad.map((one) => one.location).toSorted()).toEqual([
      'exam_0/att_torn.json',
      'exam_0/notes of somebody.json',
    ]);
  });

  it('takes nothing but ids as names', async () => {
    await expect(store.write('..', 'att_1', {})).rejects.toThrow(TypeError);
    await expect(store.write('exam_1', '../../etc/passwd', {})).rejects.toThrow(TypeError);
    expect(await store.read('exam_1', 'att_unknown')).toBeUndefined();
  });
});
