import { describe, expect, it } from 'vitest';
import { loadPaper, PaperError, type Problem } from '../../../rubrics/load-paper.ts';
import { filesWith, folderOf, goodPaper, knownChecks } from '../paper-folder.ts';

/** What is wrong with the paper of a folder; nothing when it loads. */
export function problemsOf(folder: string): readonly Problem[] {
  try {
    loadPaper(folder, knownChecks);
  } catch (error) {
    if (error instanceof PaperError) return error.problems;
    throw error;
  }
  return [];
}

/** The problems as `file:line: reason`, the file below the paper's folder. */
export function told(files: Record<string, string | Buffer>): string[] {
  const folder = folderOf(files);
  return problemsOf(folder).map(
    ({ file, line, reason }) => `${file.slice(folder.length + 1)}:${line}: ${reason}`,
  );
}

/** The line, from 1, at which the text first stands. */
export const lineOf = (paper: string, text: string): number =>
  paper.slice(0, paper.indexOf(text)).split('\n').length;

/** What is changed in the good paper, the text at whose line the problem must stand, and how its reason begins. */
type Refused = readonly [name: string, from: string, to: string, at: string, reason: string];

/** One test per row: the changed paper is refused at that line for that reason. */
export const refuses = (title: string, rows: readonly Refused[]): void => {
  describe(title, () => {
    it.each(rows)('%s', (_name, from, to, at, reason) => {
      expect(goodPaper).toContain(from);
      const paper = goodPaper.replace(from, () => to);
      expect(paper).toContain(at);
      const wanted = `paper.yaml:${lineOf(paper, at)}: ${reason}`;
      const problems = told(filesWith(paper));
      expect(
        problems.filter((problem) => problem.startsWith(wanted)),
        `${wanted} among\n${problems.join('\n')}`,
      ).toHaveLength(1);
    });
  });
};
