import { writePsdBuffer } from 'ag-psd';
import bmp from 'bmp-js';
import { describe, expect, it } from 'vitest';
import { imageFormat } from '../../../../graders/checks/common/image-format.ts';
import { animation, scene, workFolder } from '../../facts/images/pictures.ts';
import { image, judge, measured } from './bench.ts';

const folder = workFolder();
const slots = { it: image('logo.jpg') };

async function say(
  path: string,
  bytes: Uint8Array | string,
  parameters: Record<string, unknown>,
  asked = slots,
) {
  const facts = await measured([await folder.put(path, bytes)]);
  return judge(imageFormat, { slots: ['it'], ...parameters }, asked, facts);
}

const jpeg = await scene(40, 40).jpeg().toBuffer();
const gifSlot = { it: image('logo.gif') };

describe('image-format', () => {
  it('B3: .jpg .JPG .jpeg are full', async () => {
    for (const path of ['logo.jpg', 'logo.JPG', 'logo.jpeg']) {
      expect(await say(path, jpeg, { formats: ['jpeg'] })).toMatchObject({
        outcome: 'pass',
        reason: { code: 'right-format' },
      });
    }
  });

  it('B2: a BMP named .jpg is zero, with its true type in the sentence', async () => {
    const { data } = bmp.encode({ width: 4, height: 4, data: Buffer.alloc(64) });
    const said = await say('logo.jpg', data, { formats: ['jpeg'] });
    expect(said).toMatchObject({ outcome: 'fail', share: '0' });
    expect(said.zh).toBe('logo.jpg 的真实格式是 BMP，应为 JPEG。只改扩展名不算转换格式。');
    expect(said.evidence).toMatchObject([
      { kind: 'measure', value: 'BMP', wanted: 'JPEG', path: 'logo.jpg' },
    ]);
  });

  it('B2: a JPEG named .png has the right type; what its extension costs is the paper’s to say', async () => {
    const asked = { it: image('logo.png') };
    expect(await say('logo.png', jpeg, { formats: ['jpeg'] }, asked)).toMatchObject({
      outcome: 'pass',
      reason: { code: 'wrong-extension' },
    });
    const half = await say('logo.png', jpeg, { formats: ['jpeg'], shares: { wrongExtension: '1/2' } }, asked);
    expect(half).toMatchObject({ outcome: 'partial', share: '1/2' });
  });

  it('B4: CMYK gets the share that the paper gives, else half', async () => {
    const cmyk = await scene(40, 40).toColourspace('cmyk').jpeg().toBuffer();
    expect(await say('logo.jpg', cmyk, { formats: ['jpeg'] })).toMatchObject({
      outcome: 'partial',
      share: '1/2',
      reason: { code: 'cmyk' },
    });
    expect(await say('logo.jpg', cmyk, { formats: ['jpeg'], shares: { cmyk: 0.3 } })).toMatchObject({
      share: '0.3',
    });
  });

  it('B11: transparency must be used, not only possible', async () => {
    const opaque = await scene(40, 40).gif().toBuffer();
    const asked = { formats: ['gif'], alpha: 'required' };
    expect(await say('logo.gif', opaque, asked, gifSlot)).toMatchObject({
      outcome: 'partial',
      share: '1/2',
      reason: { code: 'no-alpha' },
    });
    const { default: sharp } = await import('sharp');
    const clear = await sharp({ create: { width: 60, height: 40, channels: 4, background: '#00000000' } })
      .composite([{ input: await scene(40, 40).png().toBuffer(), left: 0, top: 0 }])
      .gif()
      .toBuffer();
    expect(await say('logo.gif', clear, asked, gifSlot)).toMatchObject({ outcome: 'pass' });
  });

  it('B9, B10: an animation is fine unless a still is asked for, and one frame is none', async () => {
    const moving = await (await animation(['#ff0000', '#0000ff'])).gif().toBuffer();
    const still = await scene(40, 40).gif().toBuffer();
    const formats = ['gif'];
    expect(await say('logo.gif', moving, { formats }, gifSlot)).toMatchObject({ outcome: 'pass' });
    expect(await say('logo.gif', moving, { formats, animated: 'forbidden' }, gifSlot)).toMatchObject({
      outcome: 'fail',
      reason: { code: 'animated' },
    });
    expect(await say('logo.gif', moving, { formats, animated: 'required' }, gifSlot)).toMatchObject({
      outcome: 'pass',
    });
    expect(await say('logo.gif', still, { formats, animated: 'required' }, gifSlot)).toMatchObject({
      outcome: 'fail',
      reason: { code: 'not-animated' },
    });
  });

  it('B20, B24: PSD and WebP instead of JPEG are zero for the format, not missing', async () => {
    const psd = writePsdBuffer({ width: 40, height: 40 });
    expect(await say('logo.psd', psd, { formats: ['jpeg'] })).toMatchObject({
      outcome: 'fail',
      reason: { code: 'other-format', values: { format: 'PSD' } },
    });
    const webp = await scene(40, 40).webp().toBuffer();
    expect(await say('logo.jpg', webp, { formats: ['jpeg'] })).toMatchObject({
      outcome: 'fail',
      reason: { code: 'other-format' },
    });
  });

  it('B22: a truncated JPEG is for a human; the wrong type is wrong even when damaged', async () => {
    const cut = jpeg.subarray(0, jpeg.length - 60);
    expect(await say('logo.jpg', cut, { formats: ['jpeg'] })).toMatchObject({
      outcome: 'unknown',
      share: null,
      reason: { code: 'undecodable' },
    });
    expect(await say('logo.jpg', cut, { formats: ['png'] })).toMatchObject({
      outcome: 'fail',
      reason: { code: 'other-format' },
    });
  });

  it('text under a picture’s name is no picture; unknown bytes are for a human', async () => {
    expect(await say('logo.jpg', '这是文字', { formats: ['jpeg'] })).toMatchObject({
      outcome: 'fail',
      reason: { code: 'no-picture' },
    });
    expect(await say('logo.jpg', Buffer.from([1, 2, 3, 4, 5, 6]), { formats: ['jpeg'] })).toMatchObject({
      outcome: 'unknown',
      reason: { code: 'unrecognised' },
    });
  });

  it('D5: the 素材 handed back is no conversion', async () => {
    const facts = await measured([await folder.put('main.jpg', jpeg)]);
    const materials = await measured([await folder.put('nut.jpg', jpeg)]);
    const made = { it: image('main.jpg', { material: 'nut.jpg' }) };
    const said = judge(imageFormat, { slots: ['it'], formats: ['jpeg'] }, made, facts, materials);
    expect(said).toMatchObject({
      outcome: 'fail',
      reason: { code: 'material-unchanged' },
      evidence: [{ kind: 'image-pair', material: 'nut.jpg' }],
    });
    // Without such a 素材 the very same file is what was asked for.
    const free = judge(
      imageFormat,
      { slots: ['it'], formats: ['jpeg'] },
      { it: image('main.jpg') },
      facts,
      materials,
    );
    expect(free.outcome).toBe('pass');
  });
});
