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

function split(piece: string): { label: string; text: string } | null {
  for (const pattern of [byColon, byBracket, byVerb, byBlank, byScript]) {
    const found = pattern.exec(piece);
    const label = cleanLabel(found?.[1] ?? '');
    const text = found?.[2]?.replace(/^[_＿\s]+|[_＿\s。；;，,]+$/g, '') ?? '';
    if (label !== '' && text !== '') return { label, text };
  }
  return null;
}

/** 直通车、钻石展位的计费方式分别是CPC、CPM: each label gets its own. */
function splitDistributed(piece: string): { label: string; text: string }[] | null {
  const found = /^(.*?(?:分别|依次)(?:为|是|按照?|[:：])*)(.+)$/.exec(piece);
  const labels = found === null ? null : distributed(found[1] ?? '');
  const texts = found?.[2]?.split(/[、，,]|和|与/).map((text) => text.trim());
  if (labels === null || texts?.length !== labels.length) return null;
  return labels.map((label, index) => ({ label, text: texts[index] ?? '' }));
}

type Answer = { label: string; text: string };

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
    .map((piece) => piece.trim())
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
