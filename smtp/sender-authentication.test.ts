/** Offline: DNS is a table here, as is anything that isn't ours. */
import { generateKeyPairSync } from 'node:crypto';
import { sealMessage } from 'mailauth';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TooLate } from './authentication-pool.ts';
import { authenticateSender, isLocalPeer, type DNSResolver } from './sender-authentication.ts';
import { startSmtp, type Smtp } from './server.ts';
import { DOMAIN, makeUpCore, type MadeUpCore } from './testing/made-up-core.ts';
import { ready } from './testing/wire-client.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const KEY = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

const SIGNER = {
  signingDomain: 'strict.example',
  selector: 's1',
  privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
};

const TXT: Readonly<Record<string, string>> = {
  'strict.example': 'v=spf1 ip4:192.0.2.1 -all',
  '_dmarc.strict.example': 'v=DMARC1; p=reject',
  's1._domainkey.strict.example': `v=DKIM1; k=rsa; p=${KEY}`,
  'twice.example': 'v=spf1 ip4:192.0.2.1 exp=one.example exp=two.example -all',
  '_dmarc.twice.example': 'v=DMARC1; p=reject',
  'mild.example': 'v=spf1 -all',
  'small.example': 'v=spf1 ip4:192.0.2.1 -all',
  's1._domainkey.small.example': `v=DKIM1; k=rsa; p=${KEY}`,
  '_dmarc.mild.example': 'v=DMARC1; p=quarantine',
  '_dmarc.trying.example': 'v=DMARC1; p=reject; t=y',
  '_dmarc.percent.example': 'v=DMARC1; p=reject; pct=0',
  '_dmarc.np.example': 'v=DMARC1; p=none; sp=none; np=reject',
  's1._domainkey.lists.example': `v=DKIM1; k=rsa; p=${KEY}`,
};

const dns: DNSResolver = (name, type) => {
  const text = type === 'TXT' ? TXT[name] : undefined;
  return text === undefined
    ? Promise.reject(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }))
    : Promise.resolve([[text]]);
};
const broken: DNSResolver = () =>
  Promise.reject(Object.assign(new Error('refused'), { code: 'ESERVFAIL' }));
const silent: DNSResolver = () => new Promise(() => {});

const mailOf = (domain: string): string =>
  `From: Marie <marie@${domain}>\r\nTo: claire@${DOMAIN}\r\nSubject: Visite\r\nDate: Tue, 24 Nov 2026 16:00:00 +0000\r\nMessage-ID: <1@${domain}>\r\n\r\nBonjour\r\n`;

it.each<{ when: string; domain: string; ip: string; resolver: DNSResolver; then: string }>([
  {
    when: 'SPF passes and aligns',
    domain: 'strict.example',
    ip: '192.0.2.1',
    resolver: dns,
    then: 'pass',
  },
  {
    when: 'nothing passes and the domain asks to reject',
    domain: 'strict.example',
    ip: '198.51.100.9',
    resolver: dns,
    then: 'fail',
  },
  {
    when: 'nothing passes and the domain asks to set it apart',
    domain: 'mild.example',
    ip: '198.51.100.9',
    resolver: dns,
    then: 'quarantine',
  },
  {
    when: 'nothing passes and the domain still tries its policy out (RFC 9989 §4.7, t)',
    domain: 'trying.example',
    ip: '198.51.100.9',
    resolver: dns,
    then: 'quarantine',
  },
  {
    when: 'nothing passes and pct, which is gone (RFC 9989 §A.6), asks for none of it',
    domain: 'percent.example',
    ip: '198.51.100.9',
    resolver: dns,
    then: 'fail',
  },
  {
    when: 'the name isn’t in DNS, for which the policy above has another word (np)',
    domain: 'nobody.np.example',
    ip: '198.51.100.9',
    resolver: dns,
    then: 'fail',
  },
  {
    when: 'SPF would pass by a record against the RFC (§6: exp once)',
    domain: 'twice.example',
    ip: '192.0.2.1',
    resolver: dns,
    then: 'fail',
  },
  {
    when: 'the domain says nothing',
    domain: 'mute.example',
    ip: '198.51.100.9',
    resolver: dns,
    then: 'none',
  },
  {
    when: 'DNS is broken',
    domain: 'strict.example',
    ip: '198.51.100.9',
    resolver: broken,
    then: 'none',
  },
])('$when: $then', async ({ domain, ip, resolver, then }) => {
  const peer = { ip, helo: 'mail.example', sender: `marie@${domain}` };
  const { authentication } = await authenticateSender(Buffer.from(mailOf(domain)), peer, {
    host: DOMAIN,
    resolver,
    deadlineMs: 10_000, // however busy the machine is
    arcSealers: [],
  });
  expect(authentication).toBe(then);
});

