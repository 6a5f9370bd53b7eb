import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rubricMaterial, rubricVersion } from '../../src/database/schema/rubrics.ts';
import { recordFolders, rubricRecordSchema } from '../../src/exams/records.ts';
import {
  importRubric,
  listVersions,
  materialsOf,
  newestPublished,
  paperOf,
  publishRubric,
  versionOrder,
} from '../../src/exams/rubric-versions.ts';
import { openStores, type Stores } from '../support/exam.ts';
import { paperFolder } from './paper.ts';

let stores: Stores;
beforeAll(async () => {
  stores = await openStores();
});
afterAll(() => stores.close());

const note = { author: '命题组', reason: '春季' };
let papers = 0;
/** An id per test, so that numbers begin at 1. */
const newPaper = () => `PAGE-${100 + ++papers}`;
const importing = async (id: string, task: string, material?: string) =>
  importRubric(stores, await paperFolder(task, id, material), new Map(), note);

/** Drizzle wraps what the server says. */
const reasonOf = (work: PromiseLike<unknown>) =>
  Promise.resolve(work).then(
    () => 'nothing was refused',
    (error: Error) => String(error.cause),
  );

async function recordsOf(version: string) {
  const records = [];
  for await (const found of stores.manifests.list()) {
    if (found.examId !== recordFolders.rubrics || !('value' in found)) continue;
    const record = rubricRecordSchema.parse(found.value);
    if (record.id === version) records.push(record);
  }
  return records.sort((a, b) => (a.revision < b.revision ? -1 : 1));
}

describe('importing', () => {
  it('makes a draft with its 素材 in the store, and writes it down', async () => {
    const { version, added } = await importing(newPaper(), '# 任务\n');
    expect(added).toBe(true);
    const [material] = await materialsOf(stores.database, version);
    expect(material).toMatchObject({ path: '素材.txt', bytes: 6 });
    expect(await stores.blobs.verify(material?.sha256 ?? '')).toBe('intact');
    expect((await paperOf(stores.database, version)).taskText).toBe('# 任务\n');
    expect(await recordsOf(version)).toMatchObject([{ state: 'draft', number: null, ...note }]);
  });

  it('changes nothing when the same content comes again, also twice at once', async () => {
    const id = newPaper();
    const both = await Promise.all([importing(id, '# 一\n'), importing(id, '# 一\n')]);
    const again = await importing(id, '# 一\n');
    expect(new Set([...both, again].map(({ version }) => version)).size).toBe(1);
    expect([...both, again].filter(({ added }) => added)).toHaveLength(1);
    expect(await recordsOf(again.version)).toHaveLength(1);
  });

  it('makes another version of another task or another 素材', async () => {
    const id = newPaper();
    const made = [
      await importing(id, '# 一\n'),
      await importing(id, '# 二\n'),
      await importing(id, '# 二\n', '新'),
    ];
    expect(new Set(made.map(({ version }) => version)).size).toBe(3);
  });
});

describe('publishing', () => {
  it('numbers the versions of a paper in the order of their publication, and once each', async () => {
    const id = newPaper();
    const one = await importing(id, '# 一\n');
    const two = await importing(id, '# 二\n');
    expect(await publishRubric(stores, two.version)).toEqual({ paper: id, number: 1 });
    expect(await publishRubric(stores, one.version)).toEqual({ paper: id, number: 2 });
    expect(await publishRubric(stores, two.version)).toEqual({ paper: id, number: 1 });
    expect(await newestPublished(stores.database, id)).toEqual({ id: one.version, module: 'page' });
    expect((await recordsOf(two.version)).map(({ state }) => state)).toEqual(['draft', 'published']);
  });

  it('gives no number twice when many are published at once', async () => {
    const id = newPaper();
    const made = [];
    for (const task of ['一', '二', '三', '四', '五']) made.push(await importing(id, `# ${task}\n`));
    const published = await Promise.all(made.map(({ version }) => publishRubric(stores, version)));
    expect(published.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4, 5]);
  });

  it('does not know a version that is not there', async () => {
    await expect(publishRubric(stores, 'nothing')).rejects.toMatchObject({ status: 404 });
    await expect(paperOf(stores.database, 'nothing')).rejects.toMatchObject({ status: 404 });
    expect(await newestPublished(stores.database, newPaper())).toBeNull();
  });

  it('is for ever: neither paper nor 素材 may be changed or removed, a draft may', async () => {
    const { db } = stores.database;
    const { version } = await importing(newPaper(), '# 一\n');
    await db.update(rubricVersion).set({ title: '草稿可改' }).where(eq(rubricVersion.id, version));
    await publishRubric(stores, version);
    const own = eq(rubricVersion.id, version);
    const material = eq(rubricMaterial.versionId, version);
    for (const change of [
      db.update(rubricVersion).set({ title: '改' }).where(own),
      db.delete(rubricVersion).where(own),
      db.update(rubricMaterial).set({ bytes: 1 }).where(material),
      db.delete(rubricMaterial).where(material),
    ]) {
      expect(await reasonOf(change)).toMatch(/is published: .* is refused/);
    }
  });
});

describe('the list of versions', () => {
  it('shows the newest first, page by page, of one paper or of all', async () => {
    const id = newPaper();
    const made = [];
    for (const task of ['一', '二', '三']) made.push((await importing(id, `# ${task}\n`)).version);
    const first = await listVersions(stores.database, { paper: id, after: null, limit: 2 });
    expect(first.map((row) => row.id)).toEqual([made[2], made[1]]);
    const last = first[1];
    if (!last) throw new Error('the page is short');
    const rest = await listVersions(stores.database, { paper: id, after: versionOrder(last), limit: 2 });
    expect(rest.map((row) => row.id)).toEqual([made[0]]);
    const all = await listVersions(stores.database, { after: null, limit: 200 });
    expect(all.length).toBeGreaterThan(3);
  });

  it('tells versions of the same moment apart by their ids', async () => {
    const id = newPaper();
    for (const task of ['一', '二', '三', '四']) await importing(id, `# ${task}\n`);
    const moment = new Date('2026-03-01T08:00:00.120Z');
    await stores.database.db
      .update(rubricVersion)
      .set({ createdAt: moment })
      .where(eq(rubricVersion.paperId, id));
    const seen: string[] = [];
    for (let after: string | null = null; ; ) {
      const [next] = await listVersions(stores.database, { paper: id, after, limit: 1 });
      if (!next) break;
      seen.push(next.id);
      after = versionOrder(next);
    }
    expect(new Set(seen).size).toBe(4);
    expect(seen).toHaveLength(4);
  });

  it('refuses a cursor that is none', async () => {
    const wanted = { after: 'yesterday', limit: 1 };
    await expect(listVersions(stores.database, wanted)).rejects.toMatchObject({ code: 'invalid-cursor' });
  });
});
