import { hash, X509Certificate } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeSelfSigned } from '../../core/town/certificate/self-signed.ts';
import type { Relay } from '../../core/town/jobs/contract.ts';
import {
  openNameServer,
  type NameServer,
  type Zone,
} from '../../core/town/readiness/testing/name-server.ts';
import { loopbackWorld } from '../testing/loopback-world.ts';
import { startMailServer, type MailServer, type Manners } from '../testing/mail-server.ts';
import { openByMx, type World } from './by-mx.ts';
import type { Policy } from './policies.ts';
import { openSecureNames } from './secure-names.ts';

const VALID = { from: new Date(0), until: new Date('2095-01-01') };
const CERTIFICATE = makeSelfSigned('mx1.musee.test', VALID);
const OTHER = makeSelfSigned('elsewhere.test', VALID);
const LETTER = Buffer.from('Subject: visite\r\n\r\nBonjour\r\n');
const FROM_TO = { sender: 'claire@ecoles.test', recipient: 'lucie@musee.test' };
/** Two servers of one domain, the first preferred; both on addresses of the loopback. */
const ZONE: Zone = {
  'musee.test': ['MX 10 mx1.musee.test.', 'MX 20 mx2.musee.test.'],
  'mx1.musee.test': ['A 127.0.0.2'],
  'mx2.musee.test': ['A 127.0.0.3'],
};

const signal = new AbortController().signal;
const opened: (() => void)[] = [];
let dns: NameServer;
let first: MailServer;
let second: MailServer;
beforeAll(async () => {
  dns = await openNameServer({});
  first = await startMailServer('127.0.0.2');
  second = await startMailServer('127.0.0.3', {}, first.port);
});
afterEach(() => {
  for (const close of opened.splice(0)) close();
});
afterAll(() => {
  dns.close();
  first.close();
  second.close();
});

/** The world as a test wants it; each server takes all, unless it is told otherwise. */
function relayTo(
  zone: Zone,
  {
    policy = { isEnforced: false, allows: () => true },
    manners = [{}, {}] as readonly [Manners, Manners],
    ...world
  }: Partial<World> & { policy?: Policy; manners?: readonly [Manners, Manners] } = {},
): Relay {
  Object.assign(dns, { zone, authentic: false });
  for (const [index, server] of [first, second].entries()) {
    server.manners = manners[index] ?? {};
    server.messages.length = 0;
    server.commands.length = 0;
    server.connections = 0;
  }
  const relay = openByMx({
    ...loopbackWorld(dns.address, { port: first.port, authorities: [CERTIFICATE.cert] }),
    policies: { of: () => Promise.resolve(policy) },
    ours: new Set(['courrier.ecoles.test']),
    random: () => 0.5,
    ...world,
  });
  opened.push(() => void relay.close());
  return relay;
}
const taken = () => [first.messages.length, second.messages.length];

it('hands on what the sender asked to be told to who tells it, and to nobody else (RFC 3461 §5.2)', async () => {
  const dsn = {
    ret: 'HDRS',
    envid: 'a+b',
    notify: ['SUCCESS', 'DELAY'],
    orcpt: 'rfc822;lucie=x@musee.test',
  } as const;
  const tells = relayTo(ZONE, { manners: [{ ehlo: '250-peer\r\n250 DSN' }, {}] });
  expect(await tells.deliver({ ...FROM_TO, dsn }, LETTER, signal)).toMatchObject({
    kind: 'taken',
    tellsStatus: true,
  });
  expect(first.commands).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^MAIL FROM:.* RET=HDRS ENVID=a\+2Bb/),
      expect.stringMatching(
        /^RCPT TO:<lucie@musee\.test> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;lucie\+3Dx@musee\.test$/,
      ),
    ]),
  );
  const silent = relayTo(ZONE, { manners: [{ ehlo: '250-peer\r\n250 X-DSN' }, {}] });
  expect(await silent.deliver({ ...FROM_TO, dsn }, LETTER, signal)).toMatchObject({
    tellsStatus: false,
  });
  expect(first.commands.join('\n')).not.toMatch(/NOTIFY|RET=|ENVID|ORCPT/);
});

describe('a server that says a letter now and then', () => {
  it.each(['greeting', 'ehlo', 'mail', 'rcpt', 'data', 'end'] as const)(
    'at its %s keeps nobody longer than they mean to wait',
    async (state) => {
      const relay = relayTo(ZONE, { manners: [{ [state]: 'drip' }, { [state]: 'drip' }] });
      const began = performance.now();
      const enough = AbortSignal.timeout(250);
      expect(await relay.deliver(FROM_TO, LETTER, enough)).toMatchObject({ kind: 'later' });
      expect(performance.now() - began).toBeLessThan(5_000);
    },
  );
});

