import { realpathSync } from 'node:fs';
import { join } from 'node:path';

const project = join(import.meta.dirname, '../../..');

/** What the program of a child consists of: code and libraries, which may be a link to another place. */
const code = ['graders', 'rubrics', 'src', 'node_modules', 'package.json'].flatMap((name) => {
  const path = join(project, name);
  return [...new Set([path, realpathSync(path)])];
});

/**
 * Node's flags for a child: it reads its own code and the folders named, writes into its own temporary folder, and
 * reaches neither network nor other programs. A parser that is tricked into running code of a submission finds
 * little to take. Native libraries (sharp) are not bound by this; what they may cost is bounded from outside.
 */
export const flagsOf = (readable: readonly string[], temporary: string): string[] => [
  '--disable-warning=ExperimentalWarning',
  '--disable-warning=SecurityWarning',
  '--permission',
  ...[...code, ...readable, temporary].map((path) => `--allow-fs-read=${path}`),
  `--allow-fs-write=${temporary}`,
  '--allow-addons',
  '--allow-worker',
];

/** What a child gets of the environment: no address, no secret. */
export const environmentOf = (temporary: string): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  LANG: 'C.UTF-8',
  TMPDIR: temporary,
  // Enough for a few reads side by side; sharp decodes on one of them.
  UV_THREADPOOL_SIZE: '2',
});
