import { digestOf } from './canonical.ts';
import type { Evidence, Outcome } from './outcome.ts';
import type { Item, Paper } from './paper-schema.ts';
import { formatExact, parseExact } from './points.ts';

/**
 * The identity of a rubric version: SHA-256 over paper, keys, task text and the hashes of the 素材. The same
 * content has the same id in whatever order its YAML was written; the least change makes another version.
 */
export const versionId = (paper: Paper): string => digestOf(paper);

/**
 * What a human judged by: check, parameters (the key among them) and the item's text. Points and versions of
 * checks are left out, so a mark outlives a change of weight or a better measurement.
 */
export const ruleDigest = (item: Item): string =>
  digestOf({ check: item.check, parameters: item.parameters, text: item.text });

/**
 * What a human had before him: verdict, share, cause and the measured values. For an item without a check
 * (`outcome` null) the work itself is the evidence: give the SHA-256 of the files that fill its slots.
 * Quotes, places and confidence are left out: they change with a checker's version, not with the work.
 */
export const evidenceDigest = (outcome: Outcome | null, files: readonly string[] = []): string =>
  digestOf({ finding: outcome === null ? null : findingOf(outcome), files: [...new Set(files)].sort() });

const findingOf = (outcome: Outcome) => ({
  outcome: outcome.outcome,
  share: outcome.share === null ? null : formatExact(parseExact(outcome.share)),
  cause: outcome.cause,
  values: Object.fromEntries(
    Object.entries(outcome.reason.values).map(([name, value]) => [name, String(value)]),
  ),
  measured: outcome.evidence.flatMap(measuredIn).sort(),
});

function measuredIn(evidence: Evidence): string[] {
  if (evidence.kind === 'measure') return [`${evidence.name}=${evidence.value} of ${evidence.wanted}`];
  if (evidence.kind === 'number')
    return [`${evidence.value} ${evidence.unit ?? ''} of ${evidence.key}: ${evidence.rule}`];
  return [];
}
