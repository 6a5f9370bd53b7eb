/** Metrics are written against their number without a blank (ROI3.00, PV18600); other letters make a name (K01, WD-50). */
const metrics = new Set([
  'PV',
  'UV',
  'IP',
  'ROI',
  'CTR',
  'CPC',
  'CPM',
  'CPS',
  'PPC',
  'KPI',
  'CLV',
  'AOV',
  'ARPU',
  'GMV',
  'CVR',
]);

const patterns: readonly RegExp[] = [
  // Addresses.
  /(?:https?:\/\/|www\.)[\w./?=&%#:@~+-]{1,300}/y,
  /\w[\w.+-]{0,63}@[\w.-]{1,64}/y,
  // Dates: 2023-03-15, 2023年3月, 10月5日, 3月份, 15日.
  /(?:19|20)\d\d([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?!\d)/y,
  /(?:19|20)\d\d ?年(?: ?\d{1,2} ?月(?: ?\d{1,2} ?[日号])?)?度?/y,
  /\d{1,2} ?月 ?\d{1,2} ?[日号]?/y,
  /\d{1,2} ?月(?:份|初|底|中旬|末)?/y,
  /\d{1,2} ?[日号](?!元)/y,
  // Clock times: 21:00, 21:00-22:00, 21点30分, 8时.
  /(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?:[-~–—至到](?:[01]?\d|2[0-4]):[0-5]\d)?(?![\d.:%])/y,
  /\d{1,2}点(?:\d{1,2}分|半|钟|整)/y,
  /\d{1,2}时(?:\d{1,2}分)?(?![间段候])/y,
  // Telephone and order numbers.
  /\d{3,4}-\d{7,8}(?!\d)/y,
  /\d{6,}-\d{2,}/y,
  /\d{9,}(?![\d.,]|[ ]?[元%万人次件])/y,
  // Several points make a version or an address.
  /\d+(?:\.\d+){2,10}/y,
  // 第五十五条, 第 3 名: an order, not an amount.
  /第 ?(?:\d{1,4}|[一二三四五六七八九十百零〇两]{1,6}) ?[条款项节章名位次周天步个句篇题张年季]?/y,
  // 表1, 微博 3, 订单号：…
  /(?:任务|步骤|附件|微博|序号|表格|表|图|题) ?\d{1,2}(?![\d.%,]| ?[张个分条幅元%次人])/y,
  /(?:订单编?号|工号|电话|手机号?|准考证号?|编号|QQ|邮编)[:是为 ]{0,3}[\dA-Za-z-]{1,40}/y,
];

const execAt = (pattern: RegExp, text: string, at: number): string | null => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
};

const ratioWords = /ROI|投产|投入|产出|比例|之比|比值|比[为是:]/i;

/**
 * Length of something at `at` that holds digits but is no answer: a date, a clock time, a telephone, order or article
 * number, an address, 表1. 0 when there is none. Beside ratio words `1:30` is a ratio, not half past one.
 */
export function asideAt(text: string, at: number): number {
  for (const pattern of patterns) {
    const written = execAt(pattern, text, at);
    if (written === null) continue;
    if (/^\d{1,2}:\d\d$/.test(written) && ratioWords.test(text.slice(Math.max(0, at - 20), at))) continue;
    return written.length;
  }
  return 0;
}

/** Latin letters at `at`: how far they reach, and whether digits behind them belong to a name (K01, WD-50, S2). */
export function lettersAt(text: string, at: number): { length: number } {
  const letters = execAt(/[A-Za-z_]+/y, text, at) ?? '';
  const rest = text.slice(at + letters.length, at + letters.length + 40);
  if (letters === '' || !/^-?\d/.test(rest)) return { length: letters.length };
  const isNumber =
    metrics.has(letters.toUpperCase()) || /^RMB|^CNY/i.test(letters) || /^-?\d+(?:\.\d|[%‰])/.test(rest);
  if (isNumber) return { length: letters.length };
  const tail = execAt(/[A-Za-z0-9-]+/y, rest, 0) ?? '';
  return { length: letters.length + tail.length };
}

/** What may follow a bare integer directly without making it part of a name; 316不锈钢 is a name, 192左右 is not. */
const harmless =
  /^(?:左右|以[上下内]|多|余|上下|除以|乘以|[加减乘除等为是和与或及的即则到至比而因故所但低高超少占元近得最共约])/;

/** Whether the Chinese character directly behind a bare integer makes a name of both (316不锈钢, 12生肖). */
export function namesWhatFollows(text: string, at: number): boolean {
  const next = text.slice(at, at + 2);
  return /^[\u4e00-\u9fff]/.test(next) && !harmless.test(next);
}

/** A whole spreadsheet cell that a program turned into a date: `10月5日` was 10.5. Month and day, else null. */
export function cellDate(text: string): string | null {
  const match = /^\s*(\d{1,2})月(\d{1,2})[日号]\s*$/.exec(text);
  return match === null ? null : `${match[1]}.${match[2]}`;
}
