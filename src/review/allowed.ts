import type { Item } from '../../rubrics/paper-schema.ts';
import { parseExact, parsePoints } from '../../rubrics/points.ts';
import { Problem } from '../http/problem.ts';
import type { AllowedPoints } from './schema.ts';

/** What a human may give for an item: see `isAllowed`. */
export const allowedFor = ({ points, step }: Item): AllowedPoints => ({ possible: Number(points), step });

/** Points as marks keep them and the scoring reads them: `"2"`, `"1.25"`. */
export const decimal = (points: number): string => points.toFixed(2).replace(/\.?0+$/, '');

/**
 * Whether a human may give these points: multiples of the item's step up to its points, and what the machine proposed,
 * which may lie between two steps.
 */
export function isAllowed(item: Item, points: number, proposed: number | null): boolean {
  if (!(points >= 0 && points <= Number(item.points)) || Number(decimal(points)) !== points) return false;
  const value = parsePoints(decimal(points));
  return points === proposed || value.divisible(parseExact(decimal(item.step)));
}

/** @throws Problem 422 that says which values the item allows */
export function refuseOther(item: Item, points: number, proposed: number | null): void {
  if (isAllowed(item, points, proposed)) return;
  const range = `0 到 ${item.points} 分，每次增减 ${item.step} 分`;
  const also = proposed === null ? '' : `，或初评的 ${proposed} 分`;
  throw new Problem(422, 'points-not-allowed', `“${item.text}”可给 ${range}${also}；${points} 分不在其中。`);
}
