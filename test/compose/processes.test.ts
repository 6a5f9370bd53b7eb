import { cp, mkdir, realpath, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { prepareExam } from '../recovery/exam.ts';
import { type Mode, modes } from '../recovery/modes.ts';
import { Office } from '../recovery/office.ts';
import { namesIn, workersIn } from '../recovery/processes.ts';
import { randomFrom } from '../recovery/random.ts';
import { killAll, type Service, start } from '../recovery/service.ts';
import { type Place, prepareHandIn, send, sha256, signIn } from '../recovery/terminals.ts';
import { temporaryFolder } from '../support/folder.ts';
import { leaveOut } from '../support/left-out.ts';
import { type ComposeService, compose, copied, interpolated, root } from './files.ts';

/** Ends what hangs, on the slowest machine; milliseconds. */
const patience = 170_000;

const { outside, redis } = inject('services');
const found = outside !== null && redis !== null;
if (!found) {
  const missing = [...(outside ? [] : ['PostgreSQL']), ...(redis ? [] : ['Redis'])].join(' and no ');
  leaveOut('the processes of docker-compose.yml', `no ${missing} was found outside`);
}

describe.skipIf(!found)('the processes of docker-compose.yml', () => {
  const { api, worker } = compose.services;
  let folder: string;
  let app: string;
  let mode: Mode;
  const running: Service[] = [];

  beforeAll(async () => {
    folder = await temporaryFolder();
    await mkdir(join(folder, 'data'));
    app = await imageIn(folder);
    const outsideMode = modes().find(({ kind }) => kind === 'outside');
    if (!outsideMode) throw new Error('no outside services');
    mode = await outsideMode.create(join(folder, 'data'));
  }, patience);

  afterAll(async () => {
    killAll();
    await mode.drop();
  });

  /** Exactly its command and its variables, with the addresses of this machine in place of the containers'. */
  const up = async ({ command = [], environment }: ComposeService): Promise<Service> => {
    const given = { POSTGRES_PASSWORD: 'secret' };
    const variables = Object.entries(environment).map(([name, value]) => [name, interpolated(value, given)]);
    const here = { HOST: '127.0.0.1', PORT: '0', PUBLIC_URL: '' };
    const service = await start(
      { ...Object.fromEntries(variables), ...here, ...mode.settings },
      { command, folder: app },
    );
    running.push(service);
    return service;
  };

  it('take a hand-in and grade it, each doing its part', { timeout: patience }, async () => {
    const [served, working] = await Promise.all([up(api), up(worker)]);
    const place: Place = { address: served.address };
    const { candidates, token } = await prepareExam(mode.settings, folder, 1);
    const [candidate] = candidates;
    if (!candidate) throw new Error('the exam has no candidate');
    const handIn = prepareHandIn(await signIn(place, candidate), 'the only one', randomFrom(5));
    const { attempt } = await send(place, handIn);

    const office = new Office(place, token);
    expect(await office.allEnded()).toMatchObject([{ attemptId: attempt, state: 'graded' }]);
    const sent = Object.fromEntries(handIn.files.map(({ path, bytes }) => [path, sha256(bytes)]));
    expect(await office.filesOf(attempt)).toEqual(sent);
    expect([served.graders().length, working.graders().length]).toEqual([0, 1]);
    const ready = await fetch(`${place.address}/readyz`);
    expect([ready.status, await ready.text()]).toEqual([200, expect.stringContaining('redis answers')]);
  });

  it('end with code 0 when the containers are stopped', async () => {
    expect(await Promise.all(running.map((service) => service.kill('SIGTERM')))).toEqual([0, 0]);
    expect(workersIn(join(folder, 'data'))).toEqual([]);
    expect(namesIn(join(folder, 'data/temporary'))).toEqual(['gate']);
  });
});

/** A folder with what the Dockerfile copies and nothing else; the packages are those of this installation. */
async function imageIn(folder: string): Promise<string> {
  const app = join(folder, 'app');
  await mkdir(app);
  for (const name of copied) await cp(join(root, name), join(app, name), { recursive: true });
  await symlink(await realpath(join(root, 'node_modules')), join(app, 'node_modules'));
  return app;
}
