import type { Database } from '../database/database.ts';
import type { ManifestStore } from '../storage/manifest-store.ts';
import { settleFromManifest } from './promise.ts';
import { receivingAttempts } from './queries.ts';

export interface LeftoverParts {
  readonly database: Database;
  readonly manifests: ManifestStore;
  readonly log: { info(fields: object, message: string): void; error(fields: object, message: string): void };
}

/**
 * Finishes hand-ins that a process wrote down and did not live to commit; run it at start. Safe beside running
 * services: one that is just being committed is committed once. A manifest that cannot be read is logged and left.
 * @returns how many were finished
 */
export async function settleLeftovers(parts: LeftoverParts): Promise<number> {
  let settled = 0;
  for (const row of await receivingAttempts(parts.database)) {
    try {
      if (await settleFromManifest(parts, row)) settled += 1;
    } catch (error) {
      parts.log.error({ err: error, attempt: row.id }, 'a hand-in that was written down cannot be finished');
    }
  }
  if (settled > 0) parts.log.info({ count: settled }, 'finished hand-ins that an earlier process left');
  return settled;
}
