import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imageSize } from '../../../../graders/checks/common/image-size.ts';
import type { ImageFact } from '../../../../graders/facts/schema.ts';
import { animation, scene, workFolder } from '../../facts/images/pictures.ts';
import { image, judge, measured, noFacts } from './bench.ts';

const folder = workFolder();
const slots = { banner: image('banner.jpg') };
const asked = {
  slots: ['banner'],
  width: 300,
  height: 90,
  near: { pixels: 1, share: '1/2' },
  aspect: { tolerance: 0.01, share: 0.3 },
};

async function sized(width: number, height: number, parameters: Record<string, unknown> = asked) {
  const facts = await measured([
    await folder.put('banner.jpg', await scene(width, height).jpeg().toBuffer()),
  ]);
  return judge(imageSize, parameters, slots, facts);
}

describe('image-size', () => {
  it.each([
    [300, 90, 'pass', '1', 'exact'],
    [301, 90, 'partial', '1/2', 'near'],
    [299, 91, 'partial', '1/2', 'near'],
    [302, 90, 'partial', '0.3', 'aspect'],
    [600, 180, 'partial', '0.3', 'aspect'],
    [285, 90, 'fail', '0', 'other-size'],
    [300, 120, 'fail', '0', 'other-size'],
    [90, 300, 'fail', '0', 'turned'],
  ])('%i × %i', async (width, height, outcome, share, code) => {
    expect(await sized(width, height)).toMatchObject({ outcome, share, reason: { code } });
  });

  it('says what an examiner reads', async () => {
    const said = await sized(285, 90);
    expect(said.zh).toBe('应为 300×90 像素，实测 285×90 像素。');
    expect(said.evidence).toMatchObject([
      { kind: 'measure', name: '像素尺寸', value: '285×90', wanted: '300×90' },
    ]);
  });

  it('names the cause of swapped sides, so that it is charged once', async () => {
    expect((await sized(90, 300)).cause).toBe('turn:banner');
    expect((await sized(285, 90)).cause).toBeNull();
  });

  it('gives nothing for a near miss that the paper does not mention', async () => {
    const strict = { slots: ['banner'], width: 300, height: 90 };
    expect((await sized(301, 90, strict)).outcome).toBe('fail');
    expect((await sized(600, 180, strict)).outcome).toBe('fail');
  });

  it('other known sizes come before the general rules', async () => {
    const others = [
      { width: 300, height: 120, share: 0.3, why: '含导航条的高度' },
      { width: 301, height: 90, share: 0, why: '多一列' },
    ];
    const known = await sized(300, 120, { ...asked, others });
    expect(known).toMatchObject({ outcome: 'partial', share: '0.3' });
    expect(known.zh).toContain('含导航条的高度');
    expect(await sized(301, 90, { ...asked, others })).toMatchObject({
      outcome: 'fail',
      reason: { code: 'known-size' },
    });
  });

  it('B7: compares the size that is shown', async () => {
    const bytes = await scene(90, 300).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const facts = await measured([await folder.put('banner.jpg', bytes)]);
    expect(judge(imageSize, asked, slots, facts)).toMatchObject({ outcome: 'pass' });
  });

  it('B9: an animation is as large as its canvas', async () => {
    const bytes = await (await animation(['#ff0000', '#00ff00', '#0000ff'], 100)).gif().toBuffer();
    const facts = await measured([await folder.put('logo.gif', bytes)]);
    const said = judge(
      imageSize,
      { slots: ['logo'], width: 100, height: 100 },
      { logo: image('logo.gif') },
      facts,
    );
    expect(said).toMatchObject({ outcome: 'pass', review: true, reason: { code: 'exact-blank' } });
  });

  it('a plain canvas of the right size is not full marks given blindly', async () => {
    expect(await sized(300, 90)).toMatchObject({ review: false });
    const { default: sharp } = await import('sharp');
    const blank = await sharp({ create: { width: 300, height: 90, channels: 3, background: '#fff' } })
      .jpeg()
      .toBuffer();
    const facts = await measured([await folder.put('banner.jpg', blank)]);
    expect(judge(imageSize, asked, slots, facts)).toMatchObject({ outcome: 'pass', review: true });
  });

  it('a height may be a range', async () => {
    const range = {
      slots: ['banner'],
      width: 300,
      heightRange: [80, 120],
      near: { pixels: 1, share: '1/2' },
    };
    expect((await sized(300, 80, range)).outcome).toBe('pass');
    expect((await sized(300, 121, range)).outcome).toBe('partial');
    expect((await sized(300, 130, range)).zh).toBe('应为 300×80–120 像素，实测 300×130 像素。');
  });

  it('B22: what cannot be decoded is for a human', async () => {
    const bytes = await scene(300, 90).jpeg().toBuffer();
    const facts = await measured([await folder.put('banner.jpg', bytes.subarray(0, bytes.length - 99))]);
    expect(judge(imageSize, asked, slots, facts)).toMatchObject({ outcome: 'unknown', share: null });
  });

  it('a drawing without pixels of its own is not called damaged', async () => {
    const facts = await measured([
      await folder.put('banner.jpg', '<svg xmlns="http://www.w3.org/2000/svg"/>'),
    ]);
    expect(judge(imageSize, asked, slots, facts)).toMatchObject({
      outcome: 'unknown',
      zh: 'banner.jpg 是 SVG 文件，不能测量其像素，请人工查看原文件。',
    });
  });

  it('a missing file is a fail that lists what was searched; an empty one is as missing', async () => {
    const other = await folder.put('说明.txt', 'x');
    const said = judge(imageSize, asked, slots, await measured([other]));
    expect(said).toMatchObject({
      outcome: 'fail',
      reason: { code: 'absent' },
      evidence: [{ kind: 'absent', what: 'banner.jpg', searched: ['说明.txt'] }],
    });
    const empty = judge(imageSize, asked, slots, await measured([await folder.put('banner.jpg', '')]));
    expect(empty).toMatchObject({ outcome: 'fail', reason: { code: 'empty' } });
  });

  it('D4: two files that could be meant are for a human', async () => {
    const bytes = await scene(300, 90).jpeg().toBuffer();
    const more = await scene(300, 90).jpeg({ quality: 50 }).toBuffer();
    const facts = await measured([
      await folder.put('banner(1).jpg', bytes),
      await folder.put('banner(2).jpg', more),
    ]);
    const said = judge(imageSize, asked, slots, facts);
    expect(said).toMatchObject({ outcome: 'unknown', reason: { code: 'ambiguous' } });
    expect(said.zh).toContain('banner(1).jpg、banner(2).jpg');
  });

  it('over several slots one wrong file costs one file', async () => {
    const right = await scene(150, 40).gif().toBuffer();
    const wrong = await scene(150, 50).gif().toBuffer();
    const icons = { a: image('kefu.gif'), b: image('shoucang.gif'), c: image('fenlei1.gif') };
    const facts = await measured([
      await folder.put('kefu.gif', right),
      await folder.put('shoucang.gif', wrong),
    ]);
    const said = judge(imageSize, { slots: ['a', 'b', 'c'], width: 150, height: 40 }, icons, facts);
    expect(said).toMatchObject({ outcome: 'partial', share: '1/3', cause: null });
    expect(said.zh).toBe('3 个文件中 1 个完全符合要求；有问题的：shoucang.gif (150×50)、fenlei1.gif (—)。');
  });

  it('refuses parameters that compare nothing or contradict each other', () => {
    const refuse = (parameters: unknown) => imageSize.refuse?.(imageSize.parameters.parse(parameters));
    expect(refuse({ slots: ['a'] })).toHaveLength(1);
    expect(refuse({ slots: ['a'], width: 1, height: 2, heightRange: [1, 2] })).toHaveLength(1);
    expect(refuse({ slots: ['a'], heightRange: [3, 2] })).toHaveLength(1);
    expect(refuse(asked)).toEqual([]);
  });

  it('never throws and never gives more than exact, whatever the picture', () => {
    const side = fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.constantFrom(300, 90, 301, 2 ** 31));
    const picture: fc.Arbitrary<ImageFact> = fc.record({
      path: fc.constant('banner.jpg'),
      sha256: fc.constant('x'),
      format: fc.constantFrom('jpeg', 'psd', 'svg', 'bmp'),
      width: side,
      height: side,
      displayWidth: side,
      displayHeight: side,
      frames: fc.integer({ min: 1, max: 9 }),
      orientation: fc.integer({ min: 1, max: 8 }),
      space: fc.constant('srgb'),
      hasAlpha: fc.boolean(),
      alphaShare: fc.double({ min: 0, max: 1, noNaN: true }),
      bytes: fc.constant(9),
      meanLuma: fc.constant(null),
      contrast: fc.constant(null),
      entropy: fc.option(fc.double({ min: 0, max: 8, noNaN: true })),
      dominant: fc.option(
        fc.record({ colour: fc.constant('#000000'), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
      ),
      phash: fc.constant(null),
      decodable: fc.boolean(),
    });
    const file = {
      path: 'banner.jpg',
      bytes: 9,
      sha256: 'x',
      mime: 'image/jpeg',
      extensionMatches: true,
      junk: null,
      used: null,
    };
    fc.assert(
      fc.property(picture, (one) => {
        const said = judge(imageSize, asked, slots, { ...noFacts, files: [file], images: [one] });
        if (said.outcome === 'pass') expect([one.displayWidth, one.displayHeight]).toEqual([300, 90]);
      }),
    );
  });
});
