import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.ts';
import { leaveOut } from '../support/left-out.ts';
import { type Cable, layCable } from './cable.ts';
import { openChromium } from './chromium.ts';
import { openStage, type Sitting, type Stage, sittings } from './stage.ts';
import { newWindow, sitDown } from './visitor.ts';

const { browser, missing } = await openChromium();
if (!browser) leaveOut('handing in with a browser', missing);

const megabyte = 2 ** 20;
const [first, second, third] = sittings.filter(({ sample }) => sample === null);

describe.skipIf(!browser)('a candidate at a terminal', () => {
  let stage: Stage;
  let cable: Cable;
  let work: string;

  beforeAll(async () => {
    stage = await openStage(await temporaryFolder());
    cable = await layCable(stage.address);
    work = await temporaryFolder();
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await cable?.close();
    await stage?.close();
  });

  async function terminal(who: Sitting | undefined) {
    if (!browser || !who) throw new Error('no browser, or too few candidates');
    const page = await newWindow(browser);
    await sitDown(page, cable.address, who);
    return page;
  }

  /** A folder of pictures that holds so many bytes. */
  async function folderOf(name: string, bytes: number): Promise<string> {
    const folder = join(work, name);
    await mkdir(join(folder, '源文件'), { recursive: true });
    await writeFile(join(folder, 'logo.jpg'), randomBytes(1000));
    await writeFile(join(folder, '源文件', '店招.psd'), randomBytes(bytes));
    return folder;
  }

  /** Attempts of a candidate that the service has, as the invigilator is told. */
  async function attemptsOf({ ticket }: Sitting): Promise<number> {
    const { items } = await stage.ask<{ items: { id: string }[] }>('/exams');
    const lines = await stage.ask<{ items: { ticket: string; attempts: number }[] }>(
      `/exams/${items[0]?.id}/hand-ins`,
    );
    return lines.items.find((line) => line.ticket === ticket)?.attempts ?? -1;
  }

  it('hands in a folder, although the cable is cut in the middle, and gets one receipt', async () => {
    const page = await terminal(first);
    await page.getByTestId('folder').setInputFiles(await folderOf(first?.ticket ?? '', 6 * megabyte));
    await page.getByText('2 个文件').waitFor();
    cable.cutAfter(2 * megabyte);
    await page.getByRole('button', { name: '交卷', exact: true }).click();
    await page.getByText('网络中断').waitFor();
    expect(cable.cuts).toBeGreaterThan(0);
    cable.mend();
    await page.getByRole('heading', { name: '作品已收到' }).waitFor();
    const receipt = page.getByRole('region', { name: '回执' });
    expect(await receipt.textContent()).toContain(`${first?.ticket}/源文件/店招.psd`);
    expect(first && (await attemptsOf(first))).toBe(1);
    // The task asks for more: it says so at once, and in Chinese.
    expect(await receipt.textContent()).toContain('没有找到试题要求的文件“banner.jpg”');
    await page.context().close();
  });

  it('goes on by itself after a reload in the middle, and still shows the receipt after the next one', async () => {
    const page = await terminal(second);
    const folder = await folderOf(second?.ticket ?? '', 5 * megabyte);
    await page.getByTestId('folder').setInputFiles(folder);
    cable.cutAfter(megabyte);
    await page.getByRole('button', { name: '交卷', exact: true }).click();
    await page.getByText('网络中断').waitFor();
    cable.mend();
    await page.reload();
    await page.getByRole('heading', { name: '作品已收到' }).waitFor();
    const code = await page.locator('.receipt-code b').textContent();
    expect(second && (await attemptsOf(second))).toBe(1);
    await page.reload();
    await page.getByRole('heading', { name: '作品已收到' }).waitFor();
    expect(await page.locator('.receipt-code b').textContent()).toBe(code);
    await page.context().close();
  });

  it('uploads a large work in pieces and goes on where the cable was cut', async () => {
    const page = await terminal(third);
    const folder = await folderOf(third?.ticket ?? '', 24 * megabyte);
    await page.getByTestId('folder').setInputFiles(folder);
    const sent: number[] = [];
    page.on('request', (request) => {
      if (request.method() === 'PATCH') sent.push(Number(request.headers()['upload-offset']));
    });
    cable.cutAfter(10 * megabyte);
    await page.getByRole('button', { name: '交卷', exact: true }).click();
    await page.getByText('网络中断').waitFor();
    cable.mend();
    await page.getByRole('heading', { name: '作品已收到' }).waitFor({ timeout: 40_000 });
    expect(third && (await attemptsOf(third))).toBe(1);
    // From the beginning once, for each of the two files; after the cut from where the service was.
    expect(sent.filter((offset) => offset === 0)).toHaveLength(2);
    expect(Math.max(...sent)).toBeGreaterThanOrEqual(16 * megabyte);
    await page.context().close();
  });

  it('names what looks wrong before anything is sent', async () => {
    const page = await terminal(first);
    await page
      .getByRole('button', { name: '再次提交' })
      .or(page.getByTestId('files'))
      .first()
      .waitFor({ state: 'attached' });
    await page.getByTestId('files').setInputFiles([
      { name: 'kefu.gif - 快捷方式.lnk', mimeType: 'application/octet-stream', buffer: Buffer.from('L') },
      { name: 'banner.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0) },
      { name: '~$方案.docx', mimeType: 'application/octet-stream', buffer: Buffer.from('x') },
    ]);
    for (const words of ['这是快捷方式', '空文件（0 字节）', 'Office 的临时文件'])
      await page.getByText(words).waitFor();
    await page.getByRole('button', { name: '移除 banner.jpg' }).click();
    expect(await page.getByText('空文件（0 字节）').count()).toBe(0);
    await page.context().close();
  });

  it('takes what is dropped, and refuses a wrong PIN in Chinese', async () => {
    if (!browser || !first) throw new Error('no browser');
    const page = await newWindow(browser);
    await page.goto(`${cable.address}/hand-in`);
    await page.getByLabel('准考证号').fill(first.ticket);
    await page.getByLabel('密码').fill('00000');
    await page.getByRole('button', { name: '进入考试' }).click();
    expect(await page.getByRole('alert').textContent()).toMatch(/准考证号|密码/);
    await page.getByLabel('密码').fill(first.pin);
    await page.getByRole('button', { name: '进入考试' }).click();
    await page.getByRole('timer').waitFor();
    // As text: this runs in the page, whose names a program of Node does not know.
    await page.evaluate(`{
      const transfer = new DataTransfer();
      transfer.items.add(new File(['图'], 'logo.png'));
      const drop = new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true });
      document.querySelector('.drop').dispatchEvent(drop);
    }`);
    await page.getByText('1 个文件').waitFor();
    expect(await page.locator('.files-path').textContent()).toBe('logo.png');
    await page.context().close();
  });
});
