/**
 * The system's resolver against a DNS server of our own on loopback: nothing of the path is made up
 * but who lives in the zone.
 */

import { generateKeyPairSync } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { DAY_MS } from '../core/ground/spans.ts';
import { TooLate } from './authentication-pool.ts';
import { authenticateSender, systemResolver } from './sender-authentication.ts';
import { startNameServer, type TestNameServer } from './testing/name-server.ts';
import { openTestTown, type SmtpTestTown } from './testing/test-town.ts';
import { hangUp, ready } from './testing/wire-client.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 4_096 });
/** Longer than one string of a TXT record and than one UDP answer. */
const KEY = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
const SIGNER = {
  signingDomain: 'strict.example',
  selector: 's1',
  privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
};
const HOST = 'ecoles.preau.test';

let dns: TestNameServer;
let town: SmtpTestTown;
beforeAll(async () => {
  dns = await startNameServer({
    txt: {
      'strict.example': ['v=spf1 include:_spf.strict.example -all'],
      '_spf.strict.example': ['v=spf1 a:mail.strict.example -all'],
      '_dmarc.strict.example': ['v=DMARC1; p=reject'],
      's1._domainkey.strict.example': ['v=DKIM1; k=rsa; p=', ...(KEY.match(/.{1,200}/g) ?? [])],
      '_dmarc.broken.example': ['v=DMARC1; p=reject'],
      '_dmarc.mute.example': ['v=DMARC1; p=reject'],
      'own.example': ['v=spf1 ip4:127.0.0.1 -all'],
      '_dmarc.own.example': ['v=DMARC1; p=reject'],
      '_dmarc.apart.example': ['v=DMARC1; p=quarantine'],
      'musee-des-sciences.example': ['v=spf1 ip4:127.0.0.1 -all'],
    },
    a: { 'mail.strict.example': '192.0.2.1' },
    servfail: 'broken.example',
    silence: 'mute.example',
  });
  town = await openTestTown({
    smtp: { resolver: systemResolver([dns.server]), isLocalPeer: () => false },
  });
});
afterEach(hangUp);
afterAll(async () => {
  await town.close();
  dns.close();
});

const mailOf = (domain: string): string =>
  `From: Marie <marie@${domain}>\r\nTo: claire.lefevre@${HOST}\r\nSubject: Visite\r\nDate: Tue, 24 Nov 2026 16:00:00 +0000\r\nMessage-ID: <1@${domain}>\r\n\r\nBonjour\r\n`;

it.each<{ when: string; domain: string; ip: string; then: string }>([
  {
    when: 'SPF passes by an include and an A record',
    domain: 'strict.example',
    ip: '192.0.2.1',
    then: 'pass',
  },
  {
    when: 'SPF fails and the domain asks to reject',
    domain: 'strict.example',
    ip: '198.51.100.9',
    then: 'fail',
  },
  { when: 'the domain is in no zone', domain: 'nowhere.example', ip: '192.0.2.1', then: 'none' },
])('$when: $then', async ({ domain, ip, then }) => {
  const peer = { ip, helo: 'mail.example', sender: `marie@${domain}` };
  expect(
    (
      await authenticateSender(Buffer.from(mailOf(domain)), peer, {
        host: HOST,
        resolver: systemResolver([dns.server]),
        deadlineMs: 5_000,
        arcSealers: [],
      })
    ).authentication,
  ).toBe(then);
});

it('a DNS server that never answers has its limit of time: ask again later', async () => {
  const begun = performance.now();
  const asked = authenticateSender(
    Buffer.from(mailOf('mute.example')),
    { ip: '192.0.2.1', helo: 'mute.example', sender: 'marie@mute.example' },
    { host: HOST, resolver: systemResolver([dns.server]), deadlineMs: 400, arcSealers: [] },
  );
  await expect(asked).rejects.toThrow(TooLate);
  expect(performance.now() - begun).toBeGreaterThan(350);
});

it('a DKIM key of several strings, too long for UDP, comes by TCP', async () => {
  const raw = mailOf('strict.example');
  const { signatures } = await dkimSign(raw, { ...SIGNER, signatureData: [SIGNER] });
  const before = dns.overTcp();
  const proof = await authenticateSender(
    Buffer.from(signatures + raw),
    { ip: '198.51.100.9', helo: 'lists.example', sender: 'bounce@lists.example' },
    { host: HOST, resolver: systemResolver([dns.server]), deadlineMs: 5_000, arcSealers: [] },
  );
  expect(proof.authentication).toBe('pass');
  expect(proof.headers).toContain('dkim=pass');
  expect(dns.overTcp()).toBeGreaterThan(before);
});

it.each([
  '<marie@strict .example>',
  '<marie@strict. example>',
  '<marie@strict(c).example>',
  '<marie@strict.(c)example>',
  'marie@strict(c).example',
])('no From gets round what its domain forbids: %s', async (from) => {
  const before = await town.inboxOf('claire.lefevre');
  const letter = mailOf('own.example').replace('<marie@own.example>', from);
  expect(await handedIn('own.example', 'claire.lefevre', letter)).toMatch(/^5\d\d/);
  expect(await town.inboxOf('claire.lefevre')).toBe(before);
});

