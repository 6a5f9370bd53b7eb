import { readFile } from 'node:fs/promises';
import type { Collector, SourceFile } from '../collector.ts';
import type { DocumentFact, ProblemFact } from '../schema.ts';
import { readAnswerSheet } from './answer-sheet.ts';
import { wordCounts } from './counts.ts';
import { readDocx } from './docx/docx.ts';
import { outline } from './headings.ts';
import { isDocument, kindOf } from './kind.ts';
import { readCsv, readText } from './plain.ts';
import { documentProblem } from './problems.ts';
import { type Block, type Content, type DocumentRead, Unreadable } from './read.ts';
import { openXls, openXlsx } from './sheets/open.ts';
import { sheetContent } from './sheets/sheets.ts';

/** No document of the exam is larger; a report full of screenshots has 50 MB. */
const mostBytes = 256 * 1024 ** 2;

async function contentOf(bytes: Buffer, path: string): Promise<Content> {
  const kind = kindOf(bytes, path);
  switch (kind) {
    case 'docx':
      return readDocx(bytes);
    case 'xlsx':
      return sheetContent(kind, await openXlsx(bytes));
    case 'xls':
      return sheetContent(kind, openXls(bytes));
    case 'csv':
      return readCsv(bytes);
    case 'txt':
      return readText(bytes);
    case 'json':
      return readAnswerSheet(bytes);
    case 'encrypted':
      throw new Unreadable('encrypted-document', 'encrypted OOXML');
    case 'unsupported':
      throw new Unreadable('unsupported-document', 'no reader for this kind');
  }
}

/** The text of a block as one reads it. */
function textOf(block: Block): string {
  if (block.kind === 'line') return block.text;
  if (block.kind === 'pair') return `${block.label}：${block.text}`;
  return block.rows.map((row) => row.map((cell) => cell.text).join('\t')).join('\n');
}

const joined = (blocks: readonly Block[]): string => blocks.map(textOf).join('\n');

function factOf(file: SourceFile, content: Content): DocumentRead {
  const { blocks, sections } = outline(content.blocks);
  const aside = content.blocks.map((block) => content.aside.has(block));
  const main = joined(blocks.filter((_, index) => !aside[index]));
  const beside = joined(blocks.filter((_, index) => aside[index]));
  const fact: DocumentFact = {
    path: file.path,
    sha256: file.sha256,
    kind: content.kind,
    text: { plain: beside === '' ? main : `${main}\n${beside}`, ...wordCounts(main, beside) },
    sections: sections.map(({ heading, level, blocks: below }) => {
      const text = joined(below);
      return { heading, level, text, counts: wordCounts(text) };
    }),
    tables: content.tables,
    images: content.images,
    hidden: [...content.hidden],
    deleted: [...content.deleted],
  };
  return { fact, blocks };
}

/** A document nobody could read: still a fact, so that its presence is known and nothing in it counts as missing. */
function unreadable({ path, sha256 }: SourceFile): DocumentRead {
  const text = { plain: '', ...wordCounts('') };
  const lists = { sections: [], tables: [], images: [], hidden: [], deleted: [] };
  return { fact: { path, sha256, kind: 'unsupported', text, ...lists }, blocks: [] };
}

async function read(file: SourceFile): Promise<{ fact: DocumentRead; problems: ProblemFact[] }> {
  try {
    if (file.bytes > mostBytes) throw new Unreadable('bomb-document', 'file is too large');
    const content = await contentOf(await readFile(file.location), file.path);
    return {
      fact: factOf(file, content),
      problems: content.problems.map((code) => documentProblem(file.path, code)),
    };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { fact: unreadable(file), problems: [documentProblem(file.path, error.code)] };
  }
}

/**
 * Documents and workbooks: text with its headings, tables, pictures and word counts, and the blocks from which
 * answers are bound. What cannot be read is a problem with its reason and a fact of kind `unsupported`.
 */
export const documentCollector: Collector<DocumentRead> = {
  name: 'documents',
  version: 1,
  libraries: ['cheerio', '@e965/xlsx'],
  scope: 'file',
  accepts: isDocument,
  async collect(files) {
    const facts: DocumentRead[] = [];
    const problems: ProblemFact[] = [];
    for (const file of files) {
      const found = await read(file);
      facts.push(found.fact);
      problems.push(...found.problems);
    }
    return { facts, problems };
  },
};
