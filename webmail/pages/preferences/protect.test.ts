import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../../../cli/demo/seed.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { pageFaults, targetFaults } from '../../../tests/shared/page-faults.ts';
import { openPlainPage, type PlainPage } from '../../../tests/shared/plain/page.ts';
import { serveTown } from '../../testing/served.ts';

const STEP_MS = 30_000;

const { town, base } = await serveTown();

/** The code of now, of steps after one another: each is taken once. */
function nextCode(key: string): string {
  town.clock.now = new Date(town.clock.now.getTime() + STEP_MS);
  return new TOTP({ secret: Secret.fromBase32(key) }).generate({
    timestamp: town.clock.now.getTime(),
  });
}

async function givePassword(page: PlainPage): Promise<void> {
  await page.fill('#a', town.address('claire.lefevre'));
  await page.fill('#p', DEMO_PASSWORD);
  await page.click('button.main');
}

async function giveCode(page: PlainPage, code: string): Promise<void> {
  await page.fill('#code', code);
  await page.click('main button.main, main button.no');
}

describe.skipIf(!hasChromium())(
  'protecting one’s account (skipped where chromium is not installed)',
  () => {
    it('begins in three steps, asks for a code at the door, and ends by one; without script', async () => {
      const page = openPlainPage(base);
      await page.goto('/signin?adult=1');
      await givePassword(page);
      await page.goto(`${base}/devices`);
      await page.click('a[href="/protect"]');
      const key = ((await page.textContent('.key')) ?? '').replace(/\s/g, '');
      expect(await page.getAttribute('.aim a', 'href')).toContain(`secret=${key}`);
      expect(await page.locator('.qr svg path').count()).toBe(1);
      expect(await pageFaults(page, 'protect')).toEqual([]);
      expect(await targetFaults(page, 'protect')).toEqual([]);
      await giveCode(page, '000 000');
      expect(await page.textContent('#code-trouble')).toContain('Attendez le suivant');
      expect(((await page.textContent('.key')) ?? '').replace(/\s/g, '')).toBe(key);
      await giveCode(page, nextCode(key));
      expect(await page.textContent('[role=status].banner')).toContain('protégé');
      expect(await pageFaults(page, 'protected')).toEqual([]);
      await page.click('.me summary');
      await page.click('.me form[action="/signout"] button');
      await givePassword(page);
      expect(await page.getAttribute('#code', 'autocomplete')).toBe('one-time-code');
      await giveCode(page, '000000');
      expect(await page.textContent('#code-trouble')).toContain('Attendez le suivant');
      expect(await pageFaults(page, 'second-step')).toEqual([]);
      await giveCode(page, nextCode(key));
      expect(page.url()).toBe(`${base}/mail/inbox`);
      await page.goto(`${base}/protect`);
      await giveCode(page, nextCode(key));
      expect(await page.textContent('[role=status].banner')).toContain('n’est plus protégé');
      expect(await town.core.secondFactor.state(await town.viewer('claire.lefevre'))).toBeNull();
    }, 120_000);
    it('is not for children, and a code that comes too late sends back to the start', async () => {
      const child = await town.enter(await town.viewer('lina.moreau'));
      expect(
        (await fetch(`${base}/protect`, { headers: { cookie: `__Host-preau=${child}` } })).status,
      ).toBe(404);
      const door = await fetch(`${base}/signin?adult=1`);
      const csrf = /name="csrf" value="([^"]+)"/.exec(await door.text())?.[1] ?? '';
      const give = (fields: Record<string, string>) =>
        fetch(`${base}/signin/code`, {
          method: 'POST',
          headers: { cookie: door.headers.get('set-cookie')?.split(';')[0] ?? '' },
          body: new URLSearchParams(fields),
        });
      const late = await give({ csrf, ticket: '1.2.3', code: '123456', language: 'en' });
      expect([late.status, await late.text()]).toEqual([
        403,
        expect.stringContaining('Sign in once more'),
      ]);
      expect((await give({ csrf: 'x', ticket: '1.2.3', code: '123456' })).status).toBe(403);
      expect((await give({ csrf, ticket: '1.2.3', code: ' ' })).status).toBe(422);
    });
  },
);