it('a comment beside an address keeps nobody out', async () => {
  const before = await town.inboxOf('claire.lefevre');
  const letter = mailOf('own.example').replace('own.example>', 'own.example> (musee)');
  expect(await handedIn('own.example', 'claire.lefevre', letter)).toMatch(/^250 /);
  expect(await town.inboxOf('claire.lefevre')).toBe(before + 1);
});

it('at the door of the real town: proved mail is taken, disproved is refused or set apart as its domain asks, and a child’s address still is nobody’s', async () => {
  const before = await town.inboxOf('claire.lefevre');
  expect(await sent('own.example', 'claire.lefevre')).toMatch(/^250 2\.0\.0 OK, kept as \d+$/);
  expect(await sent('strict.example', 'claire.lefevre')).toMatch(/^550[- ]5\.7\.\d+ /);
  expect(await town.inboxOf('claire.lefevre')).toBe(before + 1);
  // What its own domain asks to set apart comes, but not among what is to be read.
  const junk = await town.junkOf('claire.lefevre');
  expect(await sent('apart.example', 'claire.lefevre')).toMatch(/^250 2\.0\.0 OK, kept as \d+$/);
  expect(await town.inboxOf('claire.lefevre')).toBe(before + 1);
  expect(await town.junkOf('claire.lefevre')).toBe(junk + 1);
  expect(dns.asked).toEqual(
    expect.arrayContaining(['own.example TXT', '_dmarc.strict.example TXT']),
  );
  const client = await ready(town.smtp.ports.mx);
  await client.say('MAIL FROM:<marie@own.example>');
  expect(await client.say(`RCPT TO:<lina.moreau@${HOST}>`)).toMatch(/^550[- ]5\.1\.1 /);
});

it('a receiver’s report of mail in our name is kept as numbers, from whoever proves their domain, once', async () => {
  const lines = async () => (await town.core.town.reportedSources('machine'))?.sources;
  const line = `<row><source_ip>203.0.113.9</source_ip><count>7</count><policy_evaluated><disposition>reject</disposition><dkim>fail</dkim><spf>fail</spf></policy_evaluated></row><identifiers><header_from>${HOST}</header_from></identifiers>`;
  const xml = `<feedback><report_metadata><report_id>1</report_id><date_range><begin>${day(-2)}</begin><end>${day(-1)}</end></date_range></report_metadata><policy_published><domain>${HOST}</domain></policy_published><record>${line}</record></feedback>`;
  const report = async (domain: string): Promise<string> => {
    const client = await ready(town.smtp.ports.mx);
    for (const said of [`MAIL FROM:<dmarc@${domain}>`, `RCPT TO:<postmaster@${HOST}>`, 'DATA'])
      await client.say(said);
    return client.say(
      `From: <dmarc@${domain}>\r\nSubject: Report Domain: ${HOST}\r\nContent-Type: text/xml; name="r.xml"\r\nContent-Disposition: attachment; filename="r.xml"\r\n\r\n${xml.replaceAll('><', '>\r\n<')}\r\n.`,
    );
  };
  // Nobody stands behind this one: anybody could say what they like.
  expect(await report('plain.example')).toMatch(/^250 /);
  expect(await lines()).toEqual([]);
  expect(await report('own.example')).toMatch(/^250 /);
  expect(await report('own.example')).toMatch(/^250 /);
  expect(await lines()).toMatchObject([
    { ip: '203.0.113.9', fromDomain: HOST, messages: 7, proved: 0, stopped: 7, reporters: 1 },
  ]);
});

it('a sender’s report of the TLS on its way here is kept as numbers, once', async () => {
  const day = { 'start-datetime': isoDay(-2), 'end-datetime': isoDay(-1) };
  const json = JSON.stringify({
    'report-id': 't1',
    'date-range': day,
    policies: [
      {
        policy: { 'policy-type': 'sts', 'policy-domain': HOST },
        summary: { 'total-successful-session-count': 40, 'total-failure-session-count': 2 },
        'failure-details': [{ 'result-type': 'certificate-expired', 'failed-session-count': 2 }],
      },
    ],
  });
  const gzip = gzipSync(json).toString('base64');
  for (let times = 0; times < 2; times += 1) {
    const client = await ready(town.smtp.ports.mx);
    for (const line of ['MAIL FROM:<tls@own.example>', `RCPT TO:<postmaster@${HOST}>`, 'DATA'])
      await client.say(line);
    expect(
      await client.say(
        `From: <tls@own.example>\r\nContent-Type: application/tlsrpt+gzip\r\nContent-Disposition: attachment; filename="r.json.gz"\r\nContent-Transfer-Encoding: base64\r\n\r\n${gzip}\r\n.`,
      ),
    ).toMatch(/^250 /);
  }
  expect(await town.core.town.reportedTls('machine')).toMatchObject({
    well: 40,
    failures: [{ result: 'certificate-expired', mx: null, sessions: 2, reporters: 1 }],
  });
});

