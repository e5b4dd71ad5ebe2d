/**
 * Pictures of the running product, taken in headless Chromium on a demo town of their own.
 *
 *   npm run shots                       all pages, for each role, language, size and theme
 *   npm run shots -- --only /held       those whose route or path begins so
 *   npm run shots -- --size phone --language fr --theme light
 *   npm run shots -- help               the pictures of the pages of help, into the project
 *   npm run shots -- icons              the icons of the installed pages, into the project
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { startWhole, type Whole } from '../e2e/whole.ts';
import { launchChromium } from '../shared/chromium.ts';
import { helpPictures } from './help.ts';
import { drawIcons } from './icons.ts';
import { LOCALS, SHOWN, STATES, type Who } from './pages.ts';
import { contactSheets, type Shot } from './sheets.ts';
import { pathOf, valuesOf, type Values } from './values.ts';
import { openClassComputer, signIn, speak, type Language } from './visitors.ts';

const FOLDER = join(import.meta.dirname, '../../shots');
const SIZES = {
  desk: { width: 1280, height: 800 },
  small: { width: 1024, height: 768 },
  phone: { width: 390, height: 844 },
} as const;
const THEMES = ['light', 'dark'] as const;
const LANGUAGES: readonly Language[] = ['fr', 'en'];
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
  const lacking: string[] = [];
  for (const who of [...Object.keys(LOCALS), 'class', 'nobody'] as Who[]) {
    // A class's computer speaks as the teacher did who opened it: one for each language.
    const comer = who === 'class' ? null : await comerFor(browser, whole, who);
    for (const language of wanted(LANGUAGES, flags.language)) {
      const { page, values } = comer ?? (await openClassComputer(browser, whole, language));
      if (comer !== null) await speak(page, whole.base, language);
      for (const { route, path } of pathsFor(who, values, lacking)) {
        const answer = await page.goto(whole.base + addressFor(path, { who, language }));
        if (answer === null || answer.status() >= 500) lacking.push(`${who} ${path}: no page`);
        shots.push(...(await takeAll(page, { who, language, route, path })));
      }
      if (comer === null) await page.context().close();
    }
    await comer?.page.context().close();
    say(`${who}: ${shots.filter((shot) => shot.who === who).length}`);
  }
  await contactSheets(browser, FOLDER, shots);
  say(`${shots.length} pictures in ${FOLDER}; index.html shows them all`);
  for (const one of new Set(lacking)) say(`not shown: ${one}`);
}

/** Who isn't signed in asks for their language in each address. */
function addressFor(path: string, { who, language }: Pick<Shot, 'who' | 'language'>): string {
  return who === 'nobody' ? `${path}${path.includes('?') ? '&' : '?'}language=${language}` : path;
}

async function comerFor(
  browser: Browser,
  whole: Whole,
  who: Exclude<Who, 'class'>,
): Promise<{ readonly page: Page; readonly values: Values }> {
  if (who === 'nobody')
    return { page: await (await browser.newContext()).newPage(), values: { code: 'XXXX' } };
  const page = await signIn(browser, whole, LOCALS[who]);
  return { page, values: await valuesOf(page, whole.base, who) };
}

function pathsFor(
  who: Who,
  values: Values,
  lacking: string[],
): readonly { readonly route: string; readonly path: string }[] {
  const routes = Object.keys(SHOWN).filter((route) => SHOWN[route]?.includes(who) === true);
  const pages = routes.flatMap((route) => {
    const path = pathOf(route, values);
    if (typeof path === 'string') return [{ route, path }];
    lacking.push(`${who} ${route}: nothing for :${path.lacks}`);
    return [];
  });
  const states = STATES.filter((one) => one.who.includes(who));
  return [...pages, ...states.map(({ path }) => ({ route: path, path }))].filter(
    ({ route, path }) => route.startsWith(flags.only) || path.startsWith(flags.only),
  );
}

async function takeAll(
  page: Page,
  { who, language, route, path }: Pick<Shot, 'who' | 'language' | 'route' | 'path'>,
): Promise<Shot[]> {
  const shots: Shot[] = [];
  for (const size of wanted(Object.keys(SIZES) as (keyof typeof SIZES)[], flags.size)) {
    await page.setViewportSize(SIZES[size]);
    for (const theme of wanted(THEMES, flags.theme)) {
      await page.emulateMedia({ colorScheme: theme });
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
