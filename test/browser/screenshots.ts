import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openChromium } from './chromium.ts';
import { openStage, type Stage, sittings, staff, untilGraded } from './stage.ts';
import { newWindow, signIn, sitDown } from './visitor.ts';

const pictures = join(import.meta.dirname, '../../docs/screenshots');
const samples = join(import.meta.dirname, '../../samples');

async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  // Movements end, pictures are drawn.
  await page.waitForTimeout(700);
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

async function candidate(page: Page, { address }: Stage): Promise<void> {
  const [who] = sittings.filter(({ sample }) => sample === null);
  if (!who) throw new Error('nobody is left to sit down');
  await sitDown(page, address, who);
  await page.getByTestId('folder').setInputFiles(join(samples, 'shop-1-half-uploaded/submission'));
  await shoot(page, 'hand-in');
  await page.getByRole('button', { name: '仍然交卷' }).click();
  await page.getByRole('heading', { name: '作品已收到' }).waitFor();
  await shoot(page, 'receipt');
}

async function invigilator(page: Page, { address }: Stage): Promise<void> {
  await signIn(page, address, staff.invigilator);
  await page.locator('.seat').first().waitFor();
  await shoot(page, 'rooms-phone');
  await page.getByText('过程考核').click();
  const fields = page.locator('.process-item input');
  await fields.first().fill('2');
  await fields.first().press('Enter');
  await fields.nth(1).fill('1.5');
  await fields.nth(1).press('Enter');
  await shoot(page, 'process-phone');
}

async function examiner(page: Page, stage: Stage): Promise<void> {
  const { address, ask } = stage;
  const { items } = await ask<{ items: { candidateId: string; paper: string }[] }>('/review/submissions');
  const open = async (paper: string, which = 0): Promise<void> => {
    const found = items.filter((item) => item.paper === paper)[which];
    await page.goto(`${address}/review/${found?.candidateId}`);
    await page.locator('.item[aria-current="true"]').waitFor();
  };
  await signIn(page, address, staff.examiner);
  await open('PAGE-1');
  for (const key of ['m', 'Enter', 'm', 'd', 'Enter']) await page.keyboard.press(key);
  await page.getByText('已全部保存').waitFor();
  await page.getByRole('tab', { name: /index/ }).click();
  await shoot(page, 'marking-page');
  await page.locator('[data-item^="page-5"], [data-item^="page-7"]').first().click();
  await page.getByRole('tab', { name: /index/ }).click();
  await page.getByText('源代码').click();
  await shoot(page, 'marking-source');
  await page.getByRole('tab', { name: 'tea1.jpg' }).click();
  await page.getByRole('combobox', { name: '与素材比较' }).waitFor();
  await page.getByText('并排').click();
  await page.locator('[data-item="page-3.turn-tea1"]').click();
  await page.getByRole('tab', { name: 'tea1.jpg' }).click();
  await shoot(page, 'marking-picture');
  await page.getByRole('tab', { name: 'banner.jpg' }).click();
  await page.getByRole('combobox', { name: '与素材比较' }).click();
  await page.getByTitle('bg.bmp').click();
  await page.getByText('滑动对比').click();
  await shoot(page, 'marking-swipe');
  await open('SHOP-1');
  await page.getByRole('tab', { name: /main/ }).click();
  await shoot(page, 'marking-shop');
  await open('OPS-1');
  await shoot(page, 'marking-document');
  await page.keyboard.press('?');
  await shoot(page, 'keys');
  await page.goto(`${address}/review`);
  await shoot(page, 'list');
}

async function office(page: Page, { address, ask }: Stage): Promise<void> {
  const { items } = await ask<{ items: { id: string }[] }>('/exams');
  await signIn(page, address, staff.office);
  await shoot(page, 'exams');
  for (const view of ['candidates', 'results']) {
    await page.goto(`${address}/exams/${items[0]?.id}?view=${view}`);
    await page.locator('tbody tr').first().waitFor();
    await shoot(page, view);
  }
  await page.goto(`${address}/rooms`);
  await shoot(page, 'rooms');
}

/** Every page with something on it, as PNG in docs/screenshots. */
async function screenshots(): Promise<void> {
  const { browser, missing } = await openChromium();
  if (!browser) throw new Error(missing);
  await mkdir(pictures, { recursive: true });
  const folder = await mkdtemp(join(tmpdir(), 'kaoping-screenshots-'));
  const stage = await openStage(folder);
  try {
    await untilGraded(stage);
    await candidate(await newWindow(browser), stage);
    await invigilator(await newWindow(browser, { width: 390, height: 844 }), stage);
    await examiner(await newWindow(browser), stage);
    await office(await newWindow(browser), stage);
  } finally {
    await browser.close();
    await stage.close();
    await rm(folder, { recursive: true, force: true });
  }
}

await screenshots();
