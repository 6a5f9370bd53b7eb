import type { Outcome } from '../rubrics/outcome.ts';
import type { Check, Reasons } from './check.ts';

export type Language = 'zh' | 'en';

/** Reasons that the grader itself gives, whatever the check. */
export const commonReasons: Reasons = {
  'check-crashed': {
    zh: '评卷程序在检查此项时出错（{error}），请人工评定。',
    en: 'The check broke ({error}); a human must decide.',
  },
  'search-incomplete': {
    zh: '没有找到所需内容，但作品未能完整读取（{problem}），请人工查看。',
    en: 'Nothing was found, but the submission could not be read completely ({problem}); a human must look.',
  },
  'other-work': {
    zh: '提交的文件与本试题所要求的无一相符，可能交错了试题，请人工核对。',
    en: 'None of the files asked for is here; this may be the work of another paper. A human must look.',
  },
};

/** The sentence of an outcome; a code without words is shown as it is, so nothing is ever hidden. */
export function reasonText(check: Check | undefined, { reason }: Outcome, language: Language = 'zh'): string {
  const template = (check?.reasons[reason.code] ?? commonReasons[reason.code])?.[language];
  if (!template) return reason.code;
  return template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(reason.values[name] ?? whole));
}
