import type { DocxBlock } from './docx-writer.ts';

/** Each line of a text as a paragraph of a document. */
export const paragraphs = (text: string): DocxBlock[] =>
  text
    .trim()
    .split('\n')
    .map((line) => ({ paragraph: line.trim() }));
