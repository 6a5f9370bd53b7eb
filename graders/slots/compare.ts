import { extensionDistance, kindOfExtension } from './kind.ts';
import { type Name, nameOf, slipDistance } from './name.ts';

/**
 * How a file's name departs from an asked one, and how far each departure leads away. Up to `other-folder` the name
 * itself is right; from `copy-suffix` on it is a guess that must be the only one.
 */
const weights = {
  case: 1,
  'extension-case': 1,
  also: 2,
  'double-extension': 4,
  'extension-family': 5,
  'page-extension': 5,
  'other-folder': 6,
  'copy-suffix': 7,
  spelling: 7,
  'other-extension': 7,
  'other-format': 8,
  near: 9,
  'near-two': 10,
} as const;
type Departure = keyof typeof weights;

/** The first weight that is a guess. */
export const guess = weights['copy-suffix'];

export interface Fit {
  /** Smaller fits better; files of one slot with the same number cannot be told apart. */
  readonly distance: number;
  /** The heaviest departure. */
  readonly weight: number;
  /** All departures, heaviest first, joined by `+`; null for the exact name. */
  readonly how: string | null;
  /** Nothing to charge: the asked name, or one the task allows just as well. */
  readonly asAsked: boolean;
}

function stemDeparture(asked: Name, found: Name): Departure[] | null {
  if (asked.stem === found.stem) return [];
  if (asked.folded.stem === found.folded.stem) return ['case'];
  if (asked.loose === found.loose) return ['spelling'];
  if (found.uncopied.includes(asked.loose)) return ['copy-suffix'];
  const slip = slipDistance(asked, found);
  if (slip === null) return null;
  return [slip === 1 ? 'near' : 'near-two'];
}

function fileDepartures(asked: Name, found: Name): Departure[] | null {
  if (asked.file === found.file) return [];
  if (asked.folded.file === found.folded.file) return [asked.stem === found.stem ? 'extension-case' : 'case'];
  if (found.folded.stem === asked.folded.file && kindOfExtension(found.extension) !== null) {
    return ['double-extension'];
  }
  const extension = extensionDistance(asked.extension, found.extension);
  if (extension === null) return null;
  const stem = stemDeparture(asked, found);
  if (stem === null) return null;
  const guessed = stem.includes('near') || stem.includes('near-two');
  if (guessed && extension !== 'same' && extension !== 'extension-family') return null;
  return extension === 'same' ? stem : [...stem, extension];
}

function folderDepartures(asked: Name, found: Name): Departure[] {
  if (asked.folder === found.folder) return [];
  return asked.folded.folder === found.folded.folder ? ['case'] : ['other-folder'];
}

function fitOf(departures: readonly Departure[]): Fit {
  const sorted = [...new Set(departures)].sort((a, b) => weights[b] - weights[a] || (a < b ? -1 : 1));
  const weight = Math.max(0, ...sorted.map((departure) => weights[departure]));
  const sum = sorted.reduce((total, departure) => total + weights[departure], 0);
  return {
    // Among guesses small differences decide nothing: `LOGO(1).jpg` is no worse a guess than `logo(2).jpg`.
    distance: weight * 100 + (weight < guess ? sum : 0),
    weight,
    how: sorted.length === 0 ? null : sorted.join('+').replace('near-two', 'near'),
    asAsked: sorted.every((departure) => departure === 'also'),
  };
}

/** An asked path and whether it is one of the `also` names. */
export interface Asked {
  readonly name: Name;
  readonly also: boolean;
}

/** All names under which a slot's file may stand. An `also` name without a folder stands where the asked one does. */
export function askedNames(path: string, also: readonly string[]): Asked[] {
  const main = nameOf(path);
  const others = also.map((other) => {
    const inFolder = main.folder !== '' && nameOf(other).folder === '';
    return { name: nameOf(inFolder ? `${main.folder}/${other}` : other), also: true };
  });
  return [{ name: main, also: false }, ...others];
}

/** How well a file (its name below the submission's root) fits; null when it cannot be meant. */
export function fitFor(asked: readonly Asked[], found: Name): Fit | null {
  let best: Fit | null = null;
  for (const { name, also } of asked) {
    const departures = fileDepartures(name, found);
    if (departures === null) continue;
    const one = fitOf([
      ...departures,
      ...folderDepartures(name, found),
      ...(also ? (['also'] as const) : []),
    ]);
    if (best === null || one.distance < best.distance) best = one;
  }
  return best;
}
