import { z } from 'zod';
import type { Evidence } from '../../../rubrics/outcome.ts';
import { type CheckInput, defineCheck, fail, partial, pass, type Reasons, unknown } from '../../check.ts';
import type { AnswerFact } from '../../facts/schema.ts';
import { fold } from '../../text/normalize.ts';
import { find, nothingFound, quoteOf, type TextSpan } from './number/found.ts';

const words = z.array(z.string().min(1)).min(1);
const groups = z.array(words).min(1);

const parameters = z.strictObject({
  labels: words,
  not: z.array(z.string().min(1)).default([]),
  heading: z.string().min(1).optional(),
  slots: z.array(z.string()).default([]),
  /** Each list is one answer and its synonyms. Several lists: every one of them must be named; `oneOf`: any one. */
  accept: z.union([groups, z.strictObject({ oneOf: groups })]),
  /** The other closed answers. One of these beside a right one is a shotgun answer. */
  reject: z.array(z.string().min(1)).default([]),
  /** Ways of writing that sound alike and are meant alike: [[权力, 权利]]. */
  alike: z.array(z.array(z.string().min(1)).min(2)).default([]),
});
type Parameters = z.output<typeof parameters>;

const reasons = {
  right: { zh: '答案“{answer}”正确', en: '"{answer}" is right' },
  'right-alike': {
    zh: '答案“{answer}”按同音或近形写法视为正确',
    en: '"{answer}" counts as right: it sounds alike',
  },
  wrong: { zh: '答案“{answer}”错误（应为“{key}”）', en: '"{answer}" is wrong (key "{key}")' },
  incomplete: { zh: '答案“{answer}”不完整，缺少“{missing}”', en: '"{answer}" lacks "{missing}"' },
  negated: { zh: '“{answer}”否定了正确答案“{key}”', en: '"{answer}" denies the right answer "{key}"' },
  shotgun: {
    zh: '答案“{answer}”同时写了 {named}，无法判断选的是哪一个，请人工判断',
    en: '"{answer}" names {named}: which one is meant cannot be told',
  },
  'several-answers': {
    zh: '同一题有不同的答案（{answers}），请人工判断',
    en: 'different answers for one item ({answers})',
  },
  unrecognised: {
    zh: '答案“{answer}”不在标准答案和常见错误之中，请人工判断（标准答案“{key}”）',
    en: '"{answer}" is neither a known right nor a known wrong answer (key "{key}")',
  },
  unreadable: {
    zh: '没有找到答案，但 {files} 无法读取，请人工查看',
    en: 'no answer found, but {files} cannot be read',
  },
  'maybe-in-picture': {
    zh: '没有找到答案；{files} 中有图片，答案可能在图片里，请人工查看',
    en: 'no answer found; {files} holds pictures that may hold it',
  },
  elsewhere: {
    zh: '没有在“{label}”处找到答案，但作品中有{found}，可能就是本题的答案，请人工查看',
    en: 'no answer found for "{label}", but {found} may be it',
  },
  'no-answer': { zh: '没有找到“{label}”的答案', en: 'no answer found for "{label}"' },
  'only-copied': {
    zh: '“{label}”处只有照抄题目的文字，没有作答',
    en: 'at "{label}" only words copied from the task were found',
  },
} as const satisfies Reasons;

