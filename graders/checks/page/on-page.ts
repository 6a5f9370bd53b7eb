import type { Evidence, Outcome } from '../../../rubrics/outcome.ts';
import { type CheckInput, fail, type Reasons, unknown } from '../../check.ts';
import type { Facts, PageFact, Span } from '../../facts/schema.ts';
import { absentEvidence, fileEvidence, leftOver } from '../common/per-slot.ts';

/** Reasons that any check on a page may give before it comes to look at the page. */
export const pageReasons: Reasons = {
  'no-page': { zh: '没有找到网页 {file}。', en: 'The page {file} was not found.' },
  'empty-page': {
    zh: '网页 {file} 是空文件（0 字节），按未提交处理。',
    en: 'The page {file} is empty (0 bytes) and counts as not handed in.',
  },
  'ambiguous-page': {
    zh: '不能确定哪个文件是 {file}，可能是 {candidates}，请人工确认用哪一个。',
    en: 'Which file is {file} cannot be told; it may be {candidates}. A human must choose.',
  },
  'unreadable-page': {
    zh: '网页 {file} 无法读取（{why}），请人工查看。',
    en: 'The page {file} could not be read ({why}); a human must look.',
  },
  'material-unchanged': {
    zh: '{file} 与素材 {material} 逐字节相同，未作处理。',
    en: '{file} is byte for byte the material {material}: nothing was done to it.',
  },
};

/** What a check on one page looks at. */
export interface PageScope {
  readonly page: PageFact;
  /** The page and, where it is made of frames, the pages in them: their content shows in it (C19). */
  readonly shown: readonly PageFact[];
  /** Evidence of a complete search of these pages that found nothing. */
  absent(what: string): Evidence;
  /** A place in a page or in a style sheet or script of it. */
  at(span: Span): Evidence;
}

/** Judges the page in a slot, or says why there is none to judge. */
export function onPage<P>(input: CheckInput<P>, slot: string, judge: (scope: PageScope) => Outcome): Outcome {
  const binding = input.slots.get(slot);
  if (binding === undefined) throw new Error(`slot "${slot}" is not in the paper: name one of its slots`);
  const name = binding.slot.path;
  if (binding.state === 'ambiguous') {
    const candidates = binding.candidates.map(({ path }) => path).join('、');
    return unknown(
      'ambiguous-page',
      { file: name, candidates },
      { evidence: binding.candidates.map(fileEvidence) },
    );
  }
  const { file } = binding;
  if (file === null || file.bytes === 0) {
    const isEmpty = file !== null || binding.how === 'empty';
    const others = isEmpty ? [] : leftOver(binding, input);
    if (others.length > 0) {
      const candidates = others.map(({ path }) => path).join('、');
      return unknown('ambiguous-page', { file: name, candidates }, { evidence: others.map(fileEvidence) });
    }
    const seen = file === null ? binding.candidates : [file];
    const evidence = [...seen.map(fileEvidence), absentEvidence(name, input.facts.files)];
    return fail(isEmpty ? 'empty-page' : 'no-page', { file: name }, { evidence });
  }
  const material = input.materials.files.find(({ sha256 }) => sha256 === file.sha256);
  if (material !== undefined) {
    const values = { file: file.path, material: material.path };
    return fail('material-unchanged', values, { evidence: [fileEvidence(file)] });
  }
  const page = input.facts.pages.find(({ path }) => path === file.path);
  if (page === undefined) {
    const why = input.facts.problems.find(({ path }) => path === file.path)?.message ?? '没有网页内容';
    return unknown('unreadable-page', { file: file.path, why }, { evidence: [fileEvidence(file)] });
  }
  return judge(scopeOf(page, input.facts));
}

function scopeOf(page: PageFact, facts: Facts): PageScope {
  const shown = withFrames(page, facts.pages);
  const hashes = new Map(facts.files.map(({ path, sha256 }) => [path, sha256]));
  return {
    page,
    shown,
    absent: (what) => ({
      kind: 'absent',
      path: page.path,
      sha256: page.sha256,
      what,
      searched: shown.map(({ path }) => path),
    }),
    at: ({ path, line, column, source }) => {
      const sha256 = hashes.get(path);
      return { kind: 'dom-span', path, ...(sha256 === undefined ? {} : { sha256 }), line, column, source };
    },
  };
}

function withFrames(page: PageFact, pages: readonly PageFact[]): PageFact[] {
  const shown = [page];
  // The list grows while it is walked: frames may hold frames.
  for (const each of shown) {
    for (const { kind, file } of each.references) {
      const inner = kind === 'frame' ? pages.find(({ path }) => path === file) : undefined;
      if (inner !== undefined && !shown.includes(inner)) shown.push(inner);
    }
  }
  return shown;
}
