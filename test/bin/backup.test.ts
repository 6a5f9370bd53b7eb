import { randomBytes } from 'node:crypto';
import { chmod, cp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../support/backends.ts';
import { temporaryFolder } from '../support/folder.ts';
import { filesOf, onDatabase, prepareExam, rowsOf, type Sitting } from './installation.ts';
import { kaoping, kaopingJson, newInstallation, type Service, type Settings, serve } from './program.ts';
import { allGraded, enter, type HandedIn, handIn, signIn } from './terminal.ts';

interface Saved {
  readonly rows: number;
  readonly files: number;
  readonly damaged: string[];
}

/** A line separator (U+2028) comes with text from Word; JSON leaves it as it is, and some readers take it for a line's end. */
const oddName = '说明\u2028二.txt';
const work = { 'index.html': '<title>湘茗</title>', 'tea.txt': '茶', [oddName]: '注' };

let settings: Settings;
let sittings: Sitting[];
let admin: string;
let token: string;
let parent: string;
let quiet: string;
const handedIn: HandedIn[] = [];
/** The files of each hand-in. */
const sent: Record<string, string>[] = [];

async function handInAll(service: Service, key: string): Promise<void> {
  for (const sitting of sittings) {
    const bearer = await enter(service.address, sitting);
    const files = { ...work, 'noise.bin': randomBytes(20_000).toString('base64') };
    sent.push(files);
    handedIn.push(await handIn(service.address, bearer, key, files));
  }
}

/** A folder with a backup that was taken while nothing happened. */
beforeAll(async () => {
  parent = await temporaryFolder();
  quiet = join(parent, 'quiet');
  settings = await newInstallation();
  const service = await serve(settings);
  admin = service.password ?? '';
  sittings = await prepareExam(settings, 3);
  const added = await kaopingJson<{ token: string }>(
    settings,
    ...['user', 'add', 'wang', '--roles', 'examiner', '--token'],
  );
  token = added.token;
  await handInAll(service, 'one');
  await allGraded(service.address, token, 3);
  await service.stop();
  const saved = await kaopingJson<Saved>(settings, 'backup', quiet);
  expect(saved.damaged).toEqual([]);
}, 300_000);

describe.each(databases())('a backup, restored on the $name database', ({ name, createDatabase }) => {
  let target: Settings;
  let drop = async (): Promise<void> => undefined;
  beforeAll(async () => {
    const database = name === 'outside' ? await createDatabase() : null;
    drop = database?.drop ?? drop;
    target = await newInstallation(database ? { DATABASE_URL: database.url } : {});
  });
  afterAll(() => drop());

  it('has every row and every byte, with the modes of the stores', async () => {
    await kaopingJson<Saved>(target, 'restore', quiet);
    const rows = await rowsOf(target);
    expect(rows).toEqual(await rowsOf(settings));
    expect(rows.grading_result).toHaveLength(3);
    expect(rows.attempt_file?.join('\n')).toContain('\u2028');
    const files = await filesOf(target);
    expect(files).toEqual(await filesOf(settings));
    const modes = new Set<string>();
    for (const path of Object.keys(files)) {
      const { mode } = await stat(join(target.DATA_DIR ?? '', path));
      modes.add(`${path.split('/')[0]} ${(mode & 0o777).toString(8)}`);
    }
    expect([...modes].sort()).toEqual(['blobs 440', 'keys 600', 'manifests 440']);
  }, 120_000);

  it('serves as before: accounts, tokens, receipts, results that are not made anew', async () => {
    const service = await serve(target);
    try {
      expect(service.password).toBeUndefined();
      expect(await signIn(service.address, 'admin', admin)).toBeTruthy();
      const graded = await allGraded(service.address, token, 3);
      expect(graded).toMatchObject([{ settled: 40 }, { settled: 40 }, { settled: 40 }]);
      const bearer = await enter(service.address, sittings[0] ?? { ticket: '', pin: '' });
      const again = await handIn(service.address, bearer, 'one', sent[0] ?? {});
      expect(again).toMatchObject({ receipt: handedIn[0]?.receipt, idempotent: true });
      const file = join(parent, `receipt-${name}.json`);
      await writeFile(file, JSON.stringify(again));
      expect(await kaopingJson(target, 'verify-receipt', file)).toMatchObject({ valid: true });
    } finally {
      await service.stop();
    }
    const { grading_result: results } = await rowsOf(target, ['grading_result']);
    expect(results).toEqual((await rowsOf(settings, ['grading_result'])).grading_result);
  }, 120_000);

  it('is refused where something is already', async () => {
    const { code, stdout, stderr } = await kaoping(target, 'restore', quiet);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^kaoping: the database is in use \(.*attempt.*\): restore wants an empty one\n$/);
  }, 60_000);
});

