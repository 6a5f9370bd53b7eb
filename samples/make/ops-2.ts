import { makeDocx } from './docx-writer.ts';
import { paragraphs } from './paragraphs.ts';
import { packed, type Sample, sample } from './sample.ts';
import { makeXlsx, type SheetCell } from './xlsx-writer.ts';

const pricing = `
竞品均价＝（59＋69＋75＋85＋92）÷5＝76.00元
单位完全成本＝32＋2.5＋6＋12000÷1200＝50.50元
成本加成价＝50.5×（1＋40%）＝70.70元
定价方法：成本加成定价法
尾数定价：79元，理由：在竞品59至92元之间，9结尾显得便宜，又高于加成价，保证利润。
`;

const words: [string, number, number, string][] = [
  ['保温杯', 58000, 1160000, '0.05'],
  ['保温杯女士便携', 12600, 84000, '0.15'],
  ['316不锈钢保温杯', 18400, 92000, '0.20'],
  ['大容量保温杯', 15200, 152000, '0.10'],
  ['儿童保温杯带吸管', 9900, 45000, '0.22'],
  ['玻璃杯', 22000, 110000, '0.20'],
  ['智能测温保温杯', 10500, 30000, '0.35'],
  ['商务礼品杯', 6000, 24000, '0.25'],
];

const title = `
选用关键词：智能测温保温杯、商务礼品杯、316不锈钢保温杯、保温杯女士便携
商品标题：智能测温保温杯316不锈钢保温杯女士便携商务礼品杯大学生水杯
优化思路：选竞争比高又与商品相关的词，儿童杯、玻璃杯与商品不符，不用。
上下架：周四21点上架，七天后周四21点下架，赶在访客最多的时候。
`;

const profit = `
销售收入＝79×1200＝94800元
变动成本＝（32＋2.5＋6）×1200＝48600元
佣金＝94800×5%＝4740元
总成本＝48600＋4740＋12000＝65340元
利润＝94800－65340＝29460元
销售利润率＝29460÷94800×100%＝31.08%
毛利率＝（94800－38400）÷94800×100%＝59.49%
保本销量＝12000÷（79－40.5－3.95）≈348件
`;

const service = [
  ['客服', '询单转化率', '客单价（元）', 'KPI得分'],
  ['A', '45.00%', '140.00', '94.00'],
  ['B', '55.00%', '130.00', '88.50'],
  ['C', '40.00%', '160.00', '92.00'],
];

const measures = `
排名：A＞C＞B
影响因素：B响应慢、客单价低，C询单转化率低。
改进措施：B学习快捷短语，首次响应控制在30秒内，多做关联推荐；C加强产品知识培训，及时催付；A分享经验。
`;

const percent = (value: number, formula: string): SheetCell => ({ value, formula, format: '0.00%' });

const book = makeXlsx([
  {
    name: '竞争比',
    rows: [
      ['关键词', '搜索人气', '在线商品数', '竞争比'],
      ...words.map(([word, searches, goods], at): SheetCell[] => [
        word,
        searches,
        goods,
        { value: searches / goods, formula: `B${at + 2}/C${at + 2}`, format: '0.00' },
      ]),
    ],
  },
  {
    name: '利润',
    rows: [
      ['项目', '金额'],
      ['销售收入', { value: 94800, formula: '79*1200' }],
      ['变动成本', { value: 48600, formula: '40.5*1200' }],
      ['佣金', { value: 4740, formula: 'B2*5%' }],
      ['总成本', { value: 65340, formula: 'B3+B4+12000' }],
      ['利润', { value: 29460, formula: 'B2-B5' }],
      ['销售利润率', percent(29460 / 94800, 'B6/B2')],
      ['毛利率', percent(56400 / 94800, '(B2-38400)/B2')],
      ['保本销量', { value: 348, formula: 'ROUNDUP(12000/34.55,0)' }],
    ],
  },
]);

const excellent = () => ({
  '430125000801.zip': packed(
    {
      '运营方案.docx': makeDocx([
        { heading: '一、定价', level: 1 },
        ...paragraphs(pricing),
        { heading: '二、标题与上下架', level: 1 },
        {
          table: [
            ['关键词', '搜索人气', '在线商品数', '竞争比'],
            ...words.map(([word, searches, goods, ratio]) => [word, `${searches}`, `${goods}`, ratio]),
          ],
        },
        ...paragraphs(title),
        { heading: '三、利润核算', level: 1 },
        ...paragraphs(profit),
        { heading: '四、客服KPI', level: 1 },
        { table: service },
        ...paragraphs(measures),
      ]),
      '计算.xlsx': book,
    },
    '430125000801',
  ),
});

/** The same results told in sentences, under names of the candidate's own. */
const narrative = `
5家竞品均价为76元。
单位完全成本=32+2.5+6+10=50.5元，售价=50.5×1.4=70.7元，采用成本加成定价法。
选用关键词：智能测温保温杯、316不锈钢保温杯、保温杯女士便携、大容量保温杯
销售收入9.48万元，变动成本4.86万元，佣金4740元，总成本=48600+4740+12000=65340元
利润=94800-65340=29460元，销售利润率=31.08%，毛利率=59.49%
保本销量=12000÷34.55=347.32≈348件
A客服询单转化率45%，客单价140元，KPI得分94分
B客服询单转化率55%，客单价130元，KPI得分88.5分
C客服询单转化率40%，客单价160元，KPI得分92分
排名：A>C>B
`;

const told = () => ({
  '运营方案.docx': makeDocx([
    { heading: '智能保温杯运营方案', level: 1 },
    { table: [['关键词', '竞争比'], ...words.map(([word, , , ratio]) => [word, ratio])] },
    ...paragraphs(narrative),
  ]),
});

export const ops2: readonly Sample[] = [sample('ops-2-excellent', excellent), sample('ops-2-told', told)];
