import { type Context, type Draft, type Labels, longestLabel, numberDraft } from './draft.ts';
import { distributed, type Named, nameBehind, nameOf } from './label.ts';
import { type NumberReading, readNumbers } from './number/read.ts';

/** Below it a subject is an entity (直通车, 客服A, K01), above it a sentence. */
const longestSubject = 12;

/** Whether the text can hold a number at all; most lines of prose cannot, and reading costs. */
const mayHoldNumber = /[\d０-９①-⓿❶-➓零〇一二两三四五六七八九十百千万亿半壹贰叁肆伍陆柒捌玖拾]/;

export const numbersOf = (text: string, cell = false): NumberReading[] =>
  mayHoldNumber.test(text) ? readNumbers(text, { cell }) : [];

/** 客单价×100%, …÷质量得分+0.01元: what stands behind a sign, without a result, is part of a formula. */
const isFactor = (text: string, { chain, process }: NumberReading): boolean =>
  process === null &&
  /[×xX*÷/＊＋+]\s*[¥￥]?[\d.,]+\s*\D{0,3}$/.test(text.slice(Math.max(0, chain.end - 40), chain.end));

/** As an examiner reads it: the working with its result, without the sign or bracket that only leads there. */
function quote(text: string, { chain, end }: NumberReading): string {
  const whole = text.slice(chain.start, end).replace(/^[\s=＝]+/, '');
  return /[)）]/.test(whole) ? whole : whole.replace(/^[（(]\s*/, '');
}

/** The labels of a number together with what it is about: 自然搜索 under 各来源占比, 占比 under K01. */
function combined(named: Named, subject: string, fallback: string): Labels {
  const about = named.subject || subject;
  if (named.label === '') return { label: named.subject || fallback, also: named.also };
  const also = [...named.also];
  if (about !== '' && about.length <= longestSubject && about !== named.label) {
    also.push(about + named.label, named.label + about);
  }
  return { label: named.label, also };
}

/** The names given at once to this and the following numbers. */
class Shared {
  #names: string[] = [];

  see(left: string): void {
    const names = distributed(left);
    if (names !== null) this.#names = names;
    else if (!/^[\s、，,和及与/；;]*$/.test(left)) this.#names = [];
  }

  next(): string | null {
    return this.#names.shift() ?? null;
  }
}

/** Starts of sentences, where a subject named by a colon ends. */
const sentenceEnd = /[。\n!！]/;

interface Progress {
  readonly above: string;
  end: number;
  subject: string;
  previous: Labels;
}

function labelsFor(text: string, reading: NumberReading, progress: Progress, shared: Shared): Labels {
  const left = text.slice(progress.end, reading.chain.start);
  shared.see(left);
  const given = shared.next();
  if (given !== null) return { label: given, also: [] };
  const named = nameOf(left, reading.process !== null);
  if (sentenceEnd.test(left)) progress.subject = '';
  if (named.subject !== '') progress.subject = named.subject;
  // 3.00%（即0.03）, 3.00%或3.39%: the second number answers the same.
  if (/^[\s（(]*(?:即|或者?|约|也就是|合|折合|=|≈)?[\s（(]*$/.test(left) && progress.end > 0)
    return progress.previous;
  return combined(
    named,
    progress.subject,
    nameBehind(text.slice(reading.end, reading.end + 24)) || progress.above,
  );
}

/**
 * Binds every number of a line (or of one cell's prose) to the words left of it. A chain is one answer, named by what
 * stands before it; its operands come back as inputs under the same label.
 * @param cell the text is a spreadsheet cell, which changes how brackets and dates are read
 */
export function bindLine(text: string, context: Context, cell = false): Draft[] {
  const shared = new Shared();
  const { subject, above } = context;
  const progress: Progress = { above, end: 0, subject, previous: { label: '', also: [] } };
  const readings = numbersOf(text, cell);
  const results = readings.filter((reading) => !reading.input && !isFactor(text, reading));
  const named = new Map<NumberReading, Labels>();
  for (const reading of results) {
    const labels = labelsFor(text, reading, progress, shared);
    const short = { label: labels.label.slice(-longestLabel), also: labels.also };
    named.set(reading, short);
    progress.previous = short;
    progress.end = Math.max(progress.end, reading.chain.end, reading.end);
  }
  return draftsOf(text, context, { readings, named });
}

/** One pass: every operand belongs to the result whose chain it stands in, which is the next one. */
function draftsOf(
  text: string,
  context: Context,
  { readings, named }: { readings: readonly NumberReading[]; named: ReadonlyMap<NumberReading, Labels> },
): Draft[] {
  const drafts: Draft[] = [];
  let next: { reading: NumberReading; labels: Labels } | null = null;
  for (const reading of readings.toReversed()) {
    const labels = named.get(reading);
    if (labels !== undefined) {
      next = { reading, labels };
      drafts.push(numberDraft(reading, labels, context, quote(text, reading)));
    } else {
      const chain =
        next !== null && reading.start >= next.reading.chain.start ? next.labels : { label: '', also: [] };
      drafts.push(numberDraft({ ...reading, input: true }, { ...chain, also: [] }, context, reading.text));
    }
  }
  return drafts.toReversed();
}
