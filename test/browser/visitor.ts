import type { Browser, Page } from 'playwright-core';
import type { staff } from './stage.ts';

/** The screen of an exam room. */
export const screen = { width: 1366, height: 768 };

/** A new window of its own, as on another machine. */
export async function newWindow(browser: Browser, size = screen): Promise<Page> {
  const context = await browser.newContext({ viewport: size, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  const page = await context.newPage();
  page.setDefaultTimeout(40_000);
  return page;
}

type Account = (typeof staff)[keyof typeof staff];

/** Signs in by keyboard alone: the first field has the focus. */
export async function signIn(page: Page, address: string, { name, password }: Account): Promise<void> {
  await page.goto(`${address}/login`);
  await page.getByLabel('账号').waitFor();
  await page.keyboard.type(name);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname !== '/login');
}

/** Sits down at an exam terminal. */
export async function sitDown(
  page: Page,
  address: string,
  { ticket, pin }: { ticket: string; pin: string },
): Promise<void> {
  await page.goto(`${address}/hand-in`);
  await page.getByLabel('准考证号').fill(ticket);
  await page.getByLabel('密码').fill(pin);
  await page.getByRole('button', { name: '进入考试' }).click();
  await page.getByRole('timer').waitFor();
}

/** Presses Tab until the element of exactly that text has the focus. @throws Error when it cannot be reached */
export async function tabTo(page: Page, text: string): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate<string>("document.activeElement?.textContent ?? ''");
    if (focused.trim() === text) return;
  }
  throw new Error(`“${text}” cannot be reached with Tab`);
}
