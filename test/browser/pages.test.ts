import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPages } from '../../src/bin/pages.ts';
import { temporaryFolder } from '../support/folder.ts';
import { leaveOut } from '../support/left-out.ts';
import { openChromium } from './chromium.ts';
import { openStage, type Stage, sittings, staff, untilGraded } from './stage.ts';
import { newWindow, signIn, sitDown } from './visitor.ts';

const { browser, missing } = await openChromium();
if (!browser) leaveOut('the pages in a browser', missing);

/** What a terminal may have to fetch before it shows its first page, compressed. */
const firstPageBytes = 400 * 1024;

interface Finding {
  id: string;
  impact: string;
  nodes: { html: string }[];
}

/** What axe calls serious or worse on the page as it stands; empty when it is fine. */
async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<{ violations: Finding[] }>(
    "axe.run(document, { resultTypes: ['violations'], iframes: false })",
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

describe.skipIf(!browser)('every page', () => {
  let stage: Stage;
  let exam: string;

  beforeAll(async () => {
    stage = await openStage(await temporaryFolder());
    await untilGraded(stage);
    const { items } = await stage.ask<{ items: { id: string }[] }>('/exams');
    exam = items[0]?.id ?? '';
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await stage?.close();
  });

  async function windowFor(
    account?: (typeof staff)[keyof typeof staff],
    size?: { width: number; height: number },
  ) {
    if (!browser) throw new Error('no browser');
    const page = await newWindow(browser, size);
    if (account) await signIn(page, stage.address, account);
    return page;
  }

  it('shows the first page with less than 400 KB, compressed', async () => {
    const { folder } = await buildPages();
    const page = await windowFor();
    const fetched: string[] = [];
    page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
    await page.goto(`${stage.address}/hand-in`);
    await page.getByLabel('准考证号').waitFor();
    const assets = fetched.filter((path) => /\.(js|css)$/.test(path));
    const sizes = await Promise.all(
      assets.map(async (path) => (await readFile(join(folder, `${path}.gz`))).length),
    );
    expect(assets.length).toBeGreaterThan(2);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(firstPageBytes);
    await page.context().close();
  });

  it('speaks Chinese first, and English when asked, also after a reload', async () => {
    const page = await windowFor();
    await page.goto(`${stage.address}/login`);
    await page.getByRole('heading', { name: '工作人员登录' }).waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Staff sign-in' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Staff sign-in' }).waitFor();
    await page.context().close();
  });

  it('has no serious finding of axe for candidates', async () => {
    const page = await windowFor();
    await page.goto(`${stage.address}/hand-in`);
    await page.getByLabel('准考证号').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    const waiting = sittings.find(({ sample }) => sample === null);
    if (!waiting) throw new Error('nobody is left to sit down');
    await sitDown(page, stage.address, waiting);
    await page.locator('.markdown').first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.context().close();
  });

  it('has no serious finding of axe for the staff', async () => {
    const page = await windowFor(staff.office);
    const { items } = await stage.ask<{ items: { candidateId: string; paper: string }[] }>(
      '/review/submissions',
    );
    const rooms = ['PAGE-1', 'SHOP-1', 'OPS-1'].map(
      (paper) => `/review/${items.find((one) => one.paper === paper)?.candidateId}`,
    );
    const places = [
      '/exams',
      `/exams/${exam}`,
      `/exams/${exam}?view=candidates`,
      `/exams/${exam}?view=results`,
    ];
    const found: Record<string, string[]> = {};
    for (const place of [...places, '/rooms', '/rooms?view=process', '/review', ...rooms]) {
      await page.goto(`${stage.address}${place}`);
      await page.locator('h1').first().waitFor();
      await page.waitForLoadState('networkidle');
      const findings = await seriousFindings(page);
      if (findings.length > 0) found[place] = findings;
    }
    expect(found).toEqual({});
    await page.context().close();
  });

  it('keeps each role to its pages', async () => {
    const page = await windowFor(staff.examiner);
    expect(await page.getByRole('navigation', { name: '主导航' }).textContent()).toBe('阅卷');
    await page.goto(`${stage.address}/exams`);
    await page.getByText('您的账号不能使用此页面').waitFor();
    await page.context().close();
  });

  it('shows an invigilator with a phone who is missing, and takes process marks', async () => {
    const page = await windowFor(staff.invigilator, { width: 390, height: 844 });
    await page.locator('.seat').first().waitFor();
    expect(await page.locator('.seat').count()).toBe(sittings.length);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.getByText('过程考核').click();
    const field = page.locator('.process-item input').first();
    await field.fill('1');
    await field.press('Enter');
    await page.getByText('王老师评').first().waitFor();
    await page.reload();
    await page.locator('.process-item').first().waitFor();
    expect(await page.locator('.process-item input').first().inputValue()).toBe('1');
    await page.context().close();
  });

  it('tells the office each faulty line of a list of candidates, and takes none of it', async () => {
    const page = await windowFor(staff.office);
    await page.goto(`${stage.address}/exams/${exam}?view=candidates`);
    const list =
      '准考证号,姓名,模块,试题,场次,考场,座位号,密码\n4.3E+07,甲,网页美化,PAGE-1,第一场,机房2,1,12345\n';
    await page
      .getByTestId('candidate-list')
      .setInputFiles({ name: '名单.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
    await page.getByRole('alert').getByText('第 2 行').waitFor();
    expect(await page.locator('tbody tr').count()).toBe(sittings.length);
    await page.context().close();
  });

  it('shows candidates’ pages where they can do nothing', async () => {
    const page = await windowFor(staff.office);
    const { items } = await stage.ask<{ items: { candidateId: string; paper: string }[] }>(
      '/review/submissions',
    );
    const one = items.find(({ paper }) => paper === 'PAGE-1');
    await page.goto(`${stage.address}/review/${one?.candidateId}`);
    await page.getByRole('tab', { name: /index\.html?/ }).click();
    const frame = page.frameLocator('.rendered iframe');
    await frame.locator('body').waitFor();
    const inside = page.frames().find((candidate) => candidate.parentFrame() !== null);
    expect(await inside?.evaluate('self.origin')).toBe('null');
    await expect(inside?.evaluate('document.cookie')).rejects.toThrow(/sandboxed/);
    await expect(inside?.evaluate("fetch('/api/v1/session')")).rejects.toThrow();
    await page.keyboard.press('v');
    await page.locator('.cm-content').waitFor();
    await page.context().close();
  });
});
