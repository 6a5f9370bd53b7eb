import { type DocxBlock, makeDocx } from './docx-writer.ts';
import { paragraphs } from './paragraphs.ts';
import { jpegWithin, open } from './picture.ts';
import { packed, type Sample, sample } from './sample.ts';
import { makeXlsx, type SheetCell } from './xlsx-writer.ts';

const differences = `
1. 微博是公开的广场式传播，陌生人也能看到和转发；微信是熟人圈子里的传播。
2. 微博短小、传播快、时效强；微信公众号内容深、到达准、留存久。
`;

const topic = `
#桂花味的秋天#
南门的桂花开了，豆时光的桂花拿铁也来了。一口咖啡，一口秋天。转发并@一位想一起喝的同学，周五抽10位送桂花拿铁一杯！@豆时光咖啡
`;

const event = `
活动时间：10月12日至10月16日，每天20点到22点发布，这时活跃粉丝最多（25%）。
步骤：关注并转发微博，@一位好友，周五22点抽奖，到店领取。
奖品：一等奖联名杯10个，二等奖桂花拿铁50杯。
规则：每个账号只能中奖一次。截止时间：10月16日20点。
预算：联名杯10个共800元，桂花拿铁50杯共1100元，微博推广1000元，合计2900元。
`;

/** The task's table, the posts numbered as there, with the column that was asked. */
const posts = [
  ['微博', '阅读', '转发', '评论', '点赞', '互动量', '互动率'],
  ['1', '12000', '96', '144', '360', '600', '5.00%'],
  ['2', '8000', '40', '60', '140', '240', '3.00%'],
  ['3', '20000', '500', '300', '800', '1600', '8.00%'],
  ['4', '6000', '18', '30', '72', '120', '2.00%'],
  ['5', '14000', '140', '210', '350', '700', '5.00%'],
  ['合计', '60000', '794', '744', '1722', '3260', '5.43%'],
];

const results = `
互动率最高：第3条
单个粉丝成本＝3000÷1200＝2.50元
ROI＝60×68÷3000＝1.36
粉丝增长率＝1200÷25000×100%＝4.80%
建议：学习第3条的写法，多用图片和提问；在20点到22点发布；把优惠券直接放进微博，提高成交。
`;

const book = makeXlsx([
  {
    name: '互动率',
    rows: [
      ['微博', '阅读', '转发', '评论', '点赞', '互动率'],
      ...[
        [12000, 96, 144, 360],
        [8000, 40, 60, 140],
        [20000, 500, 300, 800],
        [6000, 18, 30, 72],
        [14000, 140, 210, 350],
      ].map(([reads = 0, forwards = 0, comments = 0, likes = 0], at): SheetCell[] => [
        `微博${at + 1}`,
        reads,
        forwards,
        comments,
        likes,
        {
          value: (forwards + comments + likes) / reads,
          formula: `SUM(C${at + 2}:E${at + 2})/B${at + 2}`,
          format: '0.00%',
        },
      ]),
    ],
  },
]);

async function excellent() {
  const picture = async (name: string): Promise<DocxBlock> => {
    const small = (await open('MKT-2', name)).resize(480);
    return { picture: await jpegWithin(small, 40), name };
  };
  const report = makeDocx([
    { heading: '一、微博与微信的区别', level: 1 },
    ...paragraphs(differences),
    { heading: '二、话题与微博', level: 1 },
    ...paragraphs(topic),
    await picture('latte.jpg'),
    await picture('storefront.jpg'),
    await picture('window.jpg'),
    { heading: '三、抽奖活动', level: 1 },
    ...paragraphs(event),
    { heading: '四、数据分析', level: 1 },
    { table: posts },
    ...paragraphs(results),
  ]);
  return { '430125001001.zip': packed({ '微博策划.docx': report, '数据.xlsx': book }, '430125001001') };
}

export const mkt2: readonly Sample[] = [sample('mkt-2-excellent', excellent)];
