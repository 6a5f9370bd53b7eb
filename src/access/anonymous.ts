/** What stands where a candidate's ticket or name stood. */
const shown = '〔考生〕';

/** Shorter words stand in too many places by chance: two 汉字 are a name, a few digits are any number. */
const tells = (word: string): boolean => word.length >= (/^[\x20-\x7e]*$/.test(word) ? 5 : 2);

/**
 * The same JSON value with every mention of a candidate's identity blotted out: names of files and folders often
 * carry the ticket or the name, and an examiner marks a blind number.
 * @param identity ticket, name: whatever tells who it is
 */
export function withoutIdentity<T>(value: T, identity: readonly string[]): T {
  const words = identity.filter(tells).toSorted((a, b) => b.length - a.length);
  const blot = (text: string): string => words.reduce((rest, word) => rest.replaceAll(word, shown), text);
  const walk = (part: unknown): unknown => {
    if (typeof part === 'string') return blot(part);
    if (Array.isArray(part)) return part.map(walk);
    if (part === null || typeof part !== 'object') return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, walk(inner)]));
  };
  return words.length === 0 ? value : (walk(value) as T);
}
