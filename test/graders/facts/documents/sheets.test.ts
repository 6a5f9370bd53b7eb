import { describe, expect, it } from 'vitest';
import { makeXlsx, type SheetCell } from '../../../../samples/make/xlsx-writer.ts';
import { makeZip } from '../../../../samples/make/zip-writer.ts';
import { answers, bound, read } from './read.ts';

/** A sheet with one labelled cell, as the answer it becomes. */
async function answerOf(cell: SheetCell) {
  const [answer] = await answers('运营分析.xlsx', makeXlsx([{ name: 'Sheet1', rows: [['跳失率', cell]] }]));
  return answer;
}

describe('a cell', () => {
  it('A19: a percent cell keeps the stored value and shows the displayed one', async () => {
    expect(await answerOf({ value: 0.0310759, format: '0.00%' })).toMatchObject({
      label: '跳失率',
      value: '0.0310759',
      text: '3.11%',
      decimals: 2,
      unit: '%',
      where: 'Sheet1!B1',
      unclear: null,
    });
  });

  it('a computed cell shows its formula as the process', async () => {
    const formula = await answerOf({ value: 0.44, format: '0.00%', formula: '3300/7500' });
    expect(formula).toMatchObject({ value: '0.44', process: { text: '=3300/7500', value: '0.44' } });
  });

  it('binary noise behind the fifteenth digit is none of the candidate’s', async () => {
    expect((await answerOf(0.1 + 0.2))?.value).toBe('0.3');
    expect((await answerOf({ value: 1e-7, format: '0.0000000' }))?.value).toBe('0.0000001');
    expect((await answerOf(1.5e21))?.value).toBe('1500000000000000000000');
  });

  it('A20: a formula nobody computed and an error are unclear, never a zero', async () => {
    expect(await answerOf({ formula: 'B2/B3' })).toMatchObject({
      value: null,
      unclear: 'formula',
      text: '=B2/B3',
    });
    expect(await answerOf({ formula: 'Sheet2!A1', error: 0x17 })).toMatchObject({
      value: null,
      unclear: 'formula-error',
      text: '#REF!（=Sheet2!A1）',
    });
  });

  it('A21: a number that became a date is restored and flagged', async () => {
    expect(await answerOf({ value: 46_300, format: 'm"月"d"日"' })).toMatchObject({
      text: '10月5日',
      value: '10.5',
      unclear: 'date',
      otherwise: '46300',
    });
  });

  it('money and text cells', async () => {
    expect(await answerOf({ value: 1192.5, format: '"¥"#,##0.00' })).toMatchObject({
      text: '¥1,192.50',
      value: '1192.5',
      unit: '元',
      decimals: 2,
    });
    expect(await answerOf('44.00%')).toMatchObject({ value: '11/25', decimals: 2, unit: '%' });
    expect(await answerOf('（1,200）')).toMatchObject({ value: '-1200' });
  });
});

describe('a workbook', () => {
  it('shows its sheets as tables, hidden ones quoted apart', async () => {
    const { document } = await read(
      'a.xlsx',
      makeXlsx([
        {
          name: '数据',
          rows: [
            ['PV', 18_600],
            ['草稿', 1],
            ['UV', 6200],
          ],
          hiddenRows: [1],
        },
        { name: '藏', rows: [['客单价', 192]], hidden: true },
      ]),
    );
    expect(document.fact.tables).toEqual([
      {
        name: '数据',
        rows: [
          ['PV', '18600'],
          ['UV', '6200'],
        ],
      },
    ]);
    expect(document.fact.hidden).toEqual(['数据!A2：草稿', '数据!B2：1', '藏!A1：客单价', '藏!B1：192']);
    expect(document.fact.text.plain).not.toContain('草稿');
  });

  it('an old .xls is read all the same', async () => {
    const bytes = makeXlsx(
      [{ name: 'Sheet1', rows: [['跳失率', { value: 0.44, format: '0.00%' }]] }],
      'biff8',
    );
    const [answer] = await answers('运营分析.xls', bytes);
    expect(answer).toMatchObject({ label: '跳失率', value: '0.44', text: '44.00%' });
  });

  it('a sheet that claims to reach to the last cell is read by the cells it has', async () => {
    const rows: SheetCell[][] = [['客单价', 192]];
    const bytes = makeXlsx([{ name: 'S', rows, merges: ['A2:XFD1048576'] }]);
    expect(bound(await answers('a.xlsx', bytes))).toEqual(['客单价 → 192']);
  });

  it('a bomb is refused before it is parsed', async () => {
    const sheet = `<worksheet><sheetData>${'<c/>'.repeat(300_000)}</sheetData></worksheet>`;
    const bytes = makeZip([
      { name: 'xl/workbook.xml', data: '<workbook/>' },
      { name: 'xl/worksheets/sheet1.xml', data: sheet },
    ]);
    const { problems, document } = await read('a.xlsx', bytes);
    expect(problems.map(({ code }) => code)).toEqual(['bomb-document']);
    expect(document.fact.kind).toBe('unsupported');
  });
});
