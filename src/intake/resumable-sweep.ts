import { abortAttempt } from './queries.ts';
import type { ResumableParts } from './resumable.ts';
import { forgetEndedUploads, openUploads, staleAttempts } from './resumable-queries.ts';

/** Longer than any session and the token's time after it: nobody can go on with an upload this old. */
const staleMs = 12 * 3_600_000;
const everyMs = 3_600_000;

/**
 * Gives up resumable hand-ins that nobody can finish any more and removes the bytes of uploads that no attempt waits
 * for. Attempts stay, as aborted.
 * @returns how many attempts were given up
 */
export async function sweepUploads(parts: ResumableParts, now: Date = new Date()): Promise<number> {
  const { database, uploads } = parts;
  const before = new Date(now.getTime() - staleMs);
  const stale = await staleAttempts(database, before);
  for (const id of stale) await abortAttempt(database, id);
  await forgetEndedUploads(database, before);
  const open = await openUploads(database);
  for (const id of await uploads.untouchedSince(before)) if (!open.has(id)) await uploads.discard(id);
  return stale.length;
}

/** Sweeps now and every hour until stopped; a failure is logged and tried again. */
export function startSweeping(parts: ResumableParts): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const sweep = async (): Promise<void> => {
    try {
      const count = await sweepUploads(parts);
      if (count > 0) parts.log.info({ count }, 'gave up resumable hand-ins that were never finished');
    } catch (error) {
      parts.log.error({ err: error }, 'could not sweep old uploads; trying again later');
    }
  };
  const turn = (): void => {
    running = running.then(sweep);
  };
  turn();
  const timer = setInterval(turn, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
