import { z } from 'zod';
import type { Outcome } from '../../../rubrics/outcome.ts';
import { type CheckInput, defineCheck, type Reasons } from '../../check.ts';
import type { FileFact, ReferenceFact } from '../../facts/schema.ts';
import { type Finding, findings, slotReasons, slotsSchema, together } from '../common/per-slot.ts';
import { onPage, type PageScope, pageReasons } from './on-page.ts';

const parameters = z.strictObject({ slot: z.string(), pictures: slotsSchema });

/** References that put a picture on the page; a link to a picture does not. */
const inserting = new Set(['img', 'background', 'css-url', 'media', 'script-string']);

/** What a browser of another machine makes of a reference, from the best to the worst. */
const order = ['ok', 'ok-on-windows', 'absolute-path'];

function lookFor(scope: PageScope, file: FileFact): Finding {
  const references = scope.shown
    .flatMap((page) => page.references)
    .filter((reference) => reference.file === file.path && inserting.has(reference.kind));
  const best = references.toSorted((a, b) => rank(a) - rank(b))[0];
  if (best === undefined) {
    const evidence = [scope.absent(`插入 ${file.path}`)];
    return { share: '0', code: 'not-inserted', values: { file: file.path }, evidence, brief: file.path };
  }
  const code = codeOf(best);
  return {
    share: '1',
    code,
    values: { file: file.path, target: best.target },
    evidence: [scope.at(best.span)],
    review: code === 'by-script',
    brief: file.path,
  };
}

/** Markup before scripts, then by how well the reference works. */
function rank({ kind, state }: ReferenceFact): number {
  const at = order.indexOf(state);
  return (kind === 'script-string' ? 10 : 0) + (at === -1 ? order.length : at);
}

function codeOf({ kind, state }: ReferenceFact): string {
  if (state === 'absolute-path') return 'absolute-path';
  return kind === 'script-string' ? 'by-script' : 'inserted';
}

function judge(input: CheckInput<z.output<typeof parameters>>): Outcome {
  const { slot, pictures } = input.parameters;
  return onPage(input, slot, (scope) => together(findings(input, pictures, (file) => lookFor(scope, file))));
}

const reasons: Reasons = {
  ...pageReasons,
  ...slotReasons,
  inserted: { zh: '{file} 已插入网页。', en: '{file} is on the page.' },
  'absolute-path': {
    zh: '{file} 已插入网页，但引用的是本机的绝对路径（{target}）；图在作品中，插入不扣分。',
    en: '{file} is on the page, but by a path of the candidate’s own machine ({target}); it was handed in, so it counts.',
  },
  'by-script': {
    zh: '{file} 只在脚本中出现，请确认网页上能看到。',
    en: '{file} is named only in a script; confirm that the page shows it.',
  },
  'not-inserted': { zh: '网页中没有插入 {file}。', en: '{file} is not on the page.' },
};

/**
 * page-7: the pictures stand on the page and were handed in. A size set in HTML is no matter here; a path of the
 * candidate's own machine counts when the file is in the submission (C9), and not when it is not (C10).
 */
export const pageImages = defineCheck({
  id: 'page-images',
  version: 1,
  parameters,
  summary: {
    zh: '要求的图片是否插入网页，每张占同样的份额。',
    en: 'Whether the asked pictures stand on the page; each counts the same.',
  },
  example: { slot: 'index', pictures: ['banner', 'logo'] },
  reads: ['files', 'pages'],
  reasons,
  slots: ({ slot, pictures }) => [slot, ...pictures],
  judge,
});
