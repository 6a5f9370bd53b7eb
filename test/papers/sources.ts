import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { writeOut } from '../../rubrics/loading/expand.ts';
import { type ItemSource, type PaperSource, paperSourceSchema } from '../../rubrics/paper-schema.ts';

export const papersFolder = join(import.meta.dirname, '../../rubrics/papers');

export const paperIds: readonly string[] = readdirSync(papersFolder)
  .filter((name) => /^[A-Z]+-\d+$/.test(name))
  .sort();

/** A paper as written, its items written out, beside its task text: all that needs no check to be read. */
export interface Sheet {
  readonly paper: PaperSource;
  readonly items: readonly ItemSource[];
  readonly task: string;
}

/** Reads one of the project's papers. @throws when a name in an item is defined nowhere */
export function readSheet(id: string): Sheet {
  const read = (name: string): string => readFileSync(join(papersFolder, id, name), 'utf8');
  const paper = paperSourceSchema.parse(parse(read('paper.yaml')));
  const items = paper.items.flatMap((item, index) =>
    writeOut(item, index, paper.facts, (field, reason) => {
      throw new Error(`${id}, item ${item.id}, ${field.join('.')}: ${reason}`);
    }).map(({ source }) => source),
  );
  return { paper, items, task: read(paper.task) };
}