it('DNS that never answers is no answer: whoever asks must ask again', async () => {
  const peer = { ip: '198.51.100.9', helo: 'mail.example', sender: 'marie@strict.example' };
  const asked = authenticateSender(Buffer.from(mailOf('strict.example')), peer, {
    host: DOMAIN,
    resolver: silent,
    deadlineMs: 200,
    arcSealers: [],
  });
  await expect(asked).rejects.toThrow(TooLate);
});

it('a forger’s own slow name server doesn’t make them somebody of whom nothing is known', async () => {
  const slow: DNSResolver = (name, type) =>
    name.endsWith('evil.example') ? silent(name, type) : dns(name, type);
  const peer = { ip: '198.51.100.9', helo: 'evil.example', sender: 'x@evil.example' };
  const asked = authenticateSender(Buffer.from(mailOf('strict.example')), peer, {
    host: DOMAIN,
    resolver: slow,
    deadlineMs: 200,
    arcSealers: [],
  });
  await expect(asked).rejects.toThrow(TooLate);
});

it('a DKIM signature passes through a forwarder that SPF does not know', async () => {
  const raw = mailOf('strict.example');
  const { signatures } = await dkimSign(raw, { ...SIGNER, signatureData: [SIGNER] });
  const peer = { ip: '198.51.100.9', helo: 'lists.example', sender: 'bounce@lists.example' };
  const { authentication, headers } = await authenticateSender(
    Buffer.from(signatures + raw),
    peer,
    { host: DOMAIN, resolver: dns, deadlineMs: 2_000, arcSealers: [] },
  );
  expect(authentication).toBe('pass');
  expect(headers).toMatch(
    new RegExp(`^Authentication-Results: ${DOMAIN.replaceAll('.', '\\.')};`, 'm'),
  );
  expect(headers.endsWith('\r\n')).toBe(true);
  const changed = await authenticateSender(
    Buffer.from(signatures + raw.replace('Bonjour', 'Bonsoir')),
    peer,
    { host: DOMAIN, resolver: dns, deadlineMs: 2_000, arcSealers: [] },
  );
  expect(changed.authentication).toBe('fail');
});

describe('ARC (RFC 8617), where a list has changed a letter', () => {
  const LIST = { ip: '198.51.100.9', helo: 'lists.example', sender: 'bounce@lists.example' };
  const SEAL = { ...SIGNER, signingDomain: 'lists.example' };
  /** A letter with the list's name in its subject, sealed with what the list saw of it. */
  const passedOn = async (saw: string): Promise<Buffer> => {
    const raw = mailOf('strict.example').replace('Subject: ', 'Subject: [ecoles] ');
    const authResults = `mx.lists.example; ${saw}`;
    const seal = await sealMessage(raw, { ...SEAL, authResults, cv: 'none' });
    return Buffer.concat([seal, Buffer.from(raw)]);
  };
  const PASS = 'spf=none; dmarc=pass (p=REJECT) header.from=strict.example';

  it.each<{ when: string; saw: string; named: readonly string[]; then: string }>([
    { when: 'a named list saw it pass', saw: PASS, named: ['lists.example'], then: 'none' },
    { when: 'the list isn’t named', saw: PASS, named: [], then: 'fail' },
    { when: 'another one is named', saw: PASS, named: ['example'], then: 'fail' },
    {
      when: 'it saw it fail',
      saw: 'dmarc=fail header.from=strict.example',
      named: ['lists.example'],
      then: 'fail',
    },
    {
      when: 'it saw another domain pass',
      saw: 'dmarc=pass header.from=evil.example',
      named: ['lists.example'],
      then: 'fail',
    },
    {
      when: 'only a comment says that it passed',
      saw: 'spf=none (; dmarc=pass header.from=strict.example; )',
      named: ['lists.example'],
      then: 'fail',
    },
  ])('where $when: $then', async ({ saw, named, then }) => {
    const asking = { host: DOMAIN, resolver: dns, deadlineMs: 2_000, arcSealers: named };
    const raw = await passedOn(saw);
    expect((await authenticateSender(raw, LIST, asking)).authentication).toBe(then);
    const changed = Buffer.from(String(raw).replace('Bonjour', 'Bonsoir'));
    expect((await authenticateSender(changed, LIST, asking)).authentication).toBe('fail');
  });
});

