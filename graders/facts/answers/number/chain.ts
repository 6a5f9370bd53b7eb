import type { NumberToken } from './amount.ts';
import type { Token } from './token.ts';

/** Steps between equals signs, in order; words are left out. `186÷6200×100%=3.00%` has two, `=3.00%` one after an empty one. */
export interface Chain {
  steps: Token[][];
  /** Stands in brackets directly behind a result: `3% (186/6200)`. */
  attached: boolean;
  /** End of the token that closed this chain's last equals sign, or its start when it has none. */
  start: number;
}

/** Words inside a formula (186人÷访客数6200) may be this long and hold no mark that ends a clause. */
const innerWords = /^[^\n\t，,。；;、？！\u0000]{1,24}$/;

const opens = (token: Token | undefined): boolean =>
  token?.kind === 'operator' || token?.kind === 'equals' || token?.kind === 'open' || token?.kind === 'about';

function continues(last: Token | undefined, gap: string, next: Token | undefined): boolean {
  // A working that goes on in the next line starts with its equals sign.
  if (next?.kind === 'equals' && /^\s+$/.test(gap)) return true;
  return opens(last) && next !== undefined && innerWords.test(gap);
}

/** Tokens in runs that belong together: cut at breaks, except words inside a formula. */
export function runsOf(text: string, tokens: readonly Token[]): Token[][] {
  const runs: Token[][] = [];
  let run: Token[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'break') run.push(token);
    else if (!continues(run.at(-1), text.slice(token.start, token.end), tokens[at + 1])) {
      runs.push(run);
      run = [];
    }
  }
  runs.push(run);
  return runs.filter((each) => each.length > 0);
}

const isOperand = (token: Token | undefined): boolean => token?.kind === 'number' || token?.kind === 'close';

function matchingClose(run: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < run.length; at += 1) {
    if (run[at]?.kind === 'open') depth += 1;
    if (run[at]?.kind === 'close') depth -= 1;
    if (depth === 0) return at;
  }
  return run.length;
}

class ChainBuilder {
  readonly chains: Chain[] = [];
  #steps: Token[][] = [[]];
  #start = -1;
  #depth = 0;

  finish(): void {
    if (this.#start >= 0) this.chains.push({ steps: this.#steps, attached: false, start: this.#start });
    this.#steps = [[]];
    this.#start = -1;
    this.#depth = 0;
  }

  get last(): Token | undefined {
    return this.#steps.at(-1)?.at(-1);
  }

  get depth(): number {
    return this.#depth;
  }

  add(token: Token): void {
    if (this.#start < 0) this.#start = token.start;
    if (token.kind === 'open') this.#depth += 1;
    if (token.kind === 'close') this.#depth -= 1;
    if (token.kind === 'equals') this.#steps.push([]);
    else this.#steps.at(-1)?.push(token);
  }
}

/** Deeper brackets are no working of a candidate; the cap bounds the recursion. */
const DEEPEST = 8;

/** The chains of one run. Two numbers side by side, or a bracket behind a number, belong to different chains. */
export function chainsOf(run: readonly Token[], depth = 0): Chain[] {
  const builder = new ChainBuilder();
  for (let at = 0; at < run.length; at += 1) {
    const token = run[at];
    if (token === undefined) break;
    const beside = isOperand(builder.last);
    if (token.kind === 'open' && beside && builder.depth === 0 && depth < DEEPEST) {
      const close = matchingClose(run, at);
      builder.finish();
      const inner = chainsOf(run.slice(at + 1, close), depth + 1);
      builder.chains.push(
        ...inner.map((chain, index) => (index === 0 ? { ...chain, attached: true } : chain)),
      );
      at = close;
      continue;
    }
    const closesNothing = token.kind === 'close' && builder.depth === 0;
    const equalsInside = token.kind === 'equals' && builder.depth > 0;
    if (closesNothing || equalsInside || (token.kind === 'number' && beside)) builder.finish();
    if (!closesNothing) builder.add(token);
  }
  builder.finish();
  return builder.chains;
}

export const numbersIn = (step: readonly Token[]): NumberToken[] =>
  step.filter((token) => token.kind === 'number');

/** More than one number, i.e. something to work out. */
export const isWorking = (step: readonly Token[]): boolean => numbersIn(step).length > 1;
