import { describe, expect, it } from 'vitest';
import { imageBytes } from '../../../../graders/checks/common/image-bytes.ts';
import { scene, workFolder } from '../../facts/images/pictures.ts';
import { image, judge, measured } from './bench.ts';

const folder = workFolder();
const picture = await scene(60, 40).jpeg().toBuffer();

/** A picture of exactly so many bytes: what follows the end of a JPEG is ignored by every decoder. */
const weighing = (bytes: number): Buffer => Buffer.concat([picture, Buffer.alloc(bytes - picture.length)]);

async function say(bytes: number, near: object | undefined = { over: 0.02, share: '1/2' }) {
  const facts = await measured([await folder.put('main.jpg', weighing(bytes))]);
  return judge(
    imageBytes,
    { slots: ['main'], kb: 200, ...(near ? { near } : {}) },
    { main: image('main.jpg') },
    facts,
  );
}

describe('image-bytes (B1)', () => {
  it.each([
    [200_000, 'pass', '1', 196],
    [203_777, 'pass', '1', 200],
    [204_800, 'pass', '1', 200],
    [204_801, 'partial', '1/2', 201],
    [205_824, 'partial', '1/2', 201],
    [208_896, 'partial', '1/2', 204],
    [208_897, 'fail', '0', 205],
  ])('%i bytes against 200 KB', async (bytes, outcome, share, explorer) => {
    const said = await say(bytes);
    expect(said).toMatchObject({ outcome, share, reason: { values: { explorer } } });
    expect(said.review).toBe(outcome === 'partial');
  });

  it('explains both readings of KB', async () => {
    expect((await say(205_312)).zh).toBe(
      '文件 205 312 字节（资源管理器显示 201 KB），略超上限 200 KB = 204 800 字节，请人工确认。',
    );
    expect((await say(300_000)).zh).toBe(
      '文件 300 000 字节（资源管理器显示 293 KB），上限 200 KB = 204 800 字节。',
    );
  });

  it('just over is over where the paper says nothing of it', async () => {
    const facts = await measured([await folder.put('main.jpg', weighing(204_801))]);
    expect(judge(imageBytes, { slots: ['main'], kb: 200 }, { main: image('main.jpg') }, facts).outcome).toBe(
      'fail',
    );
  });

  it('the few bytes of a damaged picture earn nothing and cost nothing', async () => {
    const facts = await measured([await folder.put('main.jpg', picture.subarray(0, 500))]);
    expect(judge(imageBytes, { slots: ['main'], kb: 200 }, { main: image('main.jpg') }, facts).outcome).toBe(
      'unknown',
    );
  });
});
