import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { parse } from 'yaml';
import { z } from 'zod';
import { readCandidateTable } from '../../exams/candidate-table.ts';
import { importCandidates } from '../../exams/candidates.ts';
import { createExam, setExamState } from '../../exams/exams.ts';
import { listVersions } from '../../exams/rubric-versions.ts';
import { newExamSchema } from '../../exams/schema.ts';
import { type Context, withContext } from '../context.ts';
import { print, printJson } from '../output.ts';
import { UserError } from '../user-error.ts';

/** An exam as one YAML file: papers by id (their newest published version) or by version, and the candidate list beside it. */
const examFileSchema = newExamSchema.omit({ versions: true }).extend({
  papers: z.array(z.string()).min(1),
  /** Path of the CSV or XLSX list, relative to this file. */
  candidates: z.string().optional(),
  open: z.boolean().default(true),
});

async function newestVersion({ database }: Context, paper: string): Promise<string> {
  const versions = await listVersions(database, { paper, after: null, limit: 200 });
  const published = versions
    .filter(({ number }) => number !== null)
    .sort((a, b) => (b.number ?? 0) - (a.number ?? 0));
  if (!published[0])
    throw new UserError(
      `paper ${paper} has no published version: run "rubric import" and "rubric publish" first`,
    );
  return published[0].id;
}

export function register(program: Command): void {
  const exam = program.command('exam').description('exams');
  exam
    .command('import')
    .description('make an exam from a YAML file: name, sessions, papers, candidate list')
    .argument('<file>', 'exam.yaml')
    .option('--author <name>', 'who, for the record', process.env.USER ?? 'cli')
    .option('--json', 'print JSON')
    .action(async (file: string, options: { author: string; json?: boolean }) => {
      const parsed = examFileSchema.safeParse(parse(await readFile(file, 'utf8')));
      if (!parsed.success) throw new UserError(`${file}: ${z.prettifyError(parsed.error)}`);
      const { papers, candidates, open, name } = parsed.data;
      const lines = candidates ? readCandidateTable(await readFile(resolve(dirname(file), candidates))) : [];
      await withContext(async (context) => {
        const versions = await Promise.all(papers.map((paper) => newestVersion(context, paper)));
        const sessions = parsed.data.sessions.map((session) => ({
          ...session,
          startsAt: new Date(session.startsAt),
          endsAt: new Date(session.endsAt),
        }));
        const { id } = await createExam(context, {
          name,
          versions,
          sessions,
          createdBy: options.author,
        });
        const imported = lines.length > 0 ? await importCandidates(context, id, lines) : 0;
        if (open) await setExamState(context, id, 'open');
        if (options.json)
          return printJson({ id, name, candidates: imported, state: open ? 'open' : 'draft' });
        print(
          `${name}: ${id}, ${sessions.length} sessions, ${papers.length} papers, ${imported} candidates, ${open ? 'open' : 'draft'}`,
        );
      });
    });
}
