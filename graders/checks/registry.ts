import type { Check } from '../check.ts';
import { commonChecks } from './common/index.ts';
import { pageChecks } from './page/index.ts';

/**
 * Checks by id.
 * @throws when two checks share an id: one of them would silently judge the other's items
 */
export function byId(checks: readonly Check[]): ReadonlyMap<string, Check> {
  const map = new Map<string, Check>();
  for (const check of checks) {
    if (map.has(check.id))
      throw new Error(`two checks are called "${check.id}": give one of them another id`);
    map.set(check.id, check);
  }
  return map;
}

/** All checks of all rooms. A new room adds its index here. */
export const checks: ReadonlyMap<string, Check> = byId([...commonChecks, ...pageChecks]);
