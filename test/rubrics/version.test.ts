import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, digestOf } from '../../rubrics/canonical.ts';
import { loadPaper } from '../../rubrics/load-paper.ts';
import type { Outcome } from '../../rubrics/outcome.ts';
import type { Paper } from '../../rubrics/paper-schema.ts';
import { evidenceDigest, ruleDigest, versionId } from '../../rubrics/version.ts';
import { filesWith, folderOf, goodPaper, knownChecks } from './paper-folder.ts';

const load = (yaml: string, more: Record<string, string> = {}): Paper =>
  loadPaper(folderOf({ ...filesWith(yaml), ...more }), knownChecks);

const good = load(goodPaper);

describe('canonical JSON', () => {
  it('sorts keys at every depth and drops what is undefined', () => {
    expect(canonicalJson({ b: [{ d: 1, c: undefined }], a: -0 })).toBe('{"a":0,"b":[{"d":1}]}');
  });

  it('is JSON of the same value, whatever order its keys were in', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
      }),
    );
  });

  it.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1n,
    undefined,
    () => 1,
    new Date(0),
    new Map(),
    [undefined],
    [new Set()],
  ])('refuses %s', (value) => {
    expect(() => canonicalJson({ value: [value] })).toThrow(TypeError);
  });

  it('hashes to SHA-256 in hex', () => {
    expect(digestOf({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
  });
});

describe('the id of a rubric version', () => {
  it('is the same for the same content, however it is written', () => {
    const reordered = goodPaper
      .replace('module: page\nminutes: 60\n', 'minutes: 60\nmodule: "page" # a comment\n')
      .replace('kind: image, material: tea1.jpg', 'material: tea1.jpg, kind: image')
      .replace("'10.50'", '10.5');
    expect(reordered).not.toBe(goodPaper);
    expect(versionId(load(reordered))).toBe(versionId(good));
  });

  it('survives the database, which keeps no order of keys', () => {
    const backwards = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(backwards)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, inner]) => [key, backwards(inner)]),
            )
          : value;
    expect(versionId(backwards(good) as Paper)).toBe(versionId(good));
  });

  it.each([
    ['a key', goodPaper.replace('value: "0.97"', 'value: "0.96"'), {}],
    ['points', goodPaper.replace('points: 20', 'points: 19').replace('points: 38', 'points: 39'), {}],
    ['the order of items', swapLast(goodPaper), {}],
    ['the task', goodPaper, { 'task.md': '# 任务\n制作网页。\n' }],
    ['a byte of a material', goodPaper, { 'materials/tea1.jpg': 'tea onf' }],
    ['the name of a material', goodPaper, { 'materials/tea3.jpg': 'x' }],
    ['a path', goodPaper.replace('报告.docx', '报告书.docx'), {}],
  ])('changes with %s', (_what, yaml, files) => {
    expect(versionId(load(yaml, files))).not.toBe(versionId(good));
  });
});

describe('what a mark is pinned to', () => {
  const [item] = good.items;
  if (item === undefined) throw new Error('the good paper has items');

  it('is check, parameters and text of the item, not its points', () => {
    expect(ruleDigest({ ...item, points: '3', step: 1, by: 'suggest', hint: 'x', criterion: 'page-1' })).toBe(
      ruleDigest(item),
    );
    expect(ruleDigest({ ...item, text: 'x' })).not.toBe(ruleDigest(item));
    expect(ruleDigest({ ...item, check: 'x' })).not.toBe(ruleDigest(item));
    expect(ruleDigest({ ...item, parameters: { ...item.parameters, width: 301 } })).not.toBe(
      ruleDigest(item),
    );
  });

  const measure = { kind: 'measure', name: 'width', value: '301', wanted: '300' } as const;
  const outcome: Outcome = {
    outcome: 'partial',
    share: '1/2',
    reason: { code: 'near', values: { width: 301 } },
    confidence: 1,
    cause: null,
    review: false,
    evidence: [{ ...measure, path: 'a.jpg', checker: 'image-size@1' }],
  };

  it('is verdict, share and values of the evidence, not the version or words of a checker', () => {
    expect(
      evidenceDigest({
        ...outcome,
        share: '0.5',
        confidence: 0.9,
        reason: { code: 'almost', values: { width: '301' } },
        evidence: [
          { ...measure, path: 'b.jpg', checker: 'image-size@2' },
          { kind: 'file', bytes: 5 },
        ],
      }),
    ).toBe(evidenceDigest(outcome));
  });

  it.each([
    ['verdict', { outcome: 'fail', share: '0' }],
    ['share', { share: '1/3' }],
    ['cause', { cause: 'turn:tea1' }],
    ['values', { reason: { code: 'near', values: { width: 302 } } }],
    ['measure', { evidence: [{ ...measure, value: '302' }] }],
  ] as const)('changes with the %s', (_what, change) => {
    expect(evidenceDigest({ ...outcome, ...change } as Outcome)).not.toBe(evidenceDigest(outcome));
  });

  it("is the work itself for an examiner's item, in whatever order its files come", () => {
    expect(evidenceDigest(null, ['b', 'a', 'b'])).toBe(evidenceDigest(null, ['a', 'b']));
    expect(evidenceDigest(null, ['a'])).not.toBe(evidenceDigest(null, ['a', 'b']));
    expect(evidenceDigest(null)).not.toBe(evidenceDigest(outcome));
  });
});

function swapLast(yaml: string): string {
  const look = yaml.slice(yaml.indexOf('  - id: page-6.look'), yaml.indexOf('  - id: page-9.six'));
  return `${yaml.replace(look, '')}${look}`;
}
