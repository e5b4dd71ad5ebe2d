/** Mail into the town from a real Postfix: what is taken, what waits, what comes back. */
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../cli/demo/seed.ts';
import { hasPostfix } from '../tests/shared/postfix.ts';
import { hasRspamd } from '../tests/shared/rspamd.ts';
import { hasSigningDns } from '../tests/shared/signed-zone.ts';
import { openKnownTown, type KnownSmtpTown } from './testing/known-town.ts';

const LUCIE = 'lucie@musee-villeneuve.fr';
const CLAIRE = 'claire.lefevre@ecoles.villeneuve.fr';
const HUGUES = 'hugues.armand@ecoles.villeneuve.fr';
const LINA = 'lina.moreau@ecoles.villeneuve.fr';
/** Postfix asks again each second (tests/shared/postfix.ts). */
const RETRIED_MS = 3_000;
const ARRIVED = { timeout: 40_000, interval: 200 };

const letterTo = (to: string, subject: string, from = LUCIE): string =>
  `From: ${from}\r\nTo: ${to}\r\nSubject: ${subject}\r\nDate: Thu, 26 Nov 2026 09:00:00 +0000\r\nMessage-ID: <${subject}@musee-villeneuve.fr>\r\n\r\nBonjour.\r\n.\r\nfin\r\n`;

describe.runIf(hasPostfix() && hasRspamd() && hasSigningDns())('Postfix brings', () => {
  let town: KnownSmtpTown;
  beforeAll(async () => {
    town = await openKnownTown();
  }, 120_000);
  afterAll(() => town.close());

  it('a letter over TLS, of which we say what the DNS says', async () => {
    await town.postfix.hand(LUCIE, CLAIRE, letterTo(CLAIRE, 'visite'));
    await expect.poll(() => town.letters('visite'), ARRIVED).toHaveLength(1);
    const [letter = ''] = await town.letters('visite');
    expect(letter).toMatch(/^Received: from mx1\.musee-villeneuve\.fr .*with ESMTPS/ms);
    expect(letter).toMatch(/^Authentication-Results: .*spf=pass.*dmarc=pass/ms);
    expect(letter).toContain('Bonjour.\r\n.\r\nfin\r\n');
  });

  it('it again once there is room', async () => {
    await town.admin.query('update account set quota_bytes = 1');
    await town.postfix.hand(LUCIE, CLAIRE, letterTo(CLAIRE, 'plus-tard'));
    await pause(RETRIED_MS);
    expect(await town.letters('plus-tard')).toEqual([]);
    await town.admin.query('update account set quota_bytes = 1000000000');
    await expect.poll(() => town.letters('plus-tard'), ARRIVED).toHaveLength(1);
  });

  it('its notice of a letter of ours that it took and that came to nothing, to who wrote it', async () => {
    const how = { ip: '127.0.0.1', way: 'web' } as const;
    const signedIn = await town.core.accounts.signIn(CLAIRE, DEMO_PASSWORD, how);
    if (signedIn.kind !== 'welcome') throw new Error(`no account ${CLAIRE}`);
    const to = 'moved@musee-villeneuve.fr';
    const letter = letterTo(to, 'sortie', CLAIRE).replace('musee-villeneuve.fr>', 'ecoles>');
    await town.core.delivery.accept(
      {
        sender: { kind: 'account', viewer: signedIn.viewer },
        recipients: [to],
        via: 'submission',
        peer: null,
        session: 'test',
        trace: '',
      },
      Readable.from([Buffer.from(letter)]),
    );
    const notices = () => town.letters('Undelivered Mail Returned to Sender');
    await expect.poll(notices, ARRIVED).toHaveLength(1);
    const [notice = ''] = await notices();
    expect(notice).toContain(`Original-Recipient: rfc822;${to}`);
    // Sent on, it came from outside in the town's own name.
    expect(notice).toContain('Status: 5.7.1');
  });

  it.each([
    {
      what: 'a letter to a pupil',
      to: LINA,
      from: LUCIE,
      status: '5.1.1',
      says: 'pas vos messages',
    },
    {
      what: 'a colleague’s name',
      to: CLAIRE,
      from: HUGUES,
      status: '5.7.1',
      says: '[own-domain-from-outside]',
    },
  ])('not $what: its writer gets Postfix’s notice with our words', async (one) => {
    const { to, from, status, says } = one;
    const subject = `non-${status}`;
    await town.postfix.hand(LUCIE, to, letterTo(to, subject, from));
    const found = () => town.postfix.letters().find((letter) => letter.includes(subject));
    await expect.poll(found, ARRIVED).toBeDefined();
    const notice = (found() ?? '').replace(/\n\s+/g, ' ');
    expect(notice).toContain('Subject: Undelivered Mail Returned to Sender');
    expect(notice).toContain(`Status: ${status}`);
    expect(notice).toContain(says);
    expect(await town.letters(subject)).toEqual([]);
  });
});
