/** Mail that leaves, with what the world runs: Postfix, knot, unbound, and who checks DKIM. */
import { hash, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSelfSigned } from '../../core/town/certificate/self-signed.ts';
import type { SigningKey } from '../../core/town/signing/contract.ts';
import { openSigning } from '../../core/town/signing/signing.ts';
import {
  believedByDkimpy,
  foundByRspamd,
  hasVerifiers,
  saidByOpendkim,
} from '../../tests/shared/dkim-verifiers.ts';
import { hasPostfix, startPostfix, type Postfix } from '../../tests/shared/postfix.ts';
import { hasSigningDns, startSignedZone, type SignedZone } from '../../tests/shared/signed-zone.ts';
import { openTestTown, type TestTown } from '../../tests/shared/town.ts';
import { deliverAlone, loopbackWorld } from '../testing/loopback-world.ts';
import type { World } from './by-mx.ts';
import { openSecureNames } from './secure-names.ts';

const HOST = '127.0.0.1';
const NAME = 'mx1.musee.test';
const VALID = { from: new Date(0), until: new Date('2095-01-01') };
const PAIR = makeSelfSigned(NAME, VALID);
const OTHER = makeSelfSigned(NAME, VALID);
const FROM = 'claire@ecoles.test';
const LETTER = Buffer.from(
  `From: "Claire" <${FROM}>\r\nTo: lucie@musee.test\r\nDate: Thu, 26 Nov 2026 09:00:00 +0000\r\nSubject: visite\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nBonjour, à mardi.\r\n.\r\n..\r\n\r\nfin  \r\n`,
);

const tlsaOf = (port: number, cert: string): string => {
  const key = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
  return `_${port}._tcp.mx1 IN TLSA 3 1 1 ${hash('sha256', key)}`;
};

/** As a zone holds a text: in strings of 255 octets (RFC 1035 §3.3). */
const quoted = (text: string): string => `"${(text.match(/.{1,255}/g) ?? []).join('" "')}"`;

/** A letter of a town's, and what its zone must hold for it. */
async function signedLetter(): Promise<{
  readonly keys: readonly SigningKey[];
  readonly signed: Buffer;
}> {
  const town: TestTown = await openTestTown();
  const texts = new Map<string, string>();
  const signing = openSigning({
    ...town.parts,
    names: {
      texts: (name) => Promise.resolve({ kind: 'found', records: [texts.get(name) ?? ''] }),
    },
    secret: Buffer.alloc(32),
    domain: 'ecoles.test',
  });
  const keys = await signing.keys();
  for (const { name, text } of keys) texts.set(name, text);
  await signing.tend();
  const signed: Buffer = await signing.sign({ school: 1, message: 1 }, LETTER);
  await town.close();
  return { keys, signed };
}

