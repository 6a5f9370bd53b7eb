import { createHash } from 'node:crypto';

/**
 * JSON with one spelling per value: keys sorted by UTF-16 code unit, no blanks, numbers and strings as
 * ECMAScript writes them (the rules of RFC 8785). A key whose value is `undefined` counts as absent.
 * @throws TypeError for what JSON cannot carry (NaN, functions, big integers, class instances): dropping it
 *   quietly would give two different values one hash.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(',')}]`;
  if (isPlainObject(value)) return `{${members(value).join(',')}}`;
  throw new TypeError(`canonical JSON cannot carry ${describe(value)}`);
}

/** SHA-256 of the canonical JSON, as 64 lower-case hex digits. */
export const digestOf = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex');

const members = (value: Record<string, unknown>): string[] =>
  Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const describe = (value: unknown): string =>
  typeof value === 'object' && value !== null ? `an instance of ${value.constructor.name}` : String(value);
