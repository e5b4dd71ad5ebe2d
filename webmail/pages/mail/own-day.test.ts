/** « Ma journée »: what is left for a teacher once school is over, led to nothing. */
import { afterAll, beforeEach, expect, it } from 'vitest';
import { askPaper } from '../../../core/school/papers/testing/asked-paper.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import type { PlainPage } from '../../../tests/shared/plain/page.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown } from '../../../tests/shared/town.ts';
import { openVisits } from '../../testing/visits.ts';

const CLAIRE = 'claire.lefevre';
const FAMILY = 'samira.benali';
const town = await openTestTown();
const START = town.clock.now;
const visits = await openVisits(town, () => town.clock.now);
const claire = await town.viewer(CLAIRE);
const { mail, moderation } = town.core;
afterAll(async () => {
  await visits.close();
  await town.close();
});
beforeEach(async () => {
  town.clock.now = START;
  await town.admin.query('delete from sending');
  for (const use of ['inbox', 'archive', 'sent'] as const) {
    const uids = (await town.rows(CLAIRE, use)).map(({ uid }) => uid);
    await mail.erase(claire, await town.mailbox(claire, use), uids);
  }
  const waiting = await moderation.waiting(claire);
  await moderation.decide(
    claire,
    waiting.map(({ school, id: hold }) => ({ school, hold })),
    { kind: 'release' },
  );
});

async function day(): Promise<PlainPage> {
  const page = await visits.read(CLAIRE, '/own-day');
  return page;
}

it('is empty as a calm drawing where nothing is left, and says no number', async () => {
  const page = await day();
  expect(await page.textContent('.state')).toContain('Tout est fait.');
  expect(await page.textContent('#main')).not.toMatch(/\d/);
});

it('leads through what is to be answered: archived, put off, answered, it is gone', async () => {
  for (const subject of ['Un', 'Deux', 'Trois'])
    await town.send(FAMILY, [CLAIRE], { subject, via: 'web' });
  await town.receive('musee@exemple.fr', [CLAIRE], { subject: 'Publicité' });
  const page = await day();
  const left = () => page.locator('[data-item] b').allTextContents();
  expect(await left()).toEqual(['Un', 'Deux', 'Trois']);
  await page.click('[data-key="e"] >> nth=0');
  expect(await page.textContent('[role="status"]')).toContain('archivée');
  await page.click('[data-key="b"] >> nth=0');
  expect(await page.textContent('[role="status"]')).toContain('demain à 8\u00a0h');
  expect(await left()).toEqual(['Trois']);
  await page.click('[data-key="r"] >> nth=0');
  await page.click('[data-send]');
  await page.goto(`${visits.base}/own-day`);
  expect(await page.textContent('.state')).toContain('Tout est fait.');
});

it('puts off and archives several at once, and takes each act back', async () => {
  for (const subject of ['Rouge', 'Vert', 'Bleu'])
    await town.send(FAMILY, [CLAIRE], { subject, via: 'web' });
  const page = await day();
  const left = () => page.locator('[data-item] b').allTextContents();
  const said = () => page.locator('[role="status"]').allTextContents();
  await page.click('#ticked [value$="T08:00"] >> nth=0');
  expect((await said()).join()).toContain('Cochez d’abord');
  await page.check('[name="m"] >> nth=0');
  await page.check('[name="m"] >> nth=2');
  await page.click('#ticked [value$="T08:00"] >> nth=0');
  expect(await left()).toEqual(['Vert']);
  expect((await said()).join()).toMatch(/2 .*demain à 8/);
  const waits = (await town.rows(CLAIRE, 'later')).map(({ subject }) => subject);
  expect(['Rouge', 'Vert', 'Bleu'].filter((one) => waits.includes(one))).toEqual([
    ...['Rouge', 'Bleu'],
  ]);
  await page.click('[data-undo]');
  expect(await left()).toEqual(['Rouge', 'Vert', 'Bleu']);
  expect(new URL(page.url()).pathname).toBe('/own-day');
  for (const at of [0, 1]) await page.check(`[name="m"] >> nth=${at}`);
  await page.click('#ticked [value="archive"]');
  expect(await left()).toEqual(['Bleu']);
  await page.click('[data-undo]');
  expect(await left()).toEqual(['Rouge', 'Vert', 'Bleu']);
  await page.check('[name="m"] >> nth=0');
  page.tamper('#ticked [value="archive"]', { value: 'later 2020-01-01T08:00' });
  await page.click('#ticked [value^="later 2020"]');
  expect((await said()).join()).toContain('heure');
  expect(await left()).toEqual(['Rouge', 'Vert', 'Bleu']);
});

