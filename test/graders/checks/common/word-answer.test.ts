import { describe, expect, it } from 'vitest';
import { wordAnswer } from '../../../../graders/checks/common/word-answer.ts';
import { inputOf, type Line } from './number/answers.ts';

const cpc = {
  labels: ['直通车计费方式', '直通车'],
  accept: [['CPC', '按点击付费', '点击计费']],
  reject: ['CPM', 'CPS', '按展现付费', '按成交付费'],
};
const parse = (parameters: unknown): unknown => wordAnswer.parameters.parse(parameters);
const judgedLines = (parameters: unknown, lines: readonly Line[], at = {}) =>
  wordAnswer.judge(inputOf(parse(parameters), lines, at));
const judged = (parameters: { labels: string[] }, text: string) => {
  const { share, reason } = judgedLines(parameters, [{ label: parameters.labels[0] ?? '', text }]);
  return [share, reason.code];
};

describe('word-answer', () => {
  it.each([
    ['CPC', '1', 'right'],
    ['ＣＰＣ', '1', 'right'],
    ['cpc（按点击付费）', '1', 'right'],
    ['按 点击 付费', '1', 'right'],
    ['不是CPM，而是CPC', '1', 'right'],
    ['CPM', '0', 'wrong'],
    ['按成交付费', '0', 'wrong'],
    ['不是CPC，而是CPM', '0', 'wrong'],
    ['不是CPC', '0', 'negated'],
    ['并非“按点击付费”', '0', 'negated'],
    ['CPC、CPM、CPS', null, 'shotgun'],
    ['CPC或CPM', null, 'shotgun'],
    ['竞价扣费', null, 'unrecognised'],
    ['CPCX', null, 'unrecognised'],
  ])('%s ▶ %s %s', (text, share, code) => {
    expect(judged(cpc, text)).toEqual([share, code]);
  });

  it('E9: homophones count where the paper names them', () => {
    const objection = { labels: ['第3句'], accept: [['权力异议', '决策权异议']], reject: ['需求异议'] };
    expect(judged(objection, '权利异议')).toEqual([null, 'unrecognised']);
    expect(judged({ ...objection, alike: [['权力', '权利']] } as never, '权利异议')).toEqual([
      '1',
      'right-alike',
    ]);
    expect(judged({ ...objection, alike: [['权力', '权利']] } as never, '权力异议')).toEqual(['1', 'right']);
  });

  it('needs every group, or any one of oneOf', () => {
    const both = { labels: ['投诉类型'], accept: [['商品描述不符', '产品质量'], ['服务态度']] };
    expect(judged(both, '产品质量、服务态度')).toEqual(['1', 'right']);
    expect(judged(both, '服务态度')).toEqual(['1/2', 'incomplete']);
    const any = { labels: ['投诉类型'], accept: { oneOf: [['商品描述不符'], ['服务态度']] } };
    expect(judged(any, '服务态度')).toEqual(['1', 'right']);
  });

  it('is for a human when two places say different things', () => {
    const lines = [
      { label: '直通车计费方式', text: 'CPC' },
      { label: '直通车计费方式', text: 'CPM' },
    ];
    expect(judgedLines(cpc, lines)).toMatchObject({
      outcome: 'unknown',
      reason: { code: 'several-answers' },
    });
  });

  it('says where it looked when there is nothing', () => {
    const outcome = judgedLines(cpc, []);
    expect(outcome).toMatchObject({
      share: '0',
      reason: { code: 'no-answer' },
      evidence: [{ kind: 'absent', searched: ['运营分析.docx'] }],
    });
    const closed = judgedLines(cpc, [], {
      problems: [{ path: 'a.docx', code: 'encrypted', message: '加密' }],
    });
    expect(closed.outcome).toBe('unknown');
  });

  it('takes figures beside the label for answers only when the paper lists them', () => {
    expect(judgedLines(cpc, [{ label: '直通车占比', text: '28.23%' }]).reason.code).toBe('no-answer');
    const days = { labels: ['周期'], accept: [['7天', '七天']], reject: ['3天'] };
    expect(judged(days, '7天')).toEqual(['1', 'right']);
  });

  it('refuses a word that is accepted and rejected', () => {
    expect(wordAnswer.refuse?.(parse({ ...cpc, reject: ['ｃｐｃ'] }))).toHaveLength(1);
    expect(wordAnswer.refuse?.(parse(wordAnswer.example))).toEqual([]);
  });
});
