import AxeBuilder from '@axe-core/playwright';
import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../docker/testing/chromium.ts';
import { DOMAIN, openCodeTown, type CodeTown } from '../core/accounts/testing/code-town.ts';
import { DEMO_PASSWORD } from '../core/roster/demo/seed.ts';
import { startWebmail } from './server.ts';

const SIZES = [{ width: 1280, height: 800 }, { width: 1024, height: 768 }, { width: 390, height: 844 }] as const;
/** Where to put pictures of the pages, to look at them; nowhere in a usual run. */
const SHOTS = process.env['PREAU_TEST_SHOTS'];

let town: CodeTown;
let web: { readonly port: number; close(): Promise<void> };
let browser: Browser;
let classId: number;
const base = () => `http://127.0.0.1:${web.port}`;

async function signedIn(local: string, context?: BrowserContext): Promise<{ page: Page; context: BrowserContext }> {
  const own = context ?? await browser.newContext();
  const page = await own.newPage();
  await page.goto(`${base()}/signin?adult=1`);
  await page.fill('#a', `${local}@${DOMAIN}`);
  await page.fill('#p', DEMO_PASSWORD);
  await page.click('button.main');
  await page.waitForURL('**/mail/inbox');
  return { page, context: own };
}

async function openOnThisComputer(options: { readonly javaScriptEnabled?: boolean } = {}): Promise<{ page: Page; context: BrowserContext }> {
  const { page, context } = await signedIn('claire.lefevre', await browser.newContext(options));
  await page.click('text=Mes classes >> nth=0');
  await page.click('text=Codes et feuilles');
  await page.click('.books .cahier');
  await page.click('text=Ouvrir la classe sur cet ordinateur');
  await page.waitForURL(`**/class/${classId}`);
  return { page, context };
}

/** A click that brings a file, and its bytes. */
async function fetched(page: Page, button: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(button)]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

async function faultsOf(page: Page, what: string): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze();
  return violations.filter((one) => one.impact === 'serious' || one.impact === 'critical').map((one) => `${what} ${one.id} ${one.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(', ')}`);
}

