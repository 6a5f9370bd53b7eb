import fc from 'fast-check';
import Fraction from 'fraction.js';
import { describe, expect, it } from 'vitest';
import { type NumberReading, readNumbers } from '../../../../../graders/facts/answers/number/read.ts';

const answers = (text: string, cell = false): NumberReading[] =>
  readNumbers(text, { cell }).filter((reading) => !reading.input);
const only = (text: string, cell = false): NumberReading => {
  const found = answers(text, cell);
  expect(found, text).toHaveLength(1);
  return found[0] as NumberReading;
};

describe('one number, many notations', () => {
  it.each<[string, string, string, number | null, string | null]>([
    ['A1', '3.25%', '13/400', 2, '%'],
    ['A1', '0.0325', '0.0325', 4, null],
    ['A1', '３．２５％', '13/400', 2, '%'],
    ['A1', '百分之三点二五', '13/400', 2, '%'],
    ['A1', '百分之3.25', '13/400', 2, '%'],
    ['A1', '3.25 %', '13/400', 2, '%'],
    ['A1', '3.25（%）', '13/400', 2, '%'],
    ['A1', '①3.00%', '3/100', 2, '%'],
    ['A1', '（1）3.00%', '3/100', 2, '%'],
    ['A1', '1、3.00%', '3/100', 2, '%'],
    ['A1', '1. 3.00%', '3/100', 2, '%'],
    ['A1', '一、3.00%', '3/100', 2, '%'],
    ['A1', 'A. 3.00%', '3/100', 2, '%'],
    ['A1', '10²', '100', null, null],
    ['A1', '1.50元', '1.5', 2, '元'],
    ['A2', '3.25', '3.25', 2, null],
    ['A3', '3.25个百分点', '13/400', 2, 'pp'],
    ['A4', '约3.3%', '33/1000', 1, '%'],
    ['A5', '1.2万', '12000', -3, null],
    ['A5', '1.2万元', '12000', -3, '元'],
    ['A5', '1.86 万次', '18600', -2, '次'],
    ['A5', '12,000', '12000', 0, null],
    ['A5', '12 000', '12000', 0, null],
    ['A5', '12\u2009000', '12000', 0, null],
    ['A5', '12\u00a0000 元', '12000', 0, '元'],
    ['A5', '12\u3000000', '12000', 0, null],
    ['A5', '12000.00', '12000', 2, null],
    ['A5', '壹万贰仟', '12000', 0, null],
    ['A5', '壹万贰仟元整', '12000', 0, '元'],
    ['A5', '一万二', '12000', 0, null],
    ['A5', '1万2千', '12000', 0, null],
    ['A5', '1.5亿', '150000000', -7, null],
    ['A5', '7.5E3', '7500', -2, null],
    ['A5', '3.1E-2', '0.031', 3, null],
    ['A6', '￥1,234.50', '1234.5', 2, '元'],
    ['A6', '¥1234.5', '1234.5', 1, '元'],
    ['A6', 'RMB 1234.5', '1234.5', 1, '元'],
    ['A6', '1234.5元', '1234.5', 1, '元'],
    ['A6', '1234元5角', '1234.5', 1, '元'],
    ['A6', '192元/人', '192', 0, '元'],
    ['A6', '192.00（元）', '192', 2, '元'],
    ['A11', '3', '3', 0, null],
    ['A11', '1:3', '3', 0, 'ratio'],
    ['A11', '1：3.00', '3', 2, 'ratio'],
    ['A11', '300%', '3', 0, '%'],
    ['A11', '产出:投入=3:1', '3', 0, 'ratio'],
    ['A12', '转化率为3‰', '3/1000', 0, '‰'],
    ['A13', '三成', '0.3', null, '成'],
    ['A13', '三成五', '0.35', null, '成'],
    ['A13', '七折', '0.7', null, '折'],
    ['A13', '八五折', '0.85', null, '折'],
    ['A13', '8.5折', '0.85', null, '折'],
    ['A13', '一半', '0.5', null, null],
    ['A13', '三分之一', '1/3', null, null],
    ['A22', '亏损1200元', '-1200', 0, '元'],
    ['A22', '亏损为：1200元', '-1200', 0, '元'],
    ['A22', '-1200', '-1200', 0, null],
    ['A22', '－１２００', '-1200', 0, null],
    ['A22', '利润：−1200元', '-1200', 0, '元'],
    ['A22', '负1200', '-1200', 0, null],
    ['A22', '盈亏平衡点348件', '348', 0, '件'],
    ['blanks in brackets', '最多（三）个', '3', 0, null],
    ['blanks in brackets', '（一）次', '1', 0, null],
    ['a count in words', '最多三个', '3', 0, '个'],
    ['a count in words', '三个', '3', 0, '个'],
    ['letters against the number', 'ROI3.00', '3', 2, null],
    ['letters against the number', 'PV18600', '18600', 0, null],
  ])('%s: %s', (_case, text, value, decimals, unit) => {
    expect(only(text)).toMatchObject({ value: reduced(value), decimals, unit });
  });

  it('A22: brackets mean minus in a spreadsheet cell only', () => {
    expect(only('(1,200)', true).value).toBe('-1200');
    expect(only('（即0.03）').value).toBe('0.03');
    expect(only('PV（1,200）').value).toBe('1200');
  });

  it('A4: strips 约 and keeps it as a note', () => {
    expect(only('约3.3%').approximate).toBe(true);
    expect(only('≈3.3%').approximate).toBe(true);
    expect(only('3.3%左右').approximate).toBe(true);
    expect(only('3.3%').approximate).toBe(false);
  });
});

