import type { Page } from 'playwright-core';

/** A little one draws for the first face, sends it, and gives it to the wall: at what they made. */
export async function givesDrawing(
  page: Page,
  base: string,
  draws: (page: Page) => Promise<void>,
): Promise<void> {
  await page.goto(`${base}/write?make=draw`);
  await page.click('.face-button >> nth=0');
  await page.waitForURL('**/write/draw**');
  await draws(page);
  await page.click('.pens .go');
  await page.waitForURL('**/write/letter/**');
  await page.click('.again .go');
  await page.waitForURL('**/write/sent/**');
  await page.click('form[action$="/mine"] .go');
  await page.waitForURL('**/mine');
}
