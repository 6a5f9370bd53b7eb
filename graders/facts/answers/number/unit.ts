import Fraction from 'fraction.js';

export interface UnitReading {
  length: number;
  /** Normalised: `%` `‰` `pp` `元` `成` `折` `倍`, counting words as written; null when only a multiplier (万) stands there. */
  unit: string | null;
  /** What the digits are multiplied by: 1/100 for `%`, 10 000 for 万. */
  factor: Fraction;
  /** How many decimals of the digits the factor eats: 4 for 万 (1.86万 is exact to hundreds), 0 for `%`. */
  shift: number;
  /** `w` for 万 is common in shops, but could be watt. */
  doubtful: boolean;
}

const multipliers: readonly (readonly [RegExp, number])[] = [
  [/ ?亿/y, 8],
  [/ ?千万/y, 7],
  [/ ?百万/y, 6],
  [/ ?十万/y, 5],
  [/ ?[万萬]/y, 4],
  [/ ?千(?![克瓦米卡字层])/y, 3],
  [/ ?百(?![分货搭])/y, 2],
];

const counts =
  '人次|个月|小时|分钟|字节|公斤|千克|厘米|毫米|毫升|像素|人|次|件|单|笔|个|名|位|家|条|篇|天|年|周|秒|张|份|台|组|款|只|盒|包(?![邮装含括])|瓶|户|步|点|级|倍|字|升|克|米|分(?!之|别|为|类|钟|布|析)';
const latin = 'KB|MB|GB|kb|mb|px|PX|ml|mL|ML|kg|KG|kW|cm|mm|km|dpi|[LlgGWVms]|℃';

const tails: readonly (readonly [RegExp, string | null])[] = [
  [/ ?个?百分点/y, 'pp'],
  [/ ?%| ?\( ?% ?\)/y, '%'],
  [/ ?‰/y, '‰'],
  [/ ?\((?:人民币)?元\)/y, '元'],
  [/ ?(?:人民币)?[元圆](?:\/[人件次个单笔台位])?(?:人民币|整)?/y, '元'],
  [/ ?块钱?/y, '元'],
  [/ ?(?:RMB|CNY)(?![A-Za-z])/y, '元'],
  [new RegExp(` ?(${counts})`, 'y'), null],
  [new RegExp(` ?\\((${counts})\\)`, 'y'), null],
  [new RegExp(` ?(${latin})(?![A-Za-z\\d])`, 'y'), null],
];

const execAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

const one = new Fraction(1);

function multiplierAt(text: string, at: number): { length: number; shift: number; doubtful: boolean } {
  for (const [pattern, shift] of multipliers) {
    const match = execAt(pattern, text, at);
    if (match !== null) return { length: match[0].length, shift, doubtful: false };
  }
  const shorthand = execAt(/w(?![A-Za-z\d])/y, text, at);
  return shorthand === null
    ? { length: 0, shift: 0, doubtful: false }
    : { length: 1, shift: 4, doubtful: true };
}

/** 七折 pays 0.7, 85折 0.85, 8.5折 0.85; three 成 are 0.3 (never 成交, 成功). */
function partAt(text: string, at: number, digits: Fraction): UnitReading | null {
  const match = execAt(/ ?(折(?!扣|叠)|成(?![交功本为员立人品绩长分熟都果型套]))/y, text, at);
  if (match === null) return null;
  const unit = match[1] ?? null;
  const factor = unit === '折' && digits.gte(10) ? new Fraction(1n, 100n) : new Fraction(1n, 10n);
  return { length: match[0].length, unit, factor, shift: 0, doubtful: false };
}

const factorOf = (unit: string | null): Fraction => {
  if (unit === '%' || unit === 'pp') return new Fraction(1n, 100n);
  return unit === '‰' ? new Fraction(1n, 1000n) : one;
};

function tailAt(text: string, at: number): { length: number; unit: string } | null {
  for (const [pattern, unit] of tails) {
    const match = execAt(pattern, text, at);
    if (match !== null) return { length: match[0].length, unit: unit ?? match[1] ?? '' };
  }
  return null;
}

/** Multiplier and unit that stand directly behind digits ending at `at`; at most one blank between. */
export function unitAt(text: string, at: number, digits: Fraction): UnitReading {
  const part = partAt(text, at, digits);
  if (part !== null) return part;
  const many = multiplierAt(text, at);
  const tail = tailAt(text, at + many.length);
  const unit = tail?.unit ?? null;
  return {
    length: many.length + (tail?.length ?? 0),
    unit,
    factor: new Fraction(10n ** BigInt(many.shift)).mul(factorOf(unit)),
    shift: many.shift,
    doubtful: many.doubtful,
  };
}
