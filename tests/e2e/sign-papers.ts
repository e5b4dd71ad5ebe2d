/**
 * An outing, from the teacher's letter to the list for the bus: a refusal, words that change, two
 * parents who live apart, a slip on paper, a family that reads in a mail program.
 */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { dayAt } from '../../core/ground/clock.ts';
import { DAY_MS } from '../../core/ground/spans.ts';
import { axeFaults } from '../shared/page-faults.ts';
import { text } from '../shared/plain/page.ts';
import { SOAKED } from '../shared/slice.ts';
import { devicePassword, visit } from './http-visitor.ts';
import type { Story } from './story.ts';
import { must, nowOf } from './whole.ts';

const SUBJECT = 'Sortie à la ferme';
const PDF = '%PDF-1.4\n%%EOF\n';

/** Has them ask, sign, change and count. */
export function signPapers(story: Story): void {
  /** Asks, once the day was mended; where the paper is. */
  async function ask(claire: Page): Promise<string> {
    const now = await nowOf(story.whole);
    const dayIn = (days: number): string =>
      dayAt(new Date(now.getTime() + days * DAY_MS), story.whole.timeZone);
    await claire.click('nav >> text=Papiers');
    await claire.click('text=Nouveau papier');
    await claire.click('text=Sortie à la journée');
    await claire.fill('#subject', SUBJECT);
    await claire.fill('#place', 'ferme du Pré Vert');
    await claire.fill('#day', dayIn(6));
    await claire.fill('#from', '08:30');
    await claire.fill('#back-at', '16:30');
    await claire.fill('#until-day', dayIn(-1));
    await claire.click('text=Envoyer aux familles');
    await claire.waitForSelector('text=Ce jour est déjà passé.');
    expect(await axeFaults(claire)).toEqual([]);
    await claire.fill('#until-day', dayIn(4));
    await claire.click('text=Envoyer aux familles');
    await claire.waitForSelector('text=La lettre est partie aux familles.');
    return new URL(claire.url()).pathname;
  }
  async function sign(page: Page, local: string, button: string): Promise<void> {
    await page.fill('#password', story.whole.account(local).password);
    await page.click(`.say-it:has-text("${button}")`);
    await page.waitForSelector('.signed');
  }

  it(
    'a class goes on an outing: asked, signed, refused, changed, asked again, and counted',
    SOAKED,
    async () => {
      const claire = await story.enter('claire.lefevre');
      const page = await ask(claire);

      const samira = await story.enter('samira.benali');
      await samira.goto(`${story.whole.base}${page}`);
      expect(await axeFaults(samira)).toEqual([]);
      await samira.fill('#number', '06 12 34 56 78');
      await sign(samira, 'samira.benali', 'Oui, j’autorise');
      const farid = await story.enter('farid.benali');
      await farid.goto(`${story.whole.base}${page}`);
      await farid.fill('#note', 'Amine est chez moi ce jour-là.');
      await sign(farid, 'farid.benali', 'Non, je n’autorise pas');
      await samira.reload();
      expect(await text(samira, '.slip')).toContain('Farid Benali a répondu.');
      expect(await text(samira, '.slip')).not.toContain('chez moi');

      await claire.goto(`${story.whole.base}${page}`);
      expect(await text(claire, '.replies')).toMatch(
        /Amine Benali.*l’autre a dit oui ; le non compte/s,
      );
      expect(await axeFaults(claire)).toEqual([]);
      await claire.click('text=Modifier');
      await claire.fill('#back-at', '17:00');
      await claire.click('text=Envoyer et redemander à tous');
      await claire.waitForSelector('text=0 famille sur');

      await samira.reload();
      expect(await text(samira, '.changed')).toMatch(/16 h 30.*17 h/s);
      expect(await axeFaults(samira)).toEqual([]);
      await samira.fill('#number', '06 12 34 56 78');
      await sign(samira, 'samira.benali', 'Oui, j’autorise');
      await farid.reload();
      await sign(farid, 'farid.benali', 'Oui, j’autorise');

      await noteSlip(claire);
      const letter = await inMailProgram(story, 'teresa.marques');
      expect(letter).toMatch(/^Supersedes: </m);
      expect(letter).toContain('text/calendar; method=PUBLISH');
      await signFrom(letter, story, 'teresa.marques');
      const list = await busList(claire);
      expect(list).toContain('"Amine Benali","oui","06 12 34 56 78 (Samira Benali)"');
      expect(list).toMatch(/"Théo Jourdain","oui",""/);
      expect(list).toMatch(/"Sofia Marques","oui",""/);
      expect(list).toMatch(/"Noé Garnier","pas encore",""/);
      const lina = await story.enter('lina.moreau');
      expect((await lina.goto(`${story.whole.base}${page}`))?.status()).toBe(404);
    },
  );
}

/** What came back on paper from a mother who has no account open. */
async function noteSlip(claire: Page): Promise<void> {
  const theo = claire.locator('.replies > ul > li:has-text("Théo")');
  await claire.reload();
  await theo.locator('summary').click();
  await theo.locator('input[value="yes"]').check();
  await theo.locator('select').selectOption('');
  await theo.locator('input[name="name"]').fill('sa mère');
  const photo = { name: 'feuille.pdf', mimeType: 'application/pdf', buffer: Buffer.from(PDF) };
  await theo.locator('input[type="file"]').setInputFiles(photo);
  await theo.locator('button:has-text("Noter")').click();
  await claire.waitForSelector('text=La feuille est notée.');
  expect(await claire.locator('a:has-text("Voir la feuille")').count()).toBe(1);
  expect(await text(claire, 'h1')).toContain('2 familles sur');
}

/** A family that reads in a mail program signs on the page that its letter names. */
async function signFrom(letter: string, { whole }: Story, local: string): Promise<void> {
  const text = letter.replace(/=\r\n/g, '');
  const [page] = must(/\/papers\/\d+\/\d+/.exec(text) ?? undefined, 'the way to the page');
  const account = whole.account(local);
  const family = await visit(whole.base, account);
  const slip = must((await family.get(page)).headers.get('location') ?? undefined, 'the slip');
  const version = must(/name="version" value="(\d+)"/.exec(await family.text(slip))?.[1], 'words');
  const { password } = account;
  const signed = await family.post(slip, { version, answer: 'yes', password });
  expect(signed.headers.get('location')).toBe(`${slip}?said=done`);
}

async function busList(claire: Page): Promise<string> {
  const [download] = await Promise.all([
    claire.waitForEvent('download'),
    claire.click('text=Tableur'),
  ]);
  return readFile(must(await download.path(), 'the list'), 'utf8');
}

/** The newest letter of the outing, as a family's mail program has it. */
async function inMailProgram({ whole }: Story, local: string): Promise<string> {
  const password = await devicePassword(whole.base, whole.account(local));
  const client = new ImapFlow({
    host: 'localhost',
    port: whole.ports.imaps,
    secure: true,
    tls: { ca: readFileSync(join(whole.dataDir, 'self-signed.pem')) },
    auth: { user: whole.address(local), pass: password },
    logger: false,
  });
  await client.connect();
  try {
    await client.mailboxOpen('INBOX');
    const found = await client.search({ subject: SUBJECT });
    const last = must(found ? found.at(-1) : undefined, 'the letter');
    const letter = must((await client.fetchOne(String(last), { source: true })) || null, 'it');
    return letter.source?.toString() ?? '';
  } finally {
    await client.logout();
  }
}
