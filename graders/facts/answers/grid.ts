import type { Grid, GridCell, StoredNumber } from '../documents/read.ts';
import { type Cell, isHeadWord, isResultHead, isUnit, isWorkingHead } from './cells.ts';
import {
  type Context,
  type Draft,
  type Labels,
  longestAnswer,
  numberDraft,
  others,
  wordsDraft,
} from './draft.ts';
import { type Heads, headOf, labelsAt } from './heads.ts';
import { bindLine, numbersOf } from './line.ts';
import { type Region, type Row, regionsOf } from './region.ts';
import type { Task } from './task.ts';
import { bindWords } from './words.ts';

/** 一 二 三 四 五 六 日 over columns are days, no numbers. */
const isWeek = ({ cells }: Row): boolean =>
  cells.filter(({ cell }) => /^[一二三四五六日天]$/.test(cell.text.trim())).length >= 5;
const isTextRow = (row: Row): boolean => isWeek(row) || row.cells.every((cell) => cell.role === 'text');
const hasNumbers = (row: Row | undefined): boolean => row !== undefined && !isTextRow(row);

/** In the first column such a word may be a label: 账号类型, 订阅号. */
const saysColumns = (row: Row): boolean => row.cells.slice(1).some(({ cell }) => isHeadWord(cell.text));

const saysResults = (row: Row): boolean => row.cells.some(({ cell }) => isResultHead(cell.text));

/** A row of words over rows of numbers, or over more words where it opens the table. */
function isHeadRow({ rows, opening }: Region, index: number, heads: Heads | null): boolean {
  const row = rows[index];
  if (row === undefined || !isTextRow(row) || row.cells.length < 2 || index === rows.length - 1) return false;
  // Titles may stand above; a row of labels and values means that this table has no heads.
  if (heads === null) {
    return (
      index === opening &&
      (hasNumbers(rows[index + 1]) || saysColumns(row) || (rows.length === 2 && row.cells.length > 2))
    );
  }
  const between = hasNumbers(rows[index + 1]) && hasNumbers(rows[index - 1]);
  if (saysResults(row)) return between;
  // 最大流量来源 | 自然搜索 is an answer in words: its column holds answers, or it is a label and its answer.
  return between && row.cells.length > 2 && !saysResults(heads.row);
}

/** 直通车 over 点击率 and ROI: a second row of words under merged heads. */
const isGrouped = (heads: Heads, below: Row): boolean =>
  isTextRow(below) && heads.groups === null && heads.row.cells.some(({ cell }) => cell.columns > 1);

/** Words that only name what stands behind or below them are no answer. */
function isRowHead(
  { rows }: Region,
  index: number,
  { cell, heads }: { cell: GridCell; heads: Heads | null },
): boolean {
  const row = rows[index];
  const at = row?.cells.findIndex((each) => each.cell === cell) ?? -1;
  if (heads !== null) return at === 0 && hasNumbers(row);
  const next = row?.cells[at + 1];
  // A label may stand over its answer, alone in its column.
  return next === undefined ? at === 0 && rows.length !== 2 : next.role !== 'text' || at === 0;
}

/** A single cell of few words over the rows that it is about. */
function titleOf({ cells: [only, more] }: Row): string {
  const text = only?.role === 'text' && more === undefined ? only.cell.text.trim() : '';
  return text.length <= 12 ? text.replace(/[：:]$/, '') : '';
}

class Binder {
  readonly #task: Task;
  readonly #context: Context;
  readonly drafts: Draft[] = [];

  constructor(task: Task, context: Context) {
    this.#task = task;
    this.#context = context;
  }

  bind(region: Region): void {
    let heads: Heads | null = null;
    let subject = this.#context.subject;
    const { rows } = region;
    for (const [index, row] of rows.entries()) {
      if (index < rows.length - 1) subject = titleOf(row) || subject;
      if (heads !== null && index > 0 && rows[index - 1] === heads.row && isGrouped(heads, row)) {
        heads = { row, groups: heads.row };
        continue;
      }
      const opens = isHeadRow(region, index, heads);
      for (const cell of opens ? [] : row.cells) this.#cell({ region, index, cell, heads, subject });
      if (opens) heads = { row, groups: null };
    }
  }

  #cell(at: { region: Region; index: number; cell: Cell; heads: Heads | null; subject: string }): void {
    const { region, index, heads, cell: found } = at;
    const { cell, role } = found;
    const context = { ...this.#context, where: cell.where, subject: role === 'mixed' ? at.subject : '' };
    const labels = labelsAt(region, index, cell.column, heads);
    const { head } = headOf(heads, cell.column);
    if (role === 'text' && (isUnit(cell.text) || isRowHead(region, index, { cell, heads }))) return;
    if (role !== 'mixed' && this.#isGiven(region.rows[index], cell)) return;
    const drafts =
      role === 'number'
        ? this.#number(cell, labels, context, head)
        : this.#words(cell, labels, context, role);
    const final = isResultHead(head) && /结果|答案|得数/.test(head);
    for (const draft of drafts) this.drafts.push(final && !draft.input ? { ...draft, final: true } : draft);
  }

  /** The task's own table, with columns the candidate added: only these are answers (A17). */
  #isGiven(row: Row | undefined, cell: GridCell): boolean {
    const first = row?.cells[0]?.cell;
    return first !== undefined && first !== cell && this.#task.gives(first.text, cell.text);
  }

  #number(cell: GridCell, labels: Labels, context: Context, head: string): Draft[] {
    if (cell.stored !== null) return [storedDraft(cell, cell.stored, labels, context)];
    const working = isWorkingHead(head);
    return numbersOf(cell.text, true).map((reading) => {
      // Numbers in a column of formulas are operands, unless a working ends there.
      const input = reading.input || (working && reading.process === null);
      return numberDraft({ ...reading, input }, labels, context, input ? reading.text : cell.text.trim());
    });
  }

  #words(cell: GridCell, labels: Labels, context: Context, role: Cell['role']): Draft[] {
    const lines = cell.text.split('\n').filter((line) => line.trim() !== '');
    const drafts = lines.flatMap((line) =>
      this.#task.isCopied(line)
        ? []
        : [
            ...(role === 'mixed' ? bindLine(line, context, true) : []),
            ...bindWords(line, context, [labels.label]),
          ],
    );
    const placed = drafts.map((draft) => withPlace(draft, labels));
    const text = cell.text.trim();
    const answers = labels.label !== '' && labels.label !== text && text.length <= longestAnswer;
    if (answers && !this.#task.isCopied(text)) placed.push(wordsDraft(text, labels, context));
    return placed;
  }
}

/** A number inside a cell's prose also stands at the cell's place; one without words of its own stands only there. */
function withPlace(draft: Draft, { label, also }: Labels): Draft {
  if (label === '') return draft;
  if (draft.label === '') return { ...draft, label, also: others(label, also) };
  return { ...draft, also: others(draft.label, [...draft.also, label + draft.label]) };
}

function storedDraft(cell: GridCell, stored: StoredNumber, { label, also }: Labels, context: Context): Draft {
  const { formula, ...number } = stored;
  return {
    label,
    also: others(label, also),
    heading: context.heading,
    text: cell.text,
    ...number,
    final: formula !== null,
    input: false,
    process: formula === null ? null : { text: formula, value: stored.value },
    where: context.where,
  };
}

/** Binds the cells of a table or a sheet to the heads of their rows and columns. */
export function bindGrid(grid: Grid, task: Task, context: Context): Draft[] {
  const binder = new Binder(task, context);
  for (const region of regionsOf(grid)) binder.bind(region);
  return binder.drafts;
}
