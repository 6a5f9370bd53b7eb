import { type BreakdownItem, itemState } from '../../rubrics/breakdown.ts';
import { criterionOf, moduleNames } from '../../rubrics/catalogue.ts';
import { examOf } from '../exams/exams.ts';
import { notFound } from '../http/problem.ts';
import type { ReviewParts } from '../review/lines.ts';
import { type JudgedLine, judgedLineOf } from '../review/standings.ts';
import { selectResults } from './queries.ts';
import { lineOfRow } from './results.ts';
import type { ResultLine } from './schema.ts';
import { itemStateWords, missingText, stateWords } from './words.ts';

/** A sheet shows nothing from elsewhere and runs nothing. */
export const sheetPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";

const escaped = (value: string | number): string =>
  String(value)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** Markup whose values are escaped; what `html` itself made is taken as it is. */
class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
type Value = string | number | null | Markup | readonly Markup[];

function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  const written = values.map((value) => {
    if (value === null) return '';
    if (value instanceof Markup) return value.text;
    return typeof value === 'object' ? value.map(({ text }) => text).join('') : escaped(value);
  });
  return new Markup(String.raw({ raw: parts }, ...written));
}

const style = `
  @page { size: A4; margin: 16mm 14mm; }
  body { font: 10.5pt/1.45 "Noto Serif CJK SC", "Source Han Serif SC", SimSun, "Songti SC", serif; color: #000; margin: 0 auto; max-width: 182mm; }
  h1 { font-size: 16pt; text-align: center; margin: 6mm 0 2mm; }
  dl { display: grid; grid-template-columns: repeat(3, auto 1fr); gap: 1mm 3mm; margin: 0 0 4mm; }
  dt { font-weight: bold; } dd { margin: 0; }
  table { border-collapse: collapse; width: 100%; }
  th, td { border: 0.3mm solid #000; padding: 0.8mm 1.5mm; vertical-align: top; }
  td.n { text-align: right; white-space: nowrap; }
  tr { break-inside: avoid; } thead { display: table-header-group; }
  tr.criterion { background: #eee; font-weight: bold; break-after: avoid; }
  .small { font-size: 8.5pt; color: #333; }
  .total { font-size: 13pt; text-align: right; margin: 4mm 0; }
  .unfinished { border: 0.5mm solid #000; padding: 2mm; text-align: center; font-weight: bold; }
  .sign { display: flex; justify-content: space-between; margin-top: 12mm; }
  @media screen { body { padding: 12mm; } }
`;

/**
 * The printable 评分表 of a candidate, as HTML for A4: every item with its points, who gave them and why. An unfinished
 * one says so and shows no total.
 * @throws Problem 404
 */
export async function scoreSheet(parts: ReviewParts, examId: string, candidateId: string): Promise<string> {
  const exam = await examOf(parts.database, examId);
  // First, for it works out what the row needs.
  const judged = await judgedLineOf(parts, candidateId);
  const [row] = await selectResults(parts.database.db, examId, { candidateId });
  if (!row) throw notFound('此考生');
  return page(exam.name, lineOfRow(row), judged);
}

function page(examName: string, line: ResultLine, judged: JudgedLine | null): string {
  const title = `${examName} 评分表`;
  const body = html`<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>${title} ${line.ticket}</title><style>${new Markup(style)}</style></head>
<body>
<h1>${title}</h1>
<dl>
<dt>准考证号</dt><dd>${line.ticket}</dd><dt>姓名</dt><dd>${line.name}</dd><dt>卷号</dt><dd>${line.blindNumber}</dd>
<dt>场次</dt><dd>${line.session}</dd><dt>考场</dt><dd>${line.room}</dd><dt>座位号</dt><dd>${line.seat}</dd>
<dt>模块</dt><dd>${moduleNames.get(line.module) ?? line.module}</dd><dt>试题</dt><dd>${line.paper}</dd><dt>状态</dt><dd>${stateWords[line.state]}</dd>
</dl>
${judged ? itemsTable(judged) : html`<p class="unfinished">${line.state === 'none' ? '未交卷' : '初评未完成'}</p>`}
${conclusion(line)}
<div class="sign"><span>阅卷员：____________</span><span>复核：____________</span><span>日期：____年__月__日</span></div>
</body>
</html>
`;
  return body.text;
}

const conclusion = (line: ResultLine): Markup =>
  line.awarded === null
    ? html`<p class="unfinished">成绩未完成${line.missing.length > 0 ? `：${missingText(line.missing)}` : ''}</p>`
    : html`<p class="total">总分：<strong>${line.awarded}</strong> / ${line.possible}</p>`;

function itemsTable({ judged, marks }: JudgedLine): Markup {
  const byItem = new Map(marks.map((mark) => [mark.itemId, mark]));
  const rowOf = (item: BreakdownItem): Markup => {
    const mark = judged.holding.has(item.id) ? byItem.get(item.id) : undefined;
    const state = itemState(item);
    const points = state === 'settled' ? (item.final ?? item.proposed) : null;
    const by = mark?.markerName ?? (state === 'settled' ? '自动评分' : itemStateWords[state]);
    const why = mark?.comment || item.reason?.text || '';
    return html`<tr><td>${item.text}<div class="small">${why}</div></td><td class="n">${item.possible}</td><td class="n">${points}</td><td>${by}${mark?.doubt ? '（疑问）' : ''}</td></tr>`;
  };
  const criteria = judged.breakdown.criteria.map((criterion) => {
    const rows = criterion.items.map(rowOf);
    const text = criterionOf(criterion.id)?.text ?? criterion.id;
    return html`<tr class="criterion"><td>${text}</td><td class="n">${criterion.possible}</td><td class="n">${criterion.settled}</td><td></td></tr>${rows}`;
  });
  return html`<table>
<thead><tr><th>评分要点与评分点</th><th>满分</th><th>得分</th><th>评分人</th></tr></thead>
<tbody>${criteria}</tbody>
</table>`;
}
