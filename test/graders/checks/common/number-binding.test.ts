import { describe, expect, it } from 'vitest';
import { bind, copiesOf } from '../../../../graders/checks/common/number/bind.ts';
import { parseFormula } from '../../../../graders/checks/common/number/formula.ts';
import { displayed } from '../../../../graders/checks/common/number/parameters.ts';
import { roundTo } from '../../../../graders/checks/common/number/rounding.ts';
import { number } from '../../../../graders/checks/common/number.ts';
import { parseExact } from '../../../../rubrics/points.ts';
import { document, inputOf, judged, judgedLines, type Line, parse } from './number/answers.ts';

const rate = {
  labels: ['成交转化率', '转化率'],
  not: ['点击转化率'],
  value: '186/6200',
  display: 'percent',
  unit: '%',
  decimals: 2,
  tolerance: '0.0001',
};
const price = { labels: ['客单价'], value: '192', display: 'money', unit: '元', decimals: 2 };
const said = (parameters: unknown, lines: readonly Line[], at = {}) => {
  const { share, reason, review } = judgedLines(parameters, lines, at);
  return [share, reason.code, review];
};

describe('which answer is meant', () => {
  it('comes to an end on a label that repeats its verbs for ever', () => {
    const lines = [{ label: `转化率${'约为大约应为'.repeat(40)}吗`, text: '3.00%' }];
    expect(said(rate, lines)).toEqual(['1', 'right', false]);
  });

  it('takes the longest label and leaves lookalikes alone', () => {
    const lines = [
      { label: '点击转化率', text: '2.40%' },
      { label: '转化率', text: '3.00%' },
    ];
    expect(said(rate, lines)).toEqual(['1', 'right', false]);
    expect(said({ ...rate, not: [] }, lines)).toEqual(['1', 'right', false]);
    expect(said(rate, lines.slice(0, 1))).toEqual(['0', 'no-answer', false]);
    expect(said({ ...rate, not: [] }, lines.slice(0, 1))).toEqual([null, 'unsure-label', false]);
  });

  it('joins the heads of row and column', () => {
    const item = { ...rate, labels: ['自然搜索占比'], not: ['PV'], value: '2560/6200' };
    const lines = [
      { label: '自然搜索', also: ['PV'], text: '7920' },
      { label: '自然搜索', also: ['占比'], text: '41.29%' },
      { label: '直通车', also: ['占比'], text: '28.23%' },
    ];
    expect(said(item, lines)).toEqual(['1', 'right', false]);
  });

  it('reads a forbidden word only in the clause that speaks of the label', () => {
    const item = { labels: ['UV'], not: ['PV'], value: '6200', display: 'integer' };
    expect(said(item, [{ label: 'UV为', also: ['PV为18600，UV为'], text: '6200' }])).toEqual([
      '1',
      'right',
      false,
    ]);
    expect(said(item, [{ label: 'UV与PV之比', text: '0.33' }])).toEqual(['0', 'no-answer', false]);
  });

  it('prefers the asked heading and reads candidates without headings by labels alone', () => {
    const item = { ...rate, heading: '转化分析' };
    const elsewhere = { label: '转化率', text: '5%', heading: '一、流量' };
    const under = { label: '转化率', text: '3.00%', heading: '三、转化分析' };
    expect(said(item, [elsewhere, under])).toEqual(['1', 'right', false]);
    expect(said(item, [{ label: '转化率', text: '3.00%' }])).toEqual(['1', 'right', false]);
    expect(said(item, [elsewhere])).toEqual(['0', 'no-answer', false]);
  });

  it.each(['①转化率', '1.转化率', '最终转化率为', '该店转化率=', '转化率（%）'])(
    '%s is the label 转化率',
    (label) => {
      const line = { label, text: '2.99%' };
      expect(bind(inputOf(parse(rate), [line]).facts.answers, parse(rate)).sure).toBe(true);
    },
  );
});

