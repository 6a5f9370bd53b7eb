import type { DocxBlock } from './docx-writer.ts';
import { type Answers, prose, sources, views, visitors } from './ops-1-answers.ts';

const lines = (...texts: readonly string[]): DocxBlock[] => texts.map((paragraph) => ({ paragraph }));

/** Table 1 again with the totals and shares that were asked. */
const trafficTable = ({ pv, uv, shares }: Answers): DocxBlock => ({
  table: [
    ['来源', 'PV', 'UV', '访客占比'],
    ...sources.map((source, at) => [source, views[at] ?? '', visitors[at] ?? '', shares[at] ?? '']),
    ['合计', pv, uv, '100.00%'],
  ],
});

/** The report as most candidates write it: headings of the task, one line for each result, prose below. */
export const report = (answers: Answers): DocxBlock[] => [
  { heading: '茶具店运营分析报告', level: 1 },
  { heading: '一、推广工具', level: 2 },
  ...lines(
    `1．直通车的计费方式：${answers.cpc}。`,
    `钻石展位的计费方式：${answers.cpm}。`,
    `淘宝客的计费方式：${answers.cps}。`,
    `2．直通车实际扣费＝${answers.bid}`,
  ),
  { heading: '二、流量分析', level: 2 },
  trafficTable(answers),
  ...lines(
    `平均访问深度：${answers.depth}`,
    `直通车点击率：${answers.ctr}`,
    `直通车平均点击花费：${answers.ppc}`,
    `直通车投入产出比（ROI）：${answers.roi}`,
    `最大流量来源：${answers.largest}`,
    prose.structure,
    prose.attract,
  ),
  { heading: '三、转化分析', level: 2 },
  ...lines(
    `成交转化率＝${answers.conversion}`,
    `直通车点击转化率＝${answers.clickConversion}`,
    `跳失率＝${answers.bounce}`,
    `成交转化率提高到4%后，预计销售额＝${answers.sales}`,
    `销售额增加额＝${answers.increase}`,
    prose.factors,
    ...prose.strategy.map((one, at) => `（${at + 1}）${one}`),
  ),
  { heading: '四、客单价分析', level: 2 },
  ...lines(`客单价＝${answers.customer}`, `笔单价＝${answers.order}`, prose.basket, prose.raise),
];

/** The same answers in one table of names and results, as people do who like Excel better than Word. */
export const tabular = (answers: Answers): DocxBlock[] => [
  { paragraph: '运营分析', bold: true },
  {
    table: [
      ['题号', '项目', '答案'],
      ['1', '直通车计费方式', answers.cpc],
      ['', '钻石展位计费方式', answers.cpm],
      ['', '淘宝客计费方式', answers.cps],
      ['', '实际扣费', answers.bid],
      ['2', 'PV合计', answers.pv],
      ['', 'UV合计', answers.uv],
      ['', '平均访问深度', answers.depth],
      ['', '直通车点击率', answers.ctr],
      ['', '平均点击花费', answers.ppc],
      ['', '投入产出比（ROI）', answers.roi],
      ...sources.map((source, at) => ['', `${source}访客占比`, answers.shares[at] ?? '']),
      ['', '最大流量来源', answers.largest],
      ['3', '成交转化率', answers.conversion],
      ['', '直通车点击转化率', answers.clickConversion],
      ['', '跳失率', answers.bounce],
      ['', '预计销售额', answers.sales],
      ['', '销售额增加额', answers.increase],
      ['4', '客单价', answers.customer],
      ['', '笔单价', answers.order],
    ],
    shadedHead: true,
  },
  ...lines(prose.structure, prose.attract, prose.factors, prose.strategy.join(''), prose.basket, prose.raise),
];

/** Plain text from Notepad: a name, a colon, the answer. */
export const notepad = (answers: Answers): string =>
  [
    '运营分析',
    '一、推广工具',
    `直通车计费方式：${answers.cpc}`,
    `钻石展位计费方式：${answers.cpm}`,
    `淘宝客计费方式：${answers.cps}`,
    `直通车实际扣费：${answers.bid}`,
    '二、流量分析',
    `PV合计：${answers.pv}`,
    `UV合计：${answers.uv}`,
    `平均访问深度：${answers.depth}`,
    `直通车点击率：${answers.ctr}`,
    `平均点击花费：${answers.ppc}`,
    `ROI：${answers.roi}`,
    ...sources.map((source, at) => `${source}占比：${answers.shares[at]}`),
    `访客最多的来源：${answers.largest}`,
    prose.structure,
    prose.attract,
    '三、转化分析',
    `成交转化率：${answers.conversion}`,
    `直通车点击转化率：${answers.clickConversion}`,
    `跳失率：${answers.bounce}`,
    `预计销售额：${answers.sales}`,
    `销售额增加额：${answers.increase}`,
    prose.factors,
    prose.strategy.join('\n'),
    '四、客单价分析',
    `客单价：${answers.customer}`,
    `笔单价：${answers.order}`,
    prose.basket,
    prose.raise,
  ].join('\r\n');
