import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { prettifyError } from 'zod';
import { UserError } from './user-error.ts';

/** Why a file that somebody named cannot be read. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'is a folder, not a file',
  EACCES: 'may not be read by this user',
};

/** Reads a file that was named on the command line. @throws UserError when that cannot be read */
export async function readInput(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const reason = reasons[(error as NodeJS.ErrnoException).code ?? ''];
    throw reason ? new UserError(`${file}: ${reason}`) : error;
  }
}

/** Reads JSON of a shape. @param what for the error, e.g. `receipt` @throws UserError when it is none */
export async function readJson<T>(file: string, schema: z.ZodType<T>, what: string): Promise<T> {
  const parsed = schema.safeParse(parseJson(file, (await readInput(file)).toString('utf8')));
  if (!parsed.success) throw new UserError(`${file} is no ${what}:\n${prettifyError(parsed.error)}`);
  return parsed.data;
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(`${file} is no JSON: ${(error as SyntaxError).message}`);
  }
}
