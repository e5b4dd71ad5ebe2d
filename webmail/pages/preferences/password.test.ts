/** An adult changes their own password: the page, what it says, and the eye in its fields. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../../../cli/demo/seed.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { axeFaults, pageFaults, targetFaults } from '../../../tests/shared/page-faults.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { SESSION_COOKIE } from '../../http/guard.ts';
import { openTownPages } from '../../testing/served.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

const CHOSEN = 'châtaignes et calots';
const { town, enter } = await openTownPages();

it('is led to from the settings of every adult, and is no page of a child', async () => {
  for (const local of ['claire.lefevre', 'mamadou.diallo', 'karine.moreau', 'nadege.colas'])
    expect((await (await enter(local)).get('/settings')).body, local).toContain('href="/password"');
  const lina = await enter('lina.moreau');
  expect((await lina.get('/password')).statusCode).toBe(404);
  const csrf = await lina.csrf('/mail/inbox');
  expect((await lina.post('/password', { csrf, password: 'a', chosen: 'b' })).statusCode).toBe(404);
});

it('says beside its field what is wrong, keeps what was ticked, and shows no password again', async () => {
  const claire = await enter('claire.lefevre');
  const viewer = await town.viewer('claire.lefevre');
  const lost = await town.core.appPasswords.make(viewer, 'Téléphone perdu');
  const kept = await town.core.appPasswords.make(viewer, 'Tablette');
  if (lost.kind !== 'made' || kept.kind !== 'made') throw new Error('no device');
  const csrf = await claire.csrf('/password');
  const ticks = (body: string): string[] =>
    [...body.matchAll(/name="device"\s+value="(\w+)"\s+checked/g)].map(([, id]) => id ?? '');
  expect(ticks((await claire.get('/password')).body).sort()).toEqual(
    [String(lost.id), String(kept.id)].sort(),
  );
  const send = (password: string, chosen: string) =>
    claire.post('/password', { csrf, password, chosen, device: [String(lost.id)] });
  for (const [answer, says] of [
    [await send('', ''), 'Écrivez votre mot de passe actuel'],
    [await send('faux', CHOSEN), 'Ce n’est pas votre mot de passe actuel'],
    [await send(DEMO_PASSWORD, 'court'), 'il faut au moins 12 signes'],
    [await send(DEMO_PASSWORD, DEMO_PASSWORD), 'C’est le même qu’avant'],
  ] as const) {
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain(says);
    expect(answer.body).not.toContain(DEMO_PASSWORD);
    expect(ticks(answer.body)).toEqual([String(lost.id)]);
  }
  const before = claire.cookies.get(SESSION_COOKIE);
  const answer = await send(DEMO_PASSWORD, CHOSEN);
  expect([answer.statusCode, answer.headers.location]).toEqual([303, '/password?said=changed']);
  expect(claire.cookies.get(SESSION_COOKIE)).not.toBe(before);
  expect((await claire.get('/password?said=changed')).body).toContain(
    'Votre mot de passe est changé.',
  );
  expect((await town.core.appPasswords.list(viewer)).map(({ id }) => id)).toEqual([kept.id]);
});

describe.skipIf(!hasChromium())('in a browser (skipped where chromium is not installed)', () => {
  let visits: Visits;
  beforeAll(async () => {
    visits = await openVisits(town);
  });
  afterEach(() => visits.leave());
  afterAll(() => visits?.close());

  it('an eye shows what is typed, here and at the door, and hides it as the form goes', async () => {
    const door = await visits.stranger();
    await door.goto(`${visits.base}/signin?adult=1`);
    await door.fill('#p', DEMO_PASSWORD);
    expect(await door.getAttribute('#p', 'type')).toBe('password');
    await door.click('[data-shows="p"]');
    expect(await door.getAttribute('#p', 'type')).toBe('text');
    expect(await door.getAttribute('[data-shows="p"]', 'aria-pressed')).toBe('true');
    await door.click('[data-shows="p"]');
    expect(await door.getAttribute('#p', 'type')).toBe('password');
    expect(await axeFaults(door)).toEqual([]);
    expect(await targetFaults(door, 'signin')).toEqual([]);
  });

  it('works without script, where there is no eye', SOAKED, async () => {
    const page = await visits.read('julie.robin', '/password');
    expect(await pageFaults(page, 'password')).toEqual([]);
    await page.fill('#before', DEMO_PASSWORD);
    await page.fill('#chosen', CHOSEN);
    await page.click('main button.main');
    expect(await page.textContent('[role=status].banner')).toContain(
      'Votre mot de passe est changé',
    );
  });
});
