import AxeBuilder from '@axe-core/playwright';
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../docker/testing/chromium.ts';
import { DOMAIN, openCodeTown, type CodeTown } from '../core/accounts/testing/code-town.ts';
import { DEMO_PASSWORD } from '../core/roster/demo/seed.ts';
import { saveLanguage } from '../core/store/people/accounts.ts';
import { dropLeaver, saveLeaver } from '../core/store/people/leavers.ts';
import { startWebmail } from './server.ts';

const SIZES = [{ width: 1280, height: 800 }, { width: 1024, height: 768 }, { width: 390, height: 844 }] as const;
/** Where to put pictures of the pages, to look at them; nowhere in a usual run. */
const SHOTS = process.env['PREAU_TEST_SHOTS'];

let town: CodeTown;
let web: { readonly port: number; close(): Promise<void> };
let browser: Browser;
const base = () => `http://127.0.0.1:${web.port}`;

async function signedIn(local: string): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ locale: 'fr-FR' });
  const page = await context.newPage();
  await page.goto(`${base()}/signin?adult=1`);
  await page.fill('#a', `${local}@${DOMAIN}`);
  await page.fill('#p', DEMO_PASSWORD);
  await page.click('button.main');
  await page.waitForURL('**/mail/inbox');
  return { page, context };
}

