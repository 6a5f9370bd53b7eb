import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.ts';
import { leaveOut } from '../support/left-out.ts';
import { type Cable, layCable } from './cable.ts';
import { openChromium } from './chromium.ts';
import { openStage, type Stage, staff, untilGraded } from './stage.ts';
import { newWindow, signIn, tabTo } from './visitor.ts';

const { browser, missing } = await openChromium();
if (!browser) leaveOut('the marking room in a browser', missing);

interface Review {
  candidateId: string;
  paper: string;
  itemsOpen: number;
  items: {
    id: string;
    mark: { points: number | null; doubt: boolean; comment: string; by: string } | null;
  }[];
}

const chosenItem = (page: Page): Promise<string> =>
  page
    .locator('.item[aria-current="true"]')
    .getAttribute('data-item')
    .then((id) => id ?? '');

describe.skipIf(!browser)('the marking room', () => {
  let stage: Stage;
  let cable: Cable;

  beforeAll(async () => {
    stage = await openStage(await temporaryFolder());
    cable = await layCable(stage.address);
    await untilGraded(stage);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await cable?.close();
    await stage?.close();
  });

  async function desk(account: (typeof staff)[keyof typeof staff]): Promise<Page> {
    if (!browser) throw new Error('no browser');
    const page = await newWindow(browser);
    await signIn(page, cable.address, account);
    return page;
  }
  const reviewOf = (candidate: string): Promise<Review> => stage.ask(`/review/submissions/${candidate}`);
  const candidateOn = (page: Page): string => new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const allSaved = (page: Page) => page.getByText('已全部保存').waitFor();

  /** The first submission of the list. */
  async function anyOne(): Promise<string> {
    const { items } = await stage.ask<{ items: Review[] }>('/review/submissions');
    return items[0]?.candidateId ?? '';
  }

  it('is worked by keyboard alone: every submission of every paper, from signing in to the last item', async () => {
    const page = await desk(staff.examiner);
    expect(new URL(page.url()).pathname).toBe('/review');
    await tabTo(page, '领取下一份');
    await page.keyboard.press('Enter');
    const given = new Map<string, Map<string, string>>();
    const papers = new Set<string>();
    for (;;) {
      await page.locator('.item[aria-current="true"]').waitFor();
      const candidate = candidateOn(page);
      given.set(candidate, await markAll(page));
      papers.add((await reviewOf(candidate)).paper);
      await page.keyboard.press('n');
      const gone = page.waitForURL((url) => !url.pathname.endsWith(candidate)).then(() => true);
      const none = page
        .getByText(/没有待评/)
        .waitFor()
        .then(() => false);
      if (!(await Promise.race([gone, none]))) break;
    }
    expect([...papers].sort()).toEqual(['OPS-1', 'PAGE-1', 'SHOP-1']);
    for (const [candidate, marks] of given) {
      const { items, itemsOpen } = await reviewOf(candidate);
      expect(itemsOpen).toBe(0);
      for (const [item, points] of marks)
        expect([item, items.find(({ id }) => id === item)?.mark?.points]).toEqual([item, Number(points)]);
    }
    await page.context().close();
  }, 300_000);

  /** Marks every open item of the submission on the screen, with keys. @returns the points given, by item */
  async function markAll(page: Page): Promise<Map<string, string>> {
    const marks = new Map<string, string>();
    while ((await page.locator('.room-open').textContent()) !== '全部评完') {
      const item = await chosenItem(page);
      const line = page.locator('.item[aria-current="true"]');
      const doubt = (await line.getByText('疑问').count()) > 0;
      const proposed = await page.getByLabel('得分').getAttribute('placeholder');
      const before = await page.getByLabel('得分').inputValue();
      if (doubt) await page.keyboard.press('d');
      else if (!proposed) await page.keyboard.press('m');
      const points = (await page.getByLabel('得分').inputValue()) || proposed || before;
      const saved = page.waitForResponse((answer) => answer.request().method() === 'PUT');
      await page.keyboard.press('Enter');
      expect((await saved).status()).toBe(200);
      marks.set(item, points);
      await allSaved(page);
    }
    return marks;
  }

  it('shows two windows the same item side by side when both mark it, and overwrites nothing silently', async () => {
    const candidate = await anyOne();
    const [one, two] = [await desk(staff.examiner), await desk(staff.second)];
    for (const page of [one, two]) {
      await page.goto(`${cable.address}/review/${candidate}`);
      await page.locator('.item[aria-current="true"]').waitFor();
      // Both type before either saves.
      await page.keyboard.press('m');
    }
    const item = await chosenItem(one);
    expect(await chosenItem(two)).toBe(item);
    const historyOf = () => stage.ask<unknown[]>(`/review/submissions/${candidate}/items/${item}/marks`);
    const before = (await historyOf()).length;
    await one.keyboard.press('Enter');
    await allSaved(one);
    await two.getByLabel('评语').fill('偏暗');
    await two.getByLabel('得分').fill('0');
    await two.keyboard.press('Enter');
    const dialog = two.getByRole('dialog');
    await dialog.getByText('此项已有新的评分').waitFor();
    expect(await dialog.getByRole('region', { name: /现有的评分 · 张老师/ }).count()).toBe(1);
    expect((await reviewOf(candidate)).items.find(({ id }) => id === item)?.mark?.by).toBe('张老师');
    await dialog.getByRole('button', { name: '用我的评分' }).click();
    await allSaved(two);
    const mark = (await reviewOf(candidate)).items.find(({ id }) => id === item)?.mark;
    expect(mark).toMatchObject({ by: '李老师', points: 0, comment: '偏暗' });
    expect(await historyOf()).toHaveLength(before + 2);
    await one.context().close();
    await two.context().close();
  });

  it('keeps what is marked while the cable is cut, says so, and sends it later', async () => {
    const candidate = await anyOne();
    const page = await desk(staff.examiner);
    await page.goto(`${cable.address}/review/${candidate}`);
    await page.locator('.item[aria-current="true"]').waitFor();
    await page.keyboard.press('j');
    const item = await chosenItem(page);
    cable.cutAfter(0);
    await page.keyboard.press('c');
    await page.keyboard.type('断网时写的评语');
    await page.keyboard.press('Escape');
    await page.keyboard.press('d');
    await page.keyboard.press('m');
    await page.keyboard.press('Enter');
    await page.getByText('网络中断：1 项评分已存在本机').waitFor();
    cable.mend();
    await allSaved(page);
    const mark = (await reviewOf(candidate)).items.find(({ id }) => id === item)?.mark;
    expect(mark).toMatchObject({ by: '张老师', comment: '断网时写的评语', doubt: true });
    await page.context().close();
  });

  it('explains its keys, and takes nothing by merely opening', async () => {
    const page = await desk(staff.second);
    const { items } = await stage.ask<{ items: { candidateId: string; lease: unknown }[] }>(
      '/review/submissions',
    );
    const free = items.find(({ lease }) => lease === null) ?? items[0];
    await page.goto(`${cable.address}/review/${free?.candidateId}`);
    await page.locator('.item[aria-current="true"]').waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('领取下一份').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    const after = await stage.ask<{ lease: unknown }>(`/review/submissions/${free?.candidateId}`);
    expect(after.lease).toEqual(free?.lease ?? null);
    await page.context().close();
  });
});
