import sharp from 'sharp';
import { collectFacts } from '../../../graders/collect.ts';
import type { Facts } from '../../../graders/facts/schema.ts';
import { grade } from '../../../graders/grade.ts';
import type { FromChild, GradeTask, ToChild } from './task.ts';

/**
 * The program of a grading child: takes one task at a time over the parent's channel, and ends when the channel
 * does. It is stopped from outside when it takes too long or too much.
 */
// One thread a child: the children themselves are what runs side by side. Nothing is decoded twice, so no cache.
sharp.concurrency(1);
sharp.cache(false);

/** The 素材 of a version never change; measured once per child, the newest few kept. */
const materialFacts = new Map<string, Promise<Facts>>();
const keptMaterials = 8;

function factsOfMaterials({ rubricVersion, materials }: GradeTask): Promise<Facts> {
  const known = materialFacts.get(rubricVersion);
  if (known) return known;
  const measured = collectFacts(materials);
  materialFacts.set(rubricVersion, measured);
  const [oldest] = materialFacts.keys();
  if (materialFacts.size > keptMaterials && oldest) materialFacts.delete(oldest);
  return measured;
}

const tell = (message: FromChild): void => {
  process.send?.(message);
};

process.on('message', async ({ id, task }: ToChild) => {
  try {
    const { submission, attempt, rubricVersion } = task;
    const materials = await factsOfMaterials(task);
    const breakdown = await grade(task.files, task.paper, { submission, attempt, rubricVersion, materials });
    tell({ kind: 'graded', id, breakdown });
  } catch (error) {
    materialFacts.delete(task.rubricVersion);
    tell({
      kind: 'failed',
      id,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
});
process.on('disconnect', () => process.exit());
// Ctrl-C reaches the whole group: the parent decides when a child ends.
process.on('SIGINT', () => undefined);
tell({ kind: 'ready' });
