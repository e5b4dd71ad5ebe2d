/** The main stories in Firefox, with its own pointer and keys: reading, writing, search, undo. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWhole, type Whole } from '../e2e/whole.ts';
import { hasFirefox, launchFirefox, type Firefox, type FirefoxPage } from '../shared/firefox.ts';

const TEACHER = 'claire.lefevre';
const PUPIL = 'lina.moreau';

let whole: Whole;
let firefox: Firefox;

async function enter(local: string): Promise<FirefoxPage> {
  const page = await firefox.newPage();
  const { address, password } = whole.account(local);
  await page.goto(`${whole.base}/signin`);
  await page.type('#a', address);
  await page.type('#p', password);
  await page.click('button.main');
  await page.until(`location.pathname === '/mail/inbox' && document.readyState === 'complete'`);
  return page;
}

const textOf = (page: FirefoxPage, selector: string): Promise<string> =>
  page.until(`document.querySelector(${JSON.stringify(selector)})?.textContent.trim()`);
const shows = (page: FirefoxPage, selector: string, words: string): Promise<unknown> =>
  page.until(
    `[...document.querySelectorAll(${JSON.stringify(selector)})].some((one) => one.textContent.includes(${JSON.stringify(words)}))`,
  );
const rows = (page: FirefoxPage): Promise<number> =>
  page.until(`document.querySelectorAll('#list [data-row]').length`);

describe.skipIf(!hasFirefox())('in Firefox (skipped where firefox-esr is not installed)', () => {
  beforeAll(async () => {
    whole = await startWhole();
    firefox = await launchFirefox();
  });
  afterAll(async () => {
    await firefox?.close();
    await whole?.stop();
  });

  it('a teacher opens a message beside its list, puts it away, and takes that back', async () => {
    const page = await enter(TEACHER);
    const before = await rows(page);
    await page.until(`document.documentElement.setAttribute('data-kept', 'yes') ?? 'marked'`);
    await page.click('#list .msg');
    await page.until(`document.querySelector('.reading .pane')`);
    await page.click('.pane button[value="archive"], .pane [data-deed="archive"]');
    await page.until(`document.querySelectorAll('#list [data-row]').length === ${before - 1}`);
    await page.click('[data-undo]');
    await page.until(`document.querySelectorAll('#list [data-row]').length === ${before}`);
    expect(await page.until(`document.documentElement.getAttribute('data-kept')`)).toBe('yes');
  });

  it('a teacher writes to the class in two touches, and a child’s open page shows it', async () => {
    const [teacher, child] = [await enter(TEACHER), await enter(PUPIL)];
    await teacher.goto(`${whole.base}/write`);
    await teacher.click('[data-quick]');
    expect(await textOf(teacher, '[data-send]')).toMatch(/24 personnes/);
    await teacher.type('[name="subject"]', 'Le renard');
    await teacher.type('[name="text"]', 'Il est revenu dans la cour.');
    await teacher.click('[data-send]');
    await shows(teacher, '.toast', 'parti');
    await shows(child, '#list .msg', 'Le renard');
    expect(await child.until(`document.title`)).toMatch(/^\(\d+\) /);
  });

  it('a teacher finds as they type, accents folded', async () => {
    const page = await enter(TEACHER);
    await page.type('#q', 'musee');
    await shows(page, 'mark', 'mus');
  });

  it('a child picks a face, writes, and sends', async () => {
    const page = await enter(PUPIL);
    await page.click('.places a[href="/write"]');
    await page.click(`label[for="to-${whole.address('noe.garnier')}"]`);
    await page.type('[name="subject"]', 'La cabane');
    await page.type('[name="text"]', 'Tu viens jouer ?');
    expect(await textOf(page, '[data-send]')).toMatch(/^Envoyer à Noé/);
    await page.click('[data-send]');
    await shows(page, '.toast', 'Ton message est parti à Noé');
    const child = await enter('noe.garnier');
    await shows(child, '#list .msg', 'La cabane');
  });
});
