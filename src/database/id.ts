import { randomUUIDv7 } from 'node:crypto';

/**
 * A new row id: `<prefix>_<32 hex digits>`, for example `att_0198c1...`. The digits are a UUID version 7
 * (RFC 9562) without its dashes: ids sort by the millisecond they were made in, so indexes grow at one end,
 * and no character of them needs quoting in a path, an address or a queue's job id.
 */
export function newId(prefix: string): string {
  return `${prefix}_${randomUUIDv7().replaceAll('-', '')}`;
}
