import type { QueueLog } from './config.ts';

/** While a server is away every connection repeats its complaint; one line in this time is enough. */
const quietMs = 10_000;

/** What an error says; some (Node's AggregateError of a refused connection) have a code and no message. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && error.code !== undefined ? String(error.code) : '';
  return error.message || code || error.name;
}

/**
 * An `error` listener that writes a log line and never throws: an outage must not end the process. The same
 * complaint is written once per ten seconds, with the number of times it was left out.
 */
export function reportErrors(log: QueueLog, fields: object): (error: unknown) => void {
  const written = new Map<string, { at: number; skipped: number }>();
  return (error) => {
    const text = describe(error);
    const last = written.get(text);
    const now = Date.now();
    if (last && now - last.at < quietMs) {
      last.skipped += 1;
      return;
    }
    log.warn({ ...fields, err: error, skipped: last?.skipped ?? 0 }, `queue: ${text}`);
    if (written.size > 100) written.clear();
    written.set(text, { at: now, skipped: 0 });
  };
}
