import type { ServerResponse } from 'node:http';
import { type Listener, listen } from '../database/notify.ts';
import { type Progress, progressChannel, progressSchema } from './events.ts';

interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** A line now and then keeps proxies from closing a quiet stream. */
const heartbeatMs = 15_000;
/** A stream ends after so long and the browser comes back: whether it still may listen is asked then. */
const longestMs = 30 * 60_000;
/** A browser that reads nothing any more is let go: some thousand events wait for it by then. Bytes. */
const unreadLimit = 512 * 1024;

/** Browsers read the list when they see it: what was said before a stream began is not repeated. */
const reload = 'event: reload\ndata: {}\n\n';

/** Server-sent events (HTML Standard 9.2): one listening connection to the database for all browsers of this process. */
export class LiveProgress {
  readonly #streams = new Set<ServerResponse>();
  readonly #heartbeat: NodeJS.Timeout;
  #listener: Listener | null = null;
  #closed = false;

  private constructor() {
    this.#heartbeat = setInterval(() => this.#write(': still here\n\n'), heartbeatMs);
    this.#heartbeat.unref();
  }

  static async open(url: string, log: Log): Promise<LiveProgress> {
    const live = new LiveProgress();
    live.#listener = await listen({
      url,
      channel: progressChannel,
      log,
      onMessage: (payload) => live.#tell(progressSchema.parse(payload)),
      // What was said meanwhile is lost.
      onReconnect: () => live.#write(reload),
    });
    return live;
  }

  /** Turns an answer into a stream; it ends when the browser goes, after half an hour, or when the service stops. */
  add(response: ServerResponse, headers: Record<string, string>): void {
    response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    response.write(`retry: 2000\n\n${reload}`);
    if (this.#closed) {
      response.end();
      return;
    }
    this.#streams.add(response);
    const longEnough = setTimeout(() => response.end(), longestMs).unref();
    response.once('close', () => {
      clearTimeout(longEnough);
      this.#streams.delete(response);
    });
    // A connection that breaks while it is written to is a browser that left.
    response.on('error', () => response.destroy());
  }

  /** Ends all streams; one that comes later ends at once. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#heartbeat);
    for (const response of this.#streams) response.end();
    await this.#listener?.close();
  }

  #tell(progress: Progress): void {
    this.#write(`event: progress\ndata: ${JSON.stringify(progress)}\n\n`);
  }

  #write(text: string): void {
    for (const response of this.#streams) {
      if (response.writableLength > unreadLimit) response.destroy();
      else if (!response.writableEnded) response.write(text);
    }
  }
}
