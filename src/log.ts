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

/** The process's logger: JSON lines to standard error, so standard output stays for results. */
export function openLog(level: string, name: string): Logger {
  return pino(
    { level, base: { name, pid: process.pid }, redact: { paths: secrets, censor: '[secret]' } },
    pino.destination(2),
  );
}
