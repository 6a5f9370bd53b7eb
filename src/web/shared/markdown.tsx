import type { ReactNode } from 'react';
import Markdown from 'react-markdown';
import { blocksOf } from './markdown-blocks.ts';

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
