import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { axeFaults, plainWideFaults, targetFaults } from '../../../tests/shared/page-faults.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { serveTown } from '../../testing/served.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

const { town, base } = await serveTown();

describe('settings found by programs', () => {
  it.each([
    '/.well-known/autoconfig/mail/config-v1.1.xml?emailaddress=qui%40ecoles.preau.test',
    '/mail/config-v1.1.xml',
  ])('%s, without signing in, under any name of the domain', async (path) => {
    const answer = await fetch(`${base}${path}`, {
      headers: { host: 'autoconfig.ecoles.preau.test' },
    });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'text/xml; charset=utf-8',
    ]);
    expect(await answer.text()).toContain('<username>%EMAILADDRESS%</username>');
  });
  it('Outlook, who exists and who does not get the same; another domain is not found', async () => {
    const ask = async (address: string) => {
      const answer = await fetch(`${base}/autodiscover/autodiscover.xml`, {
        method: 'POST',
        headers: { 'content-type': 'text/xml' },
        body: `<Autodiscover><Request><EMailAddress>${address}</EMailAddress></Request></Autodiscover>`,
      });
      return (await answer.text()).replaceAll(address, '…');
    };
    expect(await ask('claire.lefevre@ecoles.preau.test')).toContain('<Type>IMAP</Type>');
    expect(await ask('claire.lefevre@ecoles.preau.test')).toBe(
      await ask('personne@ecoles.preau.test'),
    );
    expect(await ask('claire.lefevre@ailleurs.test')).toContain('<ErrorCode>500</ErrorCode>');
  });
});

describe.skipIf(!hasChromium())(
  'the page of one’s devices (skipped where chromium is not installed)',
  () => {
    let visits: Visits;
    beforeAll(async () => {
      visits = await openVisits(town);
    });
    afterEach(() => visits.leave());
    afterAll(() => visits?.close());

    it('adds a device, whose password opens mail programs, and stops it; works without script', async () => {
      const page = await visits.read('claire.lefevre');
      await page.click('.me summary');
      await page.click('.me a[href="/devices"]');
      await page.fill('#name', 'Ordinateur de la classe');
      await page.click('button[value="other"]');
      expect(await plainWideFaults(page, 'device-made')).toEqual([]);
      const text = (await page.textContent('.code-text[aria-label]')) ?? '';
      const signIn = async () =>
        (
          await town.core.accounts.signIn(town.address('claire.lefevre'), text, {
            ip: '192.0.2.4',
            way: 'imap',
          })
        ).kind;
      expect(await signIn()).toBe('welcome');
      await page.click('main a.btn.main');
      expect(await plainWideFaults(page, 'devices')).toEqual([]);
      expect(await targetFaults(page, 'devices')).toEqual([]);
      expect(await page.textContent('.lines')).toContain('Ordinateur de la classe');
      await page.click('.line:has-text("Ordinateur de la classe") button');
      expect(await page.textContent('[role=status].banner')).toContain('arrêté');
      expect(await signIn()).toBe('no-match');
    });
    it('copies the address and the password by a press', SOAKED, async () => {
      const page = await visits.enter('claire.lefevre');
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.goto(`${visits.base}/devices`);
      await page.click('button[value="other"]');
      const copied: string[] = [];
      for (const at of [0, 1]) {
        await page.click(`.copied >> nth=${at} >> button`);
        await page.waitForSelector(`.copied >> nth=${at} >> text=C’est copié`);
        copied.push(await page.evaluate(() => navigator.clipboard.readText()));
      }
      expect(copied).toEqual([
        town.address('claire.lefevre'),
        (await page.textContent('.code-text[aria-label]')) ?? '',
      ]);
    });
    it('hands an iPhone its profile, signed, with a password of its own', async () => {
      const page = await visits.read('claire.lefevre', '/devices');
      const { name } = await page.download('button[value="apple"]');
      expect(name).toBe('courrier-ecole.mobileconfig');
      await page.goto(`${visits.base}/devices`);
      expect(await page.textContent('.lines')).toContain('Mon téléphone');
    });
    it('asks for a name, and is for children where their school lets them', async () => {
      const page = await visits.read('claire.lefevre', '/devices');
      await page.fill('#name', '   ');
      await page.click('button[value="other"]');
      expect(await page.textContent('#trouble')).toContain('Donnez un nom');
      const head = await town.viewer('mamadou.diallo');
      const child = await visits.read('lina.moreau');
      expect((await child.goto(`${visits.base}/devices`)).status()).toBe(200);
      expect(await child.textContent('main')).toContain('Lis cette page avec un adulte.');
      // a second factor is not for children
      expect(await child.locator('a[href="/protect"]').count()).toBe(0);
      await town.core.schoolSettings.save(head, head.school, { pupilPrograms: false });
      expect((await child.goto(`${visits.base}/devices`)).status()).toBe(404);
    });
    it('axe finds nothing serious', async () => {
      const page = await visits.read('claire.lefevre', '/devices');
      expect(await axeFaults(page, 'devices')).toEqual([]);
      await page.click('button[value="other"]');
      expect(await axeFaults(page, 'device-made')).toEqual([]);
    });
  },
);
