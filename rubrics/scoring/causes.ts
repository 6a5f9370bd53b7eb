import type { Paper } from '../paper-schema.ts';
import { sentence } from './sentences.ts';
import { isUnconfirmed, one, pointsOf, type Standing, type Standings } from './standing.ts';

/**
 * "One root cause, one deduction" (case F6): an item that lost points for a cause which the paper charges to
 * another item is excused once that other item has lost points for it. While that other item is undecided this
 * one waits, for whatever was taken here might be taken there again. If the other item lost nothing for this
 * cause, the loss stays here: a mistake is charged once, not forgiven.
 */
export const chargeOnce = (paper: Paper, standings: Standings): Standings =>
  new Map(
    [...standings].map(([id, standing]) => [id, charge(standing, chargedFor(paper, standings, standing))]),
  );

/** The other item that the paper charges for this item's loss; undefined when there is none. */
function chargedFor(
  paper: Paper,
  standings: Standings,
  { item, outcome, share }: Standing,
): Standing | undefined {
  const cause = outcome?.cause ?? null;
  if (cause === null || share === null || share.gte(1)) return undefined;
  const id = paper.causes[cause];
  return id === undefined || id === item.id ? undefined : standings.get(id);
}

function charge(standing: Standing, charged: Standing | undefined): Standing {
  if (charged === undefined || standing.outcome === null) return standing;
  const points = pointsOf(charged);
  if (points === null) return waiting(standing, standing.outcome, charged);
  const doubtful = isUnconfirmed(charged) && mayShare(standing, charged);
  if (points.gte(charged.possible) || !sharesCause(standing, charged)) return { ...standing, doubtful };
  return {
    ...standing,
    share: one,
    excused: true,
    doubtful,
    sentences: [...standing.sentences, sentence('excused', { item: charged.item.text })],
  };
}

/**
 * Whether the charged item's loss is for this cause. Where a human took the points and no check named a cause,
 * the candidate has the benefit of the doubt.
 */
const sharesCause = (standing: Standing, charged: Standing): boolean =>
  charged.outcome?.cause === standing.outcome?.cause ||
  (charged.mark !== null && mayShare(standing, charged));

/** Whether a human's decision on the charged item could still excuse this one. */
function mayShare(standing: Standing, charged: Standing): boolean {
  const cause = charged.outcome?.cause ?? null;
  return cause === null || cause === standing.outcome?.cause;
}

const waiting = (
  standing: Standing,
  outcome: NonNullable<Standing['outcome']>,
  { item }: Standing,
): Standing => ({
  ...standing,
  share: null,
  outcome: {
    ...outcome,
    outcome: 'unknown',
    share: null,
    reason: { code: 'waits-for-cause', values: { item: item.id, finding: outcome.reason.code } },
  },
  sentences: [...standing.sentences, sentence('waits-for-cause', { item: item.text })],
});