describe('several answers', () => {
  it('A9: one answer in two notations', () => {
    expect(judged(rate, '3.00%（即0.03）').share).toBe('1');
    expect(judged(rate, '3.00 （即3%）').share).toBe('1');
    expect(
      said(rate, [
        { label: '转化率', text: '3.00%' },
        { label: '转化率', text: '约3%' },
      ])[0],
    ).toBe('1');
  });

  it('A10: two alternatives are for a human, even labelled final', () => {
    expect(said(rate, [{ label: '转化率', text: '3.00%或3.39%' }])).toEqual([null, 'several-answers', false]);
    expect(said(rate, [{ label: '转化率', text: '结果：3.00%或3.39%' }])).toEqual([
      null,
      'several-answers',
      false,
    ]);
  });

  it('takes the last that is labelled final, else nobody guesses', () => {
    const draft = { label: '转化率', text: '3.39%' };
    expect(said(rate, [draft, { label: '最终转化率', text: '最终结果：3.00%' }])[0]).toBe('1');
    expect(said(rate, [draft, { label: '转化率', text: '3.00%' }])).toEqual([null, 'several-answers', false]);
    const workings = [
      { label: '转化率', text: '186÷6200=3.00%' },
      { label: '转化率', text: '210÷6200=3.39%' },
    ];
    expect(said(rate, workings)).toEqual([null, 'several-answers', false]);
    expect(
      said(rate, [
        { label: '转化率', text: '2.5%' },
        { label: '转化率', text: '186÷6200=3.00%' },
      ])[0],
    ).toBe('1');
  });

  it('shows every one of them as evidence', () => {
    const { evidence } = judged(rate, '3.00%或3.39%');
    expect(evidence.map((each) => each.kind === 'number' && each.value)).toEqual(['3/100', '339/10000']);
  });
});

describe('doubt is no zero', () => {
  it('A7: tries both readings against the key and flags what needed the other', () => {
    expect(said(price, [{ label: '客单价', text: '192,00元' }])).toEqual(['1', 'other-reading', true]);
    expect(said({ ...price, value: '1.234', decimals: 3 }, [{ label: '客单价', text: '1,234元' }])).toEqual([
      '1',
      'other-reading',
      true,
    ]);
    expect(said(price, [{ label: '客单价', text: '1,23元' }])).toEqual([null, 'unclear-number', false]);
  });

  it('A22: a dash behind the label is no minus', () => {
    expect(said(price, [{ label: '客单价', text: '- 192元' }])[0]).toBe('0');
    expect(said(price, [{ label: '客单价', text: '客单价 - 192元' }])).toEqual(['1', 'right', false]);
    expect(said({ ...price, value: '-1200' }, [{ label: '客单价', text: '亏损1200元' }])[0]).toBe('1');
  });

  it('A23: a letter among the digits gives the points and a look', () => {
    expect(said(rate, [{ label: '转化率', text: '3.OO%' }])).toEqual(['1', 'other-reading', true]);
  });

  it('A17: what is only copied from the task is no answer', () => {
    const item = { labels: ['总访问次数'], value: '7500', display: 'integer' };
    const line = { label: '总访问次数', text: '7500次' };
    expect(said(item, [line], { task: '| 总访问次数 | 7500次 |' })).toEqual(['0', 'only-copied', false]);
    expect(said(item, [line], { task: '已知总访问次数 7500 次。' })).toEqual(['0', 'only-copied', false]);
    expect(said(item, [line], { task: '求总访问次数。另有 7500 次点击。' })[0]).toBe('1');
    expect(inputOf(item, [line]).facts.answers.filter(copiesOf('总访问次数 75.00'))).toEqual([]);
  });

  it('A11, A17: a right answer is no copy because the next question of the task has its number', () => {
    const roi = { labels: ['ROI'], value: '3', display: 'ratio', decimals: 2 };
    const task = '2. 计算直通车的点击率与 ROI。\n3. 计算访客占比，ROI 30 以上的另列。';
    expect(said(roi, [{ label: 'ROI', text: '3' }], { task })[0]).toBe('1');
    expect(said(roi, [{ label: 'ROI', text: '30' }], { task })).toEqual(['0', 'only-copied', false]);
  });

  it('E3, E14: what could not be read is for a human, else the search is listed', () => {
    const problem = { path: '运营分析.doc', code: 'unsupported-doc', message: '不能读取' };
    expect(said(rate, [], { problems: [problem] })).toEqual([null, 'unreadable', false]);
    expect(said(rate, [], { problems: [{ ...problem, path: 'logo.jpg' }] })[1]).toBe('no-answer');
    const image = { name: 'image1.png', bytes: 9000, sha256: 'b'.repeat(64) };
    const few = { plain: '见图', strict: 2, word: 2, generous: 2 };
    expect(said(rate, [], { documents: [document({ images: [image], text: few })] })[1]).toBe(
      'maybe-in-picture',
    );
    expect(said(rate, [], { documents: [document({ images: [image] })] })[1]).toBe('no-answer');
    const absent = judgedLines(rate, []).evidence[0];
    expect(absent).toMatchObject({ kind: 'absent', searched: ['运营分析.docx'] });
  });

  it('words where a number was asked are for a human when they hold numerals', () => {
    expect(said(rate, [{ label: '转化率', text: '百分之三左三' }])[0]).not.toBe('0');
    expect(said(rate, [{ label: '转化率', text: '略' }])[1]).toBe('no-answer');
  });
});

