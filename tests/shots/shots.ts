/**
 * Pictures of the running product, taken in headless Chromium on a demo town of their own.
 *
 *   npm run shots                       all pages, for each role, language, size and theme
 *   npm run shots -- --only /held       those whose route or path begins so
 *   npm run shots -- --size phone --language fr --theme light
 *   npm run shots -- --size zoomed --theme forced
 *   npm run shots -- help               the pictures of the pages of help, into the project
 *   npm run shots -- icons              the icons of the installed pages, into the project
 *   npm run shots -- phrases            the pictures of children's phrases, into the project
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { keysOf } from '../../core/ground/keys.ts';
import { startWhole, type Whole } from '../e2e/whole.ts';
import { launchChromium } from '../shared/chromium.ts';
import { helpPictures } from './help.ts';
import { drawIcons } from './icons.ts';
import { phrasePictures } from './phrases.ts';
import { contactSheets, type Shot } from './sheets.ts';
import { tour, type TourStop } from './tour.ts';
import type { ShotLanguage } from './visitors.ts';

const FOLDER = join(import.meta.dirname, '../../shots');
const SIZES = {
  desk: { width: 1280, height: 800 },
  small: { width: 1024, height: 768 },
  upright: { width: 768, height: 1024 },
  phone: { width: 390, height: 844 },
  /** What 640 px are at 200 %. */
  narrow: { width: 320, height: 640 },
  /** What 1280 × 1024 are at 400 %. */
  zoomed: { width: 320, height: 256 },
} as const;
/** How somebody's system has colours; `forced` are those of a reader who sees by contrast. */
const THEMES = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  forced: { colorScheme: 'dark', forcedColors: 'active' },
} as const;
const LANGUAGES: readonly ShotLanguage[] = ['fr', 'en'];
/** Longer pages are cut: nobody looks further on a contact sheet. */
const MAX_HEIGHT = 2_400;

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    size: { type: 'string', default: '' },
    language: { type: 'string', default: '' },
    theme: { type: 'string', default: '' },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const wanted = <One extends string>(all: readonly One[], flag: string): readonly One[] =>
  flag === '' ? all : all.filter((one) => one === flag);

async function main(): Promise<void> {
  const browser = await launchChromium();
  let whole: Whole | null = null;
  try {
    if (positionals[0] === 'icons') return await drawIcons(browser);
    if (positionals[0] === 'phrases') return await phrasePictures(browser);
    whole = await startWhole();
    if (positionals[0] === 'help') return await helpPictures(browser, whole);
    return await everyPage(browser, whole);
  } finally {
    await browser.close();
    await whole?.stop();
  }
}

async function everyPage(browser: Browser, whole: Whole): Promise<void> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const shots: Shot[] = [];
  const lacking = new Set<string>();
  const wish = {
    languages: wanted(LANGUAGES, flags.language),
    only: flags.only,
    lacks: (what: string) => void lacking.add(what),
  };
  for await (const stop of tour(browser, whole, wish)) shots.push(...(await takeAll(stop)));
  await contactSheets(browser, FOLDER, shots);
  say(`${shots.length} pictures in ${FOLDER}; index.html shows them all`);
  for (const one of lacking) say(`not shown: ${one}`);
}

async function takeAll({ page, who, language, route, path }: TourStop): Promise<Shot[]> {
  const shots: Shot[] = [];
  for (const size of wanted(keysOf(SIZES), flags.size)) {
    await page.setViewportSize(SIZES[size]);
    for (const theme of wanted(keysOf(THEMES), flags.theme)) {
      await page.emulateMedia(THEMES[theme]);
      const name = `${who}${route.replace(/[^\w]+/g, '-')}.${language}.${size}.${theme}.png`;
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      const clip = { x: 0, y: 0, width: SIZES[size].width, height: Math.min(height, MAX_HEIGHT) };
      writeFileSync(join(FOLDER, name), await page.screenshot({ fullPage: true, clip }));
      shots.push({ name, who, language, route, path, size, theme });
    }
  }
  return shots;
}

await main();
