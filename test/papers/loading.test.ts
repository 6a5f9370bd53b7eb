import { expect, it } from 'vitest';
import { checks } from '../../graders/checks/registry.ts';
import { loadPapers } from '../../rubrics/load-paper.ts';
import { paperIds, papersFolder } from './sources.ts';

it('all papers load with the checks that this installation has', () => {
  const papers = loadPapers(papersFolder, checks);
  expect(papers.map(({ id }) => id)).toEqual(paperIds);
});
