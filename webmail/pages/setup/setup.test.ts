/** An empty town, from the link that `start` prints to the day on which it opens. */
import { gzipSync } from 'node:zlib';
import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { csv, pupil } from '../../../core/school/imports/testing/school-files.ts';
import {
  openEmptyTown,
  PASSWORD,
  type EmptyTown,
} from '../../../core/town/town/testing/empty-town.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { downloaded } from '../../../tests/shared/downloaded.ts';
import { pageFaults, plainWideFaults } from '../../../tests/shared/page-faults.ts';
import { PlainPage, text } from '../../../tests/shared/plain/page.ts';
import { showInBrowser } from '../../../tests/shared/plain/shown.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

/** Of a page over the line, its drawings and styles apart. */
const MOST_BYTES = 10_000;
const STEP_MS = 30_000;
const ADDRESS = 'thomas.vasseur@ecoles.saint-aubin.example';

/** With script in a browser, without it in none. */
type Open = Page | PlainPage;

let town: EmptyTown;
let visits: Visits;
const faults: string[] = [];

/** Keeps what axe finds serious and what is wider than its window for the end. */
let look: (page: Open, what: string) => Promise<void>;

/** The code of now, of steps after one another: each is taken once. */
function nextCode(key: string): string {
  town.clock.now = new Date(town.clock.now.getTime() + STEP_MS);
  return new TOTP({ secret: Secret.fromBase32(key) }).generate({
    timestamp: town.clock.now.getTime(),
  });
}

/** Nobody signs in here by a session that core makes. */
const NOBODY = Promise.reject<never>(new Error('the door is tried here'));
NOBODY.catch(() => undefined);

async function linkPath(): Promise<string> {
  const link = await town.core.setup.newLink();
  if (link === null) throw new Error('an agent can sign in already');
  return `/mettre-en-service/${link.code}`;
}

/** The second factor, its sheet; gives the key and the codes. */
async function protectAccount(page: Open): Promise<{ key: string; codes: readonly string[] }> {
  const key = (await text(page, '.key')).replace(/\s/g, '');
  await page.fill('#code', nextCode(key));
  await page.click('main button.main');
  return { key, codes: await page.locator('.keys li').allTextContents() };
}

const PAGES = [
  '/setup/town',
  '/setup/domain',
  '/setup/schools',
  '/setup/pupils',
  '/setup/trial',
  '/agents',
  '/agents/trail',
  '/protect',
];

/** The link makes the first agent, once, and says under each field what can’t be so. */
async function madeByTheLink(page: Open): Promise<void> {
  const path = await linkPath();
  await page.goto(`${visits.base}${path}`);
  await look(page, 'begin');
  await page.fill('#givenName', 'Thomas');
  await page.fill('#familyName', 'Vasseur');
  await page.fill('#local', 'postmaster');
  await page.fill('#password', PASSWORD);
  await page.click('button.main');
  expect(await text(page, '#local-trouble')).toContain('sont pris par le service');
  await page.fill('#local', '');
  await page.fill('#password', 'court');
  await page.click('button.main');
  expect(await text(page, '#password-trouble')).toContain('Trop court');
  expect(await page.inputValue('#givenName')).toBe('Thomas');
  expect(await page.inputValue('#password')).toBe('');
  await look(page, 'begin-trouble');
  await page.fill('#password', PASSWORD);
  await page.click('button.main');
  expect(page.url()).toBe(`${visits.base}/protect`);
  const stranger = visits.readStranger();
  const served = await stranger.goto(path);
  expect(served.status()).toBe(404);
  expect(await text(stranger)).toContain('Le premier compte de la ville est déjà créé.');
  expect(await text(stranger)).toContain('preau setup link');
  await look(stranger, 'dead-link');
  await stranger.click('text=English');
  expect(await text(stranger, 'h1')).toBe('This link opens nothing any more');
}

