import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { Client, escapeIdentifier, type Notification } from 'pg';
import type { Queries } from './database.ts';
import type { Log } from './log.ts';

/** PostgreSQL takes payloads below 8000 bytes. */
const PAYLOAD_LIMIT = 7999;

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5_000;

/**
 * Tells every process that listens on the channel. Inside a transaction the word goes out when, and only if, it
 * commits. Nothing is kept for those who do not listen now: send ids and let the listener read the database.
 * Throws a RangeError for a payload of 8000 bytes or more as JSON.
 */
export async function notify(db: Queries, channel: string, payload: unknown): Promise<void> {
  const text = JSON.stringify(payload);
  if (Buffer.byteLength(text) > PAYLOAD_LIMIT) {
    throw new RangeError(`a notification on ${channel} must stay below 8000 bytes: send ids, not documents`);
  }
  await db.execute(sql`SELECT pg_notify(${channel}, ${text})`);
}

export interface ListenOptions {
  url: string;
  channel: string;
  onMessage(payload: unknown): void;
  /** Called when listening begins again after a loss: what was said meanwhile is gone, read the database. */
  onReconnect?(): void;
  log: Log;
}

export interface Listener {
  close(): Promise<void>;
}

/** Listens on a connection of its own, and reconnects for as long as it takes. Throws if the first try fails. */
export async function listen({
  url,
  channel,
  onMessage,
  onReconnect,
  log,
}: ListenOptions): Promise<Listener> {
  let closed = false;
  let current = await connect();

  async function connect(): Promise<Client> {
    const client = new Client({
      connectionString: url,
      keepAlive: true,
      application_name: 'kaoping-listen',
    });
    let heard = false;
    client.on('error', (error) => log.warn({ err: error, channel }, 'the listening connection was lost'));
    client.on('end', () => {
      if (heard && !closed) void reconnect();
    });
    client.on('notification', (message: Notification) => deliver(message));
    try {
      await client.connect();
      await client.query(`LISTEN ${escapeIdentifier(channel)}`);
    } catch (error) {
      await client.end();
      throw error;
    }
    heard = true;
    return client;
  }

  function deliver({ payload }: Notification): void {
    try {
      onMessage(JSON.parse(payload ?? 'null'));
    } catch (error) {
      log.error({ err: error, channel }, 'a notification could not be handled');
    }
  }

  async function reconnect(): Promise<void> {
    for (let pause = FIRST_PAUSE; !closed; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      await wait(pause, undefined, { ref: false });
      try {
        current = await connect();
        if (closed) await current.end();
        else onReconnect?.();
        return;
      } catch (error) {
        log.warn({ err: error, channel }, 'still cannot listen');
      }
    }
  }

  return {
    async close() {
      closed = true;
      await current.end();
    },
  };
}