/** The tables are written with readable fractions; the reader reduces them. */
function reduced(value: string): string {
  return value.includes('/') ? new Fraction(value).toFraction() : value;
}

describe('doubt is kept, not guessed away', () => {
  it.each<[string, string, string, string | null, string | null]>([
    ['A7', '1 234,5', '1234.5', 'decimal-comma', null],
    ['A7', '1.234,5', '1234.5', 'decimal-comma', null],
    ['A7', '1,23', '1.23', 'decimal-comma', '123'],
    ['A7', '1,234', '1234', null, '1.234'],
    ['A7', '18，600', '18600', 'grouping', null],
    ['A7', '1.2w', '12000', 'two-readings', '1.2'],
    ['A11', '3:1', '1/3', 'two-readings', '3'],
    ['A22', '利润-1200', '-1200', 'two-readings', '1200'],
    ['A22', '客单价 - 192', '192', 'two-readings', '-192'],
    ['A23', '1O.5%', '21/200', 'letter-o', null],
    ['A23', 'l2.5%', '1/8', 'letter-o', null],
    ['A23', '3.OO%', '3/100', 'letter-o', null],
    ['A23', 'l8%', '9/50', 'letter-o', null],
    ['A23', 'O.97元', '0.97', 'letter-o', null],
  ])('%s: %s', (_case, text, value, unclear, otherwise) => {
    expect(only(text)).toMatchObject({ value, unclear, otherwise });
  });

  it('A21: gives a cell that became a date its digits back, flagged', () => {
    expect(only('10月5日', true)).toMatchObject({ value: '10.5', unclear: 'date' });
  });

  it.each(['102 74 180 133 264', '102、74、180', '102，74，180', '102,74,180,133', '180，133，264'])(
    '%s is a list',
    (text) => {
      expect(answers(text).length).toBeGreaterThan(2);
      expect(answers(text).every((reading) => /^\d+$/.test(reading.text))).toBe(true);
    },
  );
});

