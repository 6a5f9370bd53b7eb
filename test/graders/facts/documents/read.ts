import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { answersFrom } from '../../../../graders/facts/answers/bind.ts';
import type { SourceFile } from '../../../../graders/facts/collector.ts';
import { documentCollector } from '../../../../graders/facts/documents/collector.ts';
import type { DocumentRead } from '../../../../graders/facts/documents/read.ts';
import { mimeOf } from '../../../../graders/facts/files/mime.ts';
import {
  type AnswerFact,
  answerFactSchema,
  documentFactSchema,
  type ProblemFact,
} from '../../../../graders/facts/schema.ts';
import { temporaryFolder } from '../../../support/folder.ts';

/** Writes the bytes as a candidate's file. */
export async function handIn(path: string, bytes: string | Uint8Array): Promise<SourceFile> {
  const location = join(await temporaryFolder(), path);
  await mkdir(dirname(location), { recursive: true });
  await writeFile(location, bytes);
  const data = Buffer.from(bytes);
  const sha256 = createHash('sha256').update(data).digest('hex');
  return { path, location, bytes: data.length, sha256, mime: await mimeOf(location, path), junk: null };
}

/** Collects one file as the grader does; the fact is checked against its schema. */
export async function read(
  path: string,
  bytes: string | Uint8Array,
): Promise<{ document: DocumentRead; problems: readonly ProblemFact[] }> {
  const file = await handIn(path, bytes);
  if (!documentCollector.accepts(file)) throw new Error(`${path} is not accepted`);
  const { facts, problems } = await documentCollector.collect([file], [file]);
  const [document] = facts;
  if (document === undefined || facts.length > 1) throw new Error(`${facts.length} facts of one file`);
  documentFactSchema.parse(document.fact);
  return { document, problems };
}

/** Answers of one file, inputs left out, each checked against the schema. */
export async function answers(path: string, bytes: string | Uint8Array, task = ''): Promise<AnswerFact[]> {
  const { document } = await read(path, bytes);
  const found = answersFrom(document, task);
  for (const answer of found) answerFactSchema.parse(answer);
  return found.filter((answer) => !answer.input);
}

/** `label → value`, or the words, in reading order. */
export const bound = (found: readonly AnswerFact[]): string[] =>
  found.map(({ label, value, text }) => `${label} → ${value ?? `“${text}”`}`);
