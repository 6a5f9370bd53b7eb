import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { commandOf } from '../../audit/audit.ts';
import { type CandidateLine, readCandidateTable } from '../../exams/candidate-table.ts';
import { importCandidates, refuseMisfits } from '../../exams/candidates.ts';
import { createExam, setExamState } from '../../exams/exams.ts';
import { newestPublished } from '../../exams/rubric-versions.ts';
import { newExamSchema } from '../../exams/schema.ts';
import { usualAuthor } from '../author.ts';
import { type Context, withContext } from '../context.ts';
import { print, printJson } from '../output.ts';
import { readInput } from '../read-input.ts';
import { UserError } from '../user-error.ts';

/** An exam as one YAML file: papers by id, of which the newest published version is taken, and the candidates beside it. */
const examFileSchema = newExamSchema.omit({ versions: true }).extend({
  papers: z.array(z.string()).min(1),
  /** Path of the CSV or XLSX list, relative to this file. */
  candidates: z.string().optional(),
  open: z.boolean().default(true),
});
type ExamFile = z.infer<typeof examFileSchema>;

async function readExam(file: string): Promise<{ wanted: ExamFile; lines: CandidateLine[] }> {
  const text = (await readInput(file)).toString('utf8');
  const parsed = examFileSchema.safeParse(parseYaml(file, text));
  if (!parsed.success) throw new UserError(`${file}:\n${z.prettifyError(parsed.error)}`);
  const list = parsed.data.candidates;
  const lines = list ? readCandidateTable(await readInput(resolve(dirname(file), list))) : [];
  return { wanted: parsed.data, lines };
}

function parseYaml(file: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof YAMLParseError)
      throw new UserError(`${file}:${error.linePos?.[0].line ?? 1}: ${error.message}`);
    throw error;
  }
}

async function newestVersions({ database }: Context, papers: readonly string[]) {
  const versions = [];
  for (const paper of papers) {
    const found = await newestPublished(database, paper);
    if (!found)
      throw new UserError(
        `paper ${paper} has no published version: run "rubric import" and "rubric publish" first`,
      );
    versions.push({ paper, ...found });
  }
  return versions;
}

async function importExam(file: string, options: { author: string; json?: boolean }): Promise<void> {
  const { wanted, lines } = await readExam(file);
  const { name, open } = wanted;
  const made = await withContext(async (context) => {
    const versions = await newestVersions(context, wanted.papers);
    // Before anything is made: a list with a fault must not leave an exam without candidates behind.
    refuseMisfits(lines, {
      sessions: new Set(wanted.sessions.map((session) => session.name)),
      modules: new Map(versions.map(({ paper, module }) => [paper, module])),
    });
    const actor = commandOf(options.author);
    const exam = {
      name,
      createdBy: options.author,
      versions: versions.map((version) => version.id),
      sessions: wanted.sessions.map((session) => ({
        ...session,
        startsAt: new Date(session.startsAt),
        endsAt: new Date(session.endsAt),
      })),
    };
    const { id } = await createExam(context, exam, actor);
    const candidates = lines.length > 0 ? await importCandidates(context, id, lines, actor) : 0;
    if (open) await setExamState(context, id, 'open', actor);
    return { id, name, candidates, state: open ? 'open' : 'draft' };
  });
  if (options.json) return printJson(made);
  print(
    `${name}: ${made.id}, ${wanted.sessions.length} sessions, ${wanted.papers.length} papers, ${made.candidates} candidates, ${made.state}`,
  );
}

export function register(program: Command): void {
  program
    .command('exam')
    .description('exams')
    .command('import')
    .description('make an exam from a YAML file: name, sessions, papers, candidate list')
    .argument('<file>', 'exam.yaml')
    .option('--author <name>', 'who, for the record', usualAuthor())
    .option('--json', 'print JSON')
    .action(importExam);
}
