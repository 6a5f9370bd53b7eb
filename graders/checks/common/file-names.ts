import { z } from 'zod';
import type { Evidence, Outcome } from '../../../rubrics/outcome.ts';
import { type CheckInput, defineCheck, fail, partial, pass, unknown } from '../../check.ts';
import type { SlotBinding } from '../../slots.ts';
import { absentEvidence, fileEvidence, measured, slotsSchema } from './per-slot.ts';
import { meanShare, shareSchema } from './share.ts';

const parameters = z.strictObject({
  slots: slotsSchema,
  /** Share of a file whose name departs from the asked one. */
  renamed: shareSchema.default('1/2'),
  /** Departures that cost nothing: Windows hides extensions, and `.JPG` or `.jpeg` is as good as `.jpg` (B3). */
  tolerated: z.array(z.string()).default(['extension-case', 'extension-family']),
});
type Parameters = z.output<typeof parameters>;

/** Departures that are a guess at what was meant: a human confirms that it is the right file at all. */
const guesses = ['near', 'other-format', 'spelling', 'other-extension'];

const shareOf = ({ how, state }: SlotBinding, { renamed, tolerated }: Parameters): string =>
  state === 'exact' || (how ?? '').split('+').every((departure) => tolerated.includes(departure))
    ? '1'
    : renamed;

function judge(input: CheckInput<Parameters>): Outcome {
  const bindings = input.parameters.slots.flatMap((name) => input.slots.get(name) ?? []);
  const doubtful = bindings.find(({ state }) => state === 'ambiguous');
  if (doubtful !== undefined) {
    const candidates = doubtful.candidates.map((file) => file.path).join('、');
    const evidence = doubtful.candidates.map(fileEvidence);
    return unknown('ambiguous', { file: doubtful.slot.path, candidates }, { evidence });
  }
  // A file that is not there is charged by its own items, never again for its name (F6).
  const named = bindings.filter(({ file }) => file !== null);
  if (named.length === 0) {
    const asked = bindings.map(({ slot }) => slot.path).join('、');
    return fail('none', { asked }, { evidence: [absentEvidence(asked, input.facts.files)] });
  }
  const wrong = named.filter((binding) => shareOf(binding, input.parameters) !== '1');
  if (wrong.length === 0) return pass('all-named', { count: named.length });
  const evidence = wrong.flatMap(({ file, slot }): Evidence[] =>
    file === null ? [] : [measured(file, '文件名', file.path, slot.path)],
  );
  const share = meanShare(named.map((binding) => shareOf(binding, input.parameters)));
  const values = {
    count: named.length,
    wrong: wrong.length,
    list: wrong.map(({ file, slot }) => `${file?.path ?? ''} → ${slot.path}`).join('、'),
  };
  const review = wrong.some(({ how }) => guesses.some((guess) => (how ?? '').split('+').includes(guess)));
  return share === '0'
    ? fail('renamed', values, { evidence, review })
    : partial(share, 'renamed', values, { evidence, review });
}

/** page-9, shop-10 and others: the only check that reads how well files were named (C7, D4, F6). */
export const fileNames = defineCheck({
  id: 'file-names',
  version: 1,
  parameters,
  summary: {
    zh: '文件是否按要求命名；没有提交的文件不在此处扣分。',
    en: 'Whether files are named as asked; a file that is missing is not charged here.',
  },
  example: { slots: ['index', 'banner'], renamed: '1/2' },
  reads: ['files'],
  reasons: {
    'all-named': { zh: '{count} 个文件的命名都符合要求。', en: 'All {count} files are named as asked.' },
    renamed: {
      zh: '{count} 个文件中有 {wrong} 个命名不符（实际 → 要求）：{list}。',
      en: '{wrong} of {count} files are named otherwise (found → asked): {list}.',
    },
    ambiguous: {
      zh: '有多个文件可能是 {file}：{candidates}，请人工确认用哪一个。',
      en: 'Several files could be {file}: {candidates}. A human must choose.',
    },
    none: {
      zh: '要求的文件一个也没有找到：{asked}。',
      en: 'None of the files asked for was found: {asked}.',
    },
  },
  slots: ({ slots }) => slots,
  judge,
});
