import type { Log } from '../../src/database/log.ts';

/** Keeps what was logged, for tests that expect a line; prints nothing. */
export interface MemoryLog extends Log {
  lines: { level: string; fields: object; message: string }[];
}

export function memoryLog(): MemoryLog {
  const lines: MemoryLog['lines'] = [];
  const at = (level: string) => (fields: object, message: string) => {
    lines.push({ level, fields, message });
  };
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
