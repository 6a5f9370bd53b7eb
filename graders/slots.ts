import type { Slot } from '../rubrics/paper-schema.ts';
import type { FileFact } from './facts/schema.ts';
import { type Asked, askedNames, type Fit, fitFor, guess } from './slots/compare.ts';
import { mayFill } from './slots/kind.ts';
import { type Edges, settle } from './slots/matching.ts';
import { type Name, nameOf } from './slots/name.ts';
import { rootOf } from './slots/root.ts';

/** How well a submitted file fills the slot's asked name. Only the naming check reads anything but `file`. */
type SlotState = 'exact' | 'renamed' | 'ambiguous' | 'absent';

export interface SlotBinding {
  readonly name: string;
  readonly slot: Slot;
  readonly state: SlotState;
  /** The file that fills the slot; null when absent or when several could. */
  readonly file: FileFact | null;
  /** `ambiguous`: every file that could be meant. `absent` because of `empty`: the 0-byte files of that name. */
  readonly candidates: readonly FileFact[];
  /**
   * How the name departs from the asked one, heaviest first, joined by `+`: `case`, `extension-case`, `also`,
   * `double-extension`, `extension-family`, `page-extension`, `other-folder`, `copy-suffix`, `spelling`,
   * `other-extension`, `other-format`, `near`. `empty` with an absent slot. Null for the exact name.
   */
  readonly how: string | null;
}

export type SlotTable = ReadonlyMap<string, SlotBinding>;

interface Wanted {
  readonly name: string;
  readonly slot: Slot;
  readonly asked: readonly Asked[];
}

interface Offered {
  readonly file: FileFact;
  readonly name: Name;
}

interface Candidate extends Offered {
  readonly fit: Fit;
}

const byPath = (a: FileFact, b: FileFact): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);

/** Every file that could be meant by each slot, best fit first. */
function candidatesOf(wanted: readonly Wanted[], offered: readonly Offered[]): Map<string, Candidate[]> {
  return new Map(
    wanted.map(({ name, asked }) => {
      const fitting = offered.flatMap((one) => {
        const found = fitFor(asked, one.name);
        return found === null ? [] : [{ ...one, fit: found }];
      });
      return [name, fitting];
    }),
  );
}

const distancesIn = (candidates: ReadonlyMap<string, readonly Candidate[]>): number[] =>
  [...new Set([...candidates.values()].flat().map((candidate) => candidate.fit.distance))].sort(
    (a, b) => a - b,
  );

/** Binds slots distance by distance: what fits better is decided before anything worse is looked at. */
function bind(
  wanted: readonly Wanted[],
  candidates: ReadonlyMap<string, readonly Candidate[]>,
): Map<string, SlotBinding> {
  const bound = new Map<string, SlotBinding>();
  const taken = new Set<string>();
  for (const distance of distancesIn(candidates)) {
    const here = new Map<string, readonly Candidate[]>();
    for (const { name } of wanted) {
      const fitting = (candidates.get(name) ?? []).filter(
        (c) => c.fit.distance === distance && !taken.has(c.file.path),
      );
      if (!bound.has(name) && fitting.length > 0) here.set(name, fitting);
    }
    for (const binding of decide(wanted, here)) {
      bound.set(binding.name, binding);
      for (const file of binding.file === null ? binding.candidates : [binding.file]) taken.add(file.path);
    }
  }
  return bound;
}

function decide(wanted: readonly Wanted[], here: ReadonlyMap<string, readonly Candidate[]>): SlotBinding[] {
  const edges: Edges = new Map([...here].map(([slot, list]) => [slot, list.map((c) => c.file.path)]));
  const hashes = new Map([...here.values()].flat().map((c) => [c.file.path, c.file.sha256]));
  const settled = settle(edges, (paths) => new Set(paths.map((path) => hashes.get(path))).size === 1);
  return wanted.flatMap(({ name, slot }) => {
    const list = here.get(name) ?? [];
    const outcome = settled.get(name);
    if (outcome === undefined) return [];
    if ('only' in outcome) {
      return list
        .filter((c) => c.file.path === outcome.only)
        .map(
          (c): SlotBinding => ({
            name,
            slot,
            state: c.fit.asAsked ? 'exact' : 'renamed',
            file: c.file,
            candidates: [],
            how: c.fit.how,
          }),
        );
    }
    const candidates = list.filter((c) => outcome.possible.includes(c.file.path)).map((c) => c.file);
    return [
      { name, slot, state: 'ambiguous' as const, file: null, candidates, how: list[0]?.fit.how ?? null },
    ];
  });
}

/** A slot nobody filled; an empty file under its very name is shown, for it tells that the candidate meant to. */
function absent({ name, slot, asked }: Wanted, empty: readonly Offered[]): SlotBinding {
  const meant = empty
    .filter((one) => (fitFor(asked, one.name)?.weight ?? guess) < guess)
    .map((one) => one.file);
  return {
    name,
    slot,
    state: 'absent',
    file: null,
    candidates: meant,
    how: meant.length > 0 ? 'empty' : null,
  };
}

/**
 * Decides once, for all checks, which submitted file fills which slot: one to one, the same for any order of the
 * files. Better fits go first: exact path, other case, `also` names, doubled extension (C7), extension family (B3),
 * other folder, then guesses (D4: copy marks, blanks, another document extension; another format, B20; typing slips)
 * which count only when no second file could be meant just as well; else a human decides (`ambiguous`).
 * Junk, archives, shortcuts and empty files fill no slot. When the work stands one or two folders deeper (D1), paths
 * are read from there.
 * @param slots the paper's slots; @param files facts of all submitted files
 * @returns one binding per slot, in the paper's order
 */
export function resolveSlots(slots: Readonly<Record<string, Slot>>, files: readonly FileFact[]): SlotTable {
  const wanted = Object.entries(slots).map(([name, slot]) => ({
    name,
    slot,
    asked: askedNames(slot.path, slot.also),
  }));
  const usable = files.filter(mayFill).sort(byPath);
  const full = usable.filter((file) => file.bytes > 0);
  const root = rootOf(
    wanted.map(({ asked }) => asked),
    full.map((file) => file.path),
  );
  const offer = (file: FileFact): Offered => ({
    file,
    name: nameOf(file.path.startsWith(root) ? file.path.slice(root.length) : file.path),
  });
  // Slots in a fixed order of their own, so that the paper's order decides nothing.
  const ordered = [...wanted].sort((a, b) => (a.name < b.name ? -1 : 1));
  const bound = bind(ordered, candidatesOf(ordered, full.map(offer)));
  const empty = usable.filter((file) => file.bytes === 0).map(offer);
  return new Map(wanted.map((one) => [one.name, bound.get(one.name) ?? absent(one, empty)]));
}
