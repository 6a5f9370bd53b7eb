import type { DocumentFact } from '../schema.ts';

/** A line of text: a paragraph, a line of a text file, a cell that stands alone. */
export interface Line {
  readonly kind: 'line';
  readonly text: string;
  /** `段落 12`, `第 7 行`, `文本框 1 段落 2`. */
  readonly where: string;
  /** The headings above it, outermost first, joined by ` › `; a heading's own path ends with itself. */
  readonly heading: string | null;
  readonly isHeading: boolean;
}

/** What a spreadsheet stores behind the text it shows. */
export interface StoredNumber {
  /** Exact decimal; null where the cell holds none although it should (a formula never computed, an error). */
  readonly value: string | null;
  readonly decimals: number | null;
  readonly unit: string | null;
  /** `date`, `formula` (never computed), `formula-error`; null when plain. */
  readonly unclear: string | null;
  readonly otherwise: string | null;
  /** With its `=`; null for a number typed in. */
  readonly formula: string | null;
}

export interface GridCell {
  /** 0-based place in the grid, and how far it reaches when merged. */
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  /** As shown. */
  readonly text: string;
  /** `表 1 第 3 行第 2 列`, `Sheet1!C5`. */
  readonly where: string;
  readonly stored: StoredNumber | null;
}

/** A table of a document or a sheet of a workbook: its cells that are not blank, row by row. */
export interface Grid {
  readonly kind: 'grid';
  readonly name: string;
  readonly heading: string | null;
  readonly rows: readonly (readonly GridCell[])[];
}

/** A label and its answer that stand together by themselves, as in an answer sheet in JSON. */
export interface Pair {
  readonly kind: 'pair';
  readonly label: string;
  readonly text: string;
  readonly where: string;
  readonly heading: string | null;
}

export type Block = Line | Grid | Pair;

/** A block before headings are told: a line's level by style (null for body text), and whether all of it is bold. */
export type Candidate = Block & { readonly level?: number | null; readonly bold?: boolean };

/** A document as read: the fact that is kept, and its blocks in reading order, for binding answers. */
export interface DocumentRead {
  readonly fact: DocumentFact;
  readonly blocks: readonly Block[];
}

/** What a reader of one kind brings back; the collector adds path, hash and counts. */
export interface Content {
  readonly kind: string;
  /** In reading order, headings not yet told; a line carries what may make it one. */
  readonly blocks: readonly Candidate[];
  /** Text that Word's own count leaves out: text boxes, headers, footnotes. Part of `blocks` too. */
  readonly aside: ReadonlySet<Block>;
  readonly tables: DocumentFact['tables'];
  readonly images: DocumentFact['images'];
  readonly hidden: readonly string[];
  readonly deleted: readonly string[];
  readonly problems: readonly DocumentProblem[];
}

/** What most kinds of files do not have. */
export const noContent: Omit<Content, 'kind' | 'blocks'> = {
  aside: new Set(),
  tables: [],
  images: [],
  hidden: [],
  deleted: [],
  problems: [],
};

export type DocumentProblem =
  | 'encrypted-document'
  | 'truncated-document'
  | 'bomb-document'
  | 'unsupported-document'
  | 'unsupported-object'
  | 'unsupported-encoding';

/** Thrown by readers when nothing at all can be read; the collector turns it into a problem. */
export class Unreadable extends Error {
  readonly code: DocumentProblem;

  constructor(code: DocumentProblem, why: string) {
    super(why);
    this.name = 'Unreadable';
    this.code = code;
  }
}
