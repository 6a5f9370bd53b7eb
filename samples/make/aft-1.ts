import { makeDocx } from './docx-writer.ts';
import { paragraphs } from './paragraphs.ts';
import { packed, type Sample, sample } from './sample.ts';

const handling = `
第一步，倾听：“亲，您担心起球，我非常理解，很多顾客第一次也这样问。”
第二步，认同：“围巾贴身戴，面料确实要看仔细。”
第三步，说明：“这款是长纤维精纺，附有检测报告，轻薄是因为纱支高。”
第四步，证明：“您看买家秀，有顾客洗了五次还是平整的。”
第五步，保障：“7天无理由退换，起球包退。”
第六步，促成：“今天下单还送羊绒专用洗涤剂，帮您备注上好吗？”
`;

const complaint = `
投诉类型：商品描述不符（羊绒含量只有30%）、服务态度（旺旺两天无人回复）
投诉原因：第一，宣传“100%羊绒”与检测的30%不符，客户感到受骗；第二，留言两天没有回复，不满情绪加重。
`;

const process = `
处理流程：1. 受理并记录投诉；2. 诚恳道歉，安抚情绪；3. 核实检测报告与聊天记录；4. 提出退货退款并赔偿的方案；5. 与客户确认并在24小时内执行；6. 回访，总结改进。
话术：刘女士您好，非常抱歉让您收到与描述不符的围巾，也抱歉两天没有及时回复您。我们为您办理退货退款，并按法律规定赔偿，运费由我们承担，您看可以吗？
`;

const law = `
法律依据：《中华人民共和国消费者权益保护法》第五十五条
增加赔偿金额：三倍为128×3＝384元，不足500元，按500元计算，即500元
应退赔总额：128＋500＝628元
维权途径：与经营者协商和解；请消费者协会调解；向市场监督管理部门投诉（12315）；申请仲裁；向人民法院起诉。
`;

/** Right but for the compensation: three times the price, as if there were no least amount; the sum follows from it. */
const compensation = law
  .replace('三倍为128×3＝384元，不足500元，按500元计算，即500元', '128×3＝384元')
  .replace('128＋500＝628元', '128＋384＝512元');

const mail = `收件人：liuyang@example.cn
主题：回访：羊绒围巾的处理您还满意吗
尊敬的刘女士：
    您好！我是服饰店的客服小周。上周您反映的羊绒围巾，退款和赔偿已经办好，不知您是否已经收到，对我们的处理还满意吗？再次为给您带来的不便致歉。
    店里新到一款真丝方巾，168元，附检测报告，老顾客下单送礼盒，欢迎您看看。
    祝您生活愉快！
                                    服饰旗舰店 客服小周
                                    2023年3月30日`.replaceAll('\n', '\r\n');

const report = (legal: string): Buffer =>
  makeDocx([
    { heading: '售后客服', level: 1 },
    { heading: '任务1', level: 2 },
    ...paragraphs('第1句：价格异议\n第2句：产品（质量）异议\n第3句：权利异议\n第4句：购买时间异议'),
    { heading: '任务2', level: 2 },
    ...paragraphs(
      '客户觉得贵，一是只看到同款89元的标价，没有比较面料和做工；二是店铺没有把价值讲清楚；三是客户预算有限，希望得到优惠；四是网上同款太多，客户担心买贵了吃亏。',
    ),
    { heading: '任务3', level: 2 },
    ...paragraphs(handling),
    { heading: '任务4', level: 2 },
    ...paragraphs(complaint),
    { heading: '任务5', level: 2 },
    ...paragraphs(process),
    { heading: '任务6', level: 2 },
    ...paragraphs(legal),
  ]);

const excellent = () => ({
  '430125000701.zip': packed(
    { '售后客服.docx': report(law), '回访邮件.txt': `\uFEFF${mail}` },
    '430125000701',
  ),
});

const threefold = () => ({ '售后客服.docx': report(compensation) });

/** Numbered like the task, without the words “第1句” that the task asks to write. */
const otherWords = () => ({
  '售后客服.docx': makeDocx([
    { paragraph: '一、客户异议类型', bold: true },
    ...paragraphs('1. 价格异议\n2. 产品异议\n3. 权力异议\n4. 购买时间异议'),
    { paragraph: '二、处理异议', bold: true },
    ...paragraphs(handling),
    { paragraph: '三、投诉处理', bold: true },
    ...paragraphs('投诉类型：产品质量投诉和服务态度投诉'),
    ...paragraphs(process),
    ...paragraphs('依据的法律：《消费者权益保护法》\n增加赔偿金额：500元\n应退赔总额：628元'),
  ]),
});

export const aft1: readonly Sample[] = [
  sample('aft-1-excellent', excellent),
  sample('aft-1-threefold', threefold),
  sample('aft-1-other-words', otherWords),
];
