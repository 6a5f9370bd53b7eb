import type { Reasons } from '../../../check.ts';

/** `{answer}` is quoted as written, `{key}` as the paper displays it. */
export const reasons = {
  right: { zh: '答案 {answer} 正确（标准答案 {key}）', en: '{answer} is right (key {key})' },
  'right-unit-missing': {
    zh: '答案 {answer} 数值正确，缺单位（标准答案 {key}）',
    en: '{answer} is right, its unit is missing (key {key})',
  },
  'right-points': {
    zh: '答案 {answer} 数值正确；“百分点”用于比率之差，此处应写“%”',
    en: '{answer} is right; percentage points are for differences, here it is %',
  },
  'unit-differs': {
    zh: '答案 {answer} 数值正确，但单位与要求的“{unit}”不同，请复核',
    en: '{answer} is right in number but not in the unit asked ({unit})',
  },
  'other-reading': {
    zh: '答案 {answer} 写法有歧义，按其中一种读法与标准答案 {key} 相符，请复核',
    en: '{answer} can be read in two ways, one of them is the key {key}',
  },
  'known-mistake': { zh: '答案 {answer}：{why}（标准答案 {key}）', en: '{answer}: {why} (key {key})' },
  'carried-forward': {
    zh: '答案 {answer} 与标准答案 {key} 不同，但按考生自己在 {items} 的答案推算（{carried}）正确，不重复扣分',
    en: '{answer} follows rightly from the own answer to {items} ({carried}): not charged twice',
  },
  'within-tolerance': {
    zh: '答案 {answer} 在允许误差内（标准答案 {key}）',
    en: '{answer} is within the tolerance of the key {key}',
  },
  'intermediate-rounding': {
    zh: '答案 {answer} 与标准答案 {key} 的差异来自中间结果取整',
    en: '{answer} differs from the key {key} by rounding of intermediate results',
  },
  'fewer-decimals': {
    zh: '答案 {answer} 四舍五入正确，但小数位数少于要求（标准答案 {key}）',
    en: '{answer} is rightly rounded but has fewer decimals than asked (key {key})',
  },
  'percent-slip': {
    zh: '答案 {answer} 与标准答案 {key} 相差 100 倍，疑似百分号误用，请复核',
    en: '{answer} is off by a factor of 100 from the key {key}: a slip of the percent sign',
  },
  'wrong-arithmetic': {
    zh: '算式“{process}”正确，但结果 {answer} 算错（标准答案 {key}），请复核',
    en: 'the working {process} is right, its result {answer} is not (key {key})',
  },
  'process-missing': {
    zh: '答案 {answer} 正确，但没有写出要求的计算过程',
    en: '{answer} is right, the working that was asked is missing',
  },
  'process-differs': {
    zh: '答案 {answer} 正确，但所写算式“{process}”算得 {worked}，请复核',
    en: '{answer} is right, but the working {process} gives {worked}',
  },
  'maybe-swapped': {
    zh: '答案 {answer} 是 {item} 的标准答案，疑似两个答案互换，请复核',
    en: '{answer} is the key of {item}: the two answers may be swapped',
  },
  wrong: { zh: '答案 {answer} 错误（标准答案 {key}）', en: '{answer} is wrong (key {key})' },
  'unclear-number': {
    zh: '答案“{answer}”的写法无法确定数值，请人工判断（标准答案 {key}）',
    en: 'the number in "{answer}" cannot be told (key {key})',
  },
  'unsure-label': {
    zh: '只在“{label}”处找到 {answer}，不能确定它回答的是本题，请人工判断（标准答案 {key}）',
    en: '{answer} was found only at "{label}", which may not be this item (key {key})',
  },
  'several-answers': {
    zh: '同一题有不同的答案（{answers}），没有注明最终结果，请人工判断（标准答案 {key}）',
    en: 'different answers for one item ({answers}), none labelled final (key {key})',
  },
  unreadable: {
    zh: '没有找到答案，但 {files} 无法读取，请人工查看',
    en: 'no answer found, but {files} cannot be read',
  },
  'maybe-in-picture': {
    zh: '没有找到答案；{files} 中有图片，答案可能在图片里，请人工查看',
    en: 'no answer found; {files} holds pictures that may hold it',
  },
  'only-words': {
    zh: '“{answer}”处只有文字，没有读出数值，请人工判断（标准答案 {key}）',
    en: 'only words at "{answer}", no number could be read (key {key})',
  },
  elsewhere: {
    zh: '没有在“{label}”处找到答案，但作品中有{found}，可能就是本题的答案，请人工查看',
    en: 'no answer found for "{label}", but {found} may be it',
  },
  'no-answer': { zh: '没有找到“{label}”的答案', en: 'no answer found for "{label}"' },
  'only-copied': {
    zh: '“{label}”处只有照抄题目的数据，没有作答',
    en: 'at "{label}" only figures copied from the task were found',
  },
} as const satisfies Reasons;
