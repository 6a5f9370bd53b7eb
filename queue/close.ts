import { within } from './deadline.ts';

interface Closable {
  close(): Promise<void>;
  disconnect(): Promise<void>;
}

/**
 * Closes politely, and cuts the connection when the server does not take part: without its server BullMQ waits
 * for ever to say goodbye, and a process that shuts down in an outage would never end.
 */
export async function closeOrCut(
  what: Closable,
  report: (error: unknown) => void,
  politeMs = 2_000,
): Promise<void> {
  try {
    await within(what.close(), politeMs, 'the queue did not close its connection');
  } catch (error) {
    report(error);
    await within(what.disconnect(), 500, 'the queue did not cut its connection').catch(report);
  }
}