describe('workings', () => {
  const chain = (text: string) => {
    const readings = readNumbers(text);
    return { inputs: readings.filter((each) => each.input).map((each) => each.text), result: only(text) };
  };

  it.each<[string, string, string[], string, string | null]>([
    ['A8', '186÷6200×100%=3%', ['186', '6200', '100%'], '3/100', '0.03'],
    ['A8', '转化率=成交客户数÷访客数=186÷6200×100%=3.00%', ['186', '6200', '100%'], '3/100', '0.03'],
    ['words inside', '成交金额35712元÷成交客户数186人=192元/人', ['35712元', '186人'], '192', '192'],
    ['words for signs', '186除以6200等于3%', ['186', '6200'], '3/100', '0.03'],
    ['letter x', '6200x4%x192=47616', ['6200', '4%', '192'], '47616', '47616'],
    ['several steps', '12000÷34.55=347.32≈348件', ['12000', '34.55', '347.32'], '348', '240000/691'],
    [
      'brackets',
      '(32+2.5+6+10)×1.4=50.5×1.4=70.70',
      ['32', '2.5', '6', '10', '1.4', '50.5', '1.4'],
      '70.7',
      '70.7',
    ],
    ['behind the result', '3% (186/6200)', ['186', '6200'], '3/100', '0.03'],
    ['behind the result', '合计600（=100+200+300）', ['100', '200', '300'], '600', '600'],
    ['next line', '客单价=35712÷186\n=192元', ['35712', '186'], '192', '192'],
    [
      'rounding in words',
      '12000÷34.55=347.32，向上取整为348件',
      ['12000', '34.55', '347.32'],
      '348',
      '240000/691',
    ],
    ['a word before', '增加47616-35712=11904元', ['47616', '35712'], '11904', '11904'],
    ['powers', '2^10=1024', ['2', '10'], '1024', '1024'],
    ['wrong arithmetic', '186÷6200=2.8%', ['186', '6200'], '7/250', '0.03'],
    ['division by zero', '186÷0=0', ['186', '0'], '0', null],
    ['no result', '186/6200', ['186', '6200'], '0.03', '0.03'],
  ])('%s: %s', (_case, text, inputs, value, process) => {
    const read = chain(text);
    expect(read.inputs).toEqual(inputs);
    expect(read.result.value).toBe(value);
    expect(read.result.process?.value).toBe(process);
  });

  it('keeps where the chain starts, so the label can be found left of it', () => {
    const text = '转化率=成交客户数÷访客数=186÷6200=3.00%';
    const read = only(text);
    expect(text.slice(0, read.chain.start)).toBe('转化率');
    expect(text.slice(read.start, read.end)).toBe('3.00%');
    expect(read.process?.text).toBe('186÷6200');
  });

  it('A9: one answer in two notations gives two equal values', () => {
    const [percent, plain] = answers('=3.00%（即0.03）');
    expect([percent?.value, plain?.value]).toEqual(['3/100', '0.03']);
  });

  it.each(['3.00%或3.39%', '3.00% 或者 3.39%', '3.00%/3.39%'])(
    'A10: %s is two answers, neither free',
    (text) => {
      const found = answers(text);
      expect(found.map((each) => each.value)).toEqual(['3/100', '339/10000']);
      expect(found.every((each) => each.final && each.unclear === 'alternative')).toBe(true);
    },
  );

  it.each(['最终结果：3.00%', '所以转化率是3.00%', '答：3.00%', '故转化率为3.00%'])(
    '%s is labelled final',
    (text) => {
      expect(only(text).final).toBe(true);
      expect(only('转化率：3.00%').final).toBe(false);
      expect(only('故事共3.00%').final).toBe(false);
    },
  );
});

describe('digits that are no answer', () => {
  it.each([
    '2023-03-15',
    '2023年3月15日',
    '10月5日',
    '3月',
    '3月份',
    '周四 21:00–22:00 上架',
    '21点30分',
    '第五十五条',
    '第3条',
    '订单号：20230315-0817',
    '电话 13800138000',
    '0731-88886666',
    '316不锈钢保温杯',
    'K01',
    'WD-50',
    '表1',
    '微博 3：',
    '80～120字',
    '80-120字',
    '从3%到4%',
    'liuyang1@example.cn',
    'http://www.example.com/a/2/',
    '十分重要',
    '千万不要',
    '万一',
    '百分点',
    '三点建议',
    '一个店铺有一个客服',
    '三三两两',
    '一二三四五',
    '成功',
    '1.2.3',
  ])('%s', (text) => {
    expect(answers(text)).toEqual([]);
  });

  it('leaves measures to their unit', () => {
    expect(only('500ml').unit).toBe('ml');
    expect(only('1400W').unit).toBe('W');
  });
});

