import { type Context, type Draft, longestAnswer, others, wordsDraft } from './draft.ts';
import { cleanLabel, distributed } from './label.ts';
import { numbersOf } from './line.ts';
import type { NumberReading } from './number/read.ts';

/** A new label behind a comma or blank begins a new answer: 直通车：CPC，钻石展位：CPM. */
const pieces = /[；;。\n]|[，,、\t]\s*(?=[^：:，,。；;\n]{1,14}[：:])|\s+(?=[^\s：:，,。；;\n]{1,14}[：:])/;
const byColon = /^([^：:]{1,30})[：:]\s*([\s\S]+)$/;
const byVerb =
  /^(.{1,25}?)(?:应该?是|应?为|是(?:按照?|采用|以)?|属于|采用|按照?(?=.{0,8}(?:付费|计费|收费)))(.+)$/;
const byBracket = /^([^（()）]{1,25})[（(]\s*([^（()）]{1,40})\s*[)）]$/;
const byBlank = /^(\S{2,14})[\s_＿]+(\S.{0,40}?)[\s_＿]*$/;
const byScript = /^([\p{Script=Han}]{2,12})([A-Za-z]{1,8})$/u;
const byBlankFilled = /[_＿]+\s*([^_＿\s][^_＿]{0,30}?)\s*[_＿]+/;

/** What is left of a text without its numbers and their units: words of an answer, if any. */
export function wordsBeside(text: string, readings: readonly NumberReading[]): string {
  let rest = '';
  let end = 0;
  for (const reading of readings) {
    rest += text.slice(end, Math.max(end, reading.start));
    end = Math.max(end, reading.end);
  }
  rest += text.slice(end);
  return rest.replace(/[^\p{L}]/gu, '');
}

const isNumberOnly = (text: string): boolean => {
  const readings = numbersOf(text);
  return readings.some((reading) => !reading.input) && wordsBeside(text, readings).length <= 2;
};

/** 也就是CPC explains, 而是CPM corrects what stands before it: no new label. */
const noLabel = /^(?:也|就|即|而|不|并|或|又|这|那|它|其|都|还|只|但|如果?|简称|称)/;

type Answer = { label: string; text: string };

function match(piece: string, pattern: RegExp): Answer | null {
  const found = pattern.exec(piece);
  const [, before = '', behind = ''] = found ?? [];
  // 直通车不是CPC: the denial belongs to the answer.
  const denial = /(?:并不|并非|不|非)$/.exec(before)?.[0] ?? '';
  const label = cleanLabel(before.slice(0, before.length - denial.length));
  const text = (denial === '' ? behind : piece.slice(before.length - denial.length)).replace(
    /^[_＿\s]+|[_＿\s。；;，,]+$/g,
    '',
  );
  return !/\p{L}/u.test(label) || text === '' || noLabel.test(label) ? null : { label, text };
}

function split(piece: string): Answer | null {
  for (const pattern of [byColon, byBracket, byVerb, byBlank, byScript]) {
    const answer = match(piece, pattern);
    if (answer !== null) return answer;
  }
  return null;
}

/** Statements of a sentence: what has no label and verb of its own goes with what stands before it. */
function statementsOf(sentence: string): string[] {
  const statements: string[] = [];
  for (const part of sentence.split(/(?<=[，,、])/)) {
    const opens = [byColon, byVerb, byScript].some(
      (pattern) => match(part.replace(/[，,、]$/, ''), pattern) !== null,
    );
    const before = statements.at(-1);
    if (before === undefined || (opens && !/分别|依次/.test(sentence))) statements.push(part);
    else statements[statements.length - 1] = before + part;
  }
  return statements;
}

/** 直通车、钻石展位的计费方式分别是CPC、CPM: each label gets its own. */
function splitDistributed(piece: string): Answer[] | null {
  const found = /^(.*?(?:分别|依次)(?:为|是|按照?|[:：])*)(.+)$/.exec(piece);
  const labels = found === null ? null : distributed(found[1] ?? '');
  const texts = found?.[2]?.split(/[、，,]|和|与/).map((text) => text.trim());
  if (labels === null || texts?.length !== labels.length) return null;
  return labels.map((label, index) => ({ label, text: texts[index] ?? '' }));
}

/** A blank of the task that was filled in: 直通车的计费方式是＿CPC＿. */
function filledBlank(piece: string): Answer | null {
  const blank = byBlankFilled.exec(piece);
  const text = blank?.[1]?.trim();
  return blank === null || text === undefined
    ? null
    : { label: cleanLabel(piece.slice(0, blank.index)), text };
}

function answersIn(piece: string): Answer[] {
  const found = splitDistributed(piece) ?? [split(piece)];
  return [...found, filledBlank(piece)].filter((answer) => answer !== null);
}

/** Labels and answers in words of one line. Long prose gives none: it is an essay. */
export function wordAnswers(text: string): Answer[] {
  return text
    .slice(0, 4 * longestAnswer)
    .split(pieces)
    .flatMap(statementsOf)
    .map((piece) => piece.replace(/[，,、\s]+$/, '').trim())
    .filter((piece) => piece !== '' && piece.length <= longestAnswer)
    .flatMap(answersIn)
    .filter((answer) => !isNumberOnly(answer.text));
}

/** Answers in words of one line, under what the line is about. */
export function bindWords(text: string, context: Context, also: readonly string[] = []): Draft[] {
  return wordAnswers(text).map((answer) => {
    const { subject } = context;
    const about =
      subject === '' || subject.length > 12 ? [] : [subject + answer.label, answer.label + subject];
    return wordsDraft(
      answer.text,
      { label: answer.label, also: others(answer.label, [...about, ...also]) },
      context,
    );
  });
}
