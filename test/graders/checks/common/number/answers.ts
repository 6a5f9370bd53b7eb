import type { CheckInput, OwnAnswer } from '../../../../../graders/check.ts';
import {
  type NumberParameters,
  numberParameters,
} from '../../../../../graders/checks/common/number/parameters.ts';
import { number } from '../../../../../graders/checks/common/number.ts';
import { readNumbers } from '../../../../../graders/facts/answers/number/read.ts';
import type { AnswerFact, DocumentFact, Facts, ProblemFact } from '../../../../../graders/facts/schema.ts';
import type { Outcome } from '../../../../../rubrics/outcome.ts';

/** One line of a candidate's document: what stands left of the numbers, and the text that holds them. */
export interface Line {
  label: string;
  text: string;
  also?: string[];
  heading?: string;
}

const emptyFacts: Facts = {
  files: [],
  images: [],
  pages: [],
  documents: [],
  answers: [],
  problems: [],
};

export const document = (over: Partial<DocumentFact> = {}): DocumentFact => ({
  path: '运营分析.docx',
  sha256: 'a'.repeat(64),
  kind: 'docx',
  text: { plain: '', strict: 900, word: 900, generous: 900 },
  sections: [],
  tables: [],
  images: [],
  hidden: [],
  deleted: [],
  ...over,
});

/** Reads the numbers of a line with the real reader and labels them with what stands left. */
function factsOf(line: Line, index: number): AnswerFact[] {
  const place = { file: '运营分析.docx', sha256: 'a'.repeat(64), where: `段落 ${index + 1}` };
  const bound = { label: line.label, also: line.also ?? [], heading: line.heading ?? null, ...place };
  const readings = readNumbers(line.text);
  if (readings.length === 0) {
    const words = { value: null, decimals: null, unit: null, final: false, input: false, unclear: null };
    return [{ ...bound, text: line.text, ...words, otherwise: null, process: null }];
  }
  return readings.map(
    ({ start: _start, end: _end, chain: _chain, approximate: _approximate, ...reading }) => ({
      ...bound,
      ...reading,
    }),
  );
}

export interface Situation {
  own?: Record<string, string>;
  task?: string;
  documents?: DocumentFact[];
  problems?: ProblemFact[];
}

export function inputOf(parameters: unknown, lines: readonly Line[], at: Situation = {}): CheckInput<never> {
  const answerTo = (item: string): OwnAnswer => {
    const value = at.own?.[item];
    return value === undefined ? null : { value, quote: value };
  };
  return {
    parameters: parameters as never,
    facts: {
      ...emptyFacts,
      answers: lines.flatMap(factsOf),
      documents: at.documents ?? [document()],
      problems: at.problems ?? [],
    },
    materials: emptyFacts,
    slots: new Map(),
    taskText: at.task ?? '',
    answerTo,
  };
}

export const parse = (parameters: unknown): NumberParameters => numberParameters.parse(parameters);

/** Judges what stands under the item's first label. */
export function judged(parameters: { labels: readonly string[] }, text: string, at: Situation = {}): Outcome {
  return judgedLines(parameters, [{ label: parameters.labels[0] ?? '', text }], at);
}

export const judgedLines = (parameters: unknown, lines: readonly Line[], at: Situation = {}): Outcome =>
  number.judge(inputOf(parse(parameters), lines, at));
