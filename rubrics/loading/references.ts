import { parseExact, sumOf } from '../points.ts';
import type { Draft } from './draft.ts';
import type { Built } from './items.ts';
import type { Material } from './materials.ts';
import { placeOf, placeOfName } from './place.ts';
import type { Source } from './source.ts';

/** Refuses what only the whole paper can have wrong: ids, sums and everything that names something else. */
export function refuseReferences(
  source: Source,
  draft: Draft,
  items: readonly Built[],
  materials: readonly Material[],
): void {
  const material = new Set(materials.map(({ path }) => path));
  refuseTwins(source, items);
  refuseSum(source, draft, items);
  refuseSlotMaterials(source, draft, material);
  for (const built of items) refuseNames(source, draft, built, material);
  // A malformed item has no id here: to call every reference to it unknown would blame the wrong line.
  if (!draft.allItems) return;
  const ids = new Map(items.map((built) => [built.item.id, built]));
  refuseBuildingOn(source, items, ids);
  refuseCircles(source, items, ids);
  for (const [cause, id] of Object.entries(draft.causes)) {
    if (!ids.has(id))
      source.refuse(
        ['causes', cause],
        `cause ${cause} is charged to item ${id}, which the paper does not have`,
      );
  }
  for (const { index, source: modifier } of draft.modifiers) refuseModifier(source, index, modifier, ids);
}

function refuseTwins(source: Source, items: readonly Built[]): void {
  const seen = new Set<string>();
  for (const { item, written } of items) {
    if (seen.has(item.id))
      source.refuse(placeOf(source, written, ['id']), `the item id ${item.id} is used twice`);
    seen.add(item.id);
  }
}

function refuseSum(source: Source, draft: Draft, items: readonly Built[]): void {
  // Points that were refused stand as 0: the sum would blame what is already blamed.
  if (!draft.allItems || items.some(({ item }) => item.points === '0')) return;
  const sum = sumOf(items.map(({ item }) => parseExact(item.points)));
  if (!sum.equals(100)) source.refuse(['items'], `the points add up to ${sum.toString()}, not to 100`);
}

function refuseSlotMaterials(source: Source, draft: Draft, materials: ReadonlySet<string>): void {
  for (const [name, slot] of draft.slots) {
    if (slot?.material !== undefined && !materials.has(slot.material)) {
      source.refuse(['slots', name, 'material'], `slot ${name}: there is no materials/${slot.material}`);
    }
  }
}

function refuseNames(
  source: Source,
  draft: Draft,
  { item, written, judged }: Built,
  materials: ReadonlySet<string>,
): void {
  if (judged === null) return;
  const { check, parameters } = judged;
  for (const slot of check.slots(parameters)) {
    if (!draft.slots.has(slot))
      source.refuse(placeOfName(source, written, slot), `item ${item.id}: the paper has no slot ${slot}`);
  }
  for (const path of check.materials?.(parameters) ?? []) {
    if (!materials.has(path))
      source.refuse(placeOfName(source, written, path), `item ${item.id}: there is no materials/${path}`);
  }
}

const itemsOf = ({ judged }: Built): readonly string[] => judged?.check.items?.(judged.parameters) ?? [];

function refuseBuildingOn(source: Source, items: readonly Built[], ids: ReadonlyMap<string, Built>): void {
  for (const built of items) {
    for (const id of itemsOf(built)) {
      const other = ids.get(id);
      const fault =
        other === undefined
          ? 'which the paper does not have'
          : other.item.check === null
            ? 'which no check reads'
            : null;
      if (fault !== null) {
        source.refuse(
          placeOfName(source, built.written, id),
          `item ${built.item.id} builds on the answer to item ${id}, ${fault}`,
        );
      }
    }
  }
}

/** An answer that is carried forward into itself has no first value: every circle is refused where it closes. */
function refuseCircles(source: Source, items: readonly Built[], ids: ReadonlyMap<string, Built>): void {
  const done = new Set<string>();
  const visit = (built: Built, trail: readonly string[]): void => {
    const { id } = built.item;
    if (trail.includes(id)) {
      const circle = [...trail.slice(trail.indexOf(id)), id].join(' ▶ ');
      source.refuse(['items', built.written.index], `items build on each other in a circle: ${circle}`);
      return;
    }
    if (done.has(id)) return;
    for (const next of itemsOf(built)) {
      const other = ids.get(next);
      if (other !== undefined) visit(other, [...trail, id]);
    }
    done.add(id);
  };
  for (const built of items) visit(built, []);
}

function refuseModifier(
  source: Source,
  index: number,
  modifier: Draft['modifiers'][number]['source'],
  ids: ReadonlyMap<string, Built>,
): void {
  const at = ['modifiers', index];
  for (const [position, id] of modifier.items.entries()) {
    if (!ids.has(id))
      source.refuse(
        [...at, 'items', position],
        `the modifier names item ${id}, which the paper does not have`,
      );
  }
  if (modifier.when !== undefined && !ids.has(modifier.when.item)) {
    source.refuse(
      [...at, 'when', 'item'],
      `the modifier waits for item ${modifier.when.item}, which the paper does not have`,
    );
  }
  if (modifier.effect === 'cap') {
    const share = parseExact(modifier.at);
    if (share.lt(0) || share.gt(1))
      source.refuse([...at, 'at'], `a cap is a share of the points, 0 to 1, not ${modifier.at}`);
  }
}
