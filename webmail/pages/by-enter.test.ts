/** What Enter in a field does, where a form has several buttons, and what an old page may do. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../../cli/demo/seed.ts';
import { askPaper } from '../../core/school/papers/testing/asked-paper.ts';
import { hasChromium } from '../../tests/shared/chromium.ts';
import { openTestTown, type TestTown } from '../../tests/shared/town.ts';
import { openVisits, type Visits } from '../testing/visits.ts';

/** By Enter a browser presses the first button of a form, and nothing where that is disabled. */
const NO_DEFAULT = /data-no-default.* is disabled/;

describe.skipIf(!hasChromium())('Enter (skipped where chromium is not installed)', () => {
  let town: TestTown;
  let visits: Visits;
  beforeAll(async () => {
    town = await openTestTown();
    visits = await openVisits(town, () => town.clock.now);
  });
  afterEach(async () => {
    await visits.leave();
    await town.admin.query('delete from paper');
  });
  afterAll(async () => {
    await visits?.close();
    await town?.close();
  });

  it('neither asks for a paper nor answers it', async () => {
    const claire = await visits.enter('claire.lefevre', { at: '/papers/new?ready=outing' });
    await claire.fill('#subject', 'Sortie');
    await claire.fill('#place', 'musée');
    // As the page is shown, and once more when one comes back to it.
    await claire.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pageshow')));
    expect(await claire.isDisabled('[data-no-default]')).toBe(true);
    await claire.press('#place', 'Enter');
    await claire.fill('#day', '2026-11-26');
    await claire.fill('#from', '08:30');
    await claire.fill('#back-at', '16:30');
    await claire.fill('#until-day', '2026-11-25');
    expect(new URL(claire.url()).pathname).toBe('/papers/new');
    await claire.click('text=Envoyer aux familles');
    await claire.waitForURL('**?said=asked');
    const farid = await visits.enter('farid.benali', { at: new URL(claire.url()).pathname });
    await farid.fill('#password', DEMO_PASSWORD);
    await farid.press('#password', 'Enter');
    expect(await farid.inputValue('#password')).toBe(DEMO_PASSWORD);
    await farid.click('button[value="no"]');
    await farid.waitForURL('**?said=*');
    const { rows } = await town.admin.query('select says from paper_answer');
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).toContain('no');
  });

  it.each(['sign', 'choice', 'words'] as const)('signs no slip of « %s »', async (question) => {
    const asked = await askPaper(
      town.core,
      await town.viewer('claire.lefevre'),
      { to: [town.address('familles.ce1-a.tilleuls')] },
      { question, options: question === 'choice' ? ['à pied', 'en car'] : [] },
    );
    if (asked.kind !== 'asked') throw new Error(asked.kind);
    const at = `/papers/${asked.ref.school}/${asked.ref.paper}`;
    const farid = await visits.read('farid.benali', at);
    if (question === 'choice') await farid.check('input[name="option"][value="1"]');
    if (question === 'words') await farid.fill('#words', 'Du riz');
    await farid.fill('#number', '06 12 34 56 78');
    await expect(farid.press('#number', 'Enter')).rejects.toThrow(NO_DEFAULT);
    await farid.fill('#password', DEMO_PASSWORD);
    await expect(farid.press('#password', 'Enter')).rejects.toThrow(NO_DEFAULT);
    expect(await farid.inputValue('#password')).toBe(DEMO_PASSWORD);
    const signed = 'select from paper_answer where paper_id = $1';
    expect((await town.admin.query(signed, [asked.ref.paper])).rows).toHaveLength(0);
    await farid.click('.say-it');
    await farid.waitForURL('**?said=*');
    expect((await town.admin.query(signed, [asked.ref.paper])).rows).toHaveLength(1);
  });

  it('lets a child rest until the day that is typed', async () => {
    const claire = await town.viewer('claire.lefevre');
    const page = await visits.read('claire.lefevre', `/classes/${claire.classes[0]?.id}`);
    await page.click('.pupils a');
    await page.waitForSelector('.resting');
    await page.click('.resting summary');
    await page.fill('#rd', '2026-12-01');
    await page.press('#rd', 'Enter');
    expect(await page.textContent('.resting')).toMatch(/1er décembre/);
  });

  it('puts a letter off until the day and hour that are typed', async () => {
    await town.send('mamadou.diallo', ['claire.lefevre'], { subject: 'Sortie' });
    const page = await visits.read('claire.lefevre');
    await page.click('.msg:has-text("Sortie")');
    await page.click('.tools [data-later] summary');
    await page.fill('.tools [name="day"]', '2026-12-24');
    await page.fill('.tools [name="hour"]', '10:30');
    await page.press('.tools [name="hour"]', 'Enter');
    await page.waitForSelector('.toast');
    expect(await page.textContent('.toast')).toContain('jeudi 24 décembre à 10\u00a0h\u00a030');
  });

  it('a page whose session has ended puts no letter away, and leads to the door', async () => {
    await town.send('mamadou.diallo', ['claire.lefevre'], { subject: 'Conseil' });
    const page = await visits.enter('claire.lefevre');
    await page.check('.rows [data-row]:has-text("Conseil") .pick');
    await page.context().clearCookies();
    await page.click('.chosen button[value="archive"]');
    await page.waitForURL('**/signin*');
    expect((await town.rows('claire.lefevre')).map(({ subject }) => subject)).toContain('Conseil');
  });
});
