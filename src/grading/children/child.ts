import sharp from 'sharp';
import { collectFacts } from '../../../graders/collect.ts';
import type { Facts } from '../../../graders/facts/schema.ts';
import { grade } from '../../../graders/grade.ts';
import { keepNewest } from '../keep-newest.ts';
import { attend } from './attend.ts';

/** The program of a grading child. */

// One thread a child: the children themselves are what runs side by side. Nothing is decoded twice, so no cache.
sharp.concurrency(1);
sharp.cache(false);

/** The 素材 of a version never change: measured once per child. */
const materialFacts = keepNewest<Facts>(8);

attend(async ({ submission, attempt, rubricVersion, paper, files, materials }) =>
  grade(files, paper, {
    submission,
    attempt,
    rubricVersion,
    materials: await materialFacts(rubricVersion, () => collectFacts(materials)),
  }),
);
