import { describe, expect, it } from 'vitest';
import { wordAnswer } from '../../../../graders/checks/common/word-answer.ts';
import { document, inputOf, judgedLines } from './number/answers.ts';

const markup = {
  labels: ['成本加成价'],
  value: '70.70',
  display: 'money',
  unit: '元',
  decimals: 2,
  tolerance: '0.01',
  known: [
    { value: '50.50', share: '0.3', why: '没有加成' },
    { value: '76', share: '0', why: '这是竞品均价' },
  ],
};
const outcomeOf = (label: string, text: string, task = '') => {
  const { outcome, reason } = judgedLines(markup, [{ label, text }], { task });
  return [outcome, reason.code];
};

describe('a number under another name', () => {
  it.each([
    ['售价', '50.5×1.4=70.70元'],
    ['售价', '70.7'],
    ['单位完全成本', '50.50元'],
  ])('%s %s may earn points: a human looks', (label, text) => {
    expect(outcomeOf(label, text)).toEqual(['unknown', 'elsewhere']);
  });

  it.each([
    ['售价', '79元'],
    ['均价', '76元'],
    ['售价', '7070'],
  ])('%s %s earns nothing: nothing was answered', (label, text) => {
    expect(outcomeOf(label, text)).toEqual(['fail', 'no-answer']);
  });

  it('does not count what the task itself says there', () => {
    expect(outcomeOf('参考价', '70.70元', '参考价 70.70元')).toEqual(['fail', 'no-answer']);
  });
});

describe('a word without its label', () => {
  const objection = wordAnswer.parameters.parse({
    labels: ['第1句'],
    accept: [['价格异议']],
    reject: ['产品异议'],
  });
  const judged = (plain: string, task = '') => {
    const documents = [document({ text: { plain, strict: 900, word: 900, generous: 900 } })];
    const { outcome, reason } = wordAnswer.judge(inputOf(objection, [], { documents, task }));
    return [outcome, reason.code];
  };

  it('is shown to a human when it stands in a short line', () => {
    expect(judged('一、判断\n1. 价格异议\n2. 产品异议')).toEqual(['unknown', 'elsewhere']);
  });

  it.each(['1. 价格异议 2. 产品异议', '①价格异议②产品异议', '（1）价格异议（2）产品异议'])(
    'is shown when it is one of several in a line: %s',
    (line) => {
      expect(judged(line)).toEqual(['unknown', 'elsewhere']);
    },
  );

  it.each([
    ['denied', '不是价格异议', ''],
    ['beside another answer', '价格异议、产品异议', ''],
    ['in a long paragraph', `顾客在购买时会提出价格异议${'，客服应当耐心听取'.repeat(8)}。`, ''],
    ['in words of the task', '1. 价格异议', '价格异议有哪些？'],
  ])('is no answer %s', (_, plain, task) => {
    expect(judged(plain, task)).toEqual(['fail', 'no-answer']);
  });
});
