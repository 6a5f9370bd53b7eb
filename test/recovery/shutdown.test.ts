import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../grading/eventually.ts';
import { temporaryFolder } from '../support/folder.ts';
import { prepareExam } from './exam.ts';
import { Office } from './office.ts';
import { namesIn, workersIn } from './processes.ts';
import { randomFrom } from './random.ts';
import { killAll, type Service, start } from './service.ts';
import {
  type Answer,
  eachOf,
  type Place,
  prepareHandIn,
  sendUntilPromised,
  sha256,
  signIn,
} from './terminals.ts';

/** Ends what hangs, on the slowest machine; milliseconds. */
const patience = 170_000;
const candidates = 4;

let dataDir: string;
let service: Service;
let office: Office;
let tokens: string[];
const place: Place = { address: '' };

beforeAll(async () => {
  const folder = await temporaryFolder();
  dataDir = join(folder, 'data');
  service = await start({ DATA_DIR: dataDir, GRADERS: '1' });
  place.address = service.address;
  const exam = await prepareExam({ DATA_DIR: dataDir }, folder, candidates);
  office = new Office(place, exam.token);
  tokens = await Promise.all(exam.candidates.map((candidate) => signIn(place, candidate)));
}, patience);

afterAll(killAll);

/** An upload over a slow cable: half of it is sent, the rest when told. */
function slowUpload(token: string, key: string) {
  const content = Buffer.from(`<html><title>${key}</title></html>`);
  const head = `--slow\r\ncontent-disposition: form-data; name="file"; filename="index.html"\r\n\r\n`;
  const sending = request(`${place.address}/api/v1/hand-in/attempts`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'idempotency-key': key,
      'content-type': 'multipart/form-data; boundary=slow',
    },
  });
  const answered = new Promise<{ status: number | undefined; body: Answer }>((resolve, reject) => {
    sending.once('error', reject);
    sending.once('response', async (answer) => {
      resolve({ status: answer.statusCode, body: JSON.parse(await text(answer)) });
    });
  });
  const half = content.length >> 1;
  sending.write(Buffer.concat([Buffer.from(head), content.subarray(0, half)]));
  return {
    sha256: sha256(content),
    finish() {
      sending.end(Buffer.concat([content.subarray(half), Buffer.from('\r\n--slow--\r\n')]));
      return answered;
    },
  };
}

it('ends on SIGTERM with code 0 after the running uploads, and the next start grades what was left', {
  timeout: patience,
}, async () => {
  const slow = tokens.map((token, index) => slowUpload(token, `slow ${index}`));
  const random = randomFrom(11);
  const promised: Answer[] = [];
  await eachOf(tokens, candidates, async (token) => {
    for (let round = 0; round < 10; round += 1)
      promised.push(await sendUntilPromised(place, prepareHandIn(token, `quick ${round}`, random)));
  });
  // All slow ones have arrived, none is complete, and most of the others wait to be graded.
  await eventually(() =>
    expect(namesIn(join(dataDir, 'blobs/incoming')).length).toBeGreaterThanOrEqual(candidates),
  );
  const ended = service.kill('SIGTERM');
  await eventually(() => expect(fetch(`${place.address}/livez`)).rejects.toThrow());

  const answers = await Promise.all(slow.map((upload) => upload.finish()));
  expect(answers.map(({ status }) => status)).toEqual(slow.map(() => 201));
  expect(await ended).toBe(0);
  expect(workersIn(dataDir)).toEqual([]);
  expect(namesIn(join(dataDir, 'temporary'))).toEqual(['gate']);

  service = await start({ DATA_DIR: dataDir });
  place.address = service.address;
  const submissions = await office.allEnded();
  const receipts = [...promised, ...answers.map(({ body }) => body)];
  expect(submissions.map(({ attemptId }) => attemptId).sort()).toEqual(
    receipts.map(({ attempt }) => attempt).sort(),
  );
  expect(new Set(submissions.map(({ state }) => state))).toEqual(new Set(['graded']));
  for (const [index, { body }] of answers.entries()) {
    expect(await office.filesOf(body.attempt)).toEqual({ 'index.html': slow[index]?.sha256 });
  }
  expect(await service.kill('SIGTERM')).toBe(0);
});
