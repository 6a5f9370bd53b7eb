import type { Evidence, Outcome } from '../../../../rubrics/outcome.ts';
import { type CheckInput, fail, unknown } from '../../../check.ts';
import type { AnswerFact, Facts } from '../../../facts/schema.ts';
import { type Bound, bind, copiesOf, type Labelled } from './bind.ts';

export interface Wanted extends Labelled {
  slots: readonly string[];
}

/** What stands under the item's labels, and what of it is only copied from the task. */
export interface Found {
  bound: Bound;
  copied: readonly AnswerFact[];
}

type Input = Pick<CheckInput<unknown>, 'facts' | 'slots' | 'taskText'>;

/** Files the item may be answered in; null means any. */
function filesOf(input: Input, slots: readonly string[]): ReadonlySet<string> | null {
  if (slots.length === 0) return null;
  return new Set(
    slots.flatMap((name) => {
      const binding = input.slots.get(name);
      return [...(binding?.file ? [binding.file] : []), ...(binding?.candidates ?? [])].map(
        ({ path }) => path,
      );
    }),
  );
}

/** Binds the answers that `counts` lets in; what only repeats the task is set aside. */
export function find(input: Input, wanted: Wanted, counts: (fact: AnswerFact) => boolean): Found {
  const files = filesOf(input, wanted.slots);
  const answers = input.facts.answers.filter(
    (fact) => counts(fact) && (files === null || files.has(fact.file)),
  );
  const isCopy = copiesOf(input.taskText);
  const copied = answers.filter(isCopy);
  const own = answers.filter((fact) => !isCopy(fact));
  return { bound: bind(own, wanted), copied: bind(copied, wanted).facts };
}

export type TextSpan = Extract<Evidence, { kind: 'text-span' }>;

export const quoteOf = (fact: AnswerFact): TextSpan => ({
  kind: 'text-span',
  path: fact.file,
  sha256: fact.sha256,
  where: fact.where,
  quote: fact.text,
});

const otherKinds = /\.(?:jpe?g|png|gif|bmp|webp|psd|tiff?|svg|html?|css|js|mp[34]|swf|ttf|ico)$/i;
/** With less text than this a document with pictures is a picture in a document (E3). */
const FEW_CHARACTERS = 200;

const unreadable = (facts: Facts): string[] =>
  facts.problems
    .filter(({ path, code }) => !/empty/.test(code) && !otherKinds.test(path))
    .map(({ path }) => path);

const pictured = (facts: Facts): string[] =>
  facts.documents
    .filter((document) => document.images.length > 0 && document.text.generous < FEW_CHARACTERS)
    .map(({ path }) => path);

/** The candidate's own answers, wherever they stand and whatever they are called. */
export function ownAnswers(input: Input, slots: readonly string[]): AnswerFact[] {
  const files = filesOf(input, slots);
  const isCopy = copiesOf(input.taskText);
  return input.facts.answers.filter(
    (fact) => !fact.input && (files === null || files.has(fact.file)) && !isCopy(fact),
  );
}

/** How many places with what may be the answer an examiner is shown. */
const placesShown = 5;

/**
 * Nothing was found under the labels: a fail only when everything could be read and the answer stands nowhere else
 * either, with the list of what was searched. A document that could not be read, or that is little more than
 * pictures, may hold the answer.
 * @param elsewhere quotes of what would earn points if it is meant for this item
 */
export function nothingFound(
  input: Input,
  wanted: Wanted,
  copied: readonly AnswerFact[],
  elsewhere: readonly TextSpan[],
): Outcome {
  const files = filesOf(input, wanted.slots);
  const counts = (path: string): boolean => files === null || files.size === 0 || files.has(path);
  const closed = unreadable(input.facts).filter(counts);
  if (closed.length > 0) return unknown('unreadable', { files: closed.join('、') });
  const pictures = pictured(input.facts).filter(counts);
  if (pictures.length > 0) return unknown('maybe-in-picture', { files: pictures.join('、') });
  const label = wanted.labels[0] ?? '';
  const places = elsewhere.filter(({ path = '' }) => counts(path)).slice(0, placesShown);
  if (places.length > 0) {
    const found = [...new Set(places.map(({ quote }) => `“${quote}”`))].join('、');
    return unknown('elsewhere', { label, found }, { evidence: places });
  }
  const documents = input.facts.documents.map(({ path }) => path).filter(counts);
  const searched = documents.length > 0 ? documents : input.facts.files.map(({ path }) => path);
  const absent: Evidence = { kind: 'absent', what: wanted.labels.join('、'), searched };
  const evidence = [absent, ...copied.map(quoteOf)];
  return fail(copied.length > 0 ? 'only-copied' : 'no-answer', { label }, { evidence });
}