/** Looks at a page in three sizes: nothing is wider than its window; pictures where they are asked for. */
async function wideOf(page: Page, what: string): Promise<readonly string[]> {
  const wide: string[] = [];
  for (const size of SIZES) {
    await page.setViewportSize(size);
    if (await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)) wide.push(`${what} at ${size.width}`);
    if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${what}-${size.width}.png` });
  }
  await page.setViewportSize(SIZES[0]);
  return wide;
}

describe.skipIf(!hasChromium())('codes in a browser (skipped where chromium is not installed)', () => {
  beforeAll(async () => {
    town = await openCodeTown();
    classId = await town.classId(await town.viewer('claire.lefevre'), 'CE1 A');
    web = await startWebmail(town.core, { demo: true, clock: () => new Date() });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await web?.close();
    await town?.close();
  });

  it('a child signs in with pictures, without script: name, three touches, inbox; the next child finds the names', async () => {
    const teacher = await signedIn('claire.lefevre');
    await teacher.page.goto(`${base()}/codes/${classId}`);
    const { bytes } = await fetched(teacher.page, 'text=Fichier pour publipostage');
    const row = parse<Record<string, string>>(bytes, { bom: true, columns: true }).find((one) => one['Adresse'] === `lina.moreau@${DOMAIN}`);
    const pictures = (row?.['Code'] ?? '').split(', ');
    expect(pictures).toHaveLength(3);
    const { page, context } = await openOnThisComputer({ javaScriptEnabled: false });
    expect(await page.context().cookies()).not.toContainEqual(expect.objectContaining({ name: '__Host-preau' }));
    expect(await page.title()).toBe('Qui es-tu\u00a0? – Préau');
    await page.click('.names a:has-text("Lina")');
    expect(await page.textContent('h1')).toBe('Bonjour Lina');
    for (const picture of pictures.slice(0, 2)) await page.click(`.code button:has-text("${picture}")`);
    await page.click('text=Effacer');
    await page.click(`.code button:has-text("${pictures[1]}")`);
    expect(await page.locator('.slots .face').count()).toBe(2);
    await page.click(`.code button:has-text("${pictures[2]}")`);
    await page.waitForURL('**/mail/inbox');
    expect(await page.textContent('h1')).toContain('Lina');
    await page.click('text=Quitter');
    await page.waitForURL(`**/class/${classId}`);
    await context.close();
    await teacher.context.close();
  });

  it('wrong pictures are told kindly; a teacher’s two clicks make new ones that work at once', async () => {
    const { page, context } = await openOnThisComputer();
    const child = await page.getAttribute('.names a:has-text("Noé")', 'href');
    for (let each = 0; each < 6; each += 1) {
      await page.goto(`${base()}${child}`);
      for (let touch = 0; touch < 3; touch += 1) await page.click('.code li:first-child button');
      if (each === 0) expect(await page.textContent('#trouble')).toBe('Ce ne sont pas les bonnes images. Essaie encore, tu as le temps.');
    }
    expect(await page.textContent('#trouble')).toContain('Attends un peu avec moi.');
    const teacher = await signedIn('claire.lefevre');
    await teacher.page.waitForSelector('text=Noé Garnier n’arrive pas à entrer');
    await teacher.page.goto(`${base()}/codes/${classId}`);
    await teacher.page.click('.line:has-text("Noé Garnier") button');
    const pictures = await teacher.page.locator('.fresh-code span').allTextContents();
    const wide = await wideOf(teacher.page, 'new-code');
    const faults = await faultsOf(teacher.page, 'new-code');
    for (const picture of pictures) await page.click(`.code button:has-text("${picture}")`);
    await page.waitForURL('**/mail/inbox');
    expect({ wide, faults }).toEqual({ wide: [], faults: [] });
    await context.close();
    await teacher.context.close();
  });

  it('a head prints sheets as PDF, kept by no cache; a code on paper opens an account', async () => {
    const { page, context } = await signedIn('mamadou.diallo');
    await page.goto(`${base()}/codes`);
    await page.click('.books .cahier:has-text("CM2 B")');
    const [answer] = await Promise.all([page.waitForResponse('**/print'), fetched(page, 'text=Feuille à imprimer').then(({ name, bytes }) => {
      expect(name).toBe('Codes CM2 B.pdf');
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
      expect((bytes.toString('latin1').match(/\/Type \/Page\b/g) ?? []).length).toBe(3);
    })]);
    expect(answer.headers()).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'application/pdf' });
    const { bytes } = await fetched(page, 'text=Fichier pour publipostage');
    const row = parse<Record<string, string>>(bytes, { bom: true, columns: true }).find((one) => one['Adresse'] === `rosa.fernandes@${DOMAIN}`);
    const fresh = await (await browser.newContext()).newPage();
    await fresh.goto(`${base()}/signin`);
    await fresh.click('text=J’ai reçu un code sur papier');
    const faults = [...await faultsOf(fresh, 'activate')];
    const wide = [...await wideOf(fresh, 'activate')];
    await fresh.fill('#a', row?.['Adresse'] ?? '');
    await fresh.fill('#c', 'AAAA-AAA-AAAA-AAAA');
    await fresh.click('button.main');
    expect(await fresh.textContent('#trouble')).toContain('L’adresse ou le code ne correspond pas.');
    await fresh.fill('#c', (row?.['Code'] ?? '').toLowerCase().replaceAll('-', ' '));
    await fresh.click('button.main');
    expect(await fresh.textContent('h1')).toBe('Choisis ton mot de passe');
    faults.push(...await faultsOf(fresh, 'choose'));
    wide.push(...await wideOf(fresh, 'choose'));
    await fresh.fill('#p', 'court');
    await fresh.click('button.main');
    expect(await fresh.textContent('#trouble')).toBe('C’est trop court. Il faut au moins 8 signes.');
    await fresh.fill('#p', 'cabane orange');
    await fresh.click('button.main');
    await fresh.waitForURL('**/mail/inbox');
    expect({ faults, wide }).toEqual({ faults: [], wide: [] });
    await fresh.context().close();
    await context.close();
  }, 120_000);

  it('is accessible and fits in three sizes on every page of codes', async () => {
    const faults: string[] = [];
    const wide: string[] = [];
    const look = async (page: Page, what: string, path: string | null) => {
      if (path !== null) await page.goto(`${base()}${path}`);
      faults.push(...await faultsOf(page, what));
      wide.push(...await wideOf(page, what));
    };
    const nobody = await (await browser.newContext()).newPage();
    await look(nobody, 'signin', '/signin');
    await look(nobody, 'class-closed', '/class');
    const teacher = await signedIn('nadege.colas');
    await look(teacher.page, 'codes', '/codes');
    const own = await signedIn('claire.lefevre');
    await look(own.page, 'class-codes', `/codes/${classId}`);
    const { page, context } = await openOnThisComputer();
    await look(page, 'class-signin', null);
    await page.click('.names a:has-text("Lina")');
    await look(page, 'picture-code', null);
    await page.click('.code li:nth-child(4) button');
    await look(page, 'picture-code-one', null);
    await page.emulateMedia({ colorScheme: 'dark' });
    await look(page, 'picture-code-dark', null);
    expect({ faults, wide }).toEqual({ faults: [], wide: [] });
    for (const one of [context, own.context, teacher.context, nobody.context()]) await one.close();
  }, 120_000);

  it('nobody opens what is not theirs, and no form works from elsewhere', async () => {
    const { page, context } = await signedIn('julie.robin');
    expect((await page.goto(`${base()}/codes/${classId}`))?.status()).toBe(404);
    const pupil = await signedIn('lina.moreau');
    expect((await pupil.page.goto(`${base()}/codes`))?.status()).toBe(404);
    const nobody = await browser.newContext();
    const asked = await nobody.request.post(`${base()}/class/${classId}/1`, { form: { pick: 'chat' }, headers: { 'sec-fetch-site': 'cross-site' } });
    expect(asked.status()).toBe(403);
    const activated = await nobody.request.post(`${base()}/activate`, { form: { address: 'x', code: 'y' } });
    expect(activated.status()).toBe(403);
    for (const one of [context, pupil.context, nobody]) await one.close();
  });

  it('makes the sheets of a school’s classes in under three seconds', async () => {
    const { page, context } = await signedIn('mamadou.diallo');
    const ids = (await town.core.codes.classes(await town.viewer('mamadou.diallo'))).map(({ id }) => id);
    await page.goto(`${base()}/codes/${ids[0]}`);
    const csrf = await page.getAttribute('form[action$="/print"] input[name=csrf]', 'value');
    const begun = performance.now();
    for (const id of [...ids, ids[0]]) {
      const answer = await context.request.post(`${base()}/codes/${id}/print`, { form: { csrf: csrf ?? '', kind: 'pictures', families: 'with', format: 'pdf' } });
      expect(answer.headers()['content-type']).toBe('application/pdf');
    }
    const ms = Math.round(performance.now() - begun);
    process.stdout.write(`${JSON.stringify({ figure: 'sheets_of_six_classes', ms })}\n`);
    expect(ms).toBeLessThan(6_000); // twice the aim: tests share the machine
    await context.close();
  });
});