describe.runIf(hasPostfix() && hasSigningDns() && hasVerifiers())(
  'Postfix, knot and unbound',
  () => {
    let postfix: Postfix;
    let dns: SignedZone;
    let world: World;
    let keys: readonly SigningKey[];
    let signed: Buffer;
    const domain = 'musee.test';

    beforeAll(async () => {
      postfix = await startPostfix(HOST, { domain, name: NAME, pem: `${PAIR.key}${PAIR.cert}` });
      ({ keys, signed } = await signedLetter());
      const lines = [`@ IN MX 10 mx1`, `mx1 IN A ${HOST}`];
      dns = await startSignedZone({
        signed: {
          'musee.test.': [...lines, tlsaOf(postfix.port, PAIR.cert)],
          'other.test.': [...lines, tlsaOf(postfix.port, OTHER.cert)],
        },
        plain: {
          'plain.test.': [...lines, tlsaOf(postfix.port, OTHER.cert)],
          'ecoles.test.': [
            ...keys.map(({ name, text }) => `${name}. IN TXT ${quoted(text)}`),
            '_dmarc IN TXT "v=DMARC1; p=reject; adkim=s; aspf=s"',
          ],
        },
      });
      world = {
        ...loopbackWorld(dns.address, { port: postfix.port, authorities: [PAIR.cert] }),
        secureNames: openSecureNames(dns.address),
      };
    }, 60_000);
    afterAll(async () => {
      await dns.stop();
      await postfix.stop();
    });

    const deliver = (recipient: string, raw: Buffer = LETTER, other: Partial<World> = {}) =>
      deliverAlone({ ...world, ...other }, { sender: FROM, recipient }, raw);

    it('takes a letter over TLS that the DNS names, whose signatures all believe who look', async () => {
      expect(await deliver(`lucie@${domain}`, signed)).toMatchObject({ kind: 'taken' });
      await expect.poll(() => postfix.letters().length, { timeout: 20_000 }).toBe(1);
      const [letter = ''] = postfix.letters();
      expect(letter).toMatch(/using TLSv1\.3 with cipher/);
      expect(letter).toMatch(/for <lucie@musee[.]test>/);
      const changed = letter.replace('mardi', 'jeudi').replaceAll('\n', '\r\n');
      const whole = letter.replaceAll('\n', '\r\n');
      expect(believedByDkimpy(whole, keys)).toEqual([true, true]);
      expect(believedByDkimpy(changed, keys)).toEqual([false, false]);
      expect(saidByOpendkim(whole, dns)).toEqual(['pass', 'pass']);
      expect(saidByOpendkim(changed, dns)).toEqual(['fail', 'fail']);
      const [good, bad] = await foundByRspamd([whole, changed], { dns, from: FROM });
      expect(good).toEqual(expect.arrayContaining(['R_DKIM_ALLOW', 'DMARC_POLICY_ALLOW']));
      expect(bad).toEqual(expect.arrayContaining(['R_DKIM_REJECT', 'DMARC_POLICY_REJECT']));
    });

    it.each([
      {
        to: 'later@musee.test',
        then: { kind: 'later', reply: expect.stringContaining('451 4.7.1') },
      },
      {
        to: 'never@musee.test',
        then: { kind: 'never', reply: expect.stringContaining('550 5.1.1') },
      },
      { to: 'élodie@musee.test', then: { kind: 'taken' } },
      { to: 'lucie@gone.musee.test', then: { kind: 'never' } },
    ])('$to: $then.kind', async ({ to, then }) => expect(await deliver(to)).toMatchObject(then));

    it('gets nothing where a signed zone names another certificate, and in an unsigned one that says nothing', async () => {
      expect(await deliver('lucie@other.test')).toMatchObject({ kind: 'later' });
      // no relay there: what counts is that it was talked to
      expect(await deliver('lucie@plain.test')).toMatchObject({
        kind: 'never',
        reply: expect.stringContaining('Relay access denied'),
      });
      const theirs = /for <lucie@(other|plain)[.]test>/;
      expect(postfix.letters().filter((letter) => theirs.test(letter))).toEqual([]);
    });

    it('is proven by the DNS to Postfix’s own eyes too, where it is to ours', () => {
      const seen = (name: string): string =>
        dns.asked([
          'posttls-finger',
          ...['-c', '-l', 'dane', '-L', 'summary'],
          `[mx1.${name}]:${postfix.port}`,
        ]);
      expect(seen('musee.test')).toContain('Verified TLS connection established');
      expect(seen('other.test')).toContain('no matching DANE TLSA records');
    });

    it('is held to a policy by its certificate', async () => {
      const policies = { of: () => Promise.resolve({ isEnforced: true, allows: () => true }) };
      const strict = { policies, secureNames: null };
      expect(await deliver(`a@${domain}`, LETTER, strict)).toMatchObject({ kind: 'taken' });
      expect(
        await deliver(`b@${domain}`, LETTER, { ...strict, authorities: [OTHER.cert] }),
      ).toMatchObject({ kind: 'later' });
    });
  },
);
