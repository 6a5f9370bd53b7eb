import { setTimeout as sleep } from 'node:timers/promises';
import type { IQueueBackend, PostgresQueueBackend } from 'bullmq';

/** Longer than a transaction of the queue takes to commit, shorter than a person notices. */
const settleMs = 100;

type Batch = Awaited<ReturnType<IQueueBackend['readEvents']>>;

/**
 * Makes a listener on PostgreSQL see every event. BullMQ reads on from the highest id it has seen, but ids are
 * given out before the commit: a transaction that commits a little later with a lower id stays unseen (measured:
 * a third of all events under load). So each batch is read again a moment later, up to the id it reached, and
 * only that second reading counts.
 */
export function settleEvents(backend: PostgresQueueBackend): PostgresQueueBackend {
  const read = backend.readEvents.bind(backend);
  backend.readEvents = async (cursor: string, blockMs: number) => {
    const reached = lastId(await read(cursor, blockMs));
    if (reached === null) return null;
    await sleep(settleMs);
    return upTo(await read(cursor, 1), reached);
  };
  return backend;
}

function lastId(batch: Batch): bigint | null {
  const id = batch?.[0]?.[1].at(-1)?.[0];
  return id === undefined ? null : BigInt(id);
}

function upTo(batch: Batch, reached: bigint): Batch {
  return batch?.map(([stream, events]) => [stream, events.filter(([id]) => BigInt(id) <= reached)]) ?? null;
}
