import type Fraction from 'fraction.js';

/**
 * What a number item must hold: its exact key, computed from the numbers that the candidate reads in the task,
 * and the known mistakes as teachers print them (two decimals, a percentage with its sign) with their shares.
 */
export interface Key {
  readonly value: Fraction;
  readonly known?: Readonly<Record<string, string>>;
}

export type Keys = Readonly<Record<string, Key>>;

export const key = (value: Fraction, known: Record<string, string> = {}): Key => ({ value, known });