describe('restore refuses, and changes nothing,', () => {
  async function refused(backup: string, target?: Settings): Promise<string> {
    const fresh = target ?? (await newInstallation());
    const { code, stdout, stderr } = await kaoping(fresh, 'restore', backup);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect((await onlyRows(fresh)).exam).toEqual([]);
    return stderr;
  }
  const onlyRows = (target: Settings) => rowsOf(target, ['exam']);
  const copied = async (name: string): Promise<string> => {
    const folder = join(parent, name);
    await cp(quiet, folder, { recursive: true });
    return folder;
  };
  const inBackup = async (folder: string, ending: RegExp): Promise<string> => {
    const names = await readdir(folder, { recursive: true });
    const found = names.find((one) => ending.test(one));
    if (!found) throw new Error(`the backup has nothing like ${ending}`);
    return found;
  };

  it('a backup with a flipped byte in a file or a table, or with a file missing', async () => {
    const folder = await copied('damaged');
    const blob = await inBackup(join(folder, 'files/blobs'), /[0-9a-f]{64}$/);
    const manifest = await inBackup(join(folder, 'files/manifests'), /att_.*\.json$/);
    await flip(join(folder, 'files/blobs', blob));
    await flip(join(folder, 'tables/candidate.jsonl'));
    await rm(join(folder, 'files/manifests', manifest));
    const said = await refused(folder);
    expect(said).toContain('the backup is damaged, nothing was restored');
    expect(said).toContain(`files/blobs/${blob}: other bytes`);
    expect(said).toContain('tables/candidate.jsonl: other bytes');
    expect(said).toContain(`files/manifests/${manifest}: missing`);
  }, 120_000);

  it('a backup that broke off, an index that is none, and one that points elsewhere', async () => {
    const folder = await copied('broken-off');
    const index = join(folder, 'index.json');
    const text = await readFile(index, 'utf8');
    await writeFile(index, text.replace('"files/keys/', '"files/../../keys/'));
    expect(await refused(folder)).toContain('must be below files/');
    await writeFile(index, text.slice(0, -10));
    expect(await refused(folder)).toContain('is no JSON');
    await rm(index);
    expect(await refused(folder)).toContain('it is no backup, or one that broke off');
  }, 120_000);

  it('a DATA_DIR that holds files', async () => {
    const target = await newInstallation();
    await kaoping(target, 'recover');
    await cp(join(settings.DATA_DIR ?? '', 'keys'), join(target.DATA_DIR ?? '', 'keys'), { recursive: true });
    expect(await refused(quiet, target)).toContain('restore wants a new DATA_DIR');
  }, 120_000);
});

/** Saved files may be read-only. */
async function flip(path: string): Promise<void> {
  await chmod(path, 0o600);
  const file = await open(path, 'r+');
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, 5);
  buffer[0] = (buffer[0] ?? 0) ^ 1;
  await file.write(buffer, 0, 1, 5);
  await file.close();
}

describe('backup', () => {
  it('wants a folder of its own', async () => {
    const { code, stderr } = await kaoping(settings, 'backup', quiet);
    expect([code, stderr]).toEqual([
      1,
      `kaoping: ${quiet} is not empty: a backup wants a folder of its own\n`,
    ]);
  });

  it('beside a service under load is whole: every row it has can be served from its files', async () => {
    const service = await serve(settings);
    const busy = join(parent, 'busy');
    let over = false;
    const load = (async () => {
      for (let round = 0; !over; round += 1) await handInAll(service, `round-${round}`);
    })();
    try {
      await kaopingJson<Saved>(settings, 'backup', busy);
    } finally {
      over = true;
      await load;
      await service.stop();
    }
    const target = await newInstallation();
    await kaopingJson<Saved>(target, 'restore', busy);
    // Manifests of hand-ins that came after the rows were read are brought in by a recovery; nothing is damaged.
    const recovered = await kaopingJson<{ attempts: number; problems: unknown[] }>(target, 'recover');
    expect(recovered.problems).toEqual([]);
    const restored = await onDatabase(target, (client) =>
      client.query<{ id: string }>("select id from attempt where state = 'complete'"),
    );
    const known = new Set(handedIn.map(({ attempt }) => attempt));
    expect(restored.rows.length).toBeGreaterThanOrEqual(3);
    for (const { id } of restored.rows) expect(known).toContain(id);
  }, 240_000);

  it('saves a damaged blob as it is, and says so', async () => {
    const blobs = join(settings.DATA_DIR ?? '', 'blobs');
    const names = await readdir(blobs, { recursive: true });
    const blob = names.find((one) => /[0-9a-f]{64}$/.test(one)) ?? '';
    await flip(join(blobs, blob));
    const { code, stdout } = await kaoping(settings, 'backup', join(parent, 'sick'), '--json');
    expect([code, (JSON.parse(stdout) as Saved).damaged]).toEqual([1, [`blobs/${blob}`]]);
  }, 120_000);
});
