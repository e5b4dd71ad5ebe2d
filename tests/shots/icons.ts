import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { PNG_ICONS } from '../../webmail/frame/app-icons.ts';

const FOLDER = join(import.meta.dirname, '../../webmail/assets/icons');

/** Draws the icons of the installed pages anew, from the project's own drawings. */
export async function drawIcons(browser: Browser): Promise<void> {
  for (const { name, drawing, pixels } of PNG_ICONS) {
    const svg = (await readFile(join(FOLDER, drawing))).toString('base64');
    const page = await browser.newPage({ viewport: { width: pixels, height: pixels } });
    await page.setContent(
      `<style>body{margin:0}img{display:block;width:100vw}</style><img src="data:image/svg+xml;base64,${svg}">`,
    );
    await writeFile(join(FOLDER, name), await page.screenshot({ omitBackground: true }));
    await page.close();
  }
}
