/** What a number is an answer to, cut out of the words to its left. */

/** At most so much text can name a number; patterns below rely on it being short. */
const farthest = 160;

const enumerator =
  /^(?:[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|\d{1,2}(?:\.\d{1,2})*[.、．)）](?!\d)|\d{1,2}(?:\.\d{1,2})+\s|[①-⒛⓪-⓿❶-➓]|[一二三四五六七八九十]{1,3}[、.．]|[-–•·●◆■▪★*#>√✓]+)\s*/u;
const opening =
  /^(?:因此|所以|因而|从而|由此|即|故|则|那么|又|且|而|其中|同理|综上(?:所述)?|最终|最后|解|答|另外|此外|以及|和|及|与|经?计算(?:可知|得出?|后)?|(?:可|易)(?:得|知)(?:出|到)?|得出?|求得|如下|可知)[\s,，:：]*/;
/** Each word in one way only: 约等于 as itself and as 约 with 等于 doubles the tries with every repetition. */
const closing =
  /(?:\s|[:：=＝≈≒~～_＿—\-"“”'‘’《》【】[\]|]|的?(?:计算)?(?:结果|答案|数值)|分别|等于|大?约|应?为|是|即|共?有|达到?了?|共计|得出?|[（(]$)+$/;
/** A remark between the label and its number: 跳失率（保留两位小数）：44.00%. */
const remark = /\s*[（(【[]([^（）()【】[\]]*)[)）】\]]\s*[:：=＝为是]*\s*$/;
/** Where one statement ends and the next begins. */
const separators = /[，,。；;!！?？\t\n、]/;
const separatorsOnce = /[，,。；;!！?？\t\n]/;

/** Marks and enumerators around a phrase say nothing; what they leave may be ''. */
export function stripEnumerator(text: string): string {
  let rest = text.trim();
  for (let found = enumerator.exec(rest); found !== null; found = enumerator.exec(rest)) {
    rest = rest.slice(found[0].length).trimStart();
  }
  return rest;
}

/** A phrase as a label: without enumerators, connectives, 为, 是, = and 约. */
export function cleanLabel(text: string): string {
  let rest = stripEnumerator(text.slice(0, farthest));
  for (let found = opening.exec(rest); found !== null && found[0] !== ''; found = opening.exec(rest)) {
    rest = stripEnumerator(rest.slice(found[0].length));
  }
  return rest
    .replace(closing, '')
    .replace(/^[\s"“‘《【[]+/, '')
    .trim();
}

/** 3.00%为成交转化率: the words to the right, where none stand to the left. */
export function nameBehind(right: string): string {
  return cleanLabel(/^\s*(?:就?是|即为?|为)([^\d，,。；;：:]{2,14})(?=[，,。；;]|$)/.exec(right)?.[1] ?? '');
}

export interface Named {
  /** '' when nothing names it. */
  readonly label: string;
  readonly also: readonly string[];
  /** The part before the last colon: what this and the following statements are about. */
  readonly subject: string;
}

function bracketed(segment: string): { bare: string; inside: string } {
  const found = remark.exec(segment);
  if (found === null || found.index === 0) return { bare: segment, inside: '' };
  return { bare: segment.slice(0, found.index), inside: found[1] ?? '' };
}

/** 成交转化率=成交客户数÷访客数: only what stands before the first sign is a name. */
function beforeFormula(piece: string): string {
  const sign = /[=＝≈]/.exec(piece);
  return sign !== null && sign.index > 0 ? piece.slice(0, sign.index) : piece;
}

/** 跳失率为只访问一页的次数…: before the verb stands the subject, behind it the formula in words. */
function beforeVerb(phrase: string): string {
  const found = /^(.{2,20}?)(?:应?为|等于|是指?)(?=.)/.exec(phrase);
  return found?.[1] ?? '';
}

/**
 * Names a number by the words left of it.
 * @param left the text between the previous answer and this number (or its working)
 * @param worked the number is the result of a working: then the subject names it, not the last operand's words
 */
export function nameOf(left: string, worked: boolean): Named {
  const segment = left.slice(-farthest);
  const { bare, inside } = bracketed(segment);
  const open = bare.replace(/[\s:：=＝≈]+$/, '');
  const statement = open.split(separatorsOnce).at(-1) ?? '';
  const parts = statement.split(/[:：]/).map(beforeFormula);
  const last = parts.at(-1) ?? '';
  const piece = cleanLabel(last.split(separators).at(-1) ?? '') || cleanLabel(last);
  const whole = cleanLabel(last);
  const subject = cleanLabel(parts.slice(0, -1).at(-1) ?? '');
  const before = cleanLabel(beforeVerb(piece));
  const label = worked && before !== '' ? before : piece;
  const aside = /^[^\d，,。；;=÷×]{2,12}$/.test(inside) ? inside.trim() : '';
  return { label, also: [piece, before, whole, aside], subject };
}

/** The labels of several answers given at once: PV合计、UV合计分别为18600、6200. Null when 分别 does not stand there. */
export function distributed(left: string): string[] | null {
  const found =
    /(?:^|[，,。；;:：\n])([^，,。；;:：\n]{2,80}?)(?:的?(?:结果|数值))?(?:分别|依次)(?:约?为|是|等于|有|[:：])?\s*[:：]?\s*$/.exec(
      left.slice(-farthest),
    );
  const list = found?.[1];
  if (list === undefined) return null;
  const names = list
    .split(/[、/]|和|及|与/)
    .map(cleanLabel)
    .filter((name) => name !== '');
  if (names.length < 2) return null;
  // 客服A、B、C: what stands before the first letter belongs to all.
  const stem = /^(\p{Script=Han}{1,6})[A-Z\d]/u.exec(names[0] ?? '')?.[1] ?? '';
  const full = names.map((name, index) => (index > 0 && /^[A-Z\d]/.test(name) ? stem + name : name));
  // 直通车、淘宝客的占比: what stands at the end belongs to all.
  const tail = /(的?(?:访客|成交额|计费|实际)*(?:占比|比例|转化率|客单价|得分|方式|类型|类别|合计))$/.exec(
    names.at(-1) ?? '',
  )?.[1];
  return tail === undefined ? full : full.map((name) => (name.endsWith(tail) ? name : name + tail));
}
