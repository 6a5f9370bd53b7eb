export type Block = { kind: 'text'; text: string } | { kind: 'table'; head: string[]; rows: string[][] };

const rule = /^\s*\|?(\s*:?-+:?\s*\|)+\s*(:?-+:?\s*)?$/;

/** The cells of a line of a table; `\|` is a bar inside a cell. */
const cellsOf = (line: string): string[] =>
  line
    .trim()
    .replace(/^\||(?<!\\)\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));

/** Cuts Markdown into tables, which CommonMark does not know, and everything between them. */
export function blocksOf(markdown: string): Block[] {
  const lines = markdown.split('\n');
  const blocks: Block[] = [];
  let text: string[] = [];
  const closeText = (): void => {
    if (text.length > 0) blocks.push({ kind: 'text', text: text.join('\n') });
    text = [];
  };
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (!line.includes('|') || !rule.test(lines[at + 1] ?? '')) {
      text.push(line);
      continue;
    }
    closeText();
    const rows: string[][] = [];
    at += 2;
    for (; (lines[at] ?? '').includes('|'); at += 1) rows.push(cellsOf(lines[at] ?? ''));
    at -= 1;
    blocks.push({ kind: 'table', head: cellsOf(line), rows });
  }
  closeText();
  return blocks;
}
