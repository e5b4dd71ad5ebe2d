import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { keysOf } from '../../core/ground/keys.ts';
import {
  GUIDES,
  PICTURE,
  pictureName,
  type GuidePartName,
  type GuideRole,
} from '../../webmail/pages/about/guides.ts';
import type { Whole } from '../e2e/whole.ts';
import { LOCALS } from './pages.ts';
import { signIn, speak, type ShotLanguage } from './visitors.ts';

const FOLDER = join(import.meta.dirname, '../../webmail/assets/help');
/** Flat colours and text: below this, letters get a halo. */
const QUALITY = 0.5;
/** The window is larger than the picture: an everyday screen, read at four fifths. */
const WINDOW = { width: PICTURE.width * 1.25, height: PICTURE.height * 1.25 };

/** Takes the pictures of the pages of help anew. */
export async function helpPictures(browser: Browser, whole: Whole): Promise<void> {
  const painter = await browser.newPage();
  for (const role of keysOf(GUIDES)) {
    const page = await signIn(browser, whole, LOCALS[role], { viewport: WINDOW });
    for (const language of ['fr', 'en'] as const satisfies readonly ShotLanguage[]) {
      await speak(page, whole.base, language);
      for (const part of ['first', 'second', 'third'] as const) {
        await showPart(page, whole.base, { role, part });
        const png = await page.screenshot();
        writeFileSync(join(FOLDER, pictureName(role, part, language)), await webpOf(painter, png));
      }
    }
    await page.context().close();
  }
  await painter.close();
}

/** What a picture shows besides its page: a message open, a class chosen. */
async function showPart(
  page: Page,
  base: string,
  { role, part }: { readonly role: GuideRole; readonly part: GuidePartName },
): Promise<void> {
  await page.goto(`${base}${GUIDES[role][part]}`);
  if (role === 'teacher' && part === 'first') {
    await page.click('.msg >> nth=1');
    await page.waitForSelector('.reading');
  }
  if (role === 'teacher' && part === 'second') {
    await page.click('[data-quick] >> nth=0');
    await page.fill('[name="subject"]', 'Piscine jeudi');
  }
  if (role === 'pupil' && part === 'third') {
    await page.goto(`${base}/mail/inbox`);
    await page.click('.msg >> nth=0');
    await page.waitForLoadState();
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  }
  await page.mouse.move(0, 0);
}

/** A picture as WebP, which Chromium itself makes. */
async function webpOf(painter: Page, png: Buffer): Promise<Buffer> {
  const url = await painter.evaluate(
    async ({ source, quality, width, height }) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      const brush = canvas.getContext('2d');
      if (brush !== null) brush.imageSmoothingQuality = 'high';
      brush?.drawImage(image, 0, 0, width, height);
      return canvas.toDataURL('image/webp', quality);
    },
    { source: `data:image/png;base64,${png.toString('base64')}`, quality: QUALITY, ...PICTURE },
  );
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}
