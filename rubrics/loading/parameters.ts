import { canonicalJson } from '../canonical.ts';
import type { KnownCheck } from '../paper-schema.ts';
import type { Written } from './expand.ts';
import { placeOf } from './place.ts';
import type { Source } from './source.ts';

/** A check with parameters that it accepted, its defaults filled in. */
export interface Judged {
  readonly check: KnownCheck;
  readonly parameters: Record<string, unknown>;
}

/** Human items carry no check, machine items carry one that exists and accepts its parameters. */
export function judgedBy(
  source: Source,
  written: Written,
  checks: ReadonlyMap<string, KnownCheck>,
): Judged | null {
  const { id, by, check: name } = written.source;
  const at = ['items', written.index];
  if (by === 'examiner' || by === 'process') {
    if (name !== undefined)
      source.refuse([...at, 'check'], `item ${id}: \`by: ${by}\` is a human's item and takes no check`);
    else if (written.source.with !== undefined) {
      source.refuse([...at, 'with'], `item ${id}: \`with\` are the parameters of a check, and there is none`);
    }
    return null;
  }
  if (name === undefined) {
    source.refuse(
      [...at, 'by'],
      `item ${id}: \`by: ${by}\` needs a \`check\`; without one it is \`by: examiner\``,
    );
    return null;
  }
  const check = checks.get(name);
  if (check === undefined) {
    source.refuse([...at, 'check'], `item ${id}: unknown check "${name}"${nearest(name, checks)}`);
    return null;
  }
  return accepted(source, written, check);
}

function accepted(source: Source, written: Written, check: KnownCheck): Judged | null {
  const { id } = written.source;
  const parsed = check.parameters.safeParse(written.source.with ?? {});
  if (!parsed.success) {
    for (const issue of parsed.error.issues) refuseParameter(source, written, issue);
    return null;
  }
  const parameters = plain(check, parsed.data);
  if (parameters === null) {
    source.refuse(
      ['items', written.index, 'check'],
      `item ${id}: check ${check.id} makes of its parameters what it would not accept again as it is`,
    );
    return null;
  }
  for (const reason of check.refuse?.(parameters) ?? []) {
    source.refuse(['items', written.index, 'with'], `item ${id}: ${check.id}: ${reason}`);
  }
  return { check, parameters };
}

type Issues = Extract<
  ReturnType<KnownCheck['parameters']['safeParse']>,
  { success: false }
>['error']['issues'];

function refuseParameter(source: Source, written: Written, issue: Issues[number]): void {
  const fields =
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  for (const field of fields) {
    const message = issue.code === 'unrecognized_keys' ? 'no such parameter' : issue.message;
    source.refuse(
      placeOf(source, written, ['with', ...field]),
      `item ${written.source.id}: ${['with', ...field].map(String).join('.')}: ${message}`,
    );
  }
}

/**
 * Parameters as they are stored and later judged by: a map of plain data that the check accepts unchanged, or
 * the key of a published version would drift with every reading. Null when they are no such map.
 */
function plain(check: KnownCheck, accepted: unknown): Record<string, unknown> | null {
  try {
    const text = canonicalJson(accepted);
    const stored: unknown = JSON.parse(text);
    const again = check.parameters.safeParse(stored);
    const isMap = typeof stored === 'object' && stored !== null && !Array.isArray(stored);
    return isMap && again.success && canonicalJson(again.data) === text
      ? (stored as Record<string, unknown>)
      : null;
  } catch (error) {
    // What canonical JSON cannot carry is no plain data; anything else is a fault of ours.
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** A hint for a slip of the pen: the known check with the most letters in common at its start. */
function nearest(name: string, checks: ReadonlyMap<string, KnownCheck>): string {
  const near = [...checks.keys()].filter((known) => known.startsWith(name.slice(0, 4))).sort();
  return near.length > 0 ? `; known are ${near.join(', ')}` : '';
}
