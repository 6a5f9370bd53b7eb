import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { collectFacts } from '../../../graders/collect.ts';
import type { Facts } from '../../../graders/facts/schema.ts';
import { print, printJson } from '../output.ts';
import { table } from '../table.ts';
import { UserError } from '../user-error.ts';

/** A reading for humans: counts first, then one line per file, then what was wrong. */
function overview(facts: Facts): string {
  const counts = `${facts.files.length} files, ${facts.images.length} images, ${facts.pages.length} pages, ${facts.documents.length} documents, ${facts.answers.length} answers`;
  const files = facts.files.map((file) => {
    const image = facts.images.find(({ path }) => path === file.path);
    const size = image ? `${image.displayWidth}×${image.displayHeight}` : '';
    return [file.path, String(file.bytes), file.mime ?? '?', size, file.junk ?? '', file.used ?? ''];
  });
  const problems = facts.problems.map(({ path, code, message }) => `! ${path} [${code}] ${message}`);
  return [counts, table([['path', 'bytes', 'mime', 'size', 'junk', 'used'], ...files]), ...problems].join(
    '\n',
  );
}

export function register(program: Command): void {
  program
    .command('facts')
    .description('measure a folder or archive: files, images, pages, documents, answers, problems')
    .argument('<folder-or-archive>', 'what a candidate handed in')
    .option('--json', 'print the facts as one JSON document')
    .action(async (source: string, options: { json?: boolean }) => {
      if (!existsSync(source)) throw new UserError(`no such file or folder: ${source}`);
      const facts = await collectFacts(source);
      if (options.json) printJson(facts);
      else print(overview(facts));
    });
}