describe('unit and working', () => {
  it('notes a missing unit and charges it only where it is scored', () => {
    expect(said(price, [{ label: '客单价', text: '192.00' }])).toEqual(['1', 'right-unit-missing', false]);
    expect(said({ ...price, unitScored: true }, [{ label: '客单价', text: '192.00' }])).toEqual([
      '17/20',
      'right-unit-missing',
      false,
    ]);
    expect(said({ ...price, unitScored: true }, [{ label: '客单价', text: '192.00元' }])[0]).toBe('1');
    expect(said(price, [{ label: '客单价', text: '192次' }])).toEqual(['1', 'unit-differs', true]);
  });

  it('takes the unit from the head of the column', () => {
    expect(said({ ...rate, unitScored: true }, [{ label: '转化率（%）', text: '3.00' }])).toEqual([
      '1',
      'right',
      false,
    ]);
  });

  it('A3: 百分点 for a rate is right, % for a difference is looked at', () => {
    expect(said(rate, [{ label: '转化率', text: '3个百分点' }])).toEqual(['1', 'right-points', false]);
    const difference = { ...rate, unit: 'pp', value: '0.01' };
    expect(said(difference, [{ label: '转化率', text: '1个百分点' }])).toEqual(['1', 'right', false]);
    expect(said(difference, [{ label: '转化率', text: '1%' }])).toEqual(['1', 'unit-differs', true]);
  });

  it('asks for the working where the paper does', () => {
    const asked = { ...price, process: 'asked' };
    expect(said(asked, [{ label: '客单价', text: '192元' }])).toEqual(['4/5', 'process-missing', false]);
    expect(said(asked, [{ label: '客单价', text: '35712÷186=192元' }])).toEqual(['1', 'right', false]);
  });

  it('A16: a right number behind a wrong working is right and looked at', () => {
    expect(said(price, [{ label: '客单价', text: '35712÷210=192元' }])).toEqual([
      '1',
      'process-differs',
      true,
    ]);
  });

  it('A19: a stored value counts at the asked decimals', () => {
    expect(said({ ...rate, value: '29460/94800' }, [{ label: '转化率', text: '0.310759493670886' }])[0]).toBe(
      '1',
    );
  });

  it('A26: says when two labels are swapped', () => {
    const item = { ...price, twin: { item: 'order', value: '35712/210' } };
    const line = [{ label: '客单价', text: '170.06元' }];
    expect(said(item, line, { own: { order: '192' } })).toEqual(['0', 'maybe-swapped', true]);
    expect(said(item, line, { own: { order: '170.06' } })).toEqual(['0', 'wrong', false]);
  });
});

describe('own answers for later items', () => {
  const own = (parameters: unknown, text: string) =>
    number.answer?.(inputOf(parse(parameters), [{ label: '转化率', text }]));

  it.each([
    ['3.39%', '339/10000'],
    ['3.39', '339/10000'],
    ['0.0339', '339/10000'],
    ['186÷6200=3.00%', '3/100'],
    ['50%', '1/2'],
  ])('%s is %s', (text, value) => {
    expect(own(rate, text)?.value).toBe(value);
  });

  it('gives none when nobody can tell which', () => {
    expect(own(rate, '3.00%或3.39%')).toBeNull();
    expect(own(rate, '略')).toBeNull();
  });

  it('names the earlier item when an error is carried forward', () => {
    const item = {
      ...rate,
      formula: 'buyers/uv',
      inputs: { buyers: '186', uv: { item: 'ops-5.uv', value: '6200' } },
    };
    const outcome = judged(item, '2.48%', { own: { 'ops-5.uv': '7500' } });
    expect(outcome).toMatchObject({
      share: '1',
      reason: { code: 'carried-forward', values: { items: 'ops-5.uv' } },
    });
    expect(number.items?.(parse(item))).toEqual(['ops-5.uv']);
    expect(judged(item, '0%', { own: { 'ops-5.uv': '0' } }).share).toBe('0');
  });
});

