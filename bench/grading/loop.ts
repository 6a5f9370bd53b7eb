import sharp from 'sharp';
import { checks } from '../../graders/checks/registry.ts';
import { collectFacts } from '../../graders/collect.ts';
import type { Facts } from '../../graders/facts/schema.ts';
import { grade } from '../../graders/grade.ts';
import { loadPaper } from '../../rubrics/load-paper.ts';
import type { Paper } from '../../rubrics/paper-schema.ts';
import { answerWith } from '../helper.ts';
import type { Work } from './samples.ts';

/** The baseline: the graders called in a loop, in one process, nothing recorded. Settings as in a grading child. */
sharp.concurrency(1);
sharp.cache(false);

interface Loaded {
  readonly paper: Paper;
  readonly materials: Facts;
}

const papers = new Map<string, Promise<Loaded>>();

async function open(folder: string): Promise<Loaded> {
  const paper = loadPaper(folder, checks);
  return { paper, materials: await collectFacts(`${folder}/materials`) };
}

function load(folder: string): Promise<Loaded> {
  const loading = papers.get(folder) ?? open(folder);
  papers.set(folder, loading);
  return loading;
}

/** Seconds for all works, one after another. */
async function gradeAll(works: readonly Work[]): Promise<number> {
  const start = performance.now();
  for (const { paperFolder, files } of works) {
    const { paper, materials } = await load(paperFolder);
    await grade(files, paper, { submission: 'bench', attempt: 1, rubricVersion: paper.id, materials });
  }
  return (performance.now() - start) / 1000;
}

answerWith(gradeAll);