/** Nothing opens before the second factor and its sheet. */
async function protectedFirst(page: Open): Promise<void> {
  await page.goto(`${visits.base}/mail/inbox`);
  expect(page.url()).toBe(`${visits.base}/protect`);
  const { codes } = await protectAccount(page);
  expect([codes.length, new Set(codes).size]).toEqual([10, 10]);
  await look(page, 'recovery-sheet');
  const sheet = await downloaded(page, 'text=Télécharger le PDF');
  expect(sheet.name).toBe('Codes de secours Thomas Vasseur.pdf');
  expect(sheet.bytes.subarray(0, 5).toString()).toBe('%PDF-');
  // gone without a word: the sheet may lie nowhere
  await page.goto(`${visits.base}/setup`);
  expect(page.url()).toBe(`${visits.base}/protect`);
  expect(await text(page)).toContain('Vous n’avez pas encore confirmé votre feuille');
  await page.click('text=Faire une nouvelle feuille');
  const again = await page.locator('.keys li').allTextContents();
  expect(again.filter((code) => codes.includes(code))).toEqual([]);
  await page.click('text=J’ai mis cette feuille à l’abri');
  expect(page.url()).toBe(`${visits.base}/setup/town`);
  expect(await text(page, 'h1')).toBe('D’abord, la ville');
}

/** What can’t be so is said; the domain comes next. */
async function theTown(page: Open): Promise<void> {
  await page.fill('#name', 'Ville de Saint-Aubin');
  await page.fill('#postmaster', ADDRESS);
  await page.selectOption('#holidayZone', 'B');
  await page.click('text=Enregistrer et continuer');
  expect(await text(page, '#postmaster-trouble')).toContain('une d’ailleurs');
  await look(page, 'setup-town');
  await page.fill('#postmaster', 'courrier@mairie.example');
  await page.fill('#postalAddress', '1 place de la Mairie\n69000 Saint-Aubin');
  await page.click('text=Enregistrer et continuer');
  expect(page.url()).toBe(`${visits.base}/setup/domain`);
  expect(await text(page, '.brand')).toBe('Préau Ville de Saint-Aubin');
  expect(await town.core.town.settings()).toMatchObject({
    name: 'Ville de Saint-Aubin',
    holidayZone: 'B',
    contacts: { postalAddress: '1 place de la Mairie\n69000 Saint-Aubin' },
  });
  await page.goto(`${visits.base}/setup/town`);
  expect(await page.inputValue('#postalAddress')).toBe('1 place de la Mairie\n69000 Saint-Aubin');
}

/** The records are there to copy and on a sheet, and nobody has to wait for them. */
async function theDomain(page: Open): Promise<void> {
  await page.goto(`${visits.base}/setup/domain`);
  expect(await text(page, '.dns')).toContain('v=spf1');
  expect(await text(page, 'h1')).toBe('Le domaine : le serveur de noms ne répond pas');
  const copies = '.dns [data-copied]:visible';
  if (page instanceof PlainPage) {
    expect(await (await showInBrowser(page, { script: false })).locator(copies).count()).toBe(0);
    await copiesARecord(await showInBrowser(page, { script: true }));
  } else {
    await copiesARecord(page);
  }
  await look(page, 'setup-domain');
  const { bytes } = await downloaded(page, 'text=Imprimer la feuille');
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  await page.click('text=Continuer sans attendre');
  expect(await text(page, 'h1')).toBe('Maintenant, les écoles');
  await look(page, 'setup-schools');

  async function copiesARecord(shown: Page): Promise<void> {
    expect(await shown.locator(copies).count()).toBeGreaterThan(0);
    await shown.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await shown.click('.dns li:has-text("v=spf1") .copied >> nth=1 >> button');
    await shown.waitForSelector('text=Copié');
    expect(await shown.evaluate(() => navigator.clipboard.readText())).toBe('v=spf1 mx -all');
  }
}

/** Left and taken up again where it was. */
async function theSchoolsAndPupils(page: Open): Promise<void> {
  await page.goto(`${visits.base}/mail/inbox`);
  await page.click('nav >> text=Mise en service');
  expect(page.url()).toBe(`${visits.base}/setup/schools`);
  await page.click('text=Ajouter une école à la main');
  await page.fill('#name', 'École des Tilleuls');
  await page.fill('#slug', 'tilleuls');
  await page.fill('#otherCommune', 'Saint-Aubin');
  await page.click('text=Ajouter l’école');
  await page.click('nav >> text=Mise en service');
  expect(await text(page, 'h1')).toBe('Les écoles : 1 est là');
  await page.click('text=Continuer : les élèves');
  expect(await text(page, 'h1')).toBe('Les élèves : 1 école les attend');
  await look(page, 'setup-pupils');
  await page.click('text=École des Tilleuls');
  await page.setInputFiles('#f', {
    name: 'CSVExtraction.csv',
    mimeType: 'text/csv',
    buffer: csv.pupils([pupil('Lina Moreau', 'CP'), pupil('Noé Petit', 'CP')]).bytes,
  });
  await page.click('text=Voir ce qui changera');
  await page.fill('[name=reason]', 'Mise en service');
  await page.click('.bar .main');
  expect(await text(page, 'h1')).toBe('C’est fait');
  await page.goto(`${visits.base}/setup`);
  expect(await text(page, 'h1')).toBe('Toutes les écoles ont leurs élèves');
  await page.click('text=Continuer : l’essai');
}

