import { z } from 'zod';
import type { Evidence, Outcome } from '../../../rubrics/outcome.ts';
import { type CheckInput, fail, partial, pass, type Reasons, unknown } from '../../check.ts';
import type { FileFact } from '../../facts/schema.ts';
import { kindOfExtension, mayFill } from '../../slots/kind.ts';
import type { SlotBinding } from '../../slots.ts';
import { meanShare } from './share.ts';

/** The parameter of every check that looks at files: one or several slots. */
export const slotsSchema = z.array(z.string()).min(1);

/** What a check found in one slot, before slots are put together. */
export interface Finding {
  /** Exact share of this slot; null when it cannot be told. */
  readonly share: string | null;
  readonly code: string;
  readonly values: Record<string, string | number>;
  readonly evidence: Evidence[];
  readonly confidence?: number;
  readonly cause?: string;
  readonly review?: boolean;
  /** The file and what is wrong with it in a few signs that need no language: `logo.jpg (949×300)`. */
  readonly brief: string;
}

/** Reasons that any check over slots may give. */
export const slotReasons: Reasons = {
  absent: { zh: '没有找到 {file}。', en: '{file} was not found.' },
  empty: {
    zh: '{file} 是空文件（0 字节），按未提交处理。',
    en: '{file} is empty (0 bytes) and counts as not handed in.',
  },
  'other-name': {
    zh: '没有找到 {file}，但 {candidates} 不对应任何要求，可能是换了名字的作品，请人工确认。',
    en: '{file} was not found, but {candidates} may be it under another name; a human must look.',
  },
  ambiguous: {
    zh: '有多个文件可能是 {file}：{candidates}，请人工确认用哪一个。',
    en: 'Several files could be {file}: {candidates}. A human must choose.',
  },
  'material-unchanged': {
    zh: '{file} 与素材 {material} 逐字节相同，未作处理。',
    en: '{file} is byte for byte the material {material}: nothing was done to it.',
  },
  'several-right': { zh: '{asked} 个文件全部符合要求。', en: 'All {asked} files are as asked.' },
  several: {
    zh: '{asked} 个文件中 {right} 个完全符合要求；有问题的：{wrong}。',
    en: '{right} of {asked} files are entirely as asked; not so: {wrong}.',
  },
};

/** How many names of searched files an examiner is shown. */
const searchedShown = 40;

/** Evidence of a complete search that found nothing: what was looked for, and every file looked at. */
export function absentEvidence(what: string, files: readonly FileFact[]): Evidence {
  const names = files.filter((file) => file.junk === null).map((file) => file.path);
  const searched = names.slice(0, searchedShown);
  if (names.length > searchedShown) searched.push(`……共 ${names.length} 个文件`);
  return { kind: 'absent', what, searched };
}

export const fileEvidence = ({ path, sha256, bytes }: FileFact): Evidence => ({
  kind: 'file',
  path,
  sha256,
  bytes,
});

export const measured = (
  { path, sha256 }: FileFact,
  name: string,
  value: string,
  wanted: string,
): Evidence => ({
  kind: 'measure',
  path,
  sha256,
  name,
  value,
  wanted,
});

/**
 * Files of the asked kind that fill no slot and are no copies of 素材: one of them may be what was asked, under a
 * name of the candidate's own. A wrong name is charged as a name, never as a missing file (F6).
 */
export function leftOver({ slot }: SlotBinding, input: CheckInput<unknown>): FileFact[] {
  const bound = [...input.slots.values()].flatMap(({ file, candidates }) => [file, ...candidates]);
  const given = new Set(input.materials.files.map(({ sha256 }) => sha256));
  return input.facts.files.filter(
    (file) =>
      file.bytes > 0 &&
      mayFill(file) &&
      kindOfExtension(/\.([^./]+)$/.exec(file.path.toLowerCase())?.[1] ?? '') === slot.kind &&
      !bound.some((other) => other?.path === file.path) &&
      !given.has(file.sha256),
  );
}

/** How many files that may be meant are named. */
const candidatesShown = 8;

/** A slot that nothing fills while files are left over that may be meant. */
export const otherName = (binding: SlotBinding, leftovers: readonly FileFact[]): Finding => ({
  share: null,
  code: 'other-name',
  values: {
    file: binding.slot.path,
    candidates: leftovers
      .slice(0, candidatesShown)
      .map(({ path }) => path)
      .join('、'),
  },
  evidence: leftovers.map(fileEvidence),
  brief: `${binding.slot.path} (?)`,
});

