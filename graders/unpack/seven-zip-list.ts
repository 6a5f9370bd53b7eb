/** What `7z l -slt` prints, read back. */

export interface Member {
  path: string;
  /** As claimed; null when the archive does not say. */
  bytes: number | null;
  folder: boolean;
  encrypted: boolean;
  link: boolean;
  modified: Date | null;
}

export interface Listing {
  members: Member[];
  /** What 7-Zip found wrong with the archive as a whole. */
  fault: 'encrypted' | 'volume' | 'broken' | null;
}

/** The members follow a line of ten dashes, one block of `Key = value` lines each. */
export function readListing(lines: readonly string[]): Listing {
  const start = lines.indexOf('----------');
  const blocks = blocksOf(start < 0 ? [] : lines.slice(start + 1));
  return { members: blocks.filter((block) => block.has('Path')).map(memberOf), fault: faultOf(lines, start) };
}

function blocksOf(lines: readonly string[]): Map<string, string>[] {
  const blocks: Map<string, string>[] = [];
  let block = new Map<string, string>();
  for (const line of lines) {
    const [, key, value] = /^([A-Za-z][A-Za-z ]*) = ?(.*)$/.exec(line) ?? [];
    if (key === 'Path') {
      block = new Map();
      blocks.push(block);
    }
    if (key !== undefined && value !== undefined && !block.has(key)) block.set(key, value);
  }
  return blocks;
}

function memberOf(block: Map<string, string>): Member {
  const attributes = block.get('Attributes') ?? block.get('Mode') ?? '';
  const size = block.get('Size') ?? '';
  return {
    path: block.get('Path') ?? '',
    bytes: /^\d+$/.test(size) ? Number(size) : null,
    folder: block.get('Folder') === '+' || /^D/.test(attributes) || /(^| )d[r-][w-]/.test(attributes),
    encrypted: block.get('Encrypted') === '+',
    link: isLink(block, attributes),
    modified: dateOf(block.get('Modified') ?? ''),
  };
}

function isLink(block: Map<string, string>, attributes: string): boolean {
  return Boolean(block.get('Symbolic Link') || block.get('Hard Link')) || /(^| )l[r-][w-]/.test(attributes);
}

function dateOf(text: string): Date | null {
  const date = new Date(text.replace(/^(\S+) (\S+?)(\.\d+)?$/, '$1T$2'));
  return Number.isNaN(date.getTime()) ? null : date;
}

function faultOf(lines: readonly string[], start: number): Listing['fault'] {
  const header = start < 0 ? lines : lines.slice(0, start);
  const all = lines.join('\n');
  if (/^Enter password|Cannot open encrypted archive|Wrong password/m.test(all)) return 'encrypted';
  if (/^Missing volume|Unexpected volume/m.test(all)) return 'volume';
  if (header.some((line) => /^(Multivolume = \+|Volume Index = [1-9])/.test(line))) return 'volume';
  if (/^(ERROR|WARNING)S?\b|Unexpected end of archive|Headers Error|^Errors?: /m.test(all)) return 'broken';
  return start < 0 ? 'broken' : null;
}
