import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answersFrom } from '../../../../graders/facts/answers/bind.ts';
import { documentCollector } from '../../../../graders/facts/documents/collector.ts';
import { makeDocx } from '../../../../samples/make/docx-writer.ts';
import { makeXlsx } from '../../../../samples/make/xlsx-writer.ts';
import { makeZip } from '../../../../samples/make/zip-writer.ts';
import { handIn } from './read.ts';

const table = [
  ['来源', 'PV', '占比'],
  ['自然搜索', '7920', '42.58%'],
];
const sheet = [
  {
    name: 'S',
    rows: [
      ['跳失率', { value: 0.44, format: '0.00%', formula: 'A1/B1' }],
      ['甲', 3],
    ],
  },
];
const seeds: Record<string, Buffer> = {
  'a.docx': makeDocx([
    { heading: '一', level: 1 },
    { paragraph: '客单价=35712÷186=192元' },
    { table },
    { textBox: ['框'] },
  ]),
  'a.xlsx': makeXlsx(sheet),
  'a.xls': makeXlsx(sheet, 'biff8'),
  'a.csv': Buffer.from('指标,结果\n"客单价",192'),
  'a.json': Buffer.from('{"流量": {"跳失率": "44.00%"}, "表": [1, [2]]}'),
  'a.txt': Buffer.from('一、流量\n客单价=35712÷186\n=192元'),
};

/** Overwrites bytes anywhere and cuts the end. */
const damage = fc.record({
  patches: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), { maxLength: 8 }),
  keep: fc.oneof(fc.constant(1), fc.double({ min: 0.05, max: 1, noNaN: true })),
});

function damaged(seed: Buffer, { patches, keep }: { patches: [number, number][]; keep: number }): Buffer {
  const bytes = Buffer.from(seed);
  for (const [where, value] of patches)
    bytes[Math.min(bytes.length - 1, Math.floor(where * bytes.length))] = value;
  return bytes.subarray(0, Math.ceil(bytes.length * keep));
}

async function survives(path: string, bytes: Buffer): Promise<void> {
  const file = await handIn(path, bytes);
  const { facts } = await documentCollector.collect([file], [file]);
  expect(facts).toHaveLength(1);
  for (const fact of facts) answersFrom(fact, '任务');
}

describe.each(Object.entries(seeds))('damaged bytes of %s', (path, seed) => {
  it('become facts and problems, never exceptions', async () => {
    await fc.assert(
      fc.asyncProperty(damage, (how) => survives(path, damaged(seed, how))),
      { numRuns: 60 },
    );
  });
});

describe('strange markup in a sound package', () => {
  const tags = ['w:p', 'w:r', 'w:t', 'w:tbl', 'w:tr', 'w:tc', 'w:del', 'w:sdt', 'mc:AlternateContent', 'm:f'];
  const node: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 6 },
      fc.constantFrom(
        '文',
        '3.00%',
        '=',
        '<w:br/>',
        '<w:gridSpan w:val="9e9"/>',
        '<w:vMerge/>',
        '</w:p>',
        '<',
        '&',
      ),
      fc
        .tuple(fc.constantFrom(...tags), fc.array(tie('node'), { maxLength: 4 }))
        .map(([tag, inner]) => `<${tag} w:val="1">${inner.join('')}</${tag}>`),
    ),
  })).node;

  it('is read as far as it goes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(node, { maxLength: 8 }), async (nodes) => {
        const body = `<w:document><w:body>${nodes.join('')}</w:body></w:document>`;
        await survives('a.docx', makeZip([{ name: 'word/document.xml', data: body }]));
      }),
      { numRuns: 80 },
    );
  });
});
