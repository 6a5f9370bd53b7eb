import { utils, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { encodeGbk } from '../../samples/make/gbk.ts';
import { readCandidateTable } from '../../src/exams/candidate-table.ts';
import type { Problem } from '../../src/http/problem.ts';

const heading = '准考证号,姓名,模块,试题,场次,考场,座位号,密码';
const line = '00123,张三,网页美化,PAGE-1,上午,机房1,7,246810';
const problemOf = (work: () => unknown): Problem => {
  try {
    work();
  } catch (error) {
    return error as Problem;
  }
  throw new Error('nothing was refused');
};
const table = (...lines: string[]) => Buffer.from([heading, ...lines, ''].join('\r\n'));

describe('a candidate list', () => {
  const wanted = {
    line: 2,
    ticket: '00123',
    name: '张三',
    module: '网页美化',
    paper: 'PAGE-1',
    session: '上午',
    room: '机房1',
    seat: '7',
    pin: '246810',
  };

  it('is read from CSV in UTF-8, with leading zeros', () => {
    expect(readCandidateTable(table(line))).toEqual([wanted]);
  });

  it('is read from CSV in GBK, as Excel saves it', () => {
    expect(readCandidateTable(encodeGbk(`${heading}\r\n${line}\r\n`))).toEqual([wanted]);
  });

  it('is read from XLSX, columns in any order', () => {
    const columns = heading.split(',').reverse();
    const sheet = utils.aoa_to_sheet([columns, line.split(',').reverse()]);
    const book = utils.book_new();
    utils.book_append_sheet(book, sheet, '名单');
    const bytes = write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer;
    expect(readCandidateTable(bytes)).toEqual([wanted]);
  });

  it('is read with semicolons or tabs', () => {
    for (const separator of [';', '\t']) {
      const text = `${heading}\n${line}\n`.replaceAll(',', separator);
      expect(readCandidateTable(Buffer.from(text))).toEqual([wanted]);
    }
  });

  it('refuses tickets that Excel turned into 4.3E+07, with the line', () => {
    const problem = problemOf(() => readCandidateTable(table(line, line.replace('00123', '4.3E+07'))));
    expect(problem.status).toBe(422);
    expect(problem.errors).toEqual([{ where: '第 3 行', message: expect.stringContaining('科学计数法') }]);
  });

  it('refuses a number cell that Excel shows as 4.3E+07', () => {
    const sheet = utils.aoa_to_sheet([heading.split(','), line.split(',')]);
    sheet.A2 = { t: 'n', v: 43_000_123, z: '0.0E+00' };
    const book = utils.book_new();
    utils.book_append_sheet(book, sheet, '名单');
    const bytes = write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer;
    expect(problemOf(() => readCandidateTable(bytes)).errors?.[0]?.message).toContain('科学计数法');
  });

  it.each([
    ['a missing column', `准考证号,姓名\n1,张三\n`, '第 1 行', '缺少列'],
    ['an empty field', `${heading}\n${line.replace('张三', '')}\n`, '第 2 行', '未填写：姓名'],
    ['a ticket twice', `${heading}\n${line}\n${line}\n`, '第 3 行', '与第 2 行重复'],
    ['a short PIN', `${heading}\n${line.replace('246810', '12')}\n`, '第 2 行', '密码至少 4 位'],
    ['odd characters', `${heading}\n${line.replace('00123', '00/123')}\n`, '第 2 行', '只能含'],
    ['no candidate', `${heading}\n`, '文件', '没有考生'],
  ])('refuses %s and says where', (_name, text, where, message) => {
    const problem = problemOf(() => readCandidateTable(Buffer.from(text)));
    expect(problem.errors).toEqual([{ where, message: expect.stringContaining(message) }]);
  });

  it('tells every fault at once', () => {
    const problem = problemOf(() =>
      readCandidateTable(
        table('1,,网页美化,PAGE-1,上午,机房1,1,1234', '2,李四,网页美化,PAGE-1,上午,机房1,2,1'),
      ),
    );
    expect(problem.errors?.map(({ where }) => where)).toEqual(['第 2 行', '第 3 行']);
  });
});
