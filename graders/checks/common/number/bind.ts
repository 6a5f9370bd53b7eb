import type { AnswerFact } from '../../../facts/schema.ts';
import { fold } from '../../../text/normalize.ts';

export interface Labelled {
  labels: readonly string[];
  not: readonly string[];
  heading?: string | undefined;
}

export interface Bound {
  facts: AnswerFact[];
  /** False: the label is only part of a longer phrase, which may mean something else; no ground for a fail. */
  sure: boolean;
}

const marks = /[|:：,，;；()（）[\]【】=＝“”"'‘’*#《》、。?？!！~～_]/g;
const cuts = /[，,。；;、：:\n\t|]/;
const enumerators = /[①-⒛⓪-⓿❶-➓]/gu;
/** Words that change nothing about what a number is. */
const before =
  /^(?:最终|最后|结果|答案?|所以|因此|综上|故|即|该店|本店|店铺|全店|本周|一周|本月|当前|计算|得出?|求|\d{1,2}\.?)+/;
/** Each word in one way only: 约为 as itself and as 约 with 为 doubles the tries with every repetition. */
const after = /(?:的?(?:最终)?(?:结果|答案|数值|值)|应?为|等于|大?约|是|即|有|共|达到?|得)+$/;

const unitMarks = /[（(](?:%|％|元|万元|次|人|件|个|笔|单)[)）]/g;

const plain = (text: string): string =>
  fold(text.replace(enumerators, '').replace(unitMarks, '')).replace(marks, '');
const bare = (text: string): string => plain(text).replace(before, '').replace(after, '');

interface Fit {
  rank: number;
  length: number;
}

const noFit: Fit = { rank: 0, length: 0 };

function fitOf(phrase: string, label: string): Fit {
  if (phrase === label) return { rank: 3, length: label.length };
  if (phrase.endsWith(label)) return { rank: 2, length: label.length };
  return phrase.includes(label) ? { rank: 1, length: label.length } : noFit;
}

const better = (a: Fit, b: Fit): Fit =>
  b.rank > a.rank || (b.rank === a.rank && b.length > a.length) ? b : a;

/** What can be said of a fact before any item asks; every item of a paper looks at the same facts. */
interface Prepared {
  /** Label, `also`, their last clauses and their pairs (a row's head with a column's: 自然搜索, 占比), plain and bare. */
  phrases: readonly string[];
  /** Label and `also`, each as its clauses. */
  clauses: readonly (readonly string[])[];
  label: string;
  text: string;
}

const prepared = new WeakMap<AnswerFact, Prepared>();

function prepare(fact: AnswerFact): Prepared {
  const known = prepared.get(fact);
  if (known !== undefined) return known;
  const written = [fact.label, ...fact.also];
  const pairs = fact.also.flatMap((other) => [other + fact.label, fact.label + other]);
  const phrases = [...written.flatMap((phrase) => [phrase, ...phrase.split(cuts).slice(-1)]), ...pairs];
  const fresh = {
    phrases: [...new Set(phrases.flatMap((phrase) => [plain(phrase), bare(phrase)]))],
    clauses: written.map((phrase) => phrase.split(cuts).map(plain)),
    label: plain(fact.label),
    text: plain(fact.text),
  };
  prepared.set(fact, fresh);
  return fresh;
}

/** The last clause of a phrase that speaks of the label; the whole phrase when none does. */
function speakingOf(clauses: readonly string[], labels: readonly string[]): string {
  return clauses.findLast((clause) => labels.some((label) => clause.includes(label))) ?? clauses.join('');
}

interface Plain {
  labels: readonly string[];
  forbidden: readonly string[];
}

function plainWanted(wanted: Labelled): Plain {
  const labels = wanted.labels.map(plain);
  return { labels, forbidden: wanted.not.map(plain).filter((word) => !labels.includes(word)) };
}

function fitOfFact(fact: AnswerFact, { labels, forbidden }: Plain): Fit {
  const { phrases, clauses } = prepare(fact);
  const fit = phrases.flatMap((phrase) => labels.map((label) => fitOf(phrase, label))).reduce(better, noFit);
  if (fit.rank === 0) return noFit;
  // A clause that is exactly a label is meant even when it holds a forbidden word.
  const excluded = clauses
    .map((each) => speakingOf(each, labels))
    .some((clause) => !labels.includes(clause) && forbidden.some((word) => clause.includes(word)));
  return excluded ? noFit : fit;
}

function underHeading(facts: readonly AnswerFact[], heading: string | undefined): readonly AnswerFact[] {
  if (heading === undefined) return facts;
  const asked = plain(heading);
  const under = facts.filter((fact) => fact.heading !== null && plain(fact.heading).includes(asked));
  // A candidate who wrote no headings at all is read by labels alone.
  return under.length > 0 ? under : facts.filter((fact) => fact.heading === null);
}

/**
 * The answers that stand under a label. Best fit first: the phrase is the label, then ends with it, then holds it; of
 * equal fits the longest label. Only the best class is returned, so 点击转化率 does not answer 转化率 beside 转化率 itself.
 */
export function bind(facts: readonly AnswerFact[], wanted: Labelled): Bound {
  const asked = plainWanted(wanted);
  const fits = underHeading(facts, wanted.heading).map((fact) => ({ fact, fit: fitOfFact(fact, asked) }));
  const best = fits.reduce((top, { fit }) => better(top, fit), noFit);
  if (best.rank === 0) return { facts: [], sure: false };
  const chosen = fits.filter(({ fit }) => fit.rank === best.rank && fit.length === best.length);
  // Where the author listed the lookalikes, a phrase that ends with the label is it: 直通车实际扣费.
  const sure = best.rank === 3 || (best.rank === 2 && wanted.not.length > 0);
  return { facts: chosen.map(({ fact }) => fact), sure };
}

/** Where a statement of a task ends: what stands behind it is another one, or the number of the next question. */
const statementEnd = /[\n。；;！!？?]/;

/** Whether the words stand in a statement with nothing behind them that would make another number of theirs. */
function says(statement: string, words: string): boolean {
  for (let at = statement.indexOf(words); at >= 0; at = statement.indexOf(words, at + 1)) {
    if (!/[\d.%‰]/.test(statement.charAt(at + words.length))) return true;
  }
  return false;
}

/**
 * Tells whether an answer only repeats the task (A17): the same label and text side by side, in a statement or a row of
 * a table.
 */
export function copiesOf(task: string): (fact: AnswerFact) => boolean {
  const statements = task.split(statementEnd).map(plain);
  const rows = task
    .split('\n')
    .filter((line) => line.includes('|'))
    .map((line) => new Set(line.split('|').map(plain)));
  return (fact) => {
    const { label, text } = prepare(fact);
    if (label === '' || text === '') return false;
    if (rows.some((cells) => cells.has(label) && cells.has(text))) return true;
    return label.length > 1 && statements.some((statement) => says(statement, label + text));
  };
}
