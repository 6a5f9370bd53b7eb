import type { ItemState } from '../../rubrics/breakdown.ts';
import type { Missing, ResultState } from './schema.ts';

/** What lists and printed sheets call things. */
export const stateWords: Record<ResultState, string> = {
  none: '未交卷',
  incomplete: '未完成',
  complete: '已完成',
};

export const itemStateWords: Record<ItemState, string> = {
  settled: '已定',
  suggested: '待确认',
  examiner: '待评',
  process: '待监考员评定',
  unknown: '待人工评定',
};

const missingWords: Record<Missing['kind'], (missing: Missing) => string> = {
  ungraded: () => '初评未完成',
  review: ({ items, points }) => `待评 ${items} 项（${points} 分）`,
  doubt: ({ items }) => `疑问 ${items} 项`,
  process: ({ items, points }) => `缺过程考核 ${items} 项（${points} 分）`,
};

export const missingText = (missing: readonly Missing[]): string =>
  missing.map((one) => missingWords[one.kind](one)).join('；');
