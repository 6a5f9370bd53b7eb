import type { Draft } from './draft.ts';
import type { Source } from './source.ts';

const reservedNames = /^(con|prn|aux|nul|com[1-9]|lpt[1-9])(\..*)?$/i;

/**
 * Why no candidate could hand in a file under this path, or null. The exam terminals run Windows, so its rules
 * for names hold: reserved characters and device names, no blank or dot at the end.
 */
export function unreachable(path: string): string | null {
  if (/^([/\\]|[A-Za-z]:)/.test(path)) return 'is absolute: name it relative to the root';
  if (path.includes('\\')) return 'has a \\: separate folders by /';
  const parts = path.split('/');
  if (parts.includes('..')) return 'leads out of the folder by ..';
  if (parts.some((part) => part === '' || part === '.')) return 'has an empty or a . step';
  if (/[<>:"|?*\u0000-\u001f]/.test(path)) return 'has a character that no file name can have';
  if (parts.some((part) => /[ .]$/.test(part))) return 'has a name that ends in a blank or a dot';
  if (parts.some((part) => reservedNames.test(part))) return 'has a name that Windows keeps for a device';
  return null;
}

/** The paths as Windows compares them. */
const folded = (path: string): string => path.normalize('NFC').toLowerCase();

/** Refuses slots that no file can fill, or that two slots would claim from each other. */
export function refuseSlots(source: Source, draft: Draft): void {
  const owners = new Map<string, string>();
  for (const [name, slot] of draft.slots) {
    if (slot === null) continue;
    const paths = [
      { path: slot.path, at: ['path'] },
      ...slot.also.map((path, index) => ({ path, at: ['also', index] })),
    ];
    for (const { path, at } of paths) {
      const reason = unreachable(path) ?? taken(path, owners);
      if (reason === null) owners.set(folded(path), name);
      else source.refuse(['slots', name, ...at], `the path "${path}" of slot ${name} ${reason}`);
    }
  }
}

function taken(path: string, owners: ReadonlyMap<string, string>): string | null {
  const key = folded(path);
  const owner = owners.get(key);
  if (owner !== undefined) return `is also that of slot ${owner}: one file cannot fill two`;
  const inside = [...owners].find(([other]) => other.startsWith(`${key}/`) || key.startsWith(`${other}/`));
  return inside === undefined ? null : `and that of slot ${inside[1]} lie one inside the other`;
}
