import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
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
const contexts: BrowserContext[] = [];
const base = () => `http://127.0.0.1:${web.port}`;
const text = async (page: Page, selector = 'main') => ((await page.textContent(selector)) ?? '').replace(/\s+/g, ' ').trim();

async function enter(local: string, options: { readonly javaScriptEnabled?: boolean } = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris', ...options });
  contexts.push(context);
  context.setDefaultTimeout(8_000);
  const page = await context.newPage();
  await page.goto(`${base()}/signin`);
  await page.fill('#a', `${local}@${DOMAIN}`);
  await page.fill('#p', DEMO_PASSWORD);
  await page.click('button.main');
  await page.waitForURL('**/mail/inbox');
  return page;
}

/** Looks at a page in three sizes: nothing is wider than its window; pictures where they are asked for. */
async function look(page: Page, what: string): Promise<readonly string[]> {
  const wide: string[] = [];
  for (const size of SIZES) {
    await page.setViewportSize(size);
    if (await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)) wide.push(`${what} at ${size.width}`);
    if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${what}-${size.width}.png`, fullPage: size.width === 390 });
  }
  await page.setViewportSize(SIZES[0]);
  return wide;
}

/** What is too wide, and what axe finds serious. */
async function faultsOf(page: Page, what: string): Promise<readonly string[]> {
  const faults = await look(page, what);
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return [...faults, ...serious.map((one) => `${what} ${one.id} ${one.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(', ')}`)];
}

describe.skipIf(!hasChromium())('a teacher’s hands on their class (skipped where chromium is not installed)', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    town = await openCodeTown();
    web = await startWebmail(town.core, { demo: true, clock: () => new Date() });
    browser = await launchChromium();
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });
  afterAll(async () => {
    await browser?.close();
    await web?.close();
    await town?.close();
  });

  it('puts a child’s sending at rest, whose open page says so; the child keeps what they write; ends it', async () => {
    const claire = await enter('claire.lefevre');
    const lina = await enter('lina.moreau');
    await claire.click('nav >> text=Mes classes');
    expect(await look(claire, 'classes')).toEqual([]);
    await claire.click('.books .cahier >> nth=0');
    const line = '.line:has-text("Lina Moreau")';
    await claire.click(`${line} >> summary`);
    expect(await faultsOf(claire, 'class')).toEqual([]);
    await claire.click(`${line} >> text=Demain`);
    expect(await text(claire)).toContain('L’envoi est au repos.');
    expect(await text(claire, line)).toContain('Au repos, reprend');
    await lina.waitForSelector('text=Tu pourras écrire de nouveau demain.');
    expect(await look(lina, 'pupil-at-rest')).toEqual([]);
    await lina.goto(`${base()}/write`);
    expect(await text(lina)).toContain('Tu pourras écrire de nouveau demain.');
    expect(await lina.locator('[data-send]').count()).toBe(0);
    expect(await faultsOf(lina, 'pupil-writes-at-rest')).toEqual([]);
    await lina.fill('#s', 'Ma cabane');
    await lina.click('text=Garder pour plus tard');
    await lina.waitForURL('**/mail/drafts');
    await claire.click(`${line} >> text=Finir le repos`);
    expect(await text(claire)).toContain('L’élève peut écrire de nouveau.');
    await lina.goto(`${base()}/mail/inbox`);
    expect(await text(lina)).not.toContain('Tu pourras écrire de nouveau');
  });

  it('proposes a link by picking a school and a class; the other teacher reads it in the inbox, agrees, and ends it', async () => {
    const karim = await enter('karim.haddad');
    await karim.click('nav >> text=Mes classes');
    await karim.click('text=Ouvrir la classe');
    await karim.click('text=Proposer une correspondance');
    await karim.selectOption('#sc', { label: 'École Pasteur' });
    await karim.click('text=Voir ses classes');
    expect(await karim.locator('.choice').allTextContents()).toEqual(['CE1', 'CE2', 'CM1-CM2', 'CP']);
    await karim.check('.choice:has-text("CP") input');
    expect(await faultsOf(karim, 'link')).toEqual([]);
    await karim.fill('#lu', new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10));
    await karim.click('text=Envoyer la proposition');
    expect(await text(karim)).toContain('Attend leur accord');
    expect(await look(karim, 'class-asked')).toEqual([]);
    const thomas = await enter('thomas.verdier');
    await thomas.click('.msg:has-text("Karim Haddad propose une correspondance")');
    expect(await text(thomas, '.pane')).toContain('ouvrez « Mes classes », puis CP');
    await thomas.click('header >> text=Mes classes');
    expect(await look(thomas, 'classes-proposed')).toEqual([]);
    await thomas.click('text=1 proposition à décider');
    expect(await text(thomas, 'section.banner')).toContain('La classe CE1-CE2 (École des Tilleuls) vous propose une correspondance');
    expect(await faultsOf(thomas, 'class-proposed')).toEqual([]);
    await thomas.click('text=Accepter');
    expect(await text(thomas)).toContain('vous relisez d’abord');
    await karim.reload();
    expect(await text(karim, '.line:has-text("École Pasteur")')).toContain('l’autre classe relit d’abord');
    await karim.click('.line:has-text("École Pasteur") >> text=Régler');
    expect(await faultsOf(karim, 'class-linked')).toEqual([]);
    await karim.click('text=Arrêter la correspondance');
    expect(await text(karim)).toContain('La correspondance est arrêtée.');
    await karim.goto(`${base()}/mail/inbox`);
    expect(await text(karim)).toContain('Thomas Verdier accepte la correspondance');
  });

  it('approves somebody outside, without script; a wrong address comes back with what was typed and a sentence', async () => {
    const claire = await enter('claire.lefevre', { javaScriptEnabled: false });
    await claire.click('nav >> text=Mes classes');
    await claire.click('text=Ouvrir la classe');
    await claire.fill('#oa', `noe.garnier@${DOMAIN}`);
    await claire.click('text=Approuver >> nth=-1');
    expect(await text(claire, '#ax')).toContain('Cette adresse est dans la messagerie des écoles.');
    expect(await claire.inputValue('#oa')).toBe(`noe.garnier@${DOMAIN}`);
    await claire.fill('#oa', 'guide@musee.example');
    await claire.click('text=Approuver >> nth=-1');
    expect(await text(claire, '.line:has-text("guide@musee.example")')).toContain('approuvé par Claire Lefèvre');
    await claire.click('.line:has-text("guide@musee.example") >> text=Retirer');
    expect(await text(claire)).toContain('Cette personne ne peut plus écrire à la classe.');
  });

  it('a head sees the other classes of the school, may protect, and opens none to others', async () => {
    const head = await enter('mamadou.diallo');
    await head.click('nav >> text=Mes classes');
    expect(await look(head, 'classes-head')).toEqual([]);
    await head.click('.books .cahier:has-text("CE1 A")');
    expect(await text(head)).toContain('C’est l’enseignant de la classe qui approuve un correspondant.');
    expect(await head.locator('text=Proposer une correspondance').count()).toBe(0);
    expect(await head.locator('.line summary').count()).toBeGreaterThan(20);
    expect(await look(head, 'class-head')).toEqual([]);
    const lina = await enter('lina.moreau');
    expect((await lina.goto(head.url()))?.status()).toBe(404);
    const julie = await enter('julie.robin');
    for (const path of ['', '/link']) expect((await julie.goto(`${head.url()}${path}`))?.status()).toBe(404);
  });
});