describe('what proves the From address', () => {
  const prove = async (raw: string, peer: { readonly ip: string; readonly sender: string }) => {
    const proof = await authenticateSender(
      Buffer.from(raw),
      { helo: 'mail.example', ...peer },
      { host: DOMAIN, resolver: dns, deadlineMs: 2_000, arcSealers: [] },
    );
    return proof.authentication === 'pass' ? `${proof.by} ${proof.domain}` : proof.authentication;
  };
  const signed = async (raw: string, signingDomain: string, more: object = {}): Promise<string> => {
    const { signatures } = await dkimSign(raw, {
      ...SIGNER,
      signingDomain,
      signatureData: [{ ...SIGNER, signingDomain, ...more }],
    });
    return signatures + raw;
  };
  const [ours, theirs] = ['192.0.2.1', '198.51.100.9'];

  it.each<{ when: string; from: string; sender: string; ip: string; then: string }>([
    {
      when: 'DMARC, by its SPF',
      from: 'strict.example',
      sender: 'marie@strict.example',
      ip: ours,
      then: 'dmarc strict.example',
    },
    {
      when: 'SPF, where there is no DMARC',
      from: 'small.example',
      sender: 'marie@small.example',
      ip: ours,
      then: 'spf small.example',
    },
    {
      when: 'a failing SPF',
      from: 'small.example',
      sender: 'marie@small.example',
      ip: theirs,
      then: 'none',
    },
    {
      when: 'the SPF of another domain',
      from: 'small.example',
      sender: 'marie@strict.example',
      ip: ours,
      then: 'none',
    },
    {
      when: 'the SPF of another domain, for one without any',
      from: 'mute.example',
      sender: 'marie@strict.example',
      ip: ours,
      then: 'none',
    },
    {
      when: 'nothing, where DMARC asks for less',
      from: 'mild.example',
      sender: 'marie@small.example',
      ip: ours,
      then: 'quarantine',
    },
  ])('$when proves $then', async ({ from, sender, ip, then }) =>
    expect(await prove(mailOf(from), { ip, sender })).toBe(then),
  );

  it('a signature of its domain, where there is no DMARC, and of no other', async () => {
    const peer = { ip: theirs, sender: 'bounce@lists.example' };
    expect(await prove(await signed(mailOf('small.example'), 'small.example'), peer)).toBe(
      'dkim small.example',
    );
    expect(await prove(await signed(mailOf('mute.example'), 'small.example'), peer)).toBe('none');
    expect(
      await prove(
        (await signed(mailOf('small.example'), 'small.example')).replace('Bonjour', 'Bonsoir'),
        peer,
      ),
    ).toBe('none');
  });
  it.each(['small.example', 'strict.example'])(
    'no signature of %s over the beginning of a body that somebody went on with',
    async (domain) => {
      const raw = await signed(mailOf(domain), domain, { maxBodyLength: 9 });
      expect(raw).toMatch(/\bl=9\b/);
      expect(
        await prove(`${raw}Venez chez moi.\r\n`, { ip: theirs, sender: 'bounce@lists.example' }),
      ).toBe('none');
    },
  );
});

it.each([
  ['127.0.0.1', true],
  ['10.1.2.3', true],
  ['172.16.0.1', true],
  ['172.32.0.1', false],
  ['192.168.1.1', true],
  ['192.0.2.1', false],
  ['::1', true],
  ['fd12::1', true],
  ['fe80::1', true],
  ['2001:db8::1', false],
])('%s is of the own network: %s', (ip, then) => {
  expect(isLocalPeer(ip)).toBe(then);
});

let made: MadeUpCore;
let smtp: Smtp;
beforeAll(async () => {
  made = makeUpCore();
  smtp = await startSmtp(made.core, { resolver: dns, isLocalPeer: () => false });
});
afterAll(() => smtp.close());

it('tells core what a stranger’s domain says, and puts it on top of the message', async () => {
  const client = await ready(smtp.ports.mx);
  for (const line of ['MAIL FROM:<marie@strict.example>', `RCPT TO:<claire@${DOMAIN}>`, 'DATA'])
    await client.say(line);
  expect(await client.say(`${mailOf('strict.example')}.`)).toMatch(/^250 /);
  const [taken] = made.taken;
  const { authentication, headers } = taken?.proof ?? { authentication: null, headers: '' };
  expect(authentication).toBe('fail');
  expect(`${taken?.handover.trace}${headers}`).toMatch(
    /^Return-Path: .*\r\nReceived: [^]*\r\n(Authentication-Results|Received-SPF): /,
  );
  expect(headers).toMatch(/\r\n$/);
  expect(headers).not.toMatch(/[^\r]\n|\r\n\r\n/);
  expect(taken?.raw).toBe(mailOf('strict.example'));
  client.cut();
});

it('who can’t be checked in time is put off, not refused and not taken', async () => {
  const other = makeUpCore();
  const server = await startSmtp(other.core, {
    resolver: silent,
    isLocalPeer: () => false,
    limits: { authenticationMs: 100 },
  });
  const client = await ready(server.ports.mx);
  for (const line of ['MAIL FROM:<marie@strict.example>', `RCPT TO:<claire@${DOMAIN}>`, 'DATA'])
    await client.say(line);
  expect(await client.say(`${mailOf('strict.example')}.`)).toMatch(/^451 4\.4\.3 /);
  expect(other.taken).toEqual([]);
  expect(await client.say('NOOP')).toMatch(/^250 /);
  client.cut();
  await server.close();
});
