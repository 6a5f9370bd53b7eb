import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DocxBlock, makeDocx } from './docx-writer.ts';
import { encodeGbk } from './gbk.ts';
import { type Answers, prose, sources, worked } from './ops-1-answers.ts';
import { notepad, report, tabular } from './ops-1-reports.ts';
import { workbook } from './ops-1-workbook.ts';
import { packed, type Sample, sample } from './sample.ts';
import { lockedDocument, ownerFile } from './system-files.ts';

const excellent = () => ({
  '430125000301.zip': packed({ '运营分析.docx': makeDocx(report(worked)) }, '430125000301'),
});

/** Orders for buyers, visitors for clicks, the forgotten cent; saved a second time by the browser. */
const slipped: Answers = {
  ...worked,
  bid: '1.20×8÷10＝0.96元',
  ctr: '1750÷62500×100%＝2.80%',
  ppc: '3187.50÷1750＝1.82元',
  shares: ['41.29%', '28.2%', '12.74%', '10%', '7.74%'],
  conversion: '210÷6200×100%＝3.39%',
  clickConversion: '51÷1750×100%＝2.91%',
  bounce: '44%',
};
const slips = () => ({ '运营分析(1).docx': makeDocx(tabular(slipped)) });

/** Visits taken for visitors, and everything after it computed rightly from that; two labels exchanged. */
const mistaken: Answers = {
  ...worked,
  cpc: '按千次展现付费（CPM）',
  cpm: '按点击付费（CPC）',
  uv: '7500',
  depth: '18600÷7500＝2.48',
  roi: '（9562.50－3187.50）÷3187.50＝2.00',
  shares: ['34.13%', '23.33%', '10.53%', '8.27%', '6.40%'],
  conversion: '186÷7500×100%＝2.48%',
  bounce: '4200÷7500×100%＝56.00%',
  sales: '7500×4%×170.06＝51018.00元',
  increase: '51018.00－35712＝15306.00元',
  customer: '35712÷210＝170.06元',
  order: '35712÷186＝192.00元',
};
const mistakes = () => ({ '运营分析.docx': makeDocx(report(mistaken)) });

/** Answers that leave a choice, or are written in other ways than the key. */
const doubtful: Answers = {
  ...worked,
  cpc: 'CPC或CPM',
  bid: '0.97',
  pv: '1.86万',
  depth: '3',
  ctr: '0.034%',
  roi: '产出:投入=3:1',
  shares: ['42.58%', '25.00%', '13.33%', '10.00%', '9.09%'],
  largest: '不是直通车，而是自然搜索',
  conversion: '3.00%或3.39%',
  clickConversion: '２．４０％',
  bounce: '百分之四十四',
  sales: '47,616元',
  increase: '33.33%',
  customer: '￥192',
  order: '约170.05元',
};
const doubts = () => ({ '运营分析.docx': makeDocx(tabular(doubtful)) });

/** The task copied into the document, tables and formulas and all, and nothing answered. */
async function copied() {
  const task = await readFile(join(import.meta.dirname, '../../rubrics/papers/OPS-1/task.md'), 'utf8');
  const blocks = task
    .split('\n\n')
    .map((block) => block.replace(/^#+ /, '').replaceAll('**', '').trim())
    .filter((block) => block !== '')
    .map(copiedBlock);
  return { '运营分析.docx': makeDocx(blocks) };
}

function copiedBlock(block: string): DocxBlock {
  if (!block.startsWith('|')) return { paragraph: block };
  const rows = block.split('\n').map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  return { table: rows.filter((row) => !row.every((cell) => /^-+$/.test(cell))) };
}

const gbkText = () => ({ '运营分析.txt': encodeGbk(notepad(worked)) });

const utf16Text = () => ({
  '430125000306.zip': packed({ '运营分析.txt': Buffer.from(`\uFEFF${notepad(worked)}`, 'utf16le') }),
});

/** Protected with a password, handed in while Word still had it open. */
const locked = () => ({ '运营分析.docx': lockedDocument(), '~$营分析.docx': ownerFile('exam') });

/** The stick was pulled out too early. */
function damaged() {
  const whole = makeDocx(report(worked));
  return { '运营分析.docx': whole.subarray(0, Math.floor(whole.length / 3)) };
}

/** Numbers in Excel, words in Word. */
const computed = () => ({
  '运营分析.xlsx': workbook(),
  '运营分析.docx': makeDocx([
    { heading: '运营分析', level: 1 },
    { paragraph: `直通车：${worked.cpc}；钻石展位：${worked.cpm}；淘宝客：${worked.cps}。` },
    { paragraph: '各项计算结果见运营分析.xlsx。' },
    { paragraph: `访客最多的流量来源：${worked.largest}` },
    { paragraph: prose.structure },
    { paragraph: prose.attract },
    { paragraph: prose.factors },
    { paragraph: prose.raise },
  ]),
});

/** The answer sheet that a terminal program saves. */
const answerSheet = () => ({
  '运营分析.json': JSON.stringify(
    {
      推广工具: { 直通车计费方式: 'CPC', 钻石展位计费方式: 'CPM', 淘宝客计费方式: 'CPS', 实际扣费: '0.97元' },
      流量分析: {
        PV合计: 18600,
        UV合计: 6200,
        平均访问深度: '3.00',
        直通车点击率: '3.40%',
        平均点击花费: '1.50元',
        ROI: '1:3',
        ...Object.fromEntries(sources.map((source, at) => [`${source}访客占比`, worked.shares[at]])),
        最大流量来源: '自然搜索',
      },
      转化分析: {
        成交转化率: '3.00%',
        点击转化率: '2.40%',
        跳失率: '44.00%',
        预计销售额: '47616.00元',
        销售额增加额: '11904.00元',
      },
      客单价分析: { 客单价: '192.00元', 笔单价: '170.06元' },
    },
    null,
    2,
  ),
});

export const ops1: readonly Sample[] = [
  sample('ops-1-excellent', excellent),
  sample('ops-1-slips', slips),
  sample('ops-1-mistakes', mistakes),
  sample('ops-1-doubtful', doubts),
  sample('ops-1-task-copied', copied),
  sample('ops-1-gbk-text', gbkText),
  sample('ops-1-utf16-text', utf16Text),
  sample('ops-1-locked', locked),
  sample('ops-1-damaged', damaged),
  sample('ops-1-workbook', computed),
  sample('ops-1-answer-sheet', answerSheet),
];
