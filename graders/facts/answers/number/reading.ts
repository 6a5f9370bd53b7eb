import type Fraction from 'fraction.js';
import type { NumberToken } from './amount.ts';
import type { Chain } from './chain.ts';
import { exactText, fractionText } from './exact.ts';
import type { Token } from './token.ts';

/** One number of a text, exact, with the decimals and the unit as written. */
export interface NumberReading {
  /** Offsets of `text` in the original. */
  start: number;
  end: number;
  /** As written, sign and unit included. */
  text: string;
  /** Where the whole chain stands, from its first sign to its result; the label stands left of it. */
  chain: { start: number; end: number };
  /** Exact decimal or fraction; a percentage, per mille or percentage point as its fraction: 3.40% is `17/500`. */
  value: string;
  /** Decimals as written (3.40% has 2); 1.86万 has -2, it is exact to hundreds. Null for 一半, 三成, unevaluated working. */
  decimals: number | null;
  /** `%` `‰` `pp` `元` `成` `折` `ratio`, a counting word as written, or null. */
  unit: string | null;
  /** Said to be about (约, ≈, 左右). */
  approximate: boolean;
  /** Labelled as the result in its clause (最终, 答案, 所以 …), or the end of a chain of working. */
  final: boolean;
  /** An operand of a chain, an earlier step, or an end of a range: no answer. */
  input: boolean;
  /** `decimal-comma` `letter-o` `grouping` `two-readings` `date`, `alternative` (3.00%或3.39%); null when plain. */
  unclear: string | null;
  /** The other reading of an unclear text; for `1,234` also without being unclear. */
  otherwise: string | null;
  /** The working before the result, and its exact value when it can be worked out. */
  process: { text: string; value: string | null } | null;
}

const finalWords =
  /最终|最后(?:结果|答案|得)|结果|答案|(?<![回解问应])答[:是为]|综上|(?<!缘)故(?![事障意乡])|所以|因此|因而/;
const lossBefore = /(?<![盈扭])净?亏损?(?:额|金额)?(?:了|为|约|是|达|:|=| ){0,4}$/;
const aboutAfter = /^ ?(?:左右|上下|多|余)/;

/** The text as written and as folded; offsets are the same in both. */
export interface Source {
  original: string;
  folded: string;
}

const valueText = (value: Fraction, unit: string | null): string =>
  unit === '%' || unit === '‰' || unit === 'pp' ? fractionText(value) : exactText(value);

function clauseBefore(folded: string, at: number): string {
  const left = folded.slice(Math.max(0, at - 60), at);
  return left.slice(Math.max(...['。', '；', ';', '\n', '\t'].map((mark) => left.lastIndexOf(mark))) + 1);
}

/** How a minus sign directly behind words is meant: 利润-1200 and 客单价 - 192 both have a second reading. */
function signOf(folded: string, sign: number, number: number): { negative: boolean; doubtful: boolean } {
  const before = folded.slice(0, sign).at(-1) ?? '';
  const wordBefore = /[\u4e00-\u9fffA-Za-z)]/.test(before);
  if (wordBefore) return { negative: true, doubtful: true };
  const dash =
    before === ' ' &&
    number > sign + 1 &&
    /[\u4e00-\u9fffA-Za-z)] +$/.test(folded.slice(Math.max(0, sign - 5), sign));
  return dash ? { negative: false, doubtful: true } : { negative: true, doubtful: false };
}

interface Sign {
  start: number;
  negative: boolean;
  doubtful: boolean;
}

function signBefore(source: Source, step: readonly Token[], token: NumberToken, opening: boolean): Sign {
  const sign = step
    .slice(0, step.indexOf(token))
    .findLast((each) => each.kind !== 'about' && each.kind !== 'open');
  if (sign?.kind === 'minus-word') return { start: sign.start, negative: true, doubtful: false };
  if (sign?.kind !== 'operator' || sign.operator !== '-')
    return { start: token.start, negative: false, doubtful: false };
  if (!opening) return { start: sign.start, negative: true, doubtful: false };
  return { start: sign.start, ...signOf(source.folded, sign.start, token.start) };
}

/**
 * One number with its sign, its doubts and what its surroundings say of it. `chain` is null for an operand:
 * then it is an input, and no label or loss word applies to it.
 */
export function numberReading(
  source: Source,
  step: readonly Token[],
  token: NumberToken,
  chain: Chain | null,
): NumberReading {
  const opening = chain !== null && chain.steps.length === 1;
  const sign = signBefore(source, step, token, opening);
  const loss =
    chain !== null &&
    [sign.start, chain.start].some((at) => lossBefore.test(source.folded.slice(Math.max(0, at - 12), at)));
  const negative = sign.negative || loss;
  const value = negative ? token.value.neg() : token.value;
  const other = sign.doubtful
    ? value.neg()
    : token.otherwise && (negative ? token.otherwise.neg() : token.otherwise);
  const about =
    step.some((each) => each.kind === 'about') ||
    /[≈≒]$/.test(source.folded.slice(0, sign.start).trimEnd().slice(-1));
  return {
    start: sign.start,
    end: token.end,
    text: source.original.slice(sign.start, token.end),
    chain: { start: chain === null ? sign.start : Math.min(chain.start, sign.start), end: token.end },
    value: valueText(value, token.unit),
    decimals: token.decimals,
    unit: token.unit,
    approximate: about || aboutAfter.test(source.folded.slice(token.end, token.end + 4)),
    final: chain !== null && finalWords.test(clauseBefore(source.folded, chain.start)),
    input: chain === null,
    unclear: sign.doubtful ? 'two-readings' : token.unclear,
    otherwise: other ? valueText(other, token.unit) : null,
    process: null,
  };
}
