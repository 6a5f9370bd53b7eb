import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyReceipt } from '../../src/intake/receipt.ts';
import { untilGone } from '../grading/children/alive.ts';
import { temporaryFolder } from '../support/folder.ts';
import { prepareExam } from './exam.ts';
import { type Mode, modes } from './modes.ts';
import { Office } from './office.ts';
import { namesIn, workersIn } from './processes.ts';
import { between, randomFrom } from './random.ts';
import { killAll, type Service, start } from './service.ts';
import {
  type Answer,
  eachOf,
  type HandIn,
  type Place,
  prepareHandIn,
  send,
  sendUntilPromised,
  sha256,
  signIn,
} from './terminals.ts';

const candidates = 25;
const together = 24;
/** Ends what hangs, on the slowest machine; milliseconds. */
const patience = 170_000;

interface Round {
  readonly moment: string;
  /** Uploads at once. */
  readonly burst: number;
  /** `serve` is killed after this many receipts, or somewhat more; all of them: once a child is grading. */
  readonly receipts: readonly [number, number];
}

/** The embedded default bears the whole burst at three moments; elsewhere two smaller ones, to keep it short. */
const rounds: Record<'embedded' | 'outside', readonly Round[]> = {
  embedded: [
    { moment: 'early in the burst', burst: 200, receipts: [1, 20] },
    { moment: 'in the middle of the burst', burst: 200, receipts: [80, 120] },
    { moment: 'at the end of the burst, while it grades', burst: 200, receipts: [200, 200] },
  ],
  outside: [
    { moment: 'in the middle of the burst', burst: 100, receipts: [20, 80] },
    { moment: 'at the end of the burst, while it grades', burst: 100, receipts: [100, 100] },
  ],
};

describe.each(modes())('SIGKILL of serve on $name', ({ kind, create }) => {
  let dataDir: string;
  let mode: Mode;
  let service: Service;
  let office: Office;
  let tokens: string[];
  const place: Place = { address: '' };
  /** Every receipt that was handed out, in all rounds, with what was handed in for it. */
  const promised: { answer: Answer; handIn: HandIn }[] = [];

  const startAgain = async (): Promise<void> => {
    service = await start(mode.settings);
    place.address = service.address;
  };

  beforeAll(async () => {
    const folder = await temporaryFolder();
    dataDir = join(folder, 'data');
    await mkdir(dataDir);
    mode = await create(dataDir);
    await startAgain();
    const exam = await prepareExam(mode.settings, folder, candidates);
    office = new Office(place, exam.token);
    tokens = await Promise.all(exam.candidates.map((candidate) => signIn(place, candidate)));
  }, patience);

  afterAll(async () => {
    killAll();
    await mode.drop();
  });

  it.each(rounds[kind])(
    'loses nothing $moment',
    { timeout: patience },
    async ({ moment, burst, receipts: [low, high] }) => {
      const random = randomFrom([...moment].length * 7_919);
      const enough = between(random, low, high);
      const handIns = Array.from({ length: burst }, (_, index) =>
        prepareHandIn(tokens[index % candidates] ?? '', `${moment} ${index}`, random),
      );
      const round: { answer: Answer; handIn: HandIn }[] = [];
      const killMoment = Promise.withResolvers<void>();
      const burstOver = eachOf(handIns, together, async (handIn) => {
        round.push({ answer: await sendUntilPromised(place, handIn), handIn });
        if (round.length === enough) killMoment.resolve();
      });

      await killMoment.promise;
      if (enough === burst) await untilGrading(office);
      else expect(round.length).toBeLessThan(burst);
      const graders = service.graders();
      expect(await service.kill('SIGKILL')).toBe('SIGKILL');
      await untilGone(graders);
      await startAgain();
      if (kind === 'embedded') expect(service.log.join()).toContain('attached to the embedded PostgreSQL');
      await burstOver;
      promised.push(...round);

      const submissions = await office.allEnded();
      expect(submissions.map(({ attemptId }) => attemptId).sort()).toEqual(
        promised.map(({ answer }) => answer.attempt).sort(),
      );
      expect(submissions.filter(({ state }) => state !== 'graded')).toEqual([]);
      await eachOf(round, together, async ({ answer, handIn }) => {
        const sent = Object.fromEntries(handIn.files.map(({ path, bytes }) => [path, sha256(bytes)]));
        const { attempt, receipt } = answer;
        expect(Object.fromEntries(receipt.receipt.files.map((file) => [file.path, file.sha256]))).toEqual(
          sent,
        );
        expect(await office.filesOf(attempt)).toEqual(sent);
      });
      // The same key later gives the very same receipt.
      const again = round[between(random, 0, burst - 1)];
      if (again)
        expect(await send(place, again.handIn)).toMatchObject({
          receipt: again.answer.receipt,
          idempotent: true,
        });
    },
  );

  it('signed every receipt so that it holds', async () => {
    const answer = await office.get('/receipt-keys');
    const keys = (await answer.json()) as { id: string; publicKey: string }[];
    const byId = new Map(keys.map(({ id, publicKey }) => [id, publicKey]));
    const invalid = promised.filter(({ answer: { receipt } }) => !verifyReceipt(receipt, byId).valid);
    expect(invalid).toEqual([]);
    expect(new Set(promised.map(({ answer: { receipt } }) => receipt.code)).size).toBe(promised.length);
  });

  it('recorded exactly one result for each, and no attempt that nobody handed in', async () => {
    const database = await mode.database();
    const client = new Client({ connectionString: database.url });
    await client.connect();
    const count = async (text: string): Promise<number> => Number((await client.query(text)).rows[0]?.count);
    const all = rounds[kind].reduce((sum, { burst }) => sum + burst, 0);
    expect(await count('select count(*) from grading_result')).toBe(all);
    expect(await count('select count(distinct attempt_id) from grading_result')).toBe(all);
    expect(await count('select count(*) from grading_run')).toBe(all);
    expect(await count(`select count(*) from attempt where state = 'complete'`)).toBe(all);
    expect(await count(`select count(*) from attempt where state = 'receiving'`)).toBe(0);
    expect(await count('select count(*) from attempt where counts')).toBe(candidates);
    await client.end();
    await database.leave();
  });

  it('ends with code 0 and leaves no process and no temporary file behind', async () => {
    expect(await service.kill('SIGTERM')).toBe(0);
    expect(workersIn(dataDir)).toEqual([]);
    expect(namesIn(join(dataDir, 'temporary'))).toEqual(['gate']);
  });
});

async function untilGrading(office: Office): Promise<void> {
  while ((await office.submissions('grading')).length === 0);
}
