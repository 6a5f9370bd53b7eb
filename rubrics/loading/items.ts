import { criterionOf } from '../catalogue.ts';
import type { Item, KnownCheck } from '../paper-schema.ts';
import { formatPoints, parseExact, parsePoints } from '../points.ts';
import type { Draft } from './draft.ts';
import { type Written, writeOut } from './expand.ts';
import { type Judged, judgedBy } from './parameters.ts';
import { placeOf } from './place.ts';
import type { Source } from './source.ts';

/** An item of the finished paper, with what is needed to name its line and to follow its references. */
export interface Built {
  readonly item: Item;
  readonly written: Written;
  /** The check with parameters that it accepted; null for a human's item and where something was refused. */
  readonly judged: Judged | null;
}

/** Writes out every well-formed item and refuses what an item alone can have wrong. */
export function buildItems(source: Source, draft: Draft, checks: ReadonlyMap<string, KnownCheck>): Built[] {
  const written = draft.items.flatMap(({ index, source: item }) =>
    writeOut(item, index, draft.facts, (field, reason) => source.refuse(['items', index, ...field], reason)),
  );
  return written.map((one) => {
    refuseCriterion(source, draft, one);
    return build(source, one, checks);
  });
}

function build(source: Source, written: Written, checks: ReadonlyMap<string, KnownCheck>): Built {
  const { id, criterion, text, by, step, check, hint } = written.source;
  const judged = judgedBy(source, written, checks);
  const item: Item = {
    id,
    criterion,
    text,
    points: pointsOf(source, written),
    by,
    step,
    check: check ?? null,
    parameters: judged?.parameters ?? {},
    hint: hint ?? null,
  };
  return { item, written, judged };
}

function refuseCriterion(source: Source, draft: Draft, { source: item, index }: Written): void {
  const criterion = criterionOf(item.criterion);
  const at = ['items', index, 'criterion'];
  if (criterion === undefined) {
    source.refuse(at, `item ${item.id}: the standard has no criterion ${item.criterion}`);
  } else if (draft.module !== null && criterion.module !== draft.module) {
    source.refuse(
      at,
      `item ${item.id}: criterion ${item.criterion} belongs to module ${criterion.module}, the paper to ${draft.module}`,
    );
  }
}

/** The item's points in one spelling; "0" where they were refused, which never gets out of the loader. */
function pointsOf(source: Source, written: Written): string {
  const { id, points, step } = written.source;
  const at = placeOf(source, written, ['points']);
  try {
    const value = parsePoints(String(points));
    if (value.equals(0)) source.refuse(at, `item ${id}: an item without points decides nothing`);
    if (!value.divisible(parseExact(String(step)))) {
      source.refuse(
        source.at(['items', written.index, 'step']) === undefined ? at : ['items', written.index, 'step'],
        `item ${id}: the step ${step} does not divide ${points} points, so nobody could give them all; name a \`step\``,
      );
    }
    return formatPoints(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    source.refuse(at, `item ${id}: ${error.message}`);
    return '0';
  }
}