describe('rules that do not load', () => {
  const refused = (over: object): readonly string[] => number.refuse?.(parse({ ...rate, ...over })) ?? [];

  it.each<[string, object, RegExp]>([
    [
      'a known value displayed like the key',
      { known: [{ value: '0.030001', share: 0, why: 'x' }] },
      /displayed like the key/,
    ],
    [
      'a known value within tolerance',
      { known: [{ value: '0.0301', share: 0, why: 'x' }] },
      /within the tolerance/,
    ],
    [
      'a known value within intermediate rounding',
      { intermediate: '0.0005', known: [{ value: '0.0304', share: 0, why: 'x' }] },
      /within the intermediate/,
    ],
    [
      'two known values that look the same',
      {
        known: [
          { value: '0.05', share: 0, why: 'x' },
          { value: '0.050001', share: '1/2', why: 'y' },
        ],
      },
      /look the same/,
    ],
    ['a share above one', { known: [{ value: '0.05', share: 2, why: 'x' }] }, /between 0 and 1/],
    ['a formula that does not parse', { formula: 'a+(b', inputs: { a: '1', b: '2' } }, /bracket/],
    ['a formula with code in it', { formula: 'process.exit()' }, /unexpected/],
    ['a formula without its input', { formula: 'a/b', inputs: { a: '1' } }, /no input "b"/],
    ['an input nobody uses', { formula: 'a', inputs: { a: '0.03', b: '1' } }, /not used/],
    [
      'a formula that misses the key',
      { formula: 'a/b', inputs: { a: '210', b: '6200' } },
      /gives 3.39%.*3.00%/,
    ],
    ['a formula that divides by zero', { formula: 'a/b', inputs: { a: '1', b: '0' } }, /zero/],
    ['an unknown word in the order', { order: ['exact', 'luck'] }, /luck/],
    ['a negative tolerance', { tolerance: '-0.1' }, /negative/],
    ['a tolerance as large as the key', { tolerance: '0.03' }, /as large as/],
    ['an intermediate below the tolerance', { intermediate: '0.00001' }, /narrower/],
  ])('%s', (_case, over, message) => {
    expect(refused(over).join('\n')).toMatch(message);
  });

  it('accepts an overlap with an order, and then follows it', () => {
    const known = [{ value: '0.96', share: '3/5', why: '漏加 0.01 元' }];
    const bid = { ...price, value: '0.97', tolerance: '0.01', known };
    expect(number.refuse?.(parse(bid))).not.toEqual([]);
    const knownFirst = { ...bid, order: ['exact', 'known', 'tolerance'] };
    const toleranceFirst = { ...bid, order: ['exact', 'tolerance', 'known'] };
    expect(number.refuse?.(parse(knownFirst))).toEqual([]);
    expect(judged(knownFirst, '0.96元').share).toBe('3/5');
    expect(judged(toleranceFirst, '0.96元').share).toBe('1');
  });

  it('its own example loads', () => {
    expect(number.refuse?.(number.parameters.parse(number.example))).toEqual([]);
  });
});

describe('exact arithmetic', () => {
  it.each<[string, object, string]>([
    ['186/6200', { display: 'percent' }, '3.00%'],
    ['35712/210', { display: 'money', unit: '元' }, '170.06 元'],
    ['1200000/3455', { display: 'integer', decimals: 0, rounding: 'up', unit: '件' }, '348 件'],
    ['-0.005', { display: 'number' }, '-0.01'],
    ['4/7', { display: 'number', decimals: undefined }, '4/7'],
  ])('displays %s as %o: %s', (value, over, shown) => {
    expect(displayed(parseExact(value), parse({ labels: ['x'], value, decimals: 2, ...over }))).toBe(shown);
  });

  it('follows precedence, brackets and signs', () => {
    const value = parseFormula('-a+b*(c-2)/4').valueOf(
      new Map([
        ['a', parseExact('1')],
        ['b', parseExact('3')],
        ['c', parseExact('4')],
      ]),
    );
    expect(value?.toFraction()).toBe('1/2');
  });

  it.each<[string, number, 'half-up' | 'up' | 'down', string]>([
    ['0.025', 2, 'half-up', '3/100'],
    ['-0.025', 2, 'half-up', '-3/100'],
    ['347.32', 0, 'up', '348'],
    ['347.99', 0, 'down', '347'],
    ['18600', -3, 'half-up', '19000'],
    ['348', 0, 'up', '348'],
  ])('rounds %s to %i places %s: %s', (value, places, rounding, result) => {
    expect(roundTo(parseExact(value), places, rounding).toFraction()).toBe(result);
  });
});
