/** Answers to OPS-1 as candidates word them; a sample takes the right ones and changes what its candidate got wrong. */
export interface Answers {
  readonly cpc: string;
  readonly cpm: string;
  readonly cps: string;
  readonly bid: string;
  readonly pv: string;
  readonly uv: string;
  readonly depth: string;
  readonly ctr: string;
  readonly ppc: string;
  readonly roi: string;
  /** 自然搜索, 直通车, 淘宝客, 钻石展位, 直接访问. */
  readonly shares: readonly string[];
  readonly largest: string;
  readonly conversion: string;
  readonly clickConversion: string;
  readonly bounce: string;
  readonly sales: string;
  readonly increase: string;
  readonly customer: string;
  readonly order: string;
}

/** Right, with the working written out. */
export const worked: Answers = {
  cpc: '按点击付费（CPC）',
  cpm: '按千次展现付费（CPM）',
  cps: '按成交付费（CPS），成交后才付佣金',
  bid: '1.20×8÷10＋0.01＝0.97元',
  pv: '18600',
  uv: '6200',
  depth: '18600÷6200＝3.00',
  ctr: '2125÷62500×100%＝3.40%',
  ppc: '3187.50÷2125＝1.50元',
  roi: '9562.50÷3187.50＝3.00',
  shares: ['41.29%', '28.23%', '12.74%', '10.00%', '7.74%'],
  largest: '自然搜索',
  conversion: '186÷6200×100%＝3.00%',
  clickConversion: '51÷2125×100%＝2.40%',
  bounce: '3300÷7500×100%＝44.00%',
  sales: '6200×4%×192＝47616.00元',
  increase: '47616.00－35712＝11904.00元',
  customer: '35712÷186＝192.00元',
  order: '35712÷210＝170.06元',
};

export const sources = ['自然搜索', '直通车', '淘宝客', '钻石展位', '直接访问'] as const;
export const views = ['7920', '4650', '2480', '1860', '1690'] as const;
export const visitors = ['2560', '1750', '790', '620', '480'] as const;

/** What the questions without a number are answered with. Figures stand in prose here as they do in real work. */
export const prose = {
  structure:
    '从表中可以看出，自然搜索带来的访客最多，占四成左右，说明标题和主图有一定基础；直通车、淘宝客、钻石展位三种付费流量加起来超过一半，店铺对付费推广依赖较大；直接访问不到一成，老顾客回访和收藏不够。影响流量的因素有标题关键词、主图点击率、推广出价和质量得分、活动报名以及老客维护。',
  attract:
    '引流方法：第一，用生意参谋筛选“功夫茶具套装”“旅行茶具”等长尾词优化标题；第二，直通车删除点击率低于1%的词，提高高转化词的出价；第三，拍摄茶具使用短视频，发到店铺首页和微淘；第四，给老顾客发10元无门槛券，引导收藏加购。',
  factors:
    '影响转化率的因素主要有：价格、主图和详情页、评价与销量、客服响应速度、优惠活动、流量是否精准以及物流和售后。',
  strategy: [
    '优化详情页首屏，用3张场景图突出茶具的材质和容量。',
    '邀请买过的顾客上传买家秀，送5元优惠券，提高好评率。',
    '客服在30秒内回复，准备好常用话术，对犹豫的顾客推送限时券。',
  ],
  basket: '客单价受商品单价、人均购买件数、关联销售、满减门槛、客服推荐和会员等级影响。',
  raise:
    '提升办法：把茶壶和茶杯做成套餐；满199减20、满299包邮；详情页放关联推荐；客服下单后追加推荐茶巾、茶夹。',
} as const;
