import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** The repository's top folder. */
export const root = join(import.meta.dirname, '../..');

const read = (name: string): string => readFileSync(join(root, name), 'utf8');

const serviceSchema = z.looseObject({
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  user: z.string().optional(),
  image: z.string().optional(),
  volumes: z.array(z.string()).default([]),
});
export type ComposeService = z.infer<typeof serviceSchema>;

const composeSchema = z.object({
  services: z.object({
    api: serviceSchema,
    worker: serviceSchema,
    postgres: serviceSchema,
    redis: serviceSchema,
  }),
  volumes: z.record(z.string(), z.unknown()),
});

/** docker-compose.yml, its shared parts merged in as Compose does it. */
export const compose = composeSchema.parse(parse(read('docker-compose.yml'), { merge: true }));

/** Fills `${NAME:-default}` and `${NAME:?reason}` as Compose does (Compose specification, interpolation). */
export const interpolated = (value: string, given: Readonly<Record<string, string>>): string =>
  value.replaceAll(/\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}/g, (_, name: string, fallback?: string) => {
    const filled = given[name] ?? fallback;
    if (filled === undefined) throw new Error(`docker-compose.yml wants ${name}, and nothing gives it`);
    return filled;
  });

/** The names that docker-compose.yml takes from the environment of whoever starts it. */
export const interpolatedNames: string[] = [
  ...new Set([...read('docker-compose.yml').matchAll(/\$\{(\w+)/g)].map(([, name = '']) => name)),
];

/** Instructions of the Dockerfile, in order, continued lines joined. */
export const dockerfile: { instruction: string; value: string }[] = read('Dockerfile')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .flatMap((line) => {
    const [, instruction, value] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    return instruction && value ? [{ instruction, value }] : [];
  });

/** What the Dockerfile copies out of the repository. */
export const copied: string[] = dockerfile
  .filter(({ instruction }) => instruction === 'COPY')
  .flatMap(({ value }) =>
    value
      .split(/\s+/)
      .filter((part) => !part.startsWith('--'))
      .slice(0, -1),
  );

/** Settings of .env.example with the value that stands there, commented or not. */
export const exampleSettings: Record<string, string> = Object.fromEntries(
  [...read('.env.example').matchAll(/^(?:# ?)?([A-Z][A-Z_]*)=(.*)$/gm)].map(([, name, value]) => [
    name,
    value,
  ]),
);
