import { itemState } from '../../rubrics/breakdown.ts';
import { criterionOf, moduleNames } from '../../rubrics/catalogue.ts';
import { examOf } from '../exams/exams.ts';
import type { ReviewParts } from '../review/lines.ts';
import { itemsOf } from '../review/merge.ts';
import { type JudgedLine, judgedLines } from '../review/standings.ts';
import { listResults } from './results.ts';
import type { ResultLine } from './schema.ts';
import type { Table } from './table.ts';
import { itemStateWords, missingText, stateWords } from './words.ts';

/** The score list: a line per candidate. @throws Problem 404 */
export async function candidateTable(parts: ReviewParts, examId: string): Promise<Table> {
  const lines = await listResults(parts, examId);
  return {
    name: '成绩',
    heading: [
      '准考证号',
      '姓名',
      '卷号',
      '场次',
      '考场',
      '座位号',
      '模块',
      '试题',
      '状态',
      '缺少',
      '满分',
      '已定分',
      '待确认分',
      '总分',
    ],
    rows: lines.map((line) => [
      line.ticket,
      line.name,
      line.blindNumber,
      line.session,
      line.room,
      line.seat,
      moduleNames.get(line.module) ?? line.module,
      line.paper,
      stateWords[line.state],
      missingText(line.missing),
      line.possible,
      line.settled,
      line.suggested,
      line.awarded,
    ]),
  };
}

const itemHeading = [
  '准考证号',
  '姓名',
  '卷号',
  '试题',
  '评分要点',
  '评分要点内容',
  '评分点编号',
  '评分点',
  '满分',
  '初评分',
  '初评理由',
  '状态',
  '得分',
  '评分人',
  '疑问',
  '备注',
];

/** Every item of every graded submission. @throws Problem 404 */
export async function itemTable(parts: ReviewParts, examId: string): Promise<Table> {
  await examOf(parts.database, examId);
  const people = new Map((await listResults(parts, examId)).map((line) => [line.candidateId, line]));
  const bySeat: { ticket: string; rows: Table['rows'] }[] = [];
  for await (const line of judgedLines(parts, examId)) {
    const person = people.get(line.row.candidateId);
    if (person) bySeat.push({ ticket: person.ticket, rows: itemRows(person, line) });
  }
  // The marking room's order is random: a list for the office goes by tickets.
  bySeat.sort((a, b) => (a.ticket < b.ticket ? -1 : 1));
  return { name: '评分明细', heading: itemHeading, rows: bySeat.flatMap(({ rows }) => rows) };
}

function itemRows(person: ResultLine, { work, marks, judged }: JudgedLine): Table['rows'] {
  const byItem = new Map(marks.map((mark) => [mark.itemId, mark]));
  const criteria = new Map(work.paper.items.map(({ id, criterion }) => [id, criterion]));
  return itemsOf(judged.breakdown).map((item) => {
    const mark = judged.holding.has(item.id) ? byItem.get(item.id) : undefined;
    const state = itemState(item);
    const criterion = criteria.get(item.id) ?? '';
    return [
      person.ticket,
      person.name,
      person.blindNumber,
      person.paper,
      criterion,
      criterionOf(criterion)?.text ?? '',
      item.id,
      item.text,
      item.possible,
      item.proposed,
      item.reason?.text ?? '',
      itemStateWords[state],
      state === 'settled' ? (item.final ?? item.proposed) : null,
      mark?.markerName ?? (state === 'settled' ? '自动评分' : ''),
      mark?.doubt ? '疑问' : '',
      mark?.comment ?? '',
    ];
  });
}