describe('to whom (RFC 5321 §5.1)', () => {
  it('goes to the best server, says our name, and uses the line again', async () => {
    const relay = relayTo(ZONE);
    for (let n = 0; n < 3; n += 1)
      expect(await relay.deliver(FROM_TO, LETTER, signal)).toEqual({
        kind: 'taken',
        reply: '250 2.0.0 queued',
        tellsStatus: false,
      });
    expect([taken(), first.connections]).toEqual([[3, 0], 1]);
    expect(first.commands).toContain('EHLO courrier.ecoles.test');
  });

  it.each<{ when: string; zone: Zone; then: string }>([
    { when: 'a null MX', zone: { 'musee.test': ['MX 0 .'] }, then: 'never 556 5.1.10' },
    { when: 'no such domain', zone: {}, then: 'never 550 5.4.4' },
    {
      when: 'an MX that is an address',
      zone: { 'musee.test': ['MX 5 127.0.0.2.'] },
      then: 'never 550 5.4.4',
    },
    {
      when: 'an MX that is ourselves',
      zone: {
        'musee.test': ['MX 10 courrier.ecoles.test.', 'MX 20 mx1.musee.test.'],
        'mx1.musee.test': ['A 127.0.0.2'],
      },
      then: 'never 554 5.4.6',
    },
    { when: 'no MX, and an address', zone: { 'musee.test': ['A 127.0.0.2'] }, then: 'taken 250' },
    {
      when: 'IPv6 that nobody listens on, IPv4 beside it',
      zone: { 'musee.test': ['MX 5 mx.test.'], 'mx.test': ['AAAA ::1', 'A 127.0.0.2'] },
      then: 'taken 250',
    },
    {
      when: 'a first server that isn’t there',
      zone: { ...ZONE, 'mx1.musee.test': ['A 127.0.0.9'] },
      then: 'taken 250',
    },
  ])('$when: $then', async ({ zone, then }) => {
    const { kind, reply } = await relayTo(zone).deliver(FROM_TO, LETTER, signal);
    expect(`${kind} ${reply}`).toContain(then);
  });

  it('a silent DNS is for later', async () => {
    const relay = relayTo(ZONE);
    dns.mute = true;
    expect(await relay.deliver(FROM_TO, LETTER, signal)).toMatchObject({ kind: 'later' });
    dns.mute = false;
  });

  it('knocks at no door inside, unless the town says so', async () => {
    const relay = relayTo(ZONE, { toPrivate: false });
    expect(await relay.deliver(FROM_TO, LETTER, signal)).toMatchObject({
      kind: 'never',
      reply: expect.stringContaining('5.4.4'),
    });
    expect([first.connections, second.connections]).toEqual([0, 0]);
  });

  it('says an address beyond ASCII to nobody who doesn’t know what it is (RFC 6531 §3.2)', async () => {
    const relay = relayTo(ZONE);
    const beyond = { ...FROM_TO, recipient: 'élodie@musee.test' };
    expect(await relay.deliver(beyond, LETTER, signal)).toMatchObject({
      kind: 'never',
      reply: expect.stringContaining('5.6.7'),
    });
    const knows = relayTo(ZONE, { manners: [{ ehlo: '250-peer\r\n250 SMTPUTF8' }, {}] });
    expect(await knows.deliver(beyond, LETTER, signal)).toMatchObject({ kind: 'taken' });
    expect(first.commands).toContain('MAIL FROM:<claire@ecoles.test> SMTPUTF8');
  });
});