describe('properties', () => {
  const group = (digits: string, mark: string) => digits.replace(/\B(?=(\d{3})+(?!\d))/g, mark);
  const wide = (text: string) =>
    text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
  const chinese = (text: string) =>
    text.replace('.', '点').replace(/\d/g, (digit) => '零一二三四五六七八九'.charAt(Number(digit)));
  const notations: readonly ((whole: string, part: string) => string)[] = [
    (whole, part) => `${whole}.${part}`,
    (whole, part) => wide(`${whole}.${part}`),
    (whole, part) => `￥${group(whole, ',')}.${part}`,
    (whole, part) => `${group(whole, '\u2009')}.${part}元`.replace(/^(\d{3}\u2009)/, '0$1'.slice(1)),
    (whole, part) => `约 ${whole}.${part} 元`,
    (whole, part) => `①${whole}.${part}`,
    (whole, part) => `结果=${whole}.${part}`,
    (whole, part) => chinese(`${whole}.${part}`),
    (whole, part) => `${whole}.${part}×100=${whole}.${part}`,
  ];
  const percents: readonly ((digits: string) => string)[] = [
    (digits) => `${digits}%`,
    (digits) => wide(`${digits}%`),
    (digits) => `百分之${chinese(digits)}`,
    (digits) => `${digits}个百分点`,
    (digits) => `（2）${digits} %`,
  ];

  it('reads any amount back from every notation', () => {
    fc.assert(
      fc.property(fc.nat(99_999), fc.nat(99), fc.nat(notations.length - 1), (whole, cents, which) => {
        const part = `${cents}`.padStart(2, '0');
        const text = notations[which]?.(`${whole}`, part) ?? '';
        const reading = answers(text).at(-1);
        expect(
          new Fraction(reading?.value ?? 'NaN').equals(new Fraction(whole * 100 + cents, 100)),
          text,
        ).toBe(true);
        expect(reading?.decimals, text).toBe(2);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads any percentage back from every notation', () => {
    fc.assert(
      fc.property(fc.nat(9_999), fc.nat(percents.length - 1), (hundredths, which) => {
        const text = percents[which]?.((hundredths / 100).toFixed(2)) ?? '';
        expect(new Fraction(only(text).value).equals(new Fraction(hundredths, 10_000)), text).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('works any written sum out exactly', () => {
    const step = fc.record({
      operator: fc.constantFrom('+', '-', '×', '÷'),
      value: fc.integer({ min: 1, max: 999 }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
        const text = `7${steps.map(({ operator, value }) => `${operator}${value}`).join('')}=1`;
        const terms = text.slice(0, -2).replaceAll('×', '*').replaceAll('÷', '/');
        const expected = sumOf(terms);
        expect(new Fraction(only(text).process?.value ?? 'NaN').equals(expected), text).toBe(true);
      }),
    );
  });

  it('never throws, keeps its offsets, and stays in text order', () => {
    const signs = fc.constantFrom(
      ...'0123456789０９.,，%％‰=+-−×÷/^()（）[] \t\n:：①²一三百千万亿零点分之成折半元角约或答A-KOolx年月日第'.split(
        '',
      ),
    );
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: signs, maxLength: 120 })),
        fc.boolean(),
        (text, cell) => {
          let last = 0;
          for (const reading of readNumbers(text, { cell })) {
            expect(text.slice(reading.start, reading.end)).toBe(reading.text);
            expect(reading.start).toBeGreaterThanOrEqual(last);
            expect(reading.value).toMatch(/^-?\d+(\.\d+)?(\/[1-9]\d*)?$/);
            last = reading.start;
          }
        },
      ),
      { numRuns: 5000 },
    );
  });

  it.each([
    '1',
    '1,',
    '1 ',
    '1 234 ',
    '(',
    '1+',
    '1-',
    '9^9',
    '1=',
    '一',
    '十',
    '1.',
    'l0',
    '第',
    '1、',
    '；',
    '约',
    'a1',
  ])('takes a hundred thousand times %j without getting stuck', (piece) => {
    expect(() => readNumbers(piece.repeat(100_000))).not.toThrow();
  });
});

/** A second, independent evaluator: products of a sum, left to right. */
function sumOf(terms: string): Fraction {
  return terms.split(/(?=[+-])/).reduce((sum, term) => {
    const sign = term.startsWith('-') ? -1 : 1;
    const product = term
      .replace(/^[+-]/, '')
      .split(/(?=[*/])/)
      .reduce((value, factor) => {
        const number = new Fraction(factor.replace(/^[*/]/, ''));
        return factor.startsWith('/') ? value.div(number) : value.mul(number);
      }, new Fraction(1));
    return sum.add(product.mul(sign));
  }, new Fraction(0));
}
