import type { Breakdown } from '../rubrics/breakdown.ts';
import type { Outcome } from '../rubrics/outcome.ts';
import type { Paper } from '../rubrics/paper-schema.ts';
import { score } from '../rubrics/score.ts';
import { unknown } from './check.ts';
import { graderVersion } from './version.ts';

/**
 * The breakdown of work that no grader could finish (it took too long, too much memory, or ended the process):
 * every machine item is `unknown` with that reason and goes to a human; nothing is a zero.
 */
export function ungradable(
  paper: Paper,
  about: { submission: string; attempt: number; rubricVersion: string },
  reason: { code: string; text: string },
): Breakdown {
  const outcome = unknown(reason.code, { text: reason.text });
  const outcomes = new Map<string, Outcome>(
    paper.items.flatMap(({ id, check }) => (check ? [[id, outcome]] : [])),
  );
  return score(paper, outcomes, { ...about, graderVersion, factsDigest: 'none', wording: () => reason.text });
}
