import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { checks } from './checks/registry.ts';
import { documentCollector } from './facts/documents/collector.ts';
import { imageCollector } from './facts/images/collector.ts';
import { pageCollector } from './facts/pages/collector.ts';

const { resolve } = createRequire(import.meta.url);
const collectors = [imageCollector, pageCollector, documentCollector];

/** Raised when unpacking, slot resolution, doubt or scoring itself changes what comes out. */
const grading = 1;

/** The installed version of a package, from its package.json, found from the package's entry upwards. */
function libraryVersion(name: string): string {
  const entry = resolve(name);
  const folder = entry.slice(0, entry.lastIndexOf(`node_modules/${name}/`) + `node_modules/${name}/`.length);
  const { version } = createRequire(import.meta.url)(`${folder}package.json`) as { version: string };
  return version;
}

/** Everything that can change a score but is neither the paper nor the submission, one per line. */
export const graderParts: readonly string[] = [
  `grading@${grading}`,
  ...[...checks.values()].map(({ id, version }) => `${id}@${version}`).sort(),
  ...collectors.flatMap(({ name, version, libraries }) => [
    `facts/${name}@${version}`,
    ...libraries.map((library) => `${library}@${libraryVersion(library)}`),
  ]),
];

/** Names the graders of this installation: the first 16 hex digits of SHA-256 over all parts. */
export const graderVersion: string = createHash('sha256')
  .update(graderParts.join('\n'))
  .digest('hex')
  .slice(0, 16);
