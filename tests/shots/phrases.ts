import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { DRAWINGS } from '../../core/mail/phrases/drawings.ts';

const ROOT = join(import.meta.dirname, '../..');
const SPRITE = join(ROOT, 'webmail/assets/pictures.svg');
const FOLDER = join(ROOT, 'core/mail/phrases/pictures');
/** As large as a mail program shows a small picture; twice that of the pages. */
const SIDE = 320;
/** The ground on which the pages show it. */
const GROUND = '#e7edf9';

/** Draws the pictures of phrases as files that every mail program shows. */
export async function phrasePictures(browser: Browser): Promise<void> {
  const sprite = readFileSync(SPRITE, 'utf8');
  const page = await browser.newPage({ viewport: { width: SIDE, height: SIDE } });
  for (const name of DRAWINGS) {
    const [, box = '', inside = ''] =
      new RegExp(`<symbol id="${name}" viewBox="([^"]+)">([\\s\\S]*?)</symbol>`).exec(sprite) ?? [];
    await page.setContent(
      `<body style="margin:0;background:${GROUND};color:#1c2333"><svg viewBox="${box}" style="display:block;box-sizing:border-box;width:${SIDE}px;height:${SIDE}px;padding:24px">${inside}</svg></body>`,
    );
    writeFileSync(join(FOLDER, `${name}.png`), await page.screenshot());
  }
  await page.close();
}