const denials =
  /(?:不是|并非|不属于|不算|而非|非|不按|不采用|没有|不应|不|无)[“"'「]?(?:属于|为|是|用|选)?[“"'「]?$/;
/** 不是X，而是Y: the denied word is no answer, the one behind 而是 is. */
const clauses = /[，,。；;\n]/;

interface Mention {
  word: string;
  denied: boolean;
}

/** Every place where a word stands in the answer, longest words first, so that 按成交付费 is not also 成交. */
function mentions(text: string, vocabulary: readonly string[]): Mention[] {
  const found: Mention[] = [];
  let rest = text;
  for (const word of [...vocabulary].sort((a, b) => b.length - a.length)) {
    for (let at = rest.indexOf(word); at >= 0; at = rest.indexOf(word, at + word.length)) {
      if (!standsAlone(rest, at, word)) continue;
      const clause = rest.slice(0, at).split(clauses).at(-1) ?? '';
      found.push({ word, denied: denials.test(clause) });
      rest = rest.slice(0, at) + '\u0000'.repeat(word.length) + rest.slice(at + word.length);
    }
  }
  return found;
}

/** CPC is not inside CPCX: Latin words need their borders. */
function standsAlone(text: string, at: number, word: string): boolean {
  if (!/^[a-z0-9]+$/.test(word)) return true;
  return !/[a-z0-9]/.test(text.charAt(at - 1)) && !/[a-z0-9]/.test(text.charAt(at + word.length));
}

const respelled = (text: string, alike: readonly (readonly string[])[]): string =>
  alike.reduce((current, group) => {
    const [first = '', ...others] = group.map(fold);
    return others.reduce((written, other) => written.replaceAll(other, first), current);
  }, text);

type Judgement =
  | { kind: 'right' }
  | { kind: 'wrong' | 'negated' | 'unrecognised' }
  | { kind: 'incomplete'; missing: string; share: string }
  | { kind: 'shotgun'; named: string[] };

function judgeText(written: string, wanted: Parameters): Judgement {
  const spell = (text: string): string => respelled(fold(text), wanted.alike);
  const anyOne = !Array.isArray(wanted.accept);
  const answers = (Array.isArray(wanted.accept) ? wanted.accept : wanted.accept.oneOf).map((group) =>
    group.map(spell),
  );
  const right = new Set(answers.flat());
  const wrong = wanted.reject.map(spell).filter((word) => !right.has(word));
  const found = mentions(spell(written), [...right, ...wrong]);
  const named = found.filter(({ denied }) => !denied).map(({ word }) => word);
  const hits = answers.filter((group) => group.some((word) => named.includes(word)));
  const misses = named.filter((word) => wrong.includes(word));
  if (misses.length > 0 && hits.length > 0) return { kind: 'shotgun', named: [...new Set(named)] };
  if (misses.length > 0) return { kind: 'wrong' };
  const enough = anyOne ? hits.length > 0 : hits.length === answers.length;
  if (enough) return { kind: 'right' };
  if (hits.length > 0) {
    const missing = answers.filter((group) => !hits.includes(group)).map((group) => group[0] ?? '');
    return { kind: 'incomplete', missing: missing.join('、'), share: `${hits.length}/${answers.length}` };
  }
  return found.some(({ word }) => right.has(word)) ? { kind: 'negated' } : { kind: 'unrecognised' };
}

const keyOf = ({ accept }: Parameters): string =>
  Array.isArray(accept)
    ? accept.map((group) => group[0] ?? '').join('、')
    : accept.oneOf.map((group) => group[0] ?? '').join(' / ');

const quoted = (fact: AnswerFact): string =>
  fact.text.length > 60 ? `${fact.text.slice(0, 60)}…` : fact.text;

function outcomeOf(input: CheckInput<Parameters>, facts: readonly AnswerFact[], sure: boolean) {
  const [fact] = facts;
  const evidence: Evidence[] = facts.map(quoteOf);
  const judged = facts.map((each) => judgeText(each.text, input.parameters));
  const [first] = judged;
  if (fact === undefined || first === undefined) return null;
  if (judged.some(({ kind }) => kind !== first.kind)) {
    return unknown('several-answers', { answers: facts.map(quoted).join('、') }, { evidence });
  }
  const values = { answer: quoted(fact), key: keyOf(input.parameters) };
  if (first.kind === 'right') {
    const plainly = judgeText(fact.text, { ...input.parameters, alike: [] }).kind === 'right';
    return pass(plainly ? 'right' : 'right-alike', values, { evidence });
  }
  if (first.kind === 'shotgun')
    return unknown('shotgun', { ...values, named: first.named.join('、') }, { evidence });
  // A closed answer in words nobody listed may still be right: no ground for a zero.
  if (first.kind === 'unrecognised' || !sure) return unknown('unrecognised', values, { evidence });
  if (first.kind === 'incomplete') {
    return partial(first.share, 'incomplete', { ...values, missing: first.missing }, { evidence });
  }
  return fail(first.kind, values, { evidence });
}

/** Of several mentions the ones that say anything about the closed answers; a label's other sentences are prose. */
function speaking(facts: readonly AnswerFact[], wanted: Parameters): AnswerFact[] {
  const telling = facts.filter((fact) => judgeText(fact.text, wanted).kind !== 'unrecognised');
  return telling.length > 0 ? telling : facts.slice(0, 1);
}

/** A line longer than this is a paragraph, in which a right word may stand for anything. */
const longestLine = 60;

/** Several answers in one line, told apart by blanks or their numbers: ①CPC ②CPM ③CPS. */
const between = /\s+|[①-⒛⓪-⓿❶-➓]|[（(]\d{1,2}[)）]/u;

/** Short lines without the item's label that name the right answer in words which the task does not use. */
function elsewhere({ facts, parameters, taskText }: CheckInput<Parameters>): TextSpan[] {
  const task = fold(taskText);
  const own = (group: readonly string[]): string[] => group.filter((word) => !task.includes(fold(word)));
  const { accept } = parameters;
  const groups = (Array.isArray(accept) ? accept : accept.oneOf).map(own).filter((group) => group.length > 0);
  if (groups.length === 0) return [];
  const wanted = { ...parameters, accept: { oneOf: groups } };
  const names = (line: string): boolean =>
    [line, ...line.split(between)].some((piece) => judgeText(piece, wanted).kind === 'right');
  return facts.documents.flatMap(({ path, sha256, text }) =>
    text.plain
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.length <= longestLine && names(line))
      .map((quote): TextSpan => ({ kind: 'text-span', path, sha256, where: '正文', quote })),
  );
}

/** A closed answer in words: synonyms count, a denied word does not, several different closed answers are for a human. */
export const wordAnswer = defineCheck({
  id: 'word-answer',
  version: 1,
  summary: {
    zh: '按标签找到填空或判断类的文字答案，接受同义写法，识别否定和罗列',
    en: 'Finds a closed answer in words by its labels, with synonyms, denials and shotgun answers',
  },
  parameters,
  example: { labels: ['直通车计费方式'], accept: [['CPC', '按点击付费']], reject: ['CPM', 'CPS'] },
  reads: ['answers', 'documents', 'files'],
  reasons,
  slots: ({ slots }) => slots,
  refuse: ({ accept, reject }) => {
    const right = (Array.isArray(accept) ? accept : accept.oneOf).flat().map(fold);
    return reject
      .filter((word) => right.includes(fold(word)))
      .map((word) => `"${word}" is accepted and rejected`);
  },
  judge(input) {
    // A figure beside the label (直通车占比 28.23%) is no word, unless the paper lists it as one.
    const counts = (fact: AnswerFact): boolean =>
      !fact.input && (fact.value === null || judgeText(fact.text, input.parameters).kind !== 'unrecognised');
    const { bound, copied } = find(input, input.parameters, counts);
    const outcome = outcomeOf(input, speaking(bound.facts, input.parameters), bound.sure);
    return outcome ?? nothingFound(input, input.parameters, copied, elsewhere(input));
  },
});
