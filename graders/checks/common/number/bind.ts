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
const after = /(?:的?(?:最终)?(?:结果|答案|数值|值)|约?为|等于|大约|约|是|即|有|共|达到?|得|应为)+$/;

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

/** The clauses of a phrase that speak of the label; the whole phrase when none does. */
function speakingOf(phrase: string, labels: readonly string[]): string[] {
  const clauses = phrase
    .split(cuts)
    .map(plain)
    .filter((clause) => labels.some((label) => clause.includes(label)));
  return clauses.length > 0 ? clauses.slice(-1) : [plain(phrase)];
}

/** A row's head and a column's head name an answer together: 自然搜索 and 占比. */
function phrasesOf(fact: AnswerFact): string[] {
  const single = [fact.label, ...fact.also].flatMap((phrase) => [phrase, ...phrase.split(cuts).slice(-1)]);
  const pairs = fact.also.flatMap((other) => [other + fact.label, fact.label + other]);
  return [...single, ...pairs];
}

function fitOfFact(fact: AnswerFact, wanted: Labelled): Fit {
  const labels = wanted.labels.map(plain);
  // A label that itself holds the forbidden word is meant: 点击转化率 asked, 转化率 excluded.
  const forbidden = wanted.not.map(plain).filter((word) => !labels.some((label) => label === word));
  const excluded = [fact.label, ...fact.also]
    .flatMap((phrase) => speakingOf(phrase, labels))
    .some((clause) =>
      forbidden.some((word) => clause.includes(word) && !labels.some((label) => label === clause)),
    );
  if (excluded) return noFit;
  return phrasesOf(fact)
    .flatMap((phrase) => [plain(phrase), bare(phrase)])
    .flatMap((phrase) => labels.map((label) => fitOf(phrase, label)))
    .reduce(better, noFit);
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
  const fits = underHeading(facts, wanted.heading).map((fact) => ({ fact, fit: fitOfFact(fact, wanted) }));
  const best = fits.reduce((top, { fit }) => better(top, fit), noFit);
  if (best.rank === 0) return { facts: [], sure: false };
  const chosen = fits.filter(({ fit }) => fit.rank === best.rank && fit.length === best.length);
  // Where the author listed the lookalikes, a phrase that ends with the label is it: 直通车实际扣费.
  const sure = best.rank === 3 || (best.rank === 2 && wanted.not.length > 0);
  return { facts: chosen.map(({ fact }) => fact), sure };
}

/** Whether an answer only repeats the task (A17): the same label and text side by side, in a sentence or a table row. */
export function copiedFromTask(fact: AnswerFact, task: string): boolean {
  const label = plain(fact.label);
  const text = plain(fact.text);
  if (label === '' || text === '') return false;
  const row = task.split('\n').some((line) => {
    if (!line.includes('|')) return false;
    const cells = line.split('|').map(plain);
    return cells.includes(text) && cells.includes(label);
  });
  return row || (label.length > 1 && plain(task).includes(label + text));
}