describe('a server that fails', () => {
  it.each<{ when: string; manners: Manners; then: string; by: readonly [number, number] }>([
    { when: 'at its greeting', manners: { greeting: 'hang up' }, then: 'taken', by: [0, 1] },
    { when: 'busy', manners: { greeting: '421 later' }, then: 'taken', by: [0, 1] },
    { when: 'closed', manners: { greeting: '554 no' }, then: 'taken', by: [0, 1] },
    { when: 'at EHLO', manners: { ehlo: 'hang up' }, then: 'taken', by: [0, 1] },
    { when: 'at MAIL', manners: { mail: 'hang up' }, then: 'taken', by: [0, 1] },
    { when: 'at RCPT', manners: { rcpt: 'hang up' }, then: 'taken', by: [0, 1] },
    { when: 'at DATA', manners: { data: 'hang up' }, then: 'taken', by: [0, 1] },
    // it may have it: nobody else gets it now (RFC 1047)
    { when: 'after the dot', manners: { end: 'hang up' }, then: 'later', by: [1, 0] },
    { when: 'full', manners: { end: '452 4.3.1 full' }, then: 'later', by: [1, 0] },
    { when: 'greylisting', manners: { rcpt: '451 4.7.1 greylisted' }, then: 'later', by: [0, 0] },
    { when: 'without such a box', manners: { rcpt: '550 5.1.1 no' }, then: 'never', by: [0, 0] },
  ])('$when: $then', async ({ manners, then, by }) => {
    const relay = relayTo(ZONE, { manners: [manners, {}] });
    expect((await relay.deliver(FROM_TO, LETTER, signal)).kind).toBe(then);
    expect(taken()).toEqual(by);
  });

  it('a line that died while it was idle costs nothing', async () => {
    const relay = relayTo(ZONE);
    await relay.deliver(FROM_TO, LETTER, signal);
    first.manners = { mail: 'hang up' };
    expect((await relay.deliver(FROM_TO, LETTER, signal)).kind).toBe('taken');
    expect(taken()).toEqual([1, 1]);
  });

  it('one that pushes back is left alone, and one that is greylisting is not', async () => {
    const busy = { greeting: '421 4.7.0 too many' };
    const relay = relayTo(ZONE, { manners: [busy, busy] });
    expect(relay.notBefore(FROM_TO.recipient)).toBeNull();
    expect((await relay.deliver(FROM_TO, LETTER, signal)).kind).toBe('later');
    const rest = relay.notBefore('autre@musee.test')?.getTime() ?? 0;
    expect(rest - Date.now()).toBeGreaterThan(20_000);
    expect(relay.notBefore('lucie@ailleurs.test')).toBeNull();
    const grey = relayTo(ZONE, { manners: [{ rcpt: '450 4.7.1 greylisted' }, {}] });
    expect((await grey.deliver(FROM_TO, LETTER, signal)).kind).toBe('later');
    expect(grey.notBefore('autre@musee.test')).toBeNull();
  });
});

describe('TLS', () => {
  const with1 = (tls: Manners['tls']) => [{ tls } as Manners, {}] as const;
  const enforced: Policy = { isEnforced: true, allows: (host) => host === 'mx1.musee.test' };

  it('is used where it is offered, whoever shows the certificate', async () => {
    const relay = relayTo(ZONE, { manners: with1(OTHER) });
    expect((await relay.deliver(FROM_TO, LETTER, signal)).kind).toBe('taken');
    expect(first.messages).toMatchObject([{ encrypted: true }]);
  });

  it('that is offered and broken is done without, to the same server', async () => {
    const relay = relayTo(ZONE, { manners: with1('broken') });
    expect((await relay.deliver(FROM_TO, LETTER, signal)).kind).toBe('taken');
    expect([taken(), first.messages[0]?.encrypted]).toEqual([[1, 0], false]);
  });

  it.each<{ when: string; tls: Manners['tls']; then: readonly [string, readonly number[]] }>([
    { when: 'a good certificate', tls: CERTIFICATE, then: ['taken', [1, 0]] },
    { when: 'another’s certificate', tls: OTHER, then: ['later', [0, 0]] },
    { when: 'none offered', tls: undefined, then: ['later', [0, 0]] },
    { when: 'a broken one', tls: 'broken', then: ['later', [0, 0]] },
  ])('under a policy (MTA-STS, RFC 8461 §5): $when', async ({ tls, then }) => {
    const relay = relayTo(ZONE, { policy: enforced, manners: with1(tls) });
    const { kind } = await relay.deliver(FROM_TO, LETTER, signal);
    // the second server, which takes all, is none of the policy's
    expect([kind, taken()]).toEqual(then);
  });

  it.each<{ when: string; tls: Manners['tls']; signed: boolean; then: readonly [string, boolean] }>(
    [
      {
        when: 'the certificate that the DNS names',
        tls: OTHER,
        signed: true,
        then: ['taken', true],
      },
      { when: 'another one', tls: CERTIFICATE, signed: true, then: ['later', false] },
      { when: 'no TLS', tls: undefined, signed: true, then: ['later', false] },
      {
        when: 'another one, named by a zone that isn’t signed',
        tls: CERTIFICATE,
        signed: false,
        then: ['taken', true],
      },
    ],
  )('named in the DNS (DANE, RFC 7672 §2.2): $when', async ({ tls, signed, then }) => {
    const key = new X509Certificate(OTHER.cert).publicKey.export({ type: 'spki', format: 'der' });
    const digest = hash('sha256', key);
    const zone = {
      ...ZONE,
      'musee.test': ['MX 10 mx1.musee.test.'],
      [`_${first.port}._tcp.mx1.musee.test`]: [`TLSA 3 1 1 ${digest}`],
    };
    const relay = relayTo(zone, {
      secureNames: openSecureNames(dns.address),
      manners: with1(tls),
    });
    dns.authentic = signed;
    const { kind } = await relay.deliver(FROM_TO, LETTER, signal);
    expect([kind, first.messages[0]?.encrypted ?? false]).toEqual(then);
  });
});
