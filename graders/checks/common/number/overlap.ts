import type Fraction from 'fraction.js';
import { parseExact } from '../../../../rubrics/points.ts';
import { parseFormula } from './formula.ts';
import { askedPlaces, displayed, keyInputs, type NumberParameters, rules } from './parameters.ts';
import { roundTo } from './rounding.ts';

const sameDisplayed = (a: Fraction, b: Fraction, parameters: NumberParameters): boolean => {
  const places = askedPlaces(parameters);
  if (places === null) return a.equals(b);
  return roundTo(a, places, 'half-up').equals(roundTo(b, places, 'half-up'));
};

function formulaFaults(parameters: NumberParameters): string[] {
  if (parameters.formula === undefined) {
    return Object.keys(parameters.inputs).length > 0 ? ['inputs are given but no formula uses them'] : [];
  }
  try {
    const formula = parseFormula(parameters.formula);
    const missing = [...formula.names].filter((name) => !(name in parameters.inputs));
    const unused = Object.keys(parameters.inputs).filter((name) => !formula.names.has(name));
    if (missing.length > 0) return [`formula: no input "${missing.join('", "')}"`];
    if (unused.length > 0) return [`formula: input "${unused.join('", "')}" is not used`];
    return wrongResult(parameters, formula.valueOf(keyInputs(parameters)));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [`formula: ${error.message}`];
  }
}

function wrongResult(parameters: NumberParameters, value: Fraction | null): string[] {
  if (value === null) return ['formula: divides by zero with the key inputs'];
  const key = parseExact(parameters.value);
  const places = askedPlaces(parameters);
  const rounded = places === null ? value : roundTo(value, places, parameters.rounding);
  const asked = places === null ? key : roundTo(key, places, parameters.rounding);
  return value.equals(key) || rounded.equals(asked)
    ? []
    : [
        `formula: gives ${displayed(value, parameters)} with the key inputs, the key is ${displayed(key, parameters)}`,
      ];
}

function toleranceFaults(parameters: NumberParameters): string[] {
  const key = parseExact(parameters.value);
  const faults: string[] = [];
  for (const name of ['tolerance', 'intermediate'] as const) {
    const text = parameters[name];
    if (text === undefined) continue;
    const distance = parseExact(text);
    if (distance.lt(0)) faults.push(`${name}: ${text} is negative`);
    else if (!key.equals(0) && distance.gte(key.abs())) {
      faults.push(
        `${name}: ${text} is as large as the key ${parameters.value} itself (a value's own terms: 0.01 percentage point is 0.0001)`,
      );
    }
  }
  const { tolerance, intermediate } = parameters;
  if (
    tolerance !== undefined &&
    intermediate !== undefined &&
    parseExact(intermediate).lt(parseExact(tolerance))
  ) {
    faults.push(`intermediate: ${intermediate} is narrower than the tolerance ${tolerance}`);
  }
  return faults;
}

function shareFaults(parameters: NumberParameters): string[] {
  return parameters.known
    .filter(({ share }) => parseExact(share).lt(0) || parseExact(share).gt(1))
    .map(({ value, share }) => `known ${value}: the share ${share} is not between 0 and 1`);
}

function orderFaults(parameters: NumberParameters): string[] {
  const words: readonly string[] = rules;
  const order = parameters.order ?? [];
  const strange = order.filter((word) => !words.includes(word));
  const twice = order.filter((word, at) => order.indexOf(word) !== at);
  return [
    ...strange.map((word) => `order: "${word}" is none of ${rules.join(' ')}`),
    ...twice.map((word) => `order: "${word}" stands twice`),
  ];
}

function overlapsWithKey(parameters: NumberParameters): string[] {
  const key = parseExact(parameters.value);
  return parameters.known.flatMap(({ value }) => {
    const known = parseExact(value);
    const distance = known.sub(key).abs();
    const reasons = [
      ...(sameDisplayed(known, key, parameters) ? ['is displayed like the key'] : []),
      ...(['tolerance', 'intermediate'] as const).flatMap((name) => {
        const width = parameters[name];
        return width !== undefined && distance.lte(parseExact(width))
          ? [`lies within the ${name} of the key`]
          : [];
      }),
    ];
    return reasons.map((reason) => `known ${value} ${reason} ${parameters.value}: write an order`);
  });
}

function overlapsAmongKnown(parameters: NumberParameters): string[] {
  const alike = (left: Fraction, right: Fraction): boolean =>
    left.equals(right) || (parameters.order === undefined && sameDisplayed(left, right, parameters));
  return parameters.known.flatMap((left, at) =>
    parameters.known
      .slice(at + 1)
      .filter(({ share }) => !parseExact(left.share).equals(parseExact(share)))
      .filter(({ value }) => alike(parseExact(left.value), parseExact(value)))
      .map(
        (right) =>
          `known ${left.value} and ${right.value} look the same but give ${left.share} and ${right.share}`,
      ),
  );
}

/**
 * Why these rules must not be used: rules that overlap without an order, a formula that does not give the key, shares or
 * tolerances without meaning. With an order, knowns that are displayed alike (347 and 347.32 pieces) are told apart by
 * the decimals as written; equal ones never can be.
 */
export function faultsOf(parameters: NumberParameters): string[] {
  return [
    ...orderFaults(parameters),
    ...shareFaults(parameters),
    ...toleranceFaults(parameters),
    ...formulaFaults(parameters),
    ...(parameters.order === undefined ? overlapsWithKey(parameters) : []),
    ...overlapsAmongKnown(parameters),
  ];
}
