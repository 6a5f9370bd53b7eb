import Fraction from 'fraction.js';
import { parseExact } from '../../../../rubrics/points.ts';

/** Arithmetic over named inputs: numbers, names, + - * / and brackets. Nothing else exists in this language. */
type Node =
  | { kind: 'number'; value: Fraction }
  | { kind: 'name'; name: string }
  | { kind: 'operation'; operator: string; left: Node; right: Node };

export interface Formula {
  names: ReadonlySet<string>;
  /** Exact value; null when it divides by zero. Every name must be given. */
  valueOf(inputs: ReadonlyMap<string, Fraction>): Fraction | null;
}

const token = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|([-+*/()]))/y;
const LONGEST = 300;

function tokens(text: string): string[] {
  if (text.length > LONGEST) throw new SyntaxError(`a formula has at most ${LONGEST} characters`);
  const found: string[] = [];
  const source = text.trimEnd();
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const at = token.lastIndex;
    const match = token.exec(source);
    if (match === null) throw new SyntaxError(`unexpected "${source.slice(at).trim().charAt(0)}"`);
    found.push(match[0].trim());
  }
  return found;
}

class Parser {
  readonly #tokens: readonly string[];
  readonly names = new Set<string>();
  #at = 0;

  constructor(text: string) {
    this.#tokens = tokens(text);
  }

  parse(): Node {
    const node = this.#sum();
    if (this.#at < this.#tokens.length) throw new SyntaxError(`unexpected "${this.#tokens[this.#at]}"`);
    return node;
  }

  #chain(next: () => Node, operators: string): Node {
    let left = next();
    for (;;) {
      const operator = this.#tokens[this.#at];
      if (operator === undefined || !operators.includes(operator)) return left;
      this.#at += 1;
      left = { kind: 'operation', operator, left, right: next() };
    }
  }

  #sum(): Node {
    return this.#chain(() => this.#product(), '+-');
  }

  #product(): Node {
    return this.#chain(() => this.#operand(), '*/');
  }

  #operand(): Node {
    const text = this.#tokens[this.#at];
    this.#at += 1;
    if (text === undefined) throw new SyntaxError('it ends too early');
    if (text === '-') {
      return {
        kind: 'operation',
        operator: '-',
        left: { kind: 'number', value: new Fraction(0) },
        right: this.#operand(),
      };
    }
    if (text === '(') {
      const inner = this.#sum();
      if (this.#tokens[this.#at] !== ')') throw new SyntaxError('a bracket is not closed');
      this.#at += 1;
      return inner;
    }
    if (/^\d/.test(text)) return { kind: 'number', value: parseExact(text) };
    if (!/^\w/.test(text)) throw new SyntaxError(`unexpected "${text}"`);
    this.names.add(text);
    return { kind: 'name', name: text };
  }
}

function evaluate(node: Node, inputs: ReadonlyMap<string, Fraction>): Fraction | null {
  if (node.kind === 'number') return node.value;
  if (node.kind === 'name') return inputs.get(node.name) ?? null;
  const left = evaluate(node.left, inputs);
  const right = evaluate(node.right, inputs);
  if (left === null || right === null) return null;
  if (node.operator === '+') return left.add(right);
  if (node.operator === '-') return left.sub(right);
  if (node.operator === '*') return left.mul(right);
  return right.equals(0) ? null : left.div(right);
}

/**
 * Reads a formula such as `visitors*rate*price`.
 * @throws SyntaxError that says what is wrong, worded for the paper's author.
 */
export function parseFormula(text: string): Formula {
  const parser = new Parser(text);
  const tree = parser.parse();
  return { names: parser.names, valueOf: (inputs) => evaluate(tree, inputs) };
}