function unfilled(binding: SlotBinding, input: CheckInput<unknown>): Finding {
  const file = binding.slot.path;
  if (binding.state === 'ambiguous') {
    return {
      share: null,
      code: 'ambiguous',
      values: { file, candidates: binding.candidates.map((one) => one.path).join('、') },
      evidence: binding.candidates.map(fileEvidence),
      brief: `${file} (?)`,
    };
  }
  const empty = binding.how === 'empty';
  const leftovers = empty ? [] : leftOver(binding, input);
  if (leftovers.length > 0) return otherName(binding, leftovers);
  return {
    share: '0',
    code: empty ? 'empty' : 'absent',
    values: { file },
    evidence: [...(empty ? binding.candidates.map(fileEvidence) : [absentEvidence(file, input.facts.files)])],
    brief: `${file} (${empty ? '0 B' : '—'})`,
  };
}

/** The 素材 that this file is a plain copy of, where the slot asks for something made from a 素材 (D5). */
function copiedMaterial(
  binding: SlotBinding,
  file: FileFact,
  input: CheckInput<unknown>,
  any: boolean,
): string | null {
  const { material } = binding.slot;
  if (material === undefined) return null;
  const same = input.materials.files.filter((one) => one.sha256 === file.sha256).map((one) => one.path);
  if (same.includes(material)) return material;
  return any ? (same[0] ?? null) : null;
}

interface SlotOptions {
  /** A copy of any 素材 is no answer; otherwise only of the one that the slot is made from. */
  readonly anyMaterial?: boolean;
}

/** What was found in each slot; `look` is only asked about files that fill one. */
export function findings<P>(
  input: CheckInput<P>,
  slots: readonly string[],
  look: (file: FileFact, binding: SlotBinding) => Finding,
  { anyMaterial = false }: SlotOptions = {},
): Finding[] {
  return slots.map((name) => {
    const binding = input.slots.get(name);
    if (binding === undefined) throw new Error(`slot "${name}" is not in the paper: name one of its slots`);
    if (binding.file === null) return unfilled(binding, input);
    const material = copiedMaterial(binding, binding.file, input, anyMaterial);
    if (material === null) return look(binding.file, binding);
    return {
      share: '0',
      code: 'material-unchanged',
      values: { file: binding.file.path, material },
      evidence: [
        {
          kind: 'image-pair',
          path: binding.file.path,
          sha256: binding.file.sha256,
          material,
          difference: '0',
        },
      ],
      brief: `${binding.file.path} (=${material})`,
    };
  });
}

function outcomeOf(
  share: string,
  code: string,
  values: Finding['values'],
  extras: Parameters<typeof pass>[2],
): Outcome {
  if (share === '1') return pass(code, values, extras);
  return share === '0' ? fail(code, values, extras) : partial(share, code, values, extras);
}

/**
 * Puts slots together: the share is their exact mean, so one wrong file costs one file. What cannot be told in one
 * slot makes the item a human's; a single slot keeps its own reason and cause.
 */
export function together(found: readonly Finding[]): Outcome {
  const evidence = found.flatMap((one) => one.evidence);
  const doubt = found.find((one) => one.share === null);
  if (doubt !== undefined) return unknown(doubt.code, doubt.values, { evidence });
  const [first] = found;
  const review = found.some((one) => one.review);
  const confidence = Math.min(1, ...found.map((one) => one.confidence ?? 1));
  if (first !== undefined && found.length === 1) {
    const cause = first.cause === undefined ? {} : { cause: first.cause };
    return outcomeOf(first.share ?? '0', first.code, first.values, {
      evidence,
      review,
      confidence,
      ...cause,
    });
  }
  const share = meanShare(found.map((one) => one.share ?? '0'));
  const wrong = found.filter((one) => one.share !== '1').map((one) => one.brief);
  const values = { asked: found.length, right: found.length - wrong.length, wrong: wrong.join('、') };
  return outcomeOf(share, wrong.length === 0 ? 'several-right' : 'several', values, {
    evidence,
    review,
    confidence,
  });
}
