import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Whole } from '../e2e/whole.ts';
import { LOCALS } from './pages.ts';
import type { Values } from './values.ts';

export type ShotLanguage = 'fr' | 'en';

/** Signs somebody of the demo town in, in a browser of their own. */
export async function signIn(
  browser: Browser,
  whole: Whole,
  local: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({
    locale: 'fr-FR',
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  const { address, password } = whole.account(local);
  await page.goto(`${whole.base}/signin`);
  await page.fill('#a', address);
  await page.fill('#p', password);
  await page.click('button.main');
  await page.waitForURL((url) => !url.pathname.startsWith('/signin'));
  return page;
}

/** Changes the language of who is signed in; whoever isn't asks for theirs in each address. */
export async function speak(page: Page, base: string, language: ShotLanguage): Promise<void> {
  if (page.url() === 'about:blank') return;
  await page.goto(`${base}/mail/inbox`);
  await page.evaluate(async (wish) => {
    const csrf = document.querySelector<HTMLInputElement>('input[name="csrf"]')?.value;
    if (csrf === undefined) return;
    const body = new URLSearchParams({ csrf, language: wish, here: '/' });
    await fetch('/language', { method: 'POST', body });
  }, language);
}

/** A computer that a teacher has opened for their class: nobody is signed in on it. */
export async function openClassComputer(
  browser: Browser,
  whole: Whole,
  language: ShotLanguage,
): Promise<{ readonly page: Page; readonly values: Values }> {
  const page = await signIn(browser, whole, LOCALS.teacher);
  await speak(page, whole.base, language);
  // Whoever has one class is led to it.
  await page.goto(`${whole.base}/codes`);
  await page.click('form[action$="/open"] button');
  await page.waitForLoadState();
  await page.goto(`${whole.base}/class`);
  const found = async (link: RegExp): Promise<string> => {
    const all = await page.$$eval('a[href]', (links) =>
      links.map((one) => one.getAttribute('href') ?? ''),
    );
    return all.map((one) => link.exec(one)?.[1]).find((one) => one !== undefined) ?? '';
  };
  const ofClass = /\/class\/(\d+)/.exec(page.url())?.[1] ?? (await found(/^\/class\/(\d+)/));
  await page.goto(`${whole.base}/class/${ofClass}`);
  const child = await found(/^\/class\/\d+\/(\d+)/);
  return { page, values: { class: ofClass, child } };
}
