import { createHash } from 'node:crypto';
import type { Breakdown } from '../rubrics/breakdown.ts';
import { canonicalJson } from '../rubrics/canonical.ts';
import type { Evidence, Outcome } from '../rubrics/outcome.ts';
import type { Item, Paper } from '../rubrics/paper-schema.ts';
import { score } from '../rubrics/score.ts';
import { type Check, type CheckInput, type FactName, type OwnAnswer, unknown } from './check.ts';
import { checks } from './checks/registry.ts';
import { collectFacts } from './collect.ts';
import { doubtZero } from './doubt.ts';
import type { Facts } from './facts/schema.ts';
import { resolveSlots } from './slots.ts';
import type { Source } from './unpack/unpack.ts';
import { graderVersion } from './version.ts';
import { reasonText } from './wording.ts';

export interface GradeOptions {
  /** Ids that the breakdown carries. */
  readonly submission: string;
  readonly attempt: number;
  readonly rubricVersion: string;
  /** Facts of the paper's 素材. */
  readonly materials: Facts;
}

/** Which facts the checks of a paper read: the others need not be collected. */
export function factsNeeded(paper: Paper): Set<FactName> {
  const needed = new Set<FactName>(['files']);
  for (const { check } of paper.items) {
    for (const name of (check && checks.get(check)?.reads) || []) needed.add(name);
  }
  return needed;
}

const stamp = (evidence: readonly Evidence[], check: Check): Evidence[] =>
  evidence.map((one) => ({ ...one, checker: `${check.id}@${check.version}` }));

/** Runs all checks of a paper over facts. Pure: same facts, same outcomes. */
export function runChecks(paper: Paper, facts: Facts, materials: Facts): Map<string, Outcome> {
  const slots = resolveSlots(paper.slots, facts.files);
  const items = new Map(paper.items.map((item) => [item.id, item]));
  const inputOf = (item: Item, check: Check): CheckInput<unknown> => ({
    parameters: check.parameters.parse(item.parameters),
    facts,
    materials,
    slots,
    taskText: paper.taskText,
    answerTo,
  });
  function answerTo(itemId: string): OwnAnswer {
    const item = items.get(itemId);
    const check = item?.check ? checks.get(item.check) : undefined;
    return item && check?.answer ? check.answer(inputOf(item, check)) : null;
  }
  const judge = (item: Item, check: Check): Outcome => {
    try {
      return doubtZero(check.judge(inputOf(item, check)), facts, slots);
    } catch (error) {
      // A check that breaks is our fault, never the candidate's: the item goes to a human with the reason.
      return unknown('check-crashed', { error: error instanceof Error ? error.message : String(error) });
    }
  };
  const outcomes = new Map<string, Outcome>();
  for (const item of paper.items) {
    const check = item.check ? checks.get(item.check) : undefined;
    if (!check) continue;
    const outcome = judge(item, check);
    outcomes.set(item.id, { ...outcome, evidence: stamp(outcome.evidence, check) });
  }
  return outcomes;
}

/** SHA-256 over the facts in canonical form: names exactly what was judged. */
export const factsDigest = (facts: Facts): string =>
  createHash('sha256').update(canonicalJson(facts)).digest('hex');

/** Judges facts under a paper and scores them. */
export function gradeFacts(paper: Paper, facts: Facts, options: GradeOptions): Breakdown {
  return score(paper, runChecks(paper, facts, options.materials), {
    submission: options.submission,
    attempt: options.attempt,
    rubricVersion: options.rubricVersion,
    graderVersion,
    factsDigest: factsDigest(facts),
    wording: (item, outcome) => reasonText(item.check ? checks.get(item.check) : undefined, outcome),
  });
}

/**
 * Grades a folder or archive: unpack ▶ collect facts ▶ run checks ▶ score.
 * Bad input ends in `unknown` items with reasons, never in an exception.
 */
export async function grade(source: Source, paper: Paper, options: GradeOptions): Promise<Breakdown> {
  const facts = await collectFacts(source, { wanted: factsNeeded(paper), taskText: paper.taskText });
  return gradeFacts(paper, facts, options);
}
