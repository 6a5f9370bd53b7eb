import { cellDate } from './aside.ts';
import { type Chain, chainsOf, isWorking, numbersIn, runsOf } from './chain.ts';
import { evaluate } from './evaluate.ts';
import { exactText, parseDigits } from './exact.ts';
import { fold } from './fold.ts';
import { type NumberReading, numberReading, type Source } from './reading.ts';
import { type Token, tokenize } from './token.ts';

export type { NumberReading } from './reading.ts';

export interface ReadOptions {
  /** The text is one spreadsheet cell: brackets round a number mean minus, and a date may once have been a number. */
  cell?: boolean;
}

/** More than a long paper's prose; what lies beyond is not read. */
const MOST_CHARACTERS = 100_000;

const inputs = (source: Source, step: readonly Token[]): NumberReading[] =>
  numbersIn(step).map((token) => numberReading(source, [token], token, null));

const endOf = (step: readonly Token[]): number => step.at(-1)?.end ?? 0;

function processOf(source: Source, steps: readonly Token[][]): NumberReading['process'] {
  const working = steps.find(isWorking);
  const first = working?.[0];
  if (working === undefined || first === undefined) return null;
  const value = evaluate(working);
  const end = endOf(steps.findLast((step) => step.length > 0) ?? working);
  return { text: source.original.slice(first.start, end), value: value && exactText(value) };
}

/** 10-11: two bare numbers that rise, joined by a dash and nothing else, are a range. 3.00%/3.39% are two answers. */
function pairKind(step: readonly Token[], chain: Chain): 'range' | 'alternatives' | null {
  const [left, joint, right] = step;
  if (step.length !== 3 || chain.steps.length > 1) return null;
  if (left?.kind !== 'number' || joint?.kind !== 'operator' || right?.kind !== 'number') return null;
  if (joint.operator === '-' && left.value.lte(right.value)) return 'range';
  return joint.operator === '/' && left.unit !== null && left.unit === right.unit ? 'alternatives' : null;
}

/** Working without a result written: its exact value is what was meant, its decimals are nobody's. */
function unfinished(source: Source, step: readonly Token[], chain: Chain): NumberReading[] {
  const kind = pairKind(step, chain);
  if (kind === 'alternatives') {
    return numbersIn(step).map((token) => ({
      ...numberReading(source, [token], token, chain),
      unclear: 'alternative',
      final: true,
    }));
  }
  const operands = inputs(source, step);
  const value = kind === 'range' ? null : evaluate(step);
  const [first] = step;
  const last = numbersIn(step).at(-1);
  if (value === null || first === undefined || last === undefined) return operands;
  const text = source.original.slice(first.start, endOf(step));
  const whole: NumberReading = {
    ...numberReading(source, [last], last, chain),
    start: first.start,
    end: endOf(step),
    text,
    value: exactText(value),
    decimals: null,
    unit: null,
    unclear: null,
    otherwise: null,
    process: { text, value: exactText(value) },
  };
  return [...operands, { ...whole, chain: { start: chain.start, end: whole.end } }];
}

function readChain(source: Source, chain: Chain, previous: NumberReading | undefined): NumberReading[] {
  const written = chain.steps.filter((step) => numbersIn(step).length > 0);
  const last = written.at(-1);
  if (last === undefined) return [];
  const earlier = written.slice(0, -1);
  const operands = earlier.flatMap((step) => inputs(source, step));
  const [token] = numbersIn(last);
  if (isWorking(last) || token === undefined) {
    if (chain.attached && previous !== undefined && previous.process === null && evaluate(last) !== null) {
      previous.process = processOf(source, [last]);
      return [...operands, ...inputs(source, last)];
    }
    return [...operands, ...unfinished(source, last, chain)];
  }
  const result = numberReading(source, last, token, chain);
  const process = processOf(source, earlier);
  return [...operands, { ...result, process, final: result.final || process !== null }];
}

const joined = (folded: string, left: NumberReading, right: NumberReading, by: RegExp): boolean =>
  right.start >= left.end && right.start - left.end < 12 && by.test(folded.slice(left.end, right.start));

/** 80～120字 is a range, 3.00%或3.39% two answers for one question: seen only between two readings. */
function markPairs(folded: string, readings: readonly NumberReading[]): void {
  const results = readings.filter((reading) => !reading.input);
  for (const [at, right] of results.entries()) {
    const left = results[at - 1];
    if (left === undefined) continue;
    if (joined(folded, left, right, /^ ?(?:[~～–—至到]|--) ?$/)) {
      left.input = true;
      right.input = true;
    } else if (joined(folded, left, right, /^ ?(?:或者?|还是|or)(?:是|为)? ?约? ?$/i)) {
      for (const reading of [left, right]) Object.assign(reading, { unclear: 'alternative', final: true });
    }
  }
}

/** A cell that holds nothing but a bracketed number means minus. */
const negateCell = (reading: NumberReading): NumberReading => ({
  ...reading,
  value: reading.value.startsWith('-') ? reading.value : `-${reading.value}`,
});

function readCellDate(original: string, folded: string): NumberReading | null {
  const date = cellDate(folded);
  const read = date === null ? null : parseDigits(date);
  if (read === null) return null;
  const start = original.length - original.trimStart().length;
  const text = original.trim();
  const span = { start, end: start + text.length };
  return {
    ...span,
    text,
    chain: span,
    value: exactText(read.value),
    decimals: read.decimals,
    unit: null,
    approximate: false,
    final: false,
    input: false,
    unclear: 'date',
    otherwise: null,
    process: null,
  };
}

/**
 * Every number of a text that could be an answer, in text order, operands of a working marked as inputs. Dates, clock
 * times, enumerators, article, order and telephone numbers and digits inside names are left out. Never throws; reads at
 * most `MOST_CHARACTERS`.
 */
export function readNumbers(text: string, options: ReadOptions = {}): NumberReading[] {
  const original = text.slice(0, MOST_CHARACTERS);
  const folded = fold(original);
  const source = { original, folded };
  const date = options.cell ? readCellDate(original, folded) : null;
  if (date !== null) return [date];
  const readings: NumberReading[] = [];
  for (const run of runsOf(folded, tokenize(folded))) {
    for (const chain of chainsOf(run)) {
      readings.push(
        ...readChain(
          source,
          chain,
          readings.findLast((reading) => !reading.input),
        ),
      );
    }
  }
  readings.sort((a, b) => a.start - b.start || b.end - a.end);
  markPairs(folded, readings);
  const bracketed = options.cell === true && readings.length === 1 && /^\s*\([^()]*\)\s*$/.test(folded);
  return bracketed ? readings.map(negateCell) : readings;
}
