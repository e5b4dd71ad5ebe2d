/** An agent of some communes only: how one is made so, and what is left for them. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { pageFaults, wideFaults } from '../../../tests/shared/page-faults.ts';
import { text } from '../../../tests/shared/plain/page.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

const [HUGUES, LEILA] = ['hugues.armand', 'leila.brahimi'];

let town: TestTown;
let visits: Visits;
let commune: { readonly id: number; readonly name: string };
beforeAll(async () => {
  town = await openTestTown();
  visits = await openVisits(town, () => town.clock.now);
  const { rows } = await town.admin.query<{ id: number; name: string }>(
    'select c.id, c.name from commune c join school s on s.commune_id = c.id where s.id = 1',
  );
  if (rows[0] === undefined) throw new Error('no commune');
  commune = rows[0];
  const agents = await visits.read(HUGUES, '/agents');
  const { account } = await town.viewer(LEILA);
  const form = `form[action="/agents/${account}/communes"]`;
  await agents.click(`summary:has-text("Leïla Brahimi")`);
  await agents.check(`${form} input[value="${commune.id}"]`);
  await agents.click(`${form} button`);
  const words = await text(agents, 'main');
  expect(words).toContain('C’est enregistré, tout de suite.');
  expect(words).toContain(`${commune.name}. A un mot de passe.`);
});
afterAll(async () => {
  await visits.close();
  await town.close();
});

it('sees the schools of their commune, and the ways that are theirs', async () => {
  const page = await visits.read(LEILA, '/school');
  const words = await text(page);
  expect(words).toContain('École des Tilleuls');
  const { rows } = await town.admin.query<{ name: string }>(
    'select name from school where id > 0 and commune_id <> $1',
    [commune.id],
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const { name } of rows) expect(words).not.toContain(name);
  expect(words).not.toContain('Mise en service');
  for (const path of ['/schools/new', '/agents', '/home'])
    expect(await page.locator(`a[href="${path}"]`).count()).toBe(0);
  await page.goto('/schools/1');
  expect(await page.locator('main form').count()).toBe(0);
  await page.goto('/more');
  expect(await page.locator('main a[href="/agents/trail"]').count()).toBe(1);
  expect(await page.locator('main a[href="/setup"]').count()).toBe(0);
});

it('is asked for help by the schools of their commune alone, and counted by them alone', async () => {
  const { rows } = await town.admin.query<{ local: string }>(
    `select a.local
     from post p
       join address a on a.id = p.address_id
       join school s on s.id = p.school_id
     where p.role = 'head' and s.id > 0 and s.commune_id is distinct from $1
     limit 1`,
    [commune.id],
  );
  const [elsewhere] = rows;
  if (elsewhere === undefined) throw new Error('no head elsewhere');
  const asked = { to: [town.address('support')], cc: [] };
  const counted = async (local: string) =>
    town.core.writings.headcount(await town.viewer(local), asked);
  expect(await counted('claire.lefevre')).toBe(1 + (await counted(elsewhere.local)));
});

it('reads the numbers of its schools’ reports, and isn’t asked to name whom the town alone names', async () => {
  const page = await visits.read(LEILA, '/reports');
  expect(await text(page, 'h1')).toBe('Les signalements de vos communes');
  expect(await page.locator('main form, main .banner').count()).toBe(0);
  const agent = await visits.read(HUGUES, '/reports');
  expect(await agent.locator('form[action="/reports/contact"]').count()).toBe(1);
});

it('stops mail in their commune, and is told who stopped it everywhere', async () => {
  const page = await visits.read(LEILA, '/town/stop');
  expect(await page.locator('#commune option').count()).toBe(1);
  await page.fill('#why', 'Une rumeur');
  await page.click('text=Arrêter maintenant');
  expect(await text(page, 'main')).toContain('La ville a arrêté les messages');
  await page.fill(`#why-${commune.id}`, 'C’est fini');
  expect(await page.locator('main a[href="/home"]').count()).toBe(0);
  await page.click('text=Laisser repartir');
  expect(new URL(page.url()).pathname).toBe('/school');
  const agent = await town.viewer(HUGUES);
  const wish = { reason: 'Partout', until: null };
  const { moderation } = town.core;
  await moderation.stopPupilMail(agent, agent.school, { ...wish, stopped: true });
  await page.goto('/town/stop');
  expect(await text(page, 'main')).toContain('de toutes les écoles');
  expect(await page.locator('main form button').count()).toBe(0);
  await moderation.stopPupilMail(agent, agent.school, { ...wish, stopped: false });
});

it('is helped with what is theirs', async () => {
  const page = await visits.read(LEILA, '/help');
  const links = await page.locator('main .guide a').all();
  const led = await Promise.all(links.map((one) => one.getAttribute('href')));
  const found: string[] = [];
  for (const path of led) found.push(`${path} ${(await page.goto(path ?? '')).status()}`);
  expect(found).toEqual(['/school 200', '/roster 200']);
});

it.skipIf(!hasChromium())('stands on a phone without a fault', SOAKED, async () => {
  const page = await visits.enter(HUGUES, { at: '/agents', viewport: { width: 320, height: 640 } });
  await page.click('summary >> text=Ses communes');
  expect(await pageFaults(page, 'agents of communes')).toEqual([]);
  expect(await wideFaults(page, 'agents of communes')).toEqual([]);
});
