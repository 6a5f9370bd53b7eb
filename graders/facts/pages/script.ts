/** A light reading of JavaScript: comments are gone, strings and names are known, nothing is ever run. */

export interface Token {
  readonly type: 'name' | 'string' | 'number' | 'mark' | 'regex';
  /** A name or mark as written; a string's content with escapes resolved; `${…}` in a template is `*`. */
  readonly text: string;
  /** Offsets in the script's own text. */
  readonly start: number;
  readonly end: number;
}

const word = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const number = /(?:0[xX][\da-fA-F]+|\d*\.?\d+(?:[eE][+-]?\d+)?)/y;
const blank = /[\s\uFEFF]+/y;

/** After these a slash begins a regular expression, otherwise it divides. */
const beforeRegex = /^(?:[=({[,;:?!&|+\-*%<>~^}]|return|typeof|case|in|of|void|delete|do|else)$/;

/** Splits a script into tokens. Linear; what is unterminated ends with the text; never throws. */
export function tokenizeScript(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    at = skipBlank(text, at);
    if (at >= text.length) break;
    const token = readToken(text, at, tokens.at(-1));
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

/** Skips blanks and comments, `<!--` included: it comments to the end of the line in a script. */
function skipBlank(text: string, from: number): number {
  let at = from;
  for (;;) {
    const start = at;
    blank.lastIndex = at;
    if (blank.test(text)) at = blank.lastIndex;
    if (text.startsWith('//', at) || text.startsWith('<!--', at)) at = until(text, '\n', at);
    else if (text.startsWith('-->', at) && startsLine(text, at)) at = until(text, '\n', at);
    else if (text.startsWith('/*', at)) at = until(text, '*/', at + 2);
    if (at === start) return at;
  }
}

function until(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found === -1 ? text.length : found + mark.length;
}

function startsLine(text: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && (text[before] === ' ' || text[before] === '\t')) before -= 1;
  return before < 0 || text[before] === '\n';
}

function readToken(text: string, at: number, last: Token | undefined): Token {
  const first = text[at] ?? '';
  if (first === '"' || first === "'" || first === '`') return readString(text, at, first);
  if (first === '/' && isRegexStart(last)) {
    const end = endOfRegex(text, at);
    if (end !== null) return { type: 'regex', text: text.slice(at, end), start: at, end };
  }
  const name = match(word, text, at);
  if (name !== null) return { type: 'name', text: name, start: at, end: at + name.length };
  const digits = match(number, text, at);
  if (digits !== null) return { type: 'number', text: digits, start: at, end: at + digits.length };
  const mark = text.startsWith('=>', at) ? '=>' : first;
  return { type: 'mark', text: mark, start: at, end: at + mark.length };
}

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

function isRegexStart(last: Token | undefined): boolean {
  if (last === undefined) return true;
  return (last.type === 'mark' || last.type === 'name') && beforeRegex.test(last.text);
}

/** What is longer is no regular expression; without a limit a script of slashes would be read over and over. */
const longestRegex = 2000;

/** Where a regular expression ends; null when its line ends first, so that it was a division after all. */
function endOfRegex(text: string, start: number): number | null {
  let inClass = false;
  const stop = Math.min(text.length, start + longestRegex);
  for (let at = start + 1; at < stop; at += 1) {
    const character = text[at];
    if (character === '\n') return null;
    if (character === '\\') at += 1;
    else if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    else if (character === '/' && !inClass) return at + 1;
  }
  return null;
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
};

function readString(text: string, start: number, quote: string): Token {
  const parts: string[] = [];
  let at = start + 1;
  while (at < text.length && text[at] !== quote) {
    // A plain string ends with its line: one forgotten quote must not swallow the rest.
    if (text[at] === '\n' && quote !== '`') break;
    const piece = readPiece(text, at, quote === '`');
    parts.push(piece.text);
    at = piece.end;
  }
  return { type: 'string', text: parts.join(''), start, end: Math.min(at + 1, text.length) };
}

function readPiece(text: string, at: number, template: boolean): { text: string; end: number } {
  if (text[at] === '\\') return readEscape(text, at);
  if (template && text.startsWith('${', at)) return { text: '*', end: endOfHole(text, at + 2) };
  return { text: text[at] ?? '', end: at + 1 };
}

function readEscape(text: string, at: number): { text: string; end: number } {
  const code = /\\(?:u([\da-fA-F]{4})|x([\da-fA-F]{2}))/y;
  code.lastIndex = at;
  const hex = code.exec(text);
  if (hex !== null) {
    return { text: String.fromCharCode(Number.parseInt(hex[1] ?? hex[2] ?? '', 16)), end: code.lastIndex };
  }
  const next = text[at + 1] ?? '';
  return { text: escapes[next] ?? next, end: at + 2 };
}

function endOfHole(text: string, from: number): number {
  let depth = 1;
  let at = from;
  for (; at < text.length && depth > 0; at += 1) {
    if (text[at] === '{') depth += 1;
    else if (text[at] === '}') depth -= 1;
  }
  return at;
}
