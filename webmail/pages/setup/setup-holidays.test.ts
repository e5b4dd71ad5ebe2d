/** An agent gives the school calendar on the page of the town, adds days by hand, removes some. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { schoolCalendar } from '../../../core/roster/testing/school-calendar.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { pageFaults, plainWideFaults } from '../../../tests/shared/page-faults.ts';
import type { PlainFile } from '../../../tests/shared/plain/forms.ts';
import { PlainPage } from '../../../tests/shared/plain/page.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

const CALENDAR = {
  name: 'fr-en-calendrier-scolaire.csv',
  mimeType: 'text/csv',
  buffer: schoolCalendar(),
};
const ROSTER = {
  name: 'eleves.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from('Nom;Prénom\nMoreau;Lina'),
};

let town: TestTown;
let visits: Visits;
let page: Page | PlainPage;
const faults: string[] = [];

const text = async (selector = '#holidays') =>
  ((await page.textContent(selector)) ?? '').replace(/\s+/g, ' ').trim();
const lines = async () =>
  (await page.locator('#holidays .line .grow').allInnerTexts()).map((line) =>
    line.replace(/\s+/g, ' ').trim(),
  );

async function give(file: PlainFile): Promise<void> {
  await page.setInputFiles('#f', file);
  await page.click('#holidays form[enctype] button');
}

async function adds(name: string, from: string, until: string): Promise<void> {
  if (!(await page.isVisible('#hn'))) await page.click('#holidays summary.btn');
  await page.fill('#hn', name);
  await page.fill('#hfrom', from);
  await page.fill('#huntil', until);
  await page.click('#holidays form:has(#hn) button');
}

async function inEnglish(): Promise<void> {
  await page.click('.me summary');
  await page.click('.me button[name=language][value=en]');
  await page.goto(`${visits.base}/setup/town`);
}

describe.runIf(hasChromium()).each([
  { how: 'without', tags: [] },
  { how: 'with', tags: ['soak'] },
])('the school holidays, $how script', ({ how, tags }) => {
  beforeAll(async () => {
    town = await openTestTown();
    visits = await openVisits(town, () => town.clock.now);
  });
  afterAll(async () => {
    await visits.close();
    await town.close();
  });
  beforeEach(async () => {
    await town.admin.query('delete from school_holiday');
    page = await visits[how === 'with' ? 'enter' : 'read']('hugues.armand');
    await page.goto(`${visits.base}/setup/town`);
  });
  afterEach(async () => {
    await visits.leave();
    // serious for axe, or wider than its window
    expect(faults.splice(0)).toEqual([]);
  });
  const look = async (what: string): Promise<void> => {
    const found = page instanceof PlainPage ? plainWideFaults(page, what) : pageFaults(page, what);
    faults.push(...(await found));
  };

  it('come from the official calendar, by year, those of the town’s zone', { tags }, async () => {
    expect(await text()).toContain('Zone A.');
    expect(await text()).toContain('Aucune date n’est connue');
    await look('holidays-none');
    await give(CALENDAR);
    expect(page.url()).toBe(`${visits.base}/setup/town?said=given#holidays`);
    expect(await text('#holidays .banner')).toBe('Le calendrier est enregistré.');
    expect(await text('#holidays h3')).toBe('2026-2027');
    expect(await lines()).toEqual([
      'Vacances de la Toussaint du samedi 17 octobre au dimanche 1er novembre',
      'Vacances de Noël du samedi 19 décembre au dimanche 3 janvier',
      'Vacances d’Hiver du samedi 13 février au dimanche 28 février',
      'Vacances de Printemps du samedi 10 avril au dimanche 25 avril',
      'Pont de l’Ascension le vendredi 7 mai',
      'Vacances d’Été du samedi 3 juillet au mercredi 1er septembre',
    ]);
    await look('holidays-given');
  });

  it('are added and removed by hand', { tags }, async () => {
    await give(CALENDAR);
    await adds('Fête du village', '2027-05-10', '2027-05-11');
    expect(await text('#holidays .banner')).toBe('La période est ajoutée.');
    expect(await lines()).toContain(
      'Fête du village ajoutée à la main du lundi 10 mai au mardi 11 mai',
    );
    await page.click('#holidays li:has-text("Toussaint") button');
    expect(await text('#holidays .banner')).toBe('La période est retirée.');
    expect((await lines())[0]).toMatch(/^Vacances de Noël/);
    await town.admin.query('delete from school_holiday');
    await page.click('#holidays li:has-text("Noël") button');
    expect(await text('#holidays .banner')).toContain('elle est déjà retirée');
    await page.goto(`${visits.base}/agents/trail`);
    const journal = await text('main');
    expect(journal).toContain('a donné le calendrier scolaire (fr-en-calendrier-scolaire.csv).');
    expect(journal).toContain('a ajouté des jours sans classe (Fête du village).');
    expect(journal).toContain('a retiré des jours sans classe (Vacances de la Toussaint).');
  });

  it('say what is wrong with a file or a day, and keep what was typed', { tags }, async () => {
    await page.click('#holidays form[enctype] button');
    expect(await text('#holidays .banner')).toBe('Choisissez d’abord un fichier.');
    await give(ROSTER);
    expect(await text('#holidays .banner')).toContain(
      'eleves.csv n’est pas le calendrier scolaire',
    );
    await look('holidays-refused');
    expect(page.url()).toMatch(/#holidays$/);
    await adds('Pont', '2027-05-10', '2027-05-07');
    expect(await text('#hdays-trouble')).toContain('vient avant le premier');
    expect(await page.inputValue('#hn')).toBe('Pont');
    expect(await page.inputValue('#huntil')).toBe('2027-05-07');
    await look('holidays-trouble');
    await adds(' ', '2027-05-10', '2027-05-10');
    expect(await text('#hn-trouble')).toContain('Écrivez un nom');
    await inEnglish();
    expect(await text()).toContain('No dates are known');
    await give(ROSTER);
    expect(await text('#holidays .banner')).toContain('is not the school calendar');
    await adds('Bridge', '', '2027-05-07');
    expect(await text('#hdays-trouble')).toContain('Write both days');
    await adds('<b>Bridge</b>', '2027-05-10', '2027-05-10');
    expect(await lines()).toEqual(['<b>Bridge</b> added by hand Monday 10 May']);
    await look('holidays-english');
  });
});
