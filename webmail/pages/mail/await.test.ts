/** « Me relancer si pas de réponse d’ici le … ». */
import { afterAll, beforeEach, expect, it } from 'vitest';
import { answerDue } from '../../../core/mail/reading/awaited.ts';
import type { PlainPage } from '../../../tests/shared/plain/page.ts';
import { openTestTown } from '../../../tests/shared/town.ts';
import { openVisits } from '../../testing/visits.ts';

const KARIM = 'karim.haddad';
const MARC = 'marc.olivier';
const town = await openTestTown();
const START = town.clock.now;
const visits = await openVisits(town, () => town.clock.now);
const karim = await town.viewer(KARIM);
afterAll(async () => {
  await visits.close();
  await town.close();
});
beforeEach(() => {
  town.clock.now = START;
});

async function writes(subject: string, day: string): Promise<PlainPage> {
  const page = await visits.read(KARIM, '/write');
  await page.click('[data-quick] >> nth=0');
  await page.fill('#o', subject);
  await page.fill('#b', 'Viens-tu ?');
  await page.click('summary.btn.main');
  await page.fill('[name="await"]', day);
  await page.click('[data-send]');
  return page;
}

async function openSent(page: PlainPage, subject: string): Promise<void> {
  await page.goto(`${visits.base}/mail/sent`);
  await page.click(`.rows .msg:has-text("${subject}")`);
}

it('is wished for beside a letter, comes back without an answer, and leads to another', async () => {
  const page = await writes('Réunion', '2026-11-27');
  await openSent(page, 'Réunion');
  expect(await page.textContent('#read')).toContain(
    'Sans réponse, cette lettre revient dans vos reçus vendredi 27 novembre à 8\u00a0h.',
  );
  const { rows } = await town.admin.query<{ row_id: string }>(
    `select row_id from due where kind = 'answer'`,
  );
  town.clock.now = new Date('2026-11-27T07:00:00Z');
  for (const { row_id: row } of rows)
    await answerDue({ ...town.parts, clock: () => town.clock.now }, karim.school, Number(row));
  town.clock.now = START;
  await page.goto(`${visits.base}/mail/inbox`);
  const row = page.locator('.rows .new').first();
  expect(await row.textContent()).toContain('Pas de réponse');
  expect(await row.textContent()).toContain('À CE1-CE2');
  await page.click('.rows .new .msg');
  await page.click('.banner a:has-text("Relancer")');
  expect(await page.inputValue('#o')).toBe('Re: Réunion');
});

it('says that a day is none to come, and sends nothing', async () => {
  const page = await writes('Trop tard', '2026-11-20');
  expect(await page.textContent('[role="alert"]')).toContain('choisissez un jour à venir');
  expect((await town.rows(KARIM, 'sent')).map(({ subject }) => subject)).not.toContain('Trop tard');
});

it('is wished for afterwards, and taken back', async () => {
  await town.send(KARIM, [MARC], { subject: 'Après', via: 'web' });
  const page = await visits.read(KARIM);
  await openSent(page, 'Après');
  await page.click('.await summary');
  await page.fill('.await [name="day"]', '2026-11-20');
  await page.click('.await button');
  expect(await page.textContent('[role="alert"], [role="status"]')).toContain('Ce jour est passé');
  await page.click('.await summary');
  await page.fill('.await [name="day"]', '2026-12-04');
  await page.click('.await button');
  expect(await page.textContent('#read')).toContain('vendredi 4 décembre');
  await page.click('button[value="stop"]');
  expect(await page.locator('.await').count()).toBe(1);
});
