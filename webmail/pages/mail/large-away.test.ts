/** A large letter whose bytes lie elsewhere, while the store there is away: a page that says so. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { s3Server } from '../../../core/store/bodies/testing/s3-server.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { axeFaults, wideFaults } from '../../../tests/shared/page-faults.ts';
import { openPages } from '../../testing/pages.ts';

const TWO_HOURS_MS = 7_200_000;
const PLAN = {
  name: 'plan.txt',
  bytes: Buffer.from('le grand plan de la kermesse\n'.repeat(4_000)),
};
const SAID = 'Ce message ne s’ouvre pas en ce moment.';

const s3 = await s3Server();
const PREAU_DATA = mkdtempSync(join(tmpdir(), 'preau-large-away-'));
writeFileSync(join(PREAU_DATA, 'bodies.key'), `${'ACDEFHJKMNPQRTU-'.repeat(4)}\n`);
const { town, visits } = await openPages({ env: { PREAU_DATA, PREAU_BODIES: s3.address } });
afterAll(() => s3.close());
beforeAll(async () => {
  const to = ['karim.haddad', 'lina.moreau'];
  const sent = await town.send('claire.lefevre', to, { subject: 'Grand', file: PLAN });
  expect(sent.kind).toBe('accepted');
  await town.admin.query('update message set received_at = $1', [town.clock.now]);
  town.clock.now = new Date(town.clock.now.getTime() + TWO_HOURS_MS);
  await town.core.bodies.move(new AbortController().signal);
  expect(s3.objects.size).toBe(1);
});

it.each([{ local: 'karim.haddad' }, { local: 'lina.moreau' }])(
  'says so to $local, lists it still, and opens it once the store is well',
  async ({ local }) => {
    s3.mood = 'away';
    const page = await visits.read(local);
    const [row] = await town.rows(local);
    expect(await page.content()).toContain('Grand');
    const letter = `${visits.base}/mail/inbox/${row?.uid}`;
    for (const path of ['', '/file/2']) {
      expect((await page.goto(`${letter}${path}`)).status()).toBe(503);
      expect(await page.textContent('h1')).toBe(SAID);
      expect(await page.textContent('main')).toMatch(/(?:n’|Rien n’)est (?:pas )?perdu/);
    }
    if (hasChromium() && local === 'karim.haddad') {
      await page.goto(letter);
      expect(await axeFaults(page)).toEqual([]);
      expect(await wideFaults(page, 'large-away')).toEqual([]);
    }
    s3.mood = 'well';
    expect((await page.goto(letter)).status()).toBe(200);
    expect(await page.textContent('main')).toContain('plan.txt');
  },
);
