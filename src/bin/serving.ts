import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { graderVersion } from '../../graders/version.ts';
import type { WorkQueue } from '../../queue/index.ts';
import { recogniseSession } from '../access/accounts.ts';
import { recogniseApiToken } from '../access/api-tokens.ts';
import { createGuard } from '../access/guard.ts';
import { accessRoutes } from '../access/routes.ts';
import { auditRoutes } from '../audit/routes.ts';
import { examRoutes } from '../exams/routes.ts';
import { paperOf } from '../exams/rubric-versions.ts';
import { LiveProgress } from '../grading/live.ts';
import { queueGrading } from '../grading/reconciler.ts';
import { gradingRoutes } from '../grading/routes.ts';
import { runsByState } from '../grading/submissions.ts';
import { buildApp } from '../http/app.ts';
import type { Vital } from '../http/health.ts';
import type { Measure } from '../http/metrics.ts';
import { recogniseCandidate } from '../intake/candidate-tokens.ts';
import type { IntakeParts } from '../intake/hand-in.ts';
import { createInspect } from '../intake/inspect.ts';
import { intakeRoutes } from '../intake/routes.ts';
import { openSigningKey } from '../intake/signing.ts';
import { resultRoutes } from '../results/routes.ts';
import { openExhibits } from '../review/exhibits.ts';
import { reviewFileRoutes } from '../review/file-routes.ts';
import { processRoutes } from '../review/process-routes.ts';
import { reviewRoutes } from '../review/routes.ts';
import { createWorks } from '../review/work.ts';
import { freeBytes } from '../storage/disk-space.ts';
import type { Context } from './context.ts';
import { openPages } from './serve-pages.ts';
import { version } from './version.ts';

export interface Serving {
  /** As people type it, e.g. http://127.0.0.1:8080 */
  readonly address: string;
  /** Takes no new request, lets the running ones end. */
  stop(): Promise<void>;
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;

/** What the service cannot work without, asked anew at each /readyz. */
function vitalsOf({ database, config }: Context, queue: WorkQueue): Vital[] {
  const { dataDir, limits } = config;
  return [
    { name: 'database', check: async () => database.ping().then(() => 'answers') },
    { name: 'queue', check: async () => queue.ping().then(() => `${queue.backend} answers`) },
    {
      name: 'store',
      check: async () => {
        const probe = join(dataDir, `.probe-${randomUUID()}`);
        await writeFile(probe, 'kaoping');
        await rm(probe);
        return 'can be written';
      },
    },
    {
      name: 'disk',
      check: async () => {
        const free = await freeBytes(dataDir);
        if (free < limits.freeDiskBytes)
          throw new Error(`${megabytes(free)} free, ${megabytes(limits.freeDiskBytes)} needed`);
        return `${megabytes(free)} free`;
      },
    },
  ];
}

function measuresOf({ database }: Context, queue: WorkQueue): Measure[] {
  const jobs = (['waiting', 'active', 'delayed', 'failed'] as const).map((state) => ({
    name: `kaoping_queue_${state}`,
    help: `Jobs ${state} in the queue`,
    read: async () => (await queue.counts())[state],
  }));
  const runs = (['queued', 'grading', 'graded', 'attention'] as const).map((state) => ({
    name: `kaoping_runs_${state}`,
    help: `Grading runs in state ${state}`,
    read: () => runsByState(database, state),
  }));
  return [...jobs, ...runs];
}

async function intakeOf(context: Context, queue: WorkQueue): Promise<IntakeParts> {
  const { config, database, blobs, manifests, log } = context;
  return {
    database,
    blobs,
    manifests,
    log,
    limits: config.limits,
    dataDir: config.dataDir,
    key: await openSigningKey(database, join(config.dataDir, 'keys')),
    inspect: createInspect({ blobs, log, slotsOf: async (id) => (await paperOf(database, id)).slots }),
    onHandedIn: ({ attemptId, versionId }) =>
      queueGrading({ database, queue, graderVersion }, { attemptId, rubricVersion: versionId }),
  };
}

/** Starts the HTTP half of a process and listens. */
export async function startServing(context: Context): Promise<Serving> {
  const { config, database, blobs, log } = context;
  await mkdir(config.dataDir, { recursive: true });
  const queue = await context.openQueue();
  const live = await LiveProgress.open(database.url, log);
  const works = createWorks(database);
  const exhibits = await openExhibits(blobs, join(config.dataDir, 'review'));
  const app = await buildApp({
    log,
    version,
    trustProxy: config.trustProxy,
    requestsPerMinute: config.limits.requestsPerMinute,
    vitals: vitalsOf(context, queue),
    measures: measuresOf(context, queue),
    guard: createGuard({
      session: (token) => recogniseSession(database, token),
      api: (token) => recogniseApiToken(database, token),
      candidate: (token) => recogniseCandidate(database, token),
    }),
    outside: [await openPages(log)],
    routes: [
      accessRoutes({
        database,
        secureCookie: config.publicUrl?.startsWith('https:') ?? false,
        signInsPerMinute: config.limits.loginsPerMinute,
      }),
      examRoutes({ database, manifests: context.manifests }),
      intakeRoutes(await intakeOf(context, queue)),
      gradingRoutes({ database, blobs, queue, live }),
      reviewRoutes({ database, works, exhibits }),
      reviewFileRoutes({ database, works, exhibits, blobs }),
      processRoutes({ database, works }),
      resultRoutes({ database, works }),
      auditRoutes({ database }),
    ],
  });
  await app.listen({ host: config.host, port: config.port });
  const { port } = app.server.address() as AddressInfo;
  const host = config.host === '0.0.0.0' ? '127.0.0.1' : config.host;
  return {
    address: config.publicUrl ?? `http://${host}:${port}`,
    async stop() {
      // Streams never end by themselves: close() would wait for them.
      await live.close();
      await app.close();
      await exhibits.close();
    },
  };
}
