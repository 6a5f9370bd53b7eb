import Fraction from 'fraction.js';
import type { Token } from './token.ts';

const precedence = { '+': 1, '-': 1, '*': 2, '/': 2, '^': 3 } as const;
type Operator = keyof typeof precedence;

/** Longer is no exam working; the cap bounds exact arithmetic, whose numbers grow with every step. */
const MOST_TOKENS = 80;
const LARGEST_POWER = 12;
const LARGEST = 10n ** 200n;

const apply: Readonly<Record<Operator, (a: Fraction, b: Fraction) => Fraction | null>> = {
  '+': (a, b) => a.add(b),
  '-': (a, b) => a.sub(b),
  '*': (a, b) => a.mul(b),
  '/': (a, b) => (b.equals(0) ? null : a.div(b)),
  '^': (a, b) => (b.d === 1n && b.abs().lte(LARGEST_POWER) && !(a.equals(0) && b.lt(0)) ? a.pow(b) : null),
};

class Machine {
  readonly #values: Fraction[] = [];
  readonly #waiting: (Operator | '(')[] = [];
  #operandExpected = true;

  #reduce(): boolean {
    const operator = this.#waiting.pop();
    const right = this.#values.pop();
    const left = this.#values.pop();
    if (operator === undefined || operator === '(' || left === undefined || right === undefined) return false;
    const result = apply[operator](left, right);
    if (result === null || result.n > LARGEST || result.d > LARGEST) return false;
    this.#values.push(result);
    return true;
  }

  #reduceWhile(wanted: (operator: Operator) => boolean): boolean {
    for (;;) {
      const top = this.#waiting.at(-1);
      if (top === undefined || top === '(' || !wanted(top)) return true;
      if (!this.#reduce()) return false;
    }
  }

  number(value: Fraction): boolean {
    if (!this.#operandExpected) return false;
    this.#values.push(value);
    this.#operandExpected = false;
    return true;
  }

  operator(operator: Operator): boolean {
    if (this.#operandExpected) {
      // A sign before an operand: 0 − x.
      if (operator !== '-' && operator !== '+') return false;
      this.#values.push(new Fraction(0));
    } else if (!this.#reduceWhile((top) => precedence[top] >= precedence[operator])) return false;
    this.#waiting.push(operator);
    this.#operandExpected = true;
    return true;
  }

  open(): boolean {
    if (!this.#operandExpected) return false;
    this.#waiting.push('(');
    return true;
  }

  close(): boolean {
    if (this.#operandExpected || !this.#reduceWhile(() => true)) return false;
    this.#operandExpected = false;
    return this.#waiting.pop() === '(';
  }

  result(): Fraction | null {
    if (this.#operandExpected || !this.#reduceWhile(() => true)) return null;
    return this.#waiting.length === 0 && this.#values.length === 1 ? (this.#values[0] ?? null) : null;
  }
}

function feed(machine: Machine, token: Token): boolean {
  if (token.kind === 'number') return machine.number(token.value);
  if (token.kind === 'operator') return machine.operator(token.operator);
  if (token.kind === 'minus-word') return machine.operator('-');
  if (token.kind === 'open') return machine.open();
  return token.kind === 'close' ? machine.close() : token.kind === 'about';
}

/**
 * Exact value of written arithmetic: + − × ÷ ^ and brackets with the usual precedence, percentages as fractions.
 * Null when it is no complete expression, divides by zero, or is longer than any working on paper.
 */
export function evaluate(tokens: readonly Token[]): Fraction | null {
  if (tokens.length === 0 || tokens.length > MOST_TOKENS) return null;
  const machine = new Machine();
  return tokens.every((token) => feed(machine, token)) ? machine.result() : null;
}
