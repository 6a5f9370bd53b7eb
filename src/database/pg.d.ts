/**
 * The part of node-postgres that this folder uses: the package `pg` carries no types of its own.
 * https://node-postgres.com/apis/pool, /apis/client
 */
declare module 'pg' {
  import type { EventEmitter } from 'node:events';

  export interface ClientConfig {
    connectionString?: string;
    application_name?: string;
    /** Milliseconds. */
    connectionTimeoutMillis?: number;
    keepAlive?: boolean;
    /** Settings for the session, as on PostgreSQL's command line: `-c name=value`. */
    options?: string;
  }

  export interface PoolConfig extends ClientConfig {
    max?: number;
    min?: number;
    /** Milliseconds. */
    idleTimeoutMillis?: number;
    allowExitOnIdle?: boolean;
  }

  // biome-ignore lint/suspicious/noExplicitAny: a row is whatever the query selects, as in the library's own types
  export type QueryResultRow = Record<string, any>;

  export interface QueryResult<Row extends QueryResultRow = QueryResultRow> {
    command: string;
    rowCount: number | null;
    rows: Row[];
  }

  export interface Notification {
    channel: string;
    payload?: string;
    processId: number;
  }

  interface Queryable extends EventEmitter {
    query<Row extends QueryResultRow = QueryResultRow>(
      text: string,
      values?: readonly unknown[],
    ): Promise<QueryResult<Row>>;
  }

  export class Client implements Queryable {
    constructor(config?: ClientConfig | string);
    connect(): Promise<void>;
    end(): Promise<void>;
    escapeIdentifier(name: string): string;
  }
  export interface Client extends Queryable {}

  export interface PoolClient extends Client {
    release(destroy?: Error | boolean): void;
  }

  export class Pool implements Queryable {
    constructor(config?: PoolConfig);
    connect(): Promise<PoolClient>;
    end(): Promise<void>;
    readonly totalCount: number;
    readonly idleCount: number;
    readonly waitingCount: number;
    readonly ended: boolean;
  }
  export interface Pool extends Queryable {}

  /** Thrown for what the server answered; `code` is the SQLSTATE. */
  export class DatabaseError extends Error {
    code?: string;
    constraint?: string;
    table?: string;
    detail?: string;
  }

  export function escapeIdentifier(name: string): string;
  export function escapeLiteral(value: string): string;

  export * as default from 'pg';
}
