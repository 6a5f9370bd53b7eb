import { type IQueueBackend, QueueEvents } from 'bullmq';
import type { Backend, Role } from './backend.ts';
import { closeOrCut } from './close.ts';
import { queueName } from './config.ts';
import type { JobQueue } from './enqueue.ts';

/**
 * Something that happened to a job, in whatever process. `failed`: given up, after the last try. For live views,
 * not a record: the server keeps a bounded number of events. Who must know for sure asks the database.
 */
export interface QueueEvent {
  type: 'active' | 'completed' | 'failed' | 'stalled';
  jobId: string;
  /** Only of `failed`. */
  reason?: string;
}
export type QueueListener = (event: QueueEvent) => void;

/** How many events the server keeps, about; a listener that was away longer has missed some. */
export const keptEvents = 10_000;

/** The one subscription of a process, shared by its listeners and begun with the first of them. */
export class EventFeed {
  readonly #backend: Backend;
  readonly #queue: JobQueue;
  readonly #report: (error: unknown) => void;
  readonly #listeners = new Set<QueueListener>();
  #source: Promise<QueueEvents<void, IQueueBackend, Role>> | undefined;

  constructor(backend: Backend, queue: JobQueue, report: (error: unknown) => void) {
    this.#backend = backend;
    this.#queue = queue;
    this.#report = report;
  }

  /** Resolves when nothing that happens from now on will be missed; the result ends the subscription. */
  async subscribe(listener: QueueListener): Promise<() => void> {
    this.#listeners.add(listener);
    this.#source ??= this.#open();
    try {
      await this.#source;
    } catch (error) {
      this.#source = undefined;
      this.#listeners.delete(listener);
      throw error;
    }
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    const source = await this.#source?.catch(() => undefined);
    if (source) await closeOrCut(source, this.#report);
  }

  async #open(): Promise<QueueEvents<void, IQueueBackend, Role>> {
    // BullMQ starts at "from now on" and asks anew after each silence; what happens in between is lost. An event
    // of our own gives a fixed point to read on from.
    const lastEventId = await this.#queue.getBackend().publishEvent({ event: 'listening' }, keptEvents);
    const source = new QueueEvents<void, IQueueBackend, Role>(
      queueName,
      { connection: 'listener', prefix: this.#backend.prefix, autorun: false, lastEventId },
      this.#backend.factory,
    );
    source.on('error', this.#report);
    source.on('active', ({ jobId }) => this.#tell({ type: 'active', jobId }));
    source.on('completed', ({ jobId }) => this.#tell({ type: 'completed', jobId }));
    source.on('failed', ({ jobId, failedReason }) =>
      this.#tell({ type: 'failed', jobId, reason: failedReason }),
    );
    source.on('stalled', ({ jobId }) => this.#tell({ type: 'stalled', jobId }));
    await source.waitUntilReady();
    source.run().catch(this.#report);
    return source;
  }

  #tell(event: QueueEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        this.#report(error);
      }
    }
  }
}