/** A letter goes and comes back, and the town opens. */
async function theTrialAndTheOpening(page: Open): Promise<void> {
  expect(await text(page, 'h1')).toBe('Dernière étape : l’essai, puis l’ouverture');
  await look(page, 'setup-trial');
  await page.fill('#to', 'nobody@ecoles.saint-aubin.example');
  await page.click('text=Envoyer la lettre d’essai');
  expect(await text(page, '#to-trouble')).toContain('Personne n’a cette adresse');
  await page.fill('#to', 'pas une adresse');
  await page.click('text=Envoyer la lettre d’essai');
  expect(await text(page, '#to-trouble')).toContain('Ce n’est pas une adresse');
  await page.fill('#to', ADDRESS);
  await page.click('text=Envoyer la lettre d’essai');
  expect(await text(page, '.checks >> nth=0')).toContain('Revenue dans votre boîte');
  await look(page, 'setup-trial-back');
  await page.click('main button:has-text("Ouvrir")');
  expect(await text(page, 'h1')).toContain('La ville est ouverte');
  expect(await text(page)).toContain('Ouverte le 24 novembre 2026');
  await look(page, 'setup-open');
  await page.goto(`${visits.base}/agents/trail`);
  expect(await text(page)).toContain('a créé le premier compte d’agent, pour Thomas Vasseur.');
  expect(await text(page)).toContain('a ouvert la ville (Ville de Saint-Aubin).');
}

async function inEnglish(page: Open): Promise<void> {
  await page.click('.me summary');
  await page.click('.me button[name=language][value=en]');
  for (const path of PAGES) {
    await page.goto(`${visits.base}${path}`);
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    expect(gzipSync(await page.content()).length, path).toBeLessThan(MOST_BYTES);
    await look(page, `en${path.replaceAll('/', '-')}`);
  }
}

/** What the pages look like, and in which language they are, is asked in the soak. */
const NO_LOOKS = { faultsOf: () => Promise.resolve([]), after: () => Promise.resolve() };

async function putIntoService(
  open: () => Promise<Open>,
  { faultsOf = pageFaults, after = inEnglish } = {},
): Promise<void> {
  town = await openEmptyTown();
  visits = await openVisits(
    { core: town.core, viewer: () => NOBODY, enter: () => NOBODY },
    () => town.clock.now,
  );
  look = async (page, what) => void faults.push(...(await faultsOf(page, what)));
  try {
    const page = await open();
    await madeByTheLink(page);
    await protectedFirst(page);
    await theTown(page);
    await theDomain(page);
    await theSchoolsAndPupils(page);
    await theTrialAndTheOpening(page);
    await after(page);
    expect(faults.splice(0)).toEqual([]);
  } finally {
    await visits.close();
    await town.close();
  }
}

const read = async (): Promise<PlainPage> => visits.readStranger();

describe.skipIf(!hasChromium())(
  'an empty town is put into service, from the link to its opening (skipped where chromium is not installed)',
  { timeout: 240_000 },
  () => {
    it('without script', () => putIntoService(read, NO_LOOKS));
    it('without script, and so in English', { tags: 'soak' }, () => putIntoService(read));
    it('with script', { tags: 'soak' }, () => putIntoService(() => visits.stranger()));
    it('without script, where no page is wider than its window either', { tags: 'soak' }, () =>
      putIntoService(read, {
        faultsOf: (page, what) =>
          page instanceof PlainPage ? plainWideFaults(page, what) : pageFaults(page, what),
      }),
    );
  },
);
