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
import { queueRuns } from '../grading/reconciler.ts';
import { gradingRoutes } from '../grading/routes.ts';
import { runsByState } from '../grading/submissions.ts';
import { buildApp } from '../http/app.ts';
import type { Vital } from '../http/health.ts';
import type { Measure } from '../http/metrics.ts';
import type { App } from '../http/routes.ts';
import { recogniseCandidate } from '../intake/candidate-tokens.ts';
import { gather } from '../intake/gather.ts';
import type { IntakeParts } from '../intake/hand-in.ts';
import { createInspect } from '../intake/inspect.ts';
import { settleLeftovers } from '../intake/leftovers.ts';
import { intakeRoutes } from '../intake/routes.ts';
import { openSigningKey } from '../intake/signing.ts';
import { resultRoutes } from '../results/routes.ts';
import { openExhibits } from '../review/exhibits.ts';
import { reviewFileRoutes } from '../review/file-routes.ts';
import { processRoutes } from '../review/process-routes.ts';
import { reviewRoutes } from '../review/routes.ts';
import { createWorks } from '../review/work.ts';
import { freeBytes } from '../storage/disk-space.ts';
import { closing } from './closing.ts';
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
    // What is handed in while others are being queued is queued together: a rush is a handful of trips.
    onHandedIn: gather((handedIn) =>
      queueRuns(
        { database, queue },
        handedIn.map(({ attemptId, versionId: rubricVersion }) => ({
          attemptId,
          rubricVersion,
          graderVersion,
        })),
      ),
    ),
  };
}

/** Opens, on the stack, everything the routes stand on, and builds the app. */
async function appOf(context: Context, open: AsyncDisposableStack): Promise<App> {
  const { config, database, blobs, manifests, log } = context;
  const queue = await context.openQueue();
  const works = createWorks(database);
  const exhibits = open.adopt(await openExhibits(blobs, join(config.dataDir, 'review')), (one) =>
    one.close(),
  );
  const intake = await intakeOf(context, queue);
  const live = await LiveProgress.open(database.url, log);
  const app = open.adopt(
    await buildApp({
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
        examRoutes({ database, manifests }),
        intakeRoutes(intake),
        gradingRoutes({ database, blobs, queue, live }),
        reviewRoutes({ database, works, exhibits }),
        reviewFileRoutes({ database, works, exhibits, blobs }),
        processRoutes({ database, works }),
        resultRoutes({ database, works }),
        auditRoutes({ database }),
      ],
    }),
    (one) => one.close(),
  );
  // Closed before the app: streams never end by themselves, and the app waits for them.
  open.defer(() => live.close());
  return app;
}

/** Starts the HTTP half of a process and listens. What an earlier process wrote down and did not commit comes first. */
export const startServing = (context: Context): Promise<Serving> =>
  closing(async (open) => {
    const { config, database, manifests, log } = context;
    await mkdir(config.dataDir, { recursive: true });
    await settleLeftovers({ database, manifests, log });
    const app = await appOf(context, open);
    await app.listen({ host: config.host, port: config.port });
    const { port } = app.server.address() as AddressInfo;
    const host = config.host === '0.0.0.0' ? '127.0.0.1' : config.host;
    const opened = open.move();
    return { address: config.publicUrl ?? `http://${host}:${port}`, stop: () => opened.disposeAsync() };
  });
