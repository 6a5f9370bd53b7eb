import { join } from 'node:path';
import { startEmbedded } from '../../src/database/embedded.ts';
import { backends } from '../support/backends.ts';
import { memoryLog } from '../support/log.ts';

/** A mode of the service for one test: its settings, and a way to its rows when it is over. */
export interface Mode {
  readonly settings: Record<string, string>;
  /** Address of the database; `leave` lets go of it again. */
  database(): Promise<{ url: string; leave(): Promise<void> }>;
  drop(): Promise<void>;
}

export interface ModeKind {
  readonly kind: 'embedded' | 'outside';
  readonly name: string;
  create(dataDir: string): Promise<Mode>;
}

/** The embedded default as people start it, and the outside services that were found, together. */
export function modes(): ModeKind[] {
  const outside = backends()
    .filter(({ name }) => name.startsWith('outside'))
    .map(({ name, create }) => ({
      kind: 'outside' as const,
      name,
      create: (dataDir: string) => outsideMode(dataDir, create),
    }));
  return [{ kind: 'embedded', name: 'embedded', create: embeddedMode }, ...outside];
}

async function embeddedMode(dataDir: string): Promise<Mode> {
  return {
    settings: { DATA_DIR: dataDir },
    async database() {
      const { url, stop } = await startEmbedded({ dataDir: join(dataDir, 'postgres'), log: memoryLog() });
      return { url, leave: stop };
    },
    drop: () => Promise.resolve(),
  };
}

async function outsideMode(
  dataDir: string,
  create: ReturnType<typeof backends>[number]['create'],
): Promise<Mode> {
  const { databaseUrl, redisUrl, queueNamespace, drop } = await create();
  return {
    settings: {
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl,
      QUEUE_NAMESPACE: queueNamespace,
      ...(redisUrl && { REDIS_URL: redisUrl }),
    },
    database: async () => ({ url: databaseUrl, leave: () => Promise.resolve() }),
    drop,
  };
}
