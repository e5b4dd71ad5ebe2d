/** « Plus tard »: what somebody wants to see again at another hour. */
import { afterAll, beforeEach, expect, it } from 'vitest';
import type { PlainPage } from '../../../tests/shared/plain/page.ts';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import { openTestTown } from '../../../tests/shared/town.ts';
import { openVisits } from '../../testing/visits.ts';

const KARIM = 'karim.haddad';
const town = await openTestTown();
const visits = await openVisits(town, () => town.clock.now);
const karim = await town.viewer(KARIM);
afterAll(async () => {
  await visits.close();
  await town.close();
});
beforeEach(async () => {
  for (const use of ['inbox', 'later'] as const) {
    const mailbox = (await town.core.mail.mailboxes(karim)).find((one) => one.use === use);
    if (mailbox === undefined) continue;
    const rows = await town.rows(KARIM, use);
    await town.core.mail.erase(
      karim,
      mailbox.id,
      rows.map(({ uid }) => uid),
    );
  }
  await town.receive('musee@exemple.fr', [KARIM], { subject: 'Le car', text: 'À lundi.' });
});

async function opened(): Promise<PlainPage> {
  const page = await visits.read(KARIM);
  await page.click('.rows .msg');
  return page;
}

const toast = (page: PlainPage): Promise<string> => page.textContent('[data-toast]');

it('is put off from its page at one press, waits under its hour, and comes back at another', async () => {
  const page = await opened();
  await page.click('.tools [data-later] summary');
  await page.click('.tools [value="later 2026-11-30T08:00"]');
  expect(await toast(page)).toContain(
    'remise à plus tard\u00a0: retour lundi 30 novembre à 8\u00a0h',
  );
  expect(await page.locator('.rows .msg').count()).toBe(0);
  await page.click('#places a[href="/mail/later"]');
  expect(await page.textContent('.rows .day')).toContain('Revient lundi 30 novembre à 8\u00a0h');
  await page.click('.rows .msg');
  expect(await page.textContent('#read')).toContain('Revient lundi 30 novembre à 8\u00a0h');
  await page.click('.tools [value="back"]');
  await page.goto(`${visits.base}/mail/inbox`);
  await page.click('.rows .msg');
  expect(await page.textContent('#read')).toContain('Remis ');
});

it('is put off from the list, and taken back; and for a day of one’s own', async () => {
  const page = await visits.read(KARIM);
  await page.check('.rows .pick');
  await page.click('.chosen [data-later] summary');
  await page.click('.chosen [value="later 2026-11-25T08:00"]');
  expect(await toast(page)).toContain('retour demain à 8\u00a0h');
  await page.click('[data-undo]');
  expect(await page.locator('.rows .msg').count()).toBe(1);
  await page.click('.rows .msg');
  await page.click('.tools [data-later] summary');
  await page.fill('.tools [name="day"]', '2026-12-24');
  await page.fill('.tools [name="hour"]', '10:30');
  await page.click('.tools .hour-pick button');
  expect(await toast(page)).toContain('retour jeudi 24 décembre à 10\u00a0h\u00a030');
});

it('is put off by Enter until the day and hour in whose field that is pressed', async () => {
  const page = await opened();
  await page.click('.tools [data-later] summary');
  await page.fill('.tools [name="day"]', '2026-12-24');
  await page.press('.tools [name="day"]', 'Enter');
  expect(await toast(page)).toContain('retour jeudi 24 décembre à 8\u00a0h');
});

const WRONG = 'says what is wrong with $day $hour, and moves nothing';
const wrong = sliced(2, [
  { day: '2026-11-23', hour: '08:00', says: 'cette heure est passée' },
  { day: '2027-12-31', hour: '08:00', says: 'dans plus d’un an' },
  { day: '2026-02-31', hour: '25:99', says: 'Choisissez un jour et une heure' },
  { day: '', hour: '', says: 'Choisissez un jour et une heure' },
]);
it.each(wrong.some)(WRONG, saysWhatIsWrong);
it.each(wrong.rest)(WRONG, SOAKED, saysWhatIsWrong);

async function saysWhatIsWrong({ day, hour, says }: (typeof wrong.some)[number]): Promise<void> {
  const page = await opened();
  await page.click('.tools [data-later] summary');
  await page.fill('.tools [name="day"]', day);
  await page.fill('.tools [name="hour"]', hour);
  await page.click('.tools .hour-pick button');
  expect(await toast(page)).toContain(says);
  expect(await page.locator('.rows .msg').count()).toBe(1);
}

it('is no place before the first, and none of a child’s', async () => {
  await town.send('claire.lefevre', ['lina.moreau'], { subject: 'Pour Lina' });
  const lina = await visits.read('lina.moreau');
  expect(await lina.content()).not.toContain('later 20');
  await lina.goto(`${visits.base}/mail/later`);
  expect(await lina.textContent('h1')).not.toContain('Plus tard');
  const marc = await visits.read('marc.olivier');
  expect(await marc.locator('#places a[href="/mail/later"]').count()).toBe(0);
});
