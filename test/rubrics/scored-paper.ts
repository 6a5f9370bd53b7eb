import type { Breakdown, BreakdownItem } from '../../rubrics/breakdown.ts';
import type { Outcome } from '../../rubrics/outcome.ts';
import type { Item, Modifier, Paper } from '../../rubrics/paper-schema.ts';
import { type ScoreContext, score } from '../../rubrics/score.ts';

/** An item as the loader hands it out; `check` by default exactly for machine items. */
export const item = (
  id: string,
  points: string,
  by: Item['by'] = 'auto',
  change: Partial<Item> = {},
): Item => ({
  id,
  criterion: 'page-1',
  text: `评分点${id}`,
  points,
  by,
  step: 0.5,
  check: by === 'auto' || by === 'suggest' ? 'some-check' : null,
  parameters: {},
  hint: null,
  ...change,
});

export const paperOf = (
  items: readonly Item[],
  causes: Readonly<Record<string, string>> = {},
  modifiers: readonly Modifier[] = [],
): Paper => ({
  id: 'PAGE-9',
  title: '测试',
  module: 'page',
  minutes: 60,
  slots: {},
  causes: { ...causes },
  modifiers: [...modifiers],
  items: [...items],
  taskText: '任务',
  materials: [],
});

const outcome = (verdict: Outcome['outcome'], share: string | null, change: Partial<Outcome>): Outcome => ({
  outcome: verdict,
  share,
  reason: { code: `is-${verdict}`, values: { seen: 1 } },
  confidence: share === null ? 0 : 1,
  cause: null,
  review: false,
  evidence: [],
  ...change,
});

export const passed = (change: Partial<Outcome> = {}): Outcome => outcome('pass', '1', change);
export const partly = (share: string, change: Partial<Outcome> = {}): Outcome =>
  outcome('partial', share, change);
export const failed = (change: Partial<Outcome> = {}): Outcome => outcome('fail', '0', change);
export const unsure = (change: Partial<Outcome> = {}): Outcome => outcome('unknown', null, change);

export const context: ScoreContext = {
  submission: 's1',
  attempt: 1,
  rubricVersion: 'r',
  graderVersion: 'g',
  factsDigest: 'f',
  wording: (_item, { reason }) => `<${reason.code}>`,
};

export const scoreOf = (
  paper: Paper,
  outcomes: Readonly<Record<string, Outcome>>,
  marks: Readonly<Record<string, string>> = {},
): Breakdown => score(paper, new Map(Object.entries(outcomes)), context, new Map(Object.entries(marks)));

/** The item of a breakdown; throws when it is not there. */
export function itemIn(breakdown: Breakdown, id: string): BreakdownItem {
  const found = breakdown.criteria.flatMap(({ items }) => items).find((one) => one.id === id);
  if (found === undefined) throw new Error(`no item ${id} in the breakdown`);
  return found;
}
