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

/** Server-sent events: one listening connection to the database for all browsers of this process. */
export class LiveProgress {
  readonly #streams = new Set<{ response: ServerResponse; wants: (progress: Progress) => boolean }>();
  readonly #heartbeat: NodeJS.Timeout;
  #listener: Listener | null = null;

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
      // What was said meanwhile is lost: browsers read the list anew.
      onReconnect: () => live.#write('event: reload\ndata: {}\n\n'),
    });
    return live;
  }

  /** Turns an answer into a stream; it ends when the browser goes or the service stops. */
  add(
    response: ServerResponse,
    headers: Record<string, string>,
    wants: (progress: Progress) => boolean = () => true,
  ): void {
    response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    response.write('retry: 2000\n\n');
    const stream = { response, wants };
    this.#streams.add(stream);
    response.on('close', () => this.#streams.delete(stream));
  }

  async close(): Promise<void> {
    clearInterval(this.#heartbeat);
    for (const { response } of this.#streams) response.end();
    await this.#listener?.close();
  }

  #tell(progress: Progress): void {
    const text = `event: progress\ndata: ${JSON.stringify(progress)}\n\n`;
    for (const { response, wants } of this.#streams) if (wants(progress)) response.write(text);
  }

  #write(text: string): void {
    for (const { response } of this.#streams) response.write(text);
  }
}
