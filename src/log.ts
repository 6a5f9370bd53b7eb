import { DrizzleQueryError } from 'drizzle-orm';
import pino, { type Logger } from 'pino';

/** Paths of a log line that may hold a secret; pino writes `[secret]` there. */
const secrets = [
  'authorization',
  'cookie',
  'pin',
  'password',
  'token',
  'req.headers.authorization',
  'req.headers.cookie',
  '*.pin',
  '*.password',
  '*.token',
  '*.authorization',
  '*.cookie',
];

/** Where it happened; the first lines of a stack repeat the message, which holds the parameters. */
const frames = ({ stack = '' }: Error): string[] => stack.split('\n').filter((line) => /^\s+at /.test(line));

/**
 * An error as a log line has it. A failed query carries its parameters, hashes of passwords among them: what the
 * server said of it is told, what was sent is not.
 */
function errorShown(error: unknown): unknown {
  if (error instanceof DrizzleQueryError) {
    const [statement = ''] = error.query.split(' (', 1);
    return {
      type: 'DrizzleQueryError',
      statement,
      cause: errorShown(error.cause),
      stack: frames(error),
    };
  }
  if (!(error instanceof Error)) return error;
  // Libraries hang whole connections on their errors; what tells something is the code beside the message.
  const { code } = error as NodeJS.ErrnoException;
  const cause = error.cause === undefined ? {} : { cause: errorShown(error.cause) };
  return { type: error.name, message: error.message, ...(code && { code }), stack: error.stack, ...cause };
}

/** The process's logger: JSON lines to standard error, so standard output stays for results. */
export function openLog(level: string, name: string): Logger {
  return pino(
    {
      level,
      base: { name, pid: process.pid },
      redact: { paths: secrets, censor: '[secret]' },
      serializers: { err: errorShown },
    },
    pino.destination(2),
  );
}
