import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Problem } from './problems.ts';

/** Where something stands in the YAML: keys and indexes from the root. */
export type Path = readonly PropertyKey[];

/** A YAML text that knows at which line each of its values stands, and gathers what is wrong with it. */
export interface Source {
  /** The plain value; undefined when the YAML itself is broken. */
  readonly value: unknown;
  readonly problems: Problem[];
  refuse(path: Path, reason: string): void;
  /** Refuses with every issue of a schema, each at its own line. */
  refuseIssues(path: Path, error: z.ZodError): void;
  /** The path below `path` at which a scalar of exactly this value stands; `path` itself when there is none. */
  find(path: Path, value: unknown): Path;
  /** The scalar that stands at the path as it was written; undefined where nothing stands. */
  at(path: Path): unknown;
}

/** Reads YAML 1.2; `file` is the name that problems carry. Broken syntax is a problem, not an exception. */
export function readSource(file: string, text: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems: Problem[] = [...document.errors, ...document.warnings].map((fault) => ({
    file,
    line: Math.max(1, lines.linePos(fault.pos[0]).line),
    reason: `not valid YAML: ${fault.message}`,
  }));

  const resolve = (node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node);

  /** Follows the path as far as it leads; a line that is nearly right beats none. */
  function walk(path: Path): { node: unknown; offset: number; whole: boolean } {
    let node: unknown = document.contents;
    let offset = startOf(node) ?? 0;
    for (const step of path) {
      const next = child(resolve(node), step);
      if (next === null) return { node, offset, whole: false };
      node = next.node;
      offset = next.offset ?? offset;
    }
    return { node, offset, whole: true };
  }

  const lineOf = (path: Path): number => Math.max(1, lines.linePos(walk(path).offset).line);
  const refuse = (path: Path, reason: string): void => {
    problems.push({ file, line: lineOf(path), reason });
  };

  return {
    value: document.errors.length > 0 ? undefined : document.toJS(),
    problems,
    refuse,
    refuseIssues: (path, error) => {
      for (const issue of error.issues) {
        for (const { at, message } of placesOf(issue))
          refuse([...path, ...at], `${spell([...path, ...at])}: ${message}`);
      }
    },
    find: (path, value) => findIn(walk(path).node, value, path, resolve) ?? path,
    at: (path) => {
      const { node, whole } = walk(path);
      const found = resolve(node);
      return whole && isScalar(found) ? found.value : undefined;
    },
  };
}

/** `items[3].with.slots[0]`, as an author counts: from 1. */
export const spell = (path: Path): string =>
  path.reduce<string>(
    (text, step) =>
      typeof step === 'number' ? `${text}[${step + 1}]` : text ? `${text}.${String(step)}` : String(step),
    '',
  ) || 'the paper';

const startOf = (node: unknown): number | undefined => (node as Node | null)?.range?.[0];

function child(node: unknown, step: PropertyKey): { node: unknown; offset: number | undefined } | null {
  if (isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
    return pair ? { node: pair.value, offset: startOf(pair.key) } : null;
  }
  if (isSeq(node) && typeof step === 'number' && step < node.items.length) {
    return { node: node.items[step], offset: startOf(node.items[step]) };
  }
  return null;
}

function findIn(node: unknown, value: unknown, path: Path, resolve: (node: unknown) => unknown): Path | null {
  const found = resolve(node);
  if (isScalar(found)) return found.value === value ? path : null;
  const children: [PropertyKey, unknown][] = isMap(found)
    ? found.items.map((pair) => [isScalar(pair.key) ? String(pair.key.value) : '', pair.value])
    : isSeq(found)
      ? found.items.map((item, index) => [index, item])
      : [];
  for (const [step, below] of children) {
    const hit = findIn(below, value, [...path, step], resolve);
    if (hit !== null) return hit;
  }
  return null;
}

type Issue = z.ZodError['issues'][number];

/** Unknown keys are reported by the map that holds them: each belongs to its own line. */
function placesOf(issue: Issue): { at: Path; message: string }[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ at: [...issue.path, key], message: 'no such field' }));
  }
  return [{ at: issue.path, message: messageOf(issue) }];
}

/** A union's own message says only "invalid"; what each of its forms expected is what helps. */
function messageOf(issue: Issue): string {
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const forms = issue.errors.map((form) => form.map((inner) => inner.message).join(', '));
    return `${issue.message}: ${[...new Set(forms)].join('; or ')}`;
  }
  if (issue.code === 'invalid_key')
    return `${issue.message}: ${issue.issues.map((inner) => inner.message).join(', ')}`;
  return issue.message;
}
