import { type DocxBlock, makeDocx } from './docx-writer.ts';
import { paragraphs } from './paragraphs.ts';
import { jpegWithin, open } from './picture.ts';
import { packed, type Sample, sample } from './sample.ts';

const rules = `
订阅号每天可群发：1次
服务号每月可群发：4次
一级菜单最多：3个
二级菜单最多：5个
微信传播的特点：熟人之间传播，信任度高；到达率高，粉丝精准；适合深度内容与互动服务。
`;

const account = `
账号类型：订阅号
账号名称：湘西腊味柴火香
理由：订阅号每天都能推送，适合做内容和活动；名称有品牌又有特色，好记。
`;

const menu = [
  ['一级菜单', '二级菜单'],
  ['进店逛逛', '柴火腊肉、手工腊肠、腊味礼盒、今日优惠'],
  ['腊味故事', '熏制工艺、湘西风味、食谱'],
  ['我的服务', '查订单、联系客服、会员中心'],
];

const fans = [
  ['', '一', '二', '三', '四', '五', '六', '日', '合计'],
  ['新关注', '120', '96', '210', '158', '305', '264', '187', '1340'],
  ['取消', '18', '22', '30', '25', '41', '33', '31', '200'],
  ['净增', '102', '74', '180', '133', '264', '231', '156', '1140'],
];

const rates = `
周末累计粉丝＝8860＋1140＝10000人
取关率＝200÷（8860＋1340）×100%＝1.96%
图文阅读率＝1250÷10000×100%＝12.50%
女性占比＝6300÷10000×100%＝63.00%
男性占比＝3450÷10000×100%＝34.50%
分析：女性粉丝占六成多，周五周六新增最多，取关也最多。
建议：周五晚推送年货攻略，多做家庭食谱内容，取关高的当天检查推送内容，菜单加上粉丝福利。
`;

const article = `
离家再远，也忘不了灶屋里那股柴火香。腊月里，湘西人家的火塘上，一条条腊肉被熏得油亮金黄。
我们选用土猪肉，按老法子腌制，用柏树枝、橘子皮慢熏三十天，不加防腐剂。切一片在锅里，满屋都是家的味道。
年货节来了！活动时间：2026年1月10日至1月20日。参与方式：关注公众号，点“进店逛逛”下单。优惠：满199元减30元，满99元包邮。规则：每个微信号限参加3次，优惠不能叠加。截止时间：1月20日24点。
`;

async function excellent() {
  const picture = async (name: string): Promise<DocxBlock> => {
    const small = (await open('MKT-1', name)).resize(480);
    return { picture: await jpegWithin(small, 40), name };
  };
  const report = makeDocx([
    { heading: '一、平台规则', level: 1 },
    ...paragraphs(rules),
    { heading: '二、账号', level: 1 },
    ...paragraphs(account),
    { heading: '三、菜单', level: 1 },
    { table: menu },
    { heading: '四、粉丝数据', level: 1 },
    { table: fans },
    ...paragraphs(rates),
  ]);
  const [first, second, third] = [
    await picture('smokehouse.jpg'),
    await picture('board.jpg'),
    await picture('giftbox.jpg'),
  ];
  const post = makeDocx([
    { heading: '柴火慢熏三十天，把湘西的年味寄给你', level: 1 },
    first,
    ...paragraphs(article),
    second,
    third,
  ]);
  return { '430125000901.zip': packed({ '公众号运营.docx': report, '推文.docx': post }, '430125000901') };
}

export const mkt1: readonly Sample[] = [sample('mkt-1-excellent', excellent)];
