import type { Block, Candidate, Line } from './read.ts';

const longest = 30;

/** What a numbered heading begins with, and how deep it stands; Chinese documents number 一、（一）1.（1）. */
const numberings: readonly (readonly [pattern: RegExp, rank: number])[] = [
  [/^(?:第[一二三四五六七八九十\d]{1,3}[章节部题]分?|任务[一二三四五六七八九十\d]{1,2})[：:、.．\s]?/, 1],
  [/^[一二三四五六七八九十]{1,3}\s?[、.．]/, 1],
  [/^[（(][一二三四五六七八九十]{1,3}[)）]/, 3],
  [/^\d{1,2}(?:\.\d{1,2}){0,3}(?:[.、．]|\s)\s*(?=\p{Script=Han})/u, 4],
];
const boldRank = 2;

/** `#`, `##` …, as in a text file kept in Markdown. */
const markdown = /^(#{1,6})\s+/;

/**
 * By looks alone: short, no sentence, no answer in it. A list item may be taken for one; it then stands below the
 * numbered headings, whose sections keep its text.
 */
function rankByLooks(text: string, bold: boolean): number | null {
  const marked = markdown.exec(text);
  if (marked !== null) return marked[1]?.length ?? 1;
  if (text.length > longest || /[\n\t]/.test(text) || /[。；;，,！!？?]$/.test(text)) return null;
  const numbering = numberings.find(([pattern]) => pattern.test(text));
  const rest = (numbering === undefined ? text : text.replace(numbering[0], '')).replace(/[：:]$/, '');
  if (/[\d０-９=＝：:，,。；;]/.test(rest) || rest.trim() === '') return null;
  if (numbering === undefined) return bold ? boldRank : null;
  return numbering[1] < 4 || bold ? numbering[1] : null;
}

const deepest = 9;

function levelOf(block: Candidate, styled: boolean): number | null {
  if (block.kind !== 'line') return null;
  if (block.level !== undefined && block.level !== null) return block.level;
  const rank = rankByLooks(block.text.trim(), block.bold ?? false);
  if (rank === null) return null;
  // Where headings are styled, what merely looks like one stands below them.
  return styled ? Math.min(deepest, deepest - 5 + rank) : rank;
}

/** A heading with everything below it, up to the next of its level or higher. */
export interface Section {
  readonly heading: string;
  readonly level: number;
  readonly blocks: Block[];
}

/** Gives every block the path of headings above it, and cuts the document into sections. */
export function outline(blocks: readonly Candidate[]): { blocks: Block[]; sections: Section[] } {
  const styled = blocks.some((block) => block.kind === 'line' && typeof block.level === 'number');
  const open: Section[] = [];
  const sections: Section[] = [];
  const outlined = blocks.map((block): Block => {
    const level = levelOf(block, styled);
    if (level !== null && block.kind === 'line') {
      while ((open.at(-1)?.level ?? 0) >= level) open.pop();
      const section = { heading: block.text.trim().replace(markdown, ''), level, blocks: [] };
      sections.push(section);
      const heading = pathOf([...open, section]);
      const line: Line = { kind: 'line', text: block.text, where: block.where, heading, isHeading: true };
      for (const each of open) each.blocks.push(line);
      open.push(section);
      return line;
    }
    const under = withHeading(block, open.length === 0 ? null : pathOf(open));
    for (const each of open) each.blocks.push(under);
    return under;
  });
  return { blocks: outlined, sections };
}

const pathOf = (open: readonly Section[]): string => open.map(({ heading }) => heading).join(' › ');

function withHeading(block: Candidate, heading: string | null): Block {
  if (block.kind === 'line') {
    return { kind: 'line', text: block.text, where: block.where, heading, isHeading: false };
  }
  return block.heading === null ? { ...block, heading } : block;
}
