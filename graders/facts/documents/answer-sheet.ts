import { decoded } from './plain.ts';
import { type Content, noContent, type Pair, Unreadable } from './read.ts';

const deepest = 32;
const labelNames = ['label', 'name', 'question', 'item', 'title', '名称', '指标', '题目', '项目', '标签'];
const answerNames = ['answer', 'value', 'text', 'result', '答案', '结果', '数值', '值', '回答'];

/** A number keeps the decimals it was written with: 3.00 is not 3. */
class Written {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

type Reviver = (this: unknown, key: string, value: unknown, context?: { source?: string }) => unknown;

const keepNumbers: Reviver = (_key, value, context) =>
  typeof value === 'number' ? new Written(context?.source ?? String(value)) : value;

function parse(text: string): unknown {
  try {
    return JSON.parse(text, keepNumbers) as unknown;
  } catch (error) {
    throw new Unreadable('truncated-document', String(error));
  }
}

const leafText = (value: unknown): string | null => {
  if (value instanceof Written) return value.source;
  if (typeof value === 'string') return value;
  return typeof value === 'boolean' ? String(value) : null;
};

function namedPair(record: Readonly<Record<string, unknown>>): { label: string; text: string } | null {
  const find = (names: readonly string[]): string | null => {
    const name = names.find((each) => each in record);
    return name === undefined ? null : leafText(record[name]);
  };
  const label = find(labelNames);
  const text = find(answerNames);
  return label === null || text === null ? null : { label, text };
}

function* inList(list: readonly unknown[], path: readonly string[]): Generator<Pair> {
  for (const [index, each] of list.entries()) {
    // Bare values in a list are told apart by their place, as `1`, `2` …
    const bare = leafText(each) !== null && path.length === 0;
    yield* pairsOf(each, bare ? [String(index + 1)] : path);
  }
}

function* inRecord(record: Readonly<Record<string, unknown>>, path: readonly string[]): Generator<Pair> {
  const pair = namedPair(record);
  if (pair === null) {
    for (const [key, each] of Object.entries(record)) yield* pairsOf(each, [...path, key]);
    return;
  }
  const heading = path.length > 0 ? path.join(' › ') : null;
  yield { kind: 'pair', ...pair, where: [...path, pair.label].join(' › '), heading };
}

function* pairsOf(value: unknown, path: readonly string[]): Generator<Pair> {
  if (path.length > deepest) return;
  const text = leafText(value);
  if (text !== null) {
    const heading = path.length > 1 ? path.slice(0, -1).join(' › ') : null;
    yield { kind: 'pair', label: path.at(-1) ?? '', text, where: path.join(' › '), heading };
  } else if (Array.isArray(value)) yield* inList(value, path);
  else if (typeof value === 'object' && value !== null)
    yield* inRecord(value as Readonly<Record<string, unknown>>, path);
}

/**
 * An answer sheet in JSON: `{"label": value}`, nested by heading, or a list of `{label, answer}`.
 * @throws Unreadable when it is no JSON
 */
export function readAnswerSheet(bytes: Uint8Array): Content {
  const { text, problems } = decoded(bytes);
  return { ...noContent, kind: 'json', blocks: [...pairsOf(parse(text), [])], problems };
}
