import { join } from 'node:path';
import { checks } from '../../graders/checks/registry.ts';
import { collectFacts } from '../../graders/collect.ts';
import type { Facts } from '../../graders/facts/schema.ts';
import { factsNeeded, gradeFacts } from '../../graders/grade.ts';
import type { Breakdown } from '../../rubrics/breakdown.ts';
import { loadPaper } from '../../rubrics/load-paper.ts';
import type { Paper } from '../../rubrics/paper-schema.ts';
import { versionId } from '../../rubrics/version.ts';
import { expectationOf, samplesFolder } from './expectation.ts';

const papersFolder = join(samplesFolder, '../rubrics/papers');

interface Opened {
  readonly paper: Paper;
  readonly materials: Facts;
}
const opened = new Map<string, Promise<Opened>>();

async function open(id: string): Promise<Opened> {
  const folder = join(papersFolder, id);
  return { paper: loadPaper(folder, checks), materials: await collectFacts(join(folder, 'materials')) };
}

/** A paper with the facts of its 素材, read once. */
export function paperOf(id: string): Promise<Opened> {
  const known = opened.get(id) ?? open(id);
  opened.set(id, known);
  return known;
}

export interface GradedSample {
  readonly breakdown: Breakdown;
  /** Codes of the problems of the submission. */
  readonly problems: string[];
}

const graded = new Map<string, Promise<GradedSample>>();

async function grade(id: string): Promise<GradedSample> {
  const { paper, materials } = await paperOf(expectationOf(id).paper);
  const facts = await collectFacts(join(samplesFolder, id, 'submission'), {
    wanted: factsNeeded(paper),
    taskText: paper.taskText,
  });
  const breakdown = gradeFacts(paper, facts, {
    submission: id,
    attempt: 1,
    rubricVersion: versionId(paper),
    materials,
  });
  return { breakdown, problems: facts.problems.map(({ code }) => code) };
}

/** The breakdown of a sample under its paper, graded once. */
export function gradeSample(id: string): Promise<GradedSample> {
  const known = graded.get(id) ?? grade(id);
  graded.set(id, known);
  return known;
}
