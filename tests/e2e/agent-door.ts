import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';

/** A code on paper, and the password that its owner chooses. */
interface Paper {
  readonly address: string;
  readonly code: string;
  readonly password: string;
}

/** An agent comes for the first time: code on paper, password, second factor, its sheet. */
export async function agentComes(page: Page, base: string, paper: Paper): Promise<void> {
  await page.goto(`${base}/activate`);
  await page.fill('#a', paper.address);
  await page.fill('#c', paper.code);
  await page.click('button.main');
  await page.fill('#p', paper.password);
  await page.click('button.main');
  await page.waitForLoadState();
  if (!page.url().startsWith(`${base}/protect`)) {
    await page.goto(`${base}/signin?adult=1`);
    await page.fill('#a', paper.address);
    await page.fill('#p', paper.password);
    await page.click('button.main');
  }
  await protectAccount(page);
}

/**
 * The page that an agent meets before all others: a key for the telephone, its code of now, and the
 * sheet of recovery codes, which is kept.
 */
export async function protectAccount(page: Page): Promise<void> {
  const key = ((await page.textContent('.key')) ?? '').replace(/\s/g, '');
  await page.fill('#code', new TOTP({ secret: Secret.fromBase32(key) }).generate());
  await page.click('main button.main');
  await page.click('text=J’ai mis cette feuille à l’abri');
  await page.waitForURL((url) => !url.pathname.startsWith('/protect'));
}
