import { posix } from 'node:path';
import { z } from 'zod';
import { defineCheck, fail, pass, unknown } from '../../check.ts';
import type { FileFact } from '../../facts/schema.ts';
import type { SlotTable } from '../../slots.ts';
import { absentEvidence, fileEvidence, leftOver } from './per-slot.ts';

/** How many names stand in the sentence; the evidence has them all. */
const namesShown = 8;

/** Files that the task asked for are no litter, even where a page forgot to show them. */
const askedFor = (slots: SlotTable): Set<string> =>
  new Set(
    [...slots.values()].flatMap(({ file, candidates }) =>
      [...(file ? [file] : []), ...candidates].map((f) => f.path),
    ),
  );

const ignored = (path: string, globs: readonly string[]): boolean =>
  globs.some((glob) => posix.matchesGlob(path.toLowerCase(), glob.toLowerCase()));

/** page-9: nothing lies about that no page uses; one deduction, however many there are (C11, D2). */
export const noUnusedFiles = defineCheck({
  id: 'no-unused-files',
  version: 1,
  parameters: z.strictObject({ entry: z.string(), ignore: z.array(z.string()).default([]) }),
  summary: {
    zh: '文件夹中是否没有网页用不到的文件；系统自动生成的文件不算。',
    en: 'Whether no file lies about that the pages do not use; what the system made does not count.',
  },
  example: { entry: 'index', ignore: ['源文件/**'] },
  reads: ['files', 'pages'],
  reasons: {
    clean: { zh: '没有发现无用文件。', en: 'No unused file was found.' },
    unused: {
      zh: '有 {count} 个文件没有被网页用到：{list}。',
      en: '{count} files are not used by any page: {list}.',
    },
    'no-entry': {
      zh: '没有可读的首页 {file}，无法判断哪些文件无用。',
      en: 'There is no entry page {file} to read, so nothing shows which files are used.',
    },
    'entry-ambiguous': {
      zh: '不能确定哪个文件是首页 {file}，请人工确认。',
      en: 'Which file is the entry page {file} cannot be told; a human must choose.',
    },
    'not-traced': {
      zh: '首页 {file} 无法读取，无法判断哪些文件无用，请人工查看。',
      en: 'The entry page {file} could not be read, so nothing shows which files are used; a human must look.',
    },
  },
  slots: ({ entry }) => [entry],
  judge(input) {
    const { parameters, slots, facts } = input;
    const entry = slots.get(parameters.entry);
    const name = entry?.slot.path ?? parameters.entry;
    if (entry?.state === 'ambiguous') {
      return unknown('entry-ambiguous', { file: name }, { evidence: entry.candidates.map(fileEvidence) });
    }
    const others = entry === undefined || entry.file !== null ? [] : leftOver(entry, input);
    if (others.length > 0)
      return unknown('entry-ambiguous', { file: name }, { evidence: others.map(fileEvidence) });
    if (!entry?.file) {
      // The missing page is charged by its own items. Here only a hand-in without any file earns nothing for sure.
      const blank = !facts.files.some(({ bytes, junk }) => bytes > 0 && junk === null);
      const evidence = [absentEvidence(name, facts.files)];
      return (blank ? fail : unknown)('no-entry', { file: name }, { evidence });
    }
    const entryPath = entry.file.path;
    if (!facts.pages.some((page) => page.path === entryPath)) {
      return unknown('not-traced', { file: entryPath }, { evidence: [fileEvidence(entry.file)] });
    }
    const asked = askedFor(slots);
    const isLitter = ({ path, junk, used }: FileFact): boolean =>
      junk === null && used === 'no' && !asked.has(path) && !ignored(path, parameters.ignore);
    const unused = facts.files.filter(isLitter);
    if (unused.length === 0) return pass('clean');
    const names = unused.slice(0, namesShown).map((file) => file.path);
    const list = names.join('、') + (unused.length > namesShown ? '……' : '');
    return fail('unused', { count: unused.length, list }, { evidence: unused.map(fileEvidence) });
  },
});
