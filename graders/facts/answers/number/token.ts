import {
  arabicToken,
  chineseToken,
  currencyToken,
  type NumberToken,
  ratioAt,
  superscripts,
  superscriptToken,
} from './amount.ts';
import { asideAt, lettersAt } from './aside.ts';
import { NUMERAL } from './chinese.ts';
import { BREAK } from './fold.ts';

/** What an expression is made of. `about` is 约 and the like; `break` is everything that ends an expression. */
export type Token =
  | NumberToken
  | { kind: 'operator'; operator: '+' | '-' | '*' | '/' | '^'; start: number; end: number }
  | { kind: 'open' | 'close' | 'equals' | 'about' | 'minus-word' | 'break'; start: number; end: number };

const operators: Readonly<Record<string, '+' | '-' | '*' | '/' | '^'>> = {
  '^': '^',
  '+': '+',
  '-': '-',
  '*': '*',
  '×': '*',
  '∙': '*',
  '/': '/',
  '÷': '/',
  加上: '+',
  减去: '-',
  乘以: '*',
  乘: '*',
  除以: '/',
};
const operatorAt = /[+\-*×∙/÷^]/y;
/** Signs in words count only behind a number: 186除以6200, but not 增加上海仓. */
const operatorWordAt = /(?:加上|减去|乘以?|除以)(?=[ (]?\d)/y;
const equalsAt = /={1,3}|≈|≒|→|⇒|等于/y;
/** `347.32，向上取整为348`: rounding in words goes on with the chain. */
const roundedAt =
  /[,，]? ?(?:(?:向上|向下|进位|再)?取整数?|四舍五入|进一法)(?:后|即)?(?:为|得|是|约为|约)?(?= ?\d)/y;
const aboutAt = /大约是?|约等于|大概|约为|约|接近|将近/y;
const execAt = (pattern: RegExp, text: string, at: number): string | null => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
};

/** Words that act as a sign because a number stands before them. */
function wordSignToken(text: string, at: number): Token | null {
  const word = execAt(operatorWordAt, text, at);
  const operator = word === null ? undefined : operators[word];
  if (word !== null && operator !== undefined)
    return { kind: 'operator', operator, start: at, end: at + word.length };
  const rounded = execAt(roundedAt, text, at);
  return rounded === null ? null : { kind: 'equals', start: at, end: at + rounded.length };
}

function signToken(text: string, at: number, previous: Token | undefined): Token | null {
  const behind = previous?.kind === 'number' || previous?.kind === 'close' ? wordSignToken(text, at) : null;
  if (behind !== null) return behind;
  const sign = text.charAt(at);
  if (sign === '(' || sign === '[') return { kind: 'open', start: at, end: at + 1 };
  if (sign === ')' || sign === ']') return { kind: 'close', start: at, end: at + 1 };
  const equals = execAt(equalsAt, text, at);
  if (equals !== null) return { kind: 'equals', start: at, end: at + equals.length };
  const about = execAt(aboutAt, text, at);
  if (about !== null) return { kind: 'about', start: at, end: at + about.length };
  const written = execAt(operatorAt, text, at);
  const operator = written === null ? undefined : operators[written];
  if (written !== null && operator !== undefined)
    return { kind: 'operator', operator, start: at, end: at + written.length };
  if (sign === '负' && new RegExp(`^负 ?[\\d${NUMERAL}]`).test(text.slice(at, at + 3))) {
    return { kind: 'minus-word', start: at, end: at + 1 };
  }
  return null;
}

const skip = (start: number, length: number): Token => ({
  kind: 'break',
  start,
  end: start + Math.max(1, length),
});

/** Latin letters: a times sign between numbers (6200x4%), a currency sign, the start of a name, or words. */
function letterToken(text: string, at: number, previous: Token | undefined): Token {
  const between = previous?.kind === 'number' || previous?.kind === 'close';
  if (between && /^[xX] ?[\d(]/.test(text.slice(at, at + 3)))
    return { kind: 'operator', operator: '*', start: at, end: at + 1 };
  if (
    /^[Oo]\.\d|^[lI]\d*\.\d|^[lI]\d+ ?%/.test(text.slice(at, at + 12)) &&
    !/[A-Za-z]/.test(text.charAt(at - 1))
  ) {
    const slip = arabicToken(text, at, true);
    if (slip !== null) return slip;
  }
  return skip(at, lettersAt(text, at).length);
}

function numberOrBreak(text: string, at: number, previous: Token | undefined): Token {
  const answers = previous?.kind === 'equals' || previous?.kind === 'operator';
  const token =
    ratioAt(text, at) ?? (/[\d.]/.test(text.charAt(at)) ? arabicToken(text, at, answers) : null) ?? null;
  if (token !== null) return token;
  return skip(at, execAt(/[\d.,]+/y, text, at)?.length ?? 1);
}

/** `100分之3` starts with digits but is a Chinese fraction. */
const chinesePart = (text: string, at: number): Token | null =>
  /^\d{1,15}分之/.test(text.slice(at, at + 18)) ? chineseToken(text, at) : null;

function nextToken(text: string, at: number, previous: Token | undefined): Token {
  const sign = text.charAt(at);
  const special = superscriptToken(text, at) ?? currencyToken(text, at);
  if (special !== null) return special;
  const aside = asideAt(text, at);
  if (aside > 0) return skip(at, aside);
  if (/\d/.test(sign) || /^\.\d/.test(text.slice(at, at + 2)))
    return chinesePart(text, at) ?? numberOrBreak(text, at, previous);
  const word = signToken(text, at, previous);
  if (word !== null) return word;
  if (/[A-Za-z_]/.test(sign)) return letterToken(text, at, previous);
  return chineseToken(text, at) ?? skip(at, 1);
}

/** A superscript is a power only directly behind a number. */
function pushPower(tokens: Token[], token: NumberToken, previous: Token | undefined): void {
  if (previous?.kind !== 'number' || previous.end !== token.start) return;
  tokens.push({ kind: 'operator', operator: '^', start: token.start, end: token.start }, token);
}

/** The folded text as tokens, in order; blanks are left out, neighbouring breaks are kept as one. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const sign = text.charAt(at);
    const previous = tokens.at(-1);
    if (sign === ' ') {
      at += 1;
      continue;
    }
    const token = sign === BREAK ? skip(at, 1) : nextToken(text, at, previous);
    if (token.kind === 'number' && superscripts.includes(text.charAt(token.start)))
      pushPower(tokens, token, previous);
    else if (token.kind === 'break' && previous?.kind === 'break') previous.end = token.end;
    else tokens.push(token);
    at = token.end;
  }
  return tokens;
}
