import type { Answers } from '../../../api/answers-schema.ts';
import type { Picked } from '../pick/picked.ts';

/**
 * One candidate in one session with one paper: what was kept in an earlier exam must never be handed in again in this
 * one, though the ticket be the same.
 */
export const sittingOf = (ticket: string, paper: string, startsAt: string): string =>
  [ticket, paper, startsAt].join(' ');

/** A hand-in that has no receipt yet, kept on this machine until it has one. */
export interface Outgoing {
  readonly sitting: string;
  /** Idempotency-Key: however often it is sent, it is one hand-in. */
  readonly key: string;
  readonly files: readonly Picked[];
}

/** A receipt as it was given, for the candidate who asks for it again. */
export interface KeptReceipt {
  readonly sitting: string;
  readonly answer: Answers['handedIn'];
}

type StoreName = 'outgoing' | 'receipts';

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open('kaoping', 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('outgoing', { keyPath: 'sitting' });
    request.result.createObjectStore('receipts', { keyPath: 'sitting' });
  };
  return settled(request);
}

/** Runs one request and waits until it is on the disk. */
async function within<T>(
  name: StoreName,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open();
  try {
    const transaction = database.transaction(name, mode);
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    const result = await settled(work(transaction.objectStore(name)));
    await done;
    return result;
  } finally {
    database.close();
  }
}

/**
 * Copies a hand-in, bytes and all, into the browser's database.
 * @throws DOMException when there is no room, or the browser keeps nothing
 */
export const keep = (outgoing: Outgoing): Promise<unknown> =>
  within('outgoing', 'readwrite', (store) => store.put(outgoing));

/** The unfinished hand-in of a sitting; undefined when there is none. */
export const unfinished = (sitting: string): Promise<Outgoing | undefined> =>
  within('outgoing', 'readonly', (store) => store.get(sitting));

export const forget = (sitting: string): Promise<unknown> =>
  within('outgoing', 'readwrite', (store) => store.delete(sitting));

export const keepReceipt = (kept: KeptReceipt): Promise<unknown> =>
  within('receipts', 'readwrite', (store) => store.put(kept));

/** The newest receipt of a sitting on this machine. */
export const receiptOf = (sitting: string): Promise<KeptReceipt | undefined> =>
  within('receipts', 'readonly', (store) => store.get(sitting));