it('reminds of letters that families have not read, once for a while', async () => {
  await town.send(CLAIRE, ['familles.ce1-a.tilleuls'], { subject: 'La cantine', via: 'web' });
  await town.admin.query(
    `update message set received_at = now() - interval '2 days' where subject = 'La cantine'`,
  );
  const page = await day();
  expect(await page.textContent('#main')).toContain('Pas encore lu par toutes les familles');
  await page.click('[data-item]:has-text("La cantine") button');
  expect(await page.textContent('[role="status"]')).toContain('sont relancées');
  expect(await page.textContent('#main')).not.toContain('La cantine');
});

it('has a child’s letter read where it is decided, and reminds of a paper that ends', async () => {
  const moderate = (how: string) =>
    town.admin.query(
      `begin; set local preau.school = '1'; update class set moderation = '${how}' where name = 'CE1 A'; update school set roster_version = roster_version + 1 where id = 1; commit`,
    );
  await moderate('all');
  await town.send('lina.moreau', ['noe.garnier'], { subject: 'On joue', via: 'web' });
  await moderate('open');
  const asked = await askPaper(
    town.core,
    claire,
    { to: [town.address('familles.ce1-a.tilleuls')], subject: 'Piscine' },
    { untilDay: '2026-11-26' },
  );
  if (asked.kind !== 'asked') throw new Error(asked.kind);
  const page = await day();
  expect(await page.locator('[data-item] b').allTextContents()).toEqual([
    'Des messages attendent votre accord',
    'Piscine',
  ]);
  expect(await page.getAttribute('[data-key="e"] >> nth=0', 'href')).toBe('/held');
  await page.click('[data-item]:has-text("Piscine") button');
  expect(await page.textContent('[role="status"]')).toContain('sont relancées');
  expect(await page.locator('[data-item]').count()).toBe(1);
  await town.core.papers.withdraw(claire, asked.ref);
});

it('is a teacher’s, and nobody acts on what is another’s', async () => {
  for (const other of [FAMILY, 'lina.moreau']) {
    const page = await visits.read(other);
    const answer = await page.goto(`${visits.base}/own-day`);
    expect(answer.status()).toBe(404);
  }
  await town.send('marc.olivier', ['karim.haddad'], { subject: 'À Karim', via: 'web' });
  const [theirs] = await town.rows('karim.haddad');
  await town.send(FAMILY, [CLAIRE], { subject: 'À Claire', via: 'web' });
  const page = await day();
  for (const forged of [
    `archive ${theirs?.mailbox}-${theirs?.uid}`,
    `later ${theirs?.mailbox}-${theirs?.uid}`,
    'remind 1-1',
    'paper 1-999999',
    'archive x-y',
  ]) {
    page.tamper('[data-key="e"]', { value: forged });
    await page.click('[data-key="e"] >> nth=0');
    expect(await page.textContent('[role="status"]')).toContain('n’attend plus rien');
  }
  expect((await town.rows('karim.haddad'))[0]?.subject).toBe('À Karim');
});

it('is offered above the inbox once school is over, on a day of it, where it is wanted', async () => {
  const offered = async (at: string): Promise<boolean> => {
    town.clock.now = new Date(at);
    const page = await visits.read(CLAIRE);
    return (await page.content()).includes('href="/own-day"');
  };
  expect(await offered('2026-11-24T09:00:00Z')).toBe(false);
  expect(await offered('2026-11-24T16:45:00Z')).toBe(true);
  expect(await offered('2026-11-28T16:45:00Z')).toBe(false);
  const page = await visits.read(CLAIRE, '/settings');
  await page.uncheck('#reading [name="day"]');
  await page.click('#reading button.main');
  expect(await offered('2026-11-24T16:45:00Z')).toBe(false);
  await town.core.accounts.setHabits(claire, { ownDay: true });
});

it('takes as long as it takes', SOAKED, async () => {
  for (let at = 0; at < 15; at += 1)
    await town.send(FAMILY, [CLAIRE], { subject: `Mot ${at}`, via: 'web' });
  const times: number[] = [];
  for (let run = 0; run < 15; run += 1) {
    const since = performance.now();
    const { toAnswer } = await mail.ownDay(claire);
    times.push(performance.now() - since);
    expect(toAnswer).toHaveLength(12);
  }
  const p50 = times.toSorted((one, other) => one - other)[7] ?? 0;
  process.stdout.write(
    `${JSON.stringify({ figure: 'own_day_ms', p50: Number(p50.toFixed(1)) })}\n`,
  );
});

it.skipIf(!hasChromium())('keys lead through it to nothing', SOAKED, async () => {
  for (const subject of ['Un', 'Deux']) await town.send(FAMILY, [CLAIRE], { subject, via: 'web' });
  const page = await visits.enter(CLAIRE, { at: '/own-day' });
  await page.keyboard.press('j');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Un');
  await page.keyboard.press('e');
  await page.waitForSelector('[data-item]:has-text("Deux")');
  await page.locator('[data-item]').nth(1).waitFor({ state: 'detached' });
  await page.keyboard.press('z');
  await page.locator('[data-item]').nth(1).waitFor();
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('b');
  await page.waitForSelector('.state');
  await visits.leave();
});
