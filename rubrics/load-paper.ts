import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { draftOf } from './loading/draft.ts';
import { refuseSlots, unreachable } from './loading/file-names.ts';
import { buildItems } from './loading/items.ts';
import { hashMaterials } from './loading/materials.ts';
import { inOrder, PaperError, type Problem } from './loading/problems.ts';
import { refuseReferences } from './loading/references.ts';
import { readSource, type Source } from './loading/source.ts';
import type { KnownCheck, Paper } from './paper-schema.ts';

export { PaperError, type Problem } from './loading/problems.ts';

const paperFile = 'paper.yaml';

/**
 * Loads the paper of a folder: `paper.yaml`, the task text beside it, the 素材 below `materials/`. Items are
 * written out (`each`, `$name`), parameters are those the checks accepted, with their defaults filled in.
 * @throws PaperError with every problem at its file and line. A paper loads whole or not at all.
 */
export function loadPaper(folder: string, checks: ReadonlyMap<string, KnownCheck>): Paper {
  const file = join(folder, paperFile);
  const text = readText(file);
  if (text.fault !== null) throw new PaperError([{ file, line: 1, reason: text.fault }]);
  const source = readSource(file, text.content);
  if (source.value === undefined) throw new PaperError(inOrder(source.problems));

  const elsewhere: Problem[] = [];
  const materials = hashMaterials(join(folder, 'materials'), (path, reason) =>
    elsewhere.push({ file: join(folder, 'materials', path), line: 1, reason }),
  );
  const draft = draftOf(source);
  const taskText = readTask(folder, draft.task, source);
  refuseSlots(source, draft);
  const items = buildItems(source, draft, checks);
  refuseReferences(source, draft, items, materials);

  const problems = [...source.problems, ...elsewhere];
  if (draft.whole === null || problems.length > 0) throw new PaperError(inOrder(problems));
  const { id, title, module, minutes, slots, causes, modifiers } = draft.whole;
  return {
    id,
    title,
    module,
    minutes,
    slots,
    causes,
    modifiers,
    items: items.map(({ item }) => item),
    taskText,
    materials,
  };
}

/**
 * Loads every paper below a folder, by name. A folder that holds neither a paper nor a task is none (the
 * drawing of 素材 lives beside the papers).
 * @throws PaperError with the problems of all papers together.
 */
export function loadPapers(root: string, checks: ReadonlyMap<string, KnownCheck>): Paper[] {
  const problems: Problem[] = [];
  const folderOf = new Map<string, string>();
  const papers = paperFolders(root).flatMap((folder) => {
    try {
      const paper = loadPaper(folder, checks);
      const twin = folderOf.get(paper.id);
      if (twin !== undefined) {
        problems.push({
          file: join(folder, paperFile),
          line: 1,
          reason: `the paper id ${paper.id} is also that of ${twin}`,
        });
      }
      folderOf.set(paper.id, basename(folder));
      return [paper];
    } catch (error) {
      if (!(error instanceof PaperError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  if (problems.length > 0) throw new PaperError(problems);
  return papers;
}

const paperFolders = (root: string): string[] =>
  readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(root, entry.name))
    .filter((folder) => [paperFile, 'paper.yml', 'task.md'].some((name) => existsSync(join(folder, name))))
    .sort();

type Text = { content: string; fault: null } | { content: null; fault: string };

/** Reads UTF-8 strictly; line ends are made `\n`, so that a checkout on Windows is the same version. */
function readText(file: string): Text {
  if (!existsSync(file)) return { content: null, fault: `there is no ${basename(file)}` };
  try {
    const content = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
    return { content: content.replaceAll('\r\n', '\n'), fault: null };
  } catch (error) {
    if (error instanceof TypeError) return { content: null, fault: 'not valid UTF-8: save it as UTF-8' };
    throw error;
  }
}

function readTask(folder: string, task: string, source: Source): string {
  const fault = unreachable(task);
  if (fault !== null) {
    source.refuse(['task'], `the task file "${task}" ${fault}`);
    return '';
  }
  const text = readText(join(folder, task));
  const reason = text.fault ?? (text.content.trim() === '' ? 'it is empty' : null);
  if (reason !== null) source.refuse(['task'], `the task file ${task} cannot be used: ${reason}`);
  return text.content ?? '';
}
