/** What the rubric itself says of an item, after what its check said. `{item}` is the text of the other item. */
const sentences = {
  'not-run': '检查没有运行，需人工评定',
  'bad-share': '检查给出的得分比例“{share}”无效，需人工评定',
  'waits-for-cause': '与“{item}”出于同一原因，待该项评定后再定，同一错误不重复扣分',
  excused: '同一原因已在“{item}”扣分，此项不再扣分',
  halve: '因“{item}”，按规则减半计分',
  zero: '因“{item}”，按规则不计分',
  cap: '因“{item}”，按规则限制最高得分',
  limit: '按规则限制最高得分',
  'modifier-waits': '“{item}”尚未确认，可能影响此项得分',
} as const;

/** The Chinese sentence with its values filled in. */
export const sentence = (
  code: keyof typeof sentences,
  values: Readonly<Record<string, string>> = {},
): string => sentences[code].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