async function fetched(page: Page, button: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(button)]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** Nothing serious for axe, nothing wider than its window; pictures where they are asked for. */
async function faultsOf(page: Page, what: string): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze();
  const faults = violations.filter((one) => one.impact === 'serious' || one.impact === 'critical').map((one) => `${what} ${one.id} ${one.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(', ')}`);
  for (const size of SIZES) {
    await page.setViewportSize(size);
    if (await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)) faults.push(`${what} at ${size.width}`);
    if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${what}-${size.width}.png`, fullPage: true });
  }
  await page.setViewportSize(SIZES[0]);
  return faults;
}

describe.skipIf(!hasChromium())('the people of a school in a browser (skipped where chromium is not installed)', () => {
  beforeAll(async () => {
    town = await openCodeTown();
    web = await startWebmail(town.core, { demo: true, clock: () => new Date() });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await web?.close();
    await town?.close();
  });

  it('a head finds a teacher, makes a code on screen and on paper, notes a departure, takes a child’s mail along', async () => {
    const { page, context } = await signedIn('mamadou.diallo');
    await page.goto(`${base()}/school/1`);
    await page.click('text=Personnes de l’école');
    const faults = [...await faultsOf(page, 'people')];
    await page.fill('#q', 'lefevre');
    await page.check('text=Adultes');
    await page.click('text=Chercher');
    await page.click('text=Claire Lefèvre');
    faults.push(...await faultsOf(page, 'person'));
    await page.click('text=Afficher un nouveau code');
    expect(await page.textContent('.code-text')).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{3}-[A-Z0-9]{4}-[A-Z0-9]{4}$/);
    faults.push(...await faultsOf(page, 'person-code'));
    await page.click('text=Retour à la fiche');
    const { name, bytes } = await fetched(page, 'text=Feuille à imprimer (PDF)');
    expect([name, bytes.subarray(0, 5).toString()]).toEqual(['Codes Claire Lefèvre.pdf', '%PDF-']);
    await page.goto(`${base()}/people/1?q=lina+moreau`);
    await page.click('text=Lina Moreau');
    await page.fill('#d', '2020-01-01');
    await page.evaluate(() => { document.querySelector('#d')?.closest('form')?.setAttribute('novalidate', ''); });
    await page.click('text=Noter le départ');
    expect(await page.textContent('#trouble')).toContain('Choisissez un jour');
    faults.push(...await faultsOf(page, 'person-trouble'));
    await page.click('text=Noter le départ');
    expect(await page.textContent('.banner.ok')).toContain('Le départ est noté.');
    faults.push(...await faultsOf(page, 'person-left'));
    const archive = await fetched(page, 'text=Télécharger le courrier (ZIP)');
    expect([archive.name, archive.bytes.subarray(0, 2).toString()]).toEqual(['lina.moreau.zip', 'PK']);
    await page.click('text=Annuler le départ');
    expect(await page.textContent('.banner.ok')).toContain('Le départ est annulé.');
    expect(faults).toEqual([]);
    await context.close();
  }, 120_000);

  it('an address is corrected before the first use, and told where it can’t be', async () => {
    const row = await town.store.town((tx) => tx.db.selectFrom('address').select('target_id').where('local', '=', 'noe.garnier').executeTakeFirstOrThrow());
    await town.store.write(await town.viewer('mamadou.diallo').then(({ school }) => school), (tx) => tx.db.updateTable('account').set({ password_hash: null }).where('school_id', '=', 1).where('id', '=', row.target_id ?? 0).execute());
    const { page, context } = await signedIn('mamadou.diallo');
    await page.goto(`${base()}/people/1/${row.target_id}`);
    await page.fill('#l', 'lina.moreau');
    await page.click('text=Corriger');
    expect(await page.textContent('#trouble')).toContain('est ou a été celle de quelqu’un');
    await page.fill('#l', 'noe.grenier');
    await page.click('text=Corriger');
    expect(await page.textContent('main')).toContain(`noe.grenier@${DOMAIN}`);
    await context.close();
  });

  it('an agent opens a school for a reason; a teacher, a pupil and a parent find nothing; everybody takes their own mail along', async () => {
    const agent = await signedIn('leila.brahimi');
    await agent.page.goto(`${base()}/people/2`);
    const faults = [...await faultsOf(agent.page, 'people-why')];
    await agent.page.fill('#why', 'Directrice sans accès');
    await agent.page.click('main button.main');
    await agent.page.click('text=Personnes de l’école');
    await agent.page.waitForURL('**/people/2');
    expect(await agent.page.textContent('main')).toContain('École Pasteur');
    for (const local of ['claire.lefevre', 'karine.moreau', 'lina.moreau']) {
      const { page, context } = await signedIn(local);
      for (const path of ['/people', '/people/1', '/people/1/1']) expect((await page.goto(`${base()}${path}`))?.status()).toBe(404);
      await page.goto(`${base()}/my-mail`);
      faults.push(...await faultsOf(page, `my-mail-${local}`));
      const { name, bytes } = await fetched(page, 'main button');
      expect([name, bytes.subarray(0, 2).toString()]).toEqual([`${local}.zip`, 'PK']);
      await context.close();
    }
    expect(faults).toEqual([]);
    await agent.context.close();
  }, 120_000);

  it('a child whose last day has been said finds the way to keep their messages, in both languages; others have no such link', async () => {
    const lina = await town.viewer('lina.moreau');
    const { page, context } = await signedIn('lina.moreau');
    expect(await page.locator('.places a[href="/my-mail"]').count()).toBe(0);
    await town.store.write(lina.school, (tx) => saveLeaver(tx, lina.account, '2099-01-01'));
    try {
      await page.goto(`${base()}/mail/inbox`);
      expect(await faultsOf(page, 'inbox-leaver')).toEqual([]);
      await page.click('text=Garder mes messages');
      expect(await page.textContent('main')).toContain('Tous tes messages et tes dessins');
      await town.store.write(lina.school, (tx) => saveLanguage(tx, lina.account, 'en'));
      await page.reload();
      expect(await page.textContent('.places')).toContain('Keep my messages');
      expect(await page.textContent('main')).toContain('All your messages and drawings, in one file to keep. Ask a grown-up to help you.'.slice(0, 40));
    } finally {
      await town.store.write(lina.school, async (tx) => { await dropLeaver(tx, lina.account); await saveLanguage(tx, lina.account, 'fr'); });
      await context.close();
    }
  }, 120_000);
});
