import type { ReactNode } from 'react';
import Markdown from 'react-markdown';

type Block = { kind: 'text'; text: string } | { kind: 'table'; head: string[]; rows: string[][] };

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

/** A cell is one line of Markdown, without the paragraph around it. */
const Cell = ({ text }: { text: string }): ReactNode => (
  <Markdown components={{ p: ({ children }) => children }}>{text}</Markdown>
);

function Table({ head, rows }: { head: readonly string[]; rows: readonly (readonly string[])[] }) {
  return (
    <div className="markdown-table">
      <table>
        <thead>
          <tr>
            {head.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: cells have no other name than their place
              <th key={column}>
                <Cell text={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a task text never changes while it is shown
            <tr key={index}>
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells have no other name than their place
                <td key={column}>
                  <Cell text={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A task text. HTML in it is shown as text, links lead nowhere: a terminal in an exam stays where it is. */
export function TaskText({ markdown }: { markdown: string }) {
  return (
    <article className="markdown">
      {blocksOf(markdown).map((block, index) =>
        block.kind === 'table' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a task text never changes while it is shown
          <Table key={index} head={block.head} rows={block.rows} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: a task text never changes while it is shown
          <Markdown key={index} disallowedElements={['img', 'a']} unwrapDisallowed>
            {block.text}
          </Markdown>
        ),
      )}
    </article>
  );
}
