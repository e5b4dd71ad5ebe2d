import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { PlainPage } from './plain/page.ts';

/** The file that a press gives, with a browser and without one. */
export async function downloaded(
  page: Page | PlainPage,
  selector: string,
): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  if (page instanceof PlainPage) return page.download(selector);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(selector)]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}
