import { DrizzleQueryError } from 'drizzle-orm';
import { PaperError } from '../../rubrics/load-paper.ts';
import { ConfigError } from '../config.ts';
import { EmbeddedDatabaseError } from '../database/binaries.ts';
import { Problem } from '../http/problem.ts';
import { UserError } from './user-error.ts';

/** Errors of the system that a setting or the machine is to blame for, and what helps. */
const advice: Readonly<Record<string, string>> = {
  EACCES: 'run as the user who owns the folder, or set DATA_DIR to one that you may write',
  EPERM: 'run as the user who owns the folder, or set DATA_DIR to one that you may write',
  EROFS: 'set DATA_DIR to a folder that can be written',
  ENOTDIR: 'set DATA_DIR to a folder; a part of this path is a file',
  ENOSPC: 'the disk is full: make room and try again',
  EADDRINUSE: 'another program uses this port: set PORT to a free one, or 0 for any',
  ECONNREFUSED: 'nobody answers there: check DATABASE_URL and REDIS_URL, and that these services run',
  ENOTFOUND: 'there is no such host: check DATABASE_URL and REDIS_URL',
  ETIMEDOUT: 'no answer in time: check DATABASE_URL and REDIS_URL, and the network',
};

/** SQLSTATE of a refused connection: wrong password or role, no such database. */
const refused = /^(28|3D)/;

/** The error that says why: failed queries and connections wrap it. */
function innermost(error: unknown): unknown {
  if (error instanceof DrizzleQueryError && error.cause) return innermost(error.cause);
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0]);
  return error;
}

function problemText({ message, detail, errors = [] }: Problem): string {
  const lines = errors.map(({ where, message: what }) => `  ${where}: ${what}`);
  return [detail ? `${message}（${detail}）` : message, ...lines].join('\n');
}

function foreseen(error: Error): string | null {
  // As compilers print it, so that an editor can jump there.
  if (error instanceof PaperError) return error.message;
  if (error instanceof Problem) return `kaoping: ${problemText(error)}`;
  if ([UserError, ConfigError, EmbeddedDatabaseError].some((kind) => error instanceof kind))
    return `kaoping: ${error.message}`;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (advice[code]) return `kaoping: ${error.message}: ${advice[code]}`;
  if (refused.test(code)) return `kaoping: the database refuses: ${error.message}: check DATABASE_URL`;
  return null;
}

/**
 * What a failed command prints. An error that somebody foresaw says in a line or two what is wrong and what to do; any
 * other is a fault of ours and comes with its stack.
 */
export function describeFailure(thrown: unknown): string {
  const error = innermost(thrown);
  if (!(error instanceof Error)) return `kaoping: ${String(error)}`;
  return (
    foreseen(error) ??
    `kaoping: this should not have happened; please report it with these lines\n${error.stack ?? error.message}`
  );
}