it('an approved correspondent reaches the class by the address in From, and nobody by the envelope alone', async () => {
  const friend = 'camille.arnoux@musee-des-sciences.example';
  const letter = async (from: string, to: string): Promise<string> => {
    const client = await ready(town.smtp.ports.mx);
    for (const line of [`MAIL FROM:<${friend}>`, `RCPT TO:<${to}@${HOST}>`, 'DATA']) {
      const said = await client.say(line);
      if (!/^[23]5[04] /.test(said)) return said;
    }
    return client.say(
      `From: "Camille" <${from}>\r\nTo: lina.moreau@${HOST}\r\nSubject: La visite\r\n\r\nBonjour\r\n.`,
    );
  };
  expect(await letter(friend, 'lina.moreau')).toMatch(/^250[- ]2\.0\.0 /);
  // Neither word nor code tells a child of the class from somebody who doesn't exist.
  const unknown = await letter(friend, 'personne.dutout');
  expect(unknown).toMatch(/^550[- ]5\.1\.1 /);
  for (const to of ['lina.moreau', 'ce1-a.tilleuls', 'agathe.caron'])
    expect(await letter('evil@evil.example', to), to).toBe(unknown);
  const teacher = await town.core.accounts.signIn(town.address('claire.lefevre'), town.password, {
    ip: '127.0.0.1',
    way: 'web',
  });
  const held = teacher.kind === 'welcome' ? await town.core.moderation.waiting(teacher.viewer) : [];
  expect(held).toMatchObject([
    {
      subject: 'La visite',
      from: { address: friend },
      rule: 'approved-correspondent',
      stranger: { provedBy: 'spf' },
    },
  ]);
});

it('an approved address tells nobody who is in the class to whom its own domain does not speak for', async () => {
  const until = new Date(Date.now() + 30 * DAY_MS).toISOString().slice(0, 10);
  const teacher = await town.core.accounts.signIn(town.address('claire.lefevre'), town.password, {
    ip: '127.0.0.1',
    way: 'web',
  });
  if (teacher.kind !== 'welcome') throw new Error(teacher.kind);
  const own = teacher.viewer.classes.find(
    ({ address }) => address === town.address('ce1-a.tilleuls'),
  );
  if (!own) throw new Error('no class');
  for (const address of ['auteur@strict.example', 'autrice@plain.example']) {
    expect(
      await town.core.teaching.approveCorrespondent(teacher.viewer, {
        class: own.id,
        address,
        until,
      }),
    ).toEqual({ kind: 'done' });
  }
  const asked = async (from: string, to: string): Promise<{ reply: string; ms: number }> => {
    const client = await ready(town.smtp.ports.mx);
    await client.say(`MAIL FROM:<${from}>`);
    const begun = performance.now();
    const reply = await client.say(`RCPT TO:<${to}@${HOST}>`);
    return { reply, ms: performance.now() - begun };
  };
  // A domain that says nothing of its machines lets anybody speak for it: known from then on.
  await expect
    .poll(async () => (await asked('autrice@plain.example', 'lina.moreau')).reply, {
      timeout: 5_000,
    })
    .toMatch(/^250 /);
  const answers = await Promise.all(
    ['lina.moreau', 'ce1-a.tilleuls', 'karine.moreau', 'agathe.caron', 'personne.dutout'].map(
      (to) => asked('auteur@strict.example', to),
    ),
  );
  expect(new Set(answers.map(({ reply }) => reply)).size).toBe(1);
  expect(answers[0]?.reply).toMatch(/^550[- ]5\.1\.1 /);
});

it('a virus in proved mail is found while DNS is asked', async () => {
  const eicar = `X5O!P%@AP[4\\PZX54(P^)7CC)7}$${'EICAR'}-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`;
  const before = await town.inboxOf('claire.lefevre');
  expect(await sent('own.example', 'claire.lefevre', eicar)).toMatch(/^550[- ]5\.7\.1 .*EICAR/i);
  expect(await town.inboxOf('claire.lefevre')).toBe(before);
});

const isoDay = (days: number): string => new Date(day(days) * 1_000).toISOString();

/** So many days from now, in seconds since 1970. */
const day = (days: number): number => Math.floor(Date.now() / 1_000) + days * 86_400;

function sent(domain: string, to: string, body = 'Bonjour'): Promise<string> {
  return handedIn(domain, to, mailOf(domain).replace('Bonjour', body));
}

/** A letter at the door, by whose envelope `domain` sends it; the last answer. */
async function handedIn(domain: string, to: string, letter: string): Promise<string> {
  const client = await ready(town.smtp.ports.mx);
  for (const line of [`MAIL FROM:<marie@${domain}>`, `RCPT TO:<${to}@${HOST}>`, 'DATA'])
    expect(await client.say(line)).toMatch(/^[23]5[04] /);
  return client.say(`${letter}.`);
}
