import type { Block, DocumentRead, Line, Pair } from '../documents/read.ts';
import type { AnswerFact } from '../schema.ts';
import { type Context, type Draft, longestAnswer, others, wordsDraft } from './draft.ts';
import { bindGrid } from './grid.ts';
import { cleanLabel, stripEnumerator } from './label.ts';
import { bindLine, numbersOf } from './line.ts';
import { Task } from './task.ts';
import { bindWords, wordsBeside } from './words.ts';

/** 客服A, K01, 微博1, 第2条: a heading that names whose answers follow. A metric (PV, ROI) names none. */
const entity = /^(?:.{0,6}?[A-Z]?\d{1,3}|(?:客服|客户|产品|店铺|方案)\s*[A-Z]|第.{1,2}[条句个])$/;
const metric = /^(?:PV|UV|ROI|CTR|CPC|CPM|CPS|PPC)$/i;

const leafOf = (heading: string | null): string =>
  stripEnumerator(heading?.split(' › ').at(-1) ?? '').replace(/[：:]$/, '');

function subjectOf(heading: string | null): string {
  const leaf = leafOf(heading);
  return entity.test(leaf) && !metric.test(leaf) ? leaf : '';
}

/** A label alone on its line: what follows, or what stands below it, is its answer. */
const endsOpen = (text: string): boolean => /[：:]\s*$/.test(text) && text.trim().length <= 40;
const isShort = (text: string): boolean =>
  text.trim().length <= 20 && !/[\d０-９。，,；;=＝]/.test(stripEnumerator(text));
const continues = (text: string): boolean => /^\s*[=＝≈]/.test(text);
const isOpen = (text: string): boolean => /[=＝≈×÷]\s*$/.test(text);

/** One statement: a line, with the lines that only carry its working on (A8 over several lines). */
interface Statement {
  text: string;
  readonly line: Line;
}

function* statementsOf(line: Line): Generator<Statement> {
  for (const text of line.text.split('\n')) if (text.trim() !== '') yield { text, line };
}

/** A working may run over lines; more than so much text is no working. */
const longestStatement = 2_000;

class Binder {
  readonly #task: Task;
  readonly drafts: Draft[] = [];
  #subject = '';
  /** A label that still waits for its answer. */
  #open = '';
  /** The last line, when it is no more than a few words: a label whose answer stands below it (A18). */
  #above = '';
  #heading: string | null = null;
  #pending: Statement | null = null;

  constructor(task: Task) {
    this.#task = task;
  }

  read(block: Block): void {
    if (block.kind === 'line') {
      for (const statement of statementsOf(block)) this.#append(statement);
      return;
    }
    this.flush();
    this.#enter(block.heading);
    if (block.kind === 'pair') this.#pair(block);
    else this.#push(bindGrid(block, this.#task, this.#contextOf(block.name, block.heading)));
  }

  #append(statement: Statement): void {
    const before = this.#pending;
    const joins = before !== null && (continues(statement.text) || isOpen(before.text));
    if (joins && before.text.length + statement.text.length < longestStatement) {
      before.text += statement.text.trim();
      return;
    }
    this.flush();
    this.#pending = { ...statement };
  }

  /** Binds what waits; called at the end of the document too. */
  flush(): void {
    const statement = this.#pending;
    this.#pending = null;
    if (statement === null) return;
    const { line, text } = statement;
    this.#enter(line.heading);
    if (!line.isHeading) this.#statement(text, line);
    else if (numbersOf(text).length > 0)
      this.#push(this.#numbers(text, this.#contextOf(line.where, line.heading)));
    if (endsOpen(text)) this.#open = cleanLabel(text);
    this.#above = isShort(text) ? cleanLabel(text) : '';
  }

  #enter(heading: string | null): void {
    if (heading === this.#heading) return;
    this.#heading = heading;
    this.#open = '';
    this.#above = '';
    this.#subject = subjectOf(heading);
  }

  #contextOf(where: string, heading: string | null): Context {
    const above = this.#above || this.#open || this.#subject || leafOf(heading);
    return { where, heading, subject: this.#open || this.#subject, above };
  }

  #statement(text: string, line: Line): void {
    const context = this.#contextOf(line.where, line.heading);
    const numbers = this.#numbers(text, context);
    this.#push(numbers);
    const copied = this.#task.isCopied(text);
    const words = bindWords(text, context).filter((draft) => !(copied && this.#asks(text, draft.text)));
    this.#push(words);
    const answersOpen = this.#open !== '' && words.length === 0 && !copied && text.length <= longestAnswer;
    if (answersOpen && wordsBeside(text, numbersOf(text)).length > 2 && !endsOpen(text)) {
      this.#push([wordsDraft(stripEnumerator(text), { label: this.#open, also: [] }, context)]);
    }
  }

  /** Whether the task has these words in this very place: a word of the task that fills a blank is an answer. */
  #asks(text: string, words: string): boolean {
    const at = text.indexOf(words);
    return this.#task.says(at < 0 ? words : text.slice(Math.max(0, at - 4), at + words.length));
  }

  /** Numbers of a line; where the line is the task's, only those that were filled in. */
  #numbers(text: string, context: Context): Draft[] {
    const drafts = bindLine(text, context);
    const kept = drafts.filter((draft) => !this.#task.gives(draft.label, draft.text));
    if (kept.length === 0 || !this.#task.isCopied(text)) return kept;
    let from = 0;
    return kept.filter((draft) => {
      const at = Math.max(0, text.indexOf(draft.text, from));
      from = at + draft.text.length;
      return !this.#task.says(text.slice(Math.max(0, at - 4), from + 2));
    });
  }

  #pair({ label, text, where, heading }: Pair): void {
    const context = { where, heading, subject: '', above: '' };
    const name = cleanLabel(label) || label;
    const about = leafOf(heading);
    const combined = about === '' || about.length > 12 ? [] : [about + name, name + about];
    const numbers = bindLine(`${name}：${text}`, context).filter((draft) => !draft.input);
    for (const draft of numbers) {
      const final = draft.process === null ? { text: text.trim() } : {};
      this.#push([{ ...draft, ...final, label: name, also: others(name, [...draft.also, ...combined]) }]);
    }
    if (numbers.length === 0 || wordsBeside(text, numbersOf(text)).length > 2) {
      this.#push([wordsDraft(text.trim().slice(0, longestAnswer), { label: name, also: combined }, context)]);
    }
  }

  #push(drafts: readonly Draft[]): void {
    for (const draft of drafts) this.drafts.push(draft);
  }
}

/** The task of the paper in hand; grading reads many documents under one. */
let latest: { text: string; task: Task } | null = null;

function taskOf(text: string): Task {
  if (latest?.text !== text) latest = { text, task: new Task(text) };
  return latest.task;
}

/**
 * Every answer of a document, bound to what stands next to it: the words before a number, the heads of a table's row
 * and column, the key of an answer sheet; and answers in words under their labels, with value null. What was copied
 * from the task is left out (A17), blanks of the task that were filled in are kept.
 * @param read the document as collected; @param taskText the task as candidates read it, '' when there is none
 */
export function answersFrom(read: DocumentRead, taskText: string): AnswerFact[] {
  const binder = new Binder(taskOf(taskText));
  for (const block of read.blocks) binder.read(block);
  binder.flush();
  const { path: file, sha256 } = read.fact;
  return binder.drafts.map(({ where, ...draft }) => ({ ...draft, file, sha256, where }));
}
