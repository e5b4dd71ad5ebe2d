import { on, once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeSelfSigned } from '../../core/town/certificate/self-signed.ts';
import type { Relay } from '../../core/town/jobs/contract.ts';
import { FALSE_ENDS } from '../testing/ends-of-data.ts';
import { startMailServer, type MailServer, type Manners } from '../testing/mail-server.ts';
import { openSmarthost } from './smarthost.ts';

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});
const signal = new AbortController().signal;
const FROM_TO = { sender: 'claire@ecoles.preau.test', recipient: 'musee@example.org' };
const LETTER = Buffer.from('Subject: visite\r\n\r\nBonjour\r\n');

async function peer(manners: Manners = {}, host = '127.0.0.1'): Promise<MailServer> {
  const server = await startMailServer(host, manners);
  open.push(() => server.close());
  return server;
}

function relayTo(
  { port }: { readonly port: number },
  { as = '', scheme = 'smtp', host = '127.0.0.1' } = {},
): Relay {
  const relay = openSmarthost(`${scheme}://${as}${host}:${port}`, 'ecoles.preau.test');
  open.push(() => void relay.close());
  return relay;
}

describe('what the peer says', () => {
  const ANSWERS: readonly { when: string; manners: Manners; then: 'taken' | 'later' | 'never' }[] =
    [
      { when: 'takes it', manners: {}, then: 'taken' },
      { when: 'has no such mailbox', manners: { rcpt: '550 5.1.1 unknown' }, then: 'never' },
      { when: 'is greylisting', manners: { rcpt: '451 4.7.1 later' }, then: 'later' },
      { when: 'does not like our sender', manners: { mail: '550 5.7.1 no' }, then: 'never' },
      { when: 'refuses the text', manners: { end: '554 5.7.1 spam' }, then: 'never' },
      { when: 'has no room', manners: { end: '452 4.3.1 full' }, then: 'later' },
      { when: 'hangs up before the text', manners: { data: 'hang up' }, then: 'later' },
      { when: 'hangs up after the final dot', manners: { end: 'hang up' }, then: 'later' },
      { when: 'is closed for everybody', manners: { greeting: '554 no service' }, then: 'later' },
    ];
  it.each(ANSWERS)('$when: $then', async ({ manners, then }) => {
    const here = await peer(manners);
    const { kind, reply } = await relayTo(here).deliver(FROM_TO, LETTER, signal);
    expect(kind).toBe(then);
    const said = Object.values(manners).find((one) => one !== 'hang up') ?? reply;
    expect(reply).toBe(said);
  });

  it('is asked once, whatever it is: the row tries again', async () => {
    const peers = await Promise.all(ANSWERS.map(({ manners }) => peer(manners)));
    await Promise.all(peers.map((here) => relayTo(here).deliver(FROM_TO, LETTER, signal)));
    await sleep(150);
    expect(peers.map(({ connections }) => connections)).toEqual(ANSWERS.map(() => 1));
    expect(peers.filter(({ messages }) => messages.length > 1)).toEqual([]);
  });

  it('nobody there: later', async () => {
    expect(await relayTo({ port: 1 }).deliver(FROM_TO, LETTER, signal)).toEqual({
      kind: 'later',
      reply: 'No line to the server, or it broke (ESOCKET)',
    });
  });

  it('a signal cuts the line and the answer is later', async () => {
    const slow = await peer({ end: 'drip' });
    const { kind } = await relayTo(slow).deliver(FROM_TO, LETTER, AbortSignal.timeout(100));
    expect(kind).toBe('later');
  });

  it('hands on what is to be told to one that tells it, and to nobody who only sounds like it', async () => {
    const notify = ['SUCCESS'] as const;
    const dsn = { notify, orcpt: 'rfc822;musee@example.org', ret: null, envid: null };
    for (const [offers, tellsStatus, rcpt] of [
      ['DSN', true, / NOTIFY=SUCCESS ORCPT=rfc822;musee@example\.org$/],
      ['X-DSN', false, /^RCPT TO:[^ ]+$/],
      ['SIZE 1000000', false, /^RCPT TO:[^ ]+$/],
    ] as const) {
      const here = await peer({ ehlo: `250-peer\r\n250 ${offers}` });
      const told = await relayTo(here).deliver({ ...FROM_TO, dsn }, LETTER, signal);
      expect(told).toMatchObject({ kind: 'taken', tellsStatus });
      expect(here.commands.find((command) => command.startsWith('RCPT'))).toMatch(rcpt);
    }
  });

  it('is told the null reverse-path, BODY=8BITMIME and SMTPUTF8 where they are offered', async () => {
    const here = await peer({ ehlo: '250-peer\r\n250-8BITMIME\r\n250 SMTPUTF8' });
    const relay = relayTo(here);
    await relay.deliver({ sender: null, recipient: 'musee@example.org' }, LETTER, signal);
    await relay.deliver({ ...FROM_TO, recipient: 'élodie@example.org' }, LETTER, signal);
    expect(here.commands.filter((command) => /^MAIL/.test(command))).toEqual([
      'MAIL FROM:<> BODY=8BITMIME',
      'MAIL FROM:<claire@ecoles.preau.test> SMTPUTF8 BODY=8BITMIME',
    ]);
  });

  it('an address beyond ASCII goes to no server that does not know them (RFC 6531)', async () => {
    const here = await peer();
    const relay = relayTo(here);
    const told = await relay.deliver(
      { ...FROM_TO, recipient: 'élodie@example.org' },
      LETTER,
      signal,
    );
    expect(told).toMatchObject({ kind: 'never', reply: expect.stringContaining('5.6.7') });
    expect((await relay.deliver(FROM_TO, LETTER, signal)).kind).toBe('taken');
    expect([here.connections, here.messages.length]).toEqual([1, 1]);
  });
});

describe('a connection', () => {
  const deliver = (relay: Relay) => relay.deliver(FROM_TO, LETTER, signal);

  it('is used again, for a hundred messages', async () => {
    const here = await peer();
    const relay = relayTo(here);
    for (let n = 0; n < 100; n += 1) expect((await deliver(relay)).kind).toBe('taken');
    expect([here.connections, here.messages.length]).toEqual([1, 100]);
    await deliver(relay);
    expect([here.connections, here.messages.length]).toEqual([2, 101]);
  });

  it('is used again after a refusal, from the beginning (RFC 5321 §4.1.1.5)', async () => {
    const here = await peer({ rcpt: '550 5.1.1 unknown' });
    const relay = relayTo(here);
    expect((await deliver(relay)).kind).toBe('never');
    here.manners = {};
    expect((await deliver(relay)).kind).toBe('taken');
    const verbs = here.commands.map((command) => command.slice(0, 4));
    expect(verbs.slice(-4)).toEqual(['RSET', 'MAIL', 'RCPT', 'DATA']);
    expect(here.connections).toBe(1);
  });

  it.each<{ when: string; once: Manners }>([
    { when: 'hung up', once: { mail: 'hang up' } },
    { when: 'said that it ends (421)', once: { mail: '421 4.4.2 too long' } },
    { when: 'hung up before the text', once: { data: 'hang up' } },
  ])('that was kept and $when costs the next message nothing', async ({ once: first }) => {
    const here = await peer();
    const relay = relayTo(here);
    await deliver(relay);
    for (const [state, reply] of Object.entries(first))
      here.manners = {
        get [state]() {
          return here.connections === 1 ? reply : undefined;
        },
      };
    expect((await deliver(relay)).kind).toBe('taken');
    expect([here.connections, here.messages.length]).toEqual([2, 2]);
  });

  it.each([0, 50])('that was cut %d ms before costs the next message nothing', async (ms) => {
    const here = await peer();
    const relay = relayTo(here);
    await deliver(relay);
    here.cut();
    if (ms > 0) await sleep(ms);
    expect((await deliver(relay)).kind).toBe('taken');
    expect([here.connections, here.messages.length]).toEqual([2, 2]);
  });

  it.each(['502 5.5.1 what?', '421 4.4.2 too long', 'hang up'])(
    'that can’t begin anew after a refusal (%s) costs the next message nothing',
    async (rset) => {
      const here = await peer({ rcpt: '451 4.7.1 later', rset });
      const relay = relayTo(here);
      expect((await deliver(relay)).kind).toBe('later');
      here.manners = { rset };
      expect((await deliver(relay)).kind).toBe('taken');
      expect(here.connections).toBe(2);
    },
  );

  it('that was kept and hangs up after the final dot says the message to nobody else', async () => {
    const here = await peer();
    const relay = relayTo(here);
    await deliver(relay);
    here.manners = { end: 'hang up' };
    expect((await deliver(relay)).kind).toBe('later');
    expect([here.connections, here.messages.length]).toEqual([1, 2]);
  });

  it('says goodbye after 20 s without a message', async () => {
    const here = await peer();
    const relay = relayTo(here);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      await deliver(relay);
      vi.advanceTimersByTime(19_900);
      await deliver(relay);
      vi.advanceTimersByTime(19_900);
      await deliver(relay);
      expect(here.connections).toBe(1);
      vi.advanceTimersByTime(20_000);
    } finally {
      vi.useRealTimers();
    }
    await expect.poll(() => here.commands.at(-1)).toBe('QUIT');
    await deliver(relay);
    expect(here.connections).toBe(2);
  });

  it('is one of twenty; who waits for one goes when they mean to, and all end with the relay', async () => {
    const here = await peer({ end: 'drip' });
    const relay = relayTo(here);
    const patience = new AbortController();
    const sent = Array.from({ length: 22 }, () => deliver(relay));
    const impatient = relay.deliver(FROM_TO, LETTER, patience.signal);
    await expect.poll(() => here.messages.length).toBe(20);
    patience.abort();
    expect((await impatient).kind).toBe('later');
    expect(here.connections).toBe(20);
    await relay.close();
    expect((await Promise.all(sent)).map(({ kind }) => kind)).toEqual(sent.map(() => 'later'));
    expect([here.connections, here.messages.length]).toEqual([20, 20]);
  });

  it('that becomes free is who waits’ in turn', async () => {
    const here = await peer();
    const relay = relayTo(here);
    const sent = await Promise.all(Array.from({ length: 60 }, () => deliver(relay)));
    expect(sent.map(({ kind }) => kind)).toEqual(sent.map(() => 'taken'));
    expect(here.connections).toBeLessThanOrEqual(20);
  });
});

describe('a password (RFC 4954)', () => {
  const certificate = (domain: string) =>
    makeSelfSigned(domain, { from: new Date(0), until: new Date('2095-01-01') });
  const GOOD = certificate('localhost');
  const UNKNOWN = certificate('localhost');
  const AUTH = '250-peer\r\n250 AUTH LOGIN PLAIN';
  const TLS = '250-peer\r\n250-STARTTLS\r\n250 AUTH LOGIN PLAIN';
  const as = 'pr%C3%A9au:mot%20de%20passe@';
  const SAID = `AUTH PLAIN ${Buffer.from('\0préau\0mot de passe').toString('base64')}`;
  const believed = getCACertificates('default');
  beforeAll(() => setDefaultCACertificates([GOOD.cert]));
  afterAll(() => setDefaultCACertificates(believed));

  it.each<{ when: string; host?: string; scheme?: string; manners: Manners; then: string }>([
    { when: 'in the clear, on this machine', manners: { ehlo: AUTH }, then: 'taken' },
    { when: 'in the clear, beyond', host: '127.0.0.2', manners: { ehlo: AUTH }, then: 'later' },
    { when: 'by STARTTLS', manners: { ehlo: TLS, tls: GOOD }, then: 'taken' },
    { when: 'to who shows another’s', manners: { ehlo: TLS, tls: UNKNOWN }, then: 'later' },
    {
      when: 'to who doesn’t prove its name',
      host: '127.0.0.2',
      manners: { ehlo: TLS, tls: GOOD },
      then: 'later',
    },
    { when: 'on a broken line', manners: { ehlo: TLS, tls: 'broken' }, then: 'later' },
    {
      when: 'by TLS at once',
      scheme: 'smtps',
      manners: { ehlo: AUTH, tls: GOOD, isTlsAtOnce: true },
      then: 'taken',
    },
    {
      when: 'by TLS at once, to who shows another’s',
      scheme: 'smtps',
      manners: { ehlo: AUTH, tls: UNKNOWN, isTlsAtOnce: true },
      then: 'later',
    },
  ])('$when: $then', async ({ host = '127.0.0.1', scheme = 'smtp', manners, then }) => {
    const here = await peer(manners, host);
    const relay = relayTo(here, { as, scheme, host });
    for (let n = 0; n < 2; n += 1)
      expect((await relay.deliver(FROM_TO, LETTER, signal)).kind).toBe(then);
    const said = here.commands.filter((command) => command.startsWith('AUTH'));
    // once a connection, and nothing of it where the message isn't said
    expect(said).toEqual(then === 'taken' ? [SAID] : []);
    const encrypted = manners.tls !== undefined;
    expect(here.messages.map((message) => message.encrypted)).toEqual(
      then === 'taken' ? [encrypted, encrypted] : [],
    );
  });

  it('that is wrong keeps the message for later, in the server’s words', async () => {
    const here = await peer({ ehlo: AUTH, auth: '535 5.7.8 no' });
    expect(await relayTo(here, { as }).deliver(FROM_TO, LETTER, signal)).toEqual({
      kind: 'later',
      reply: '535 5.7.8 no',
    });
    expect(here.commands.join()).not.toContain('MAIL');
  });

  it('is not said to who asks for none', async () => {
    const here = await peer();
    expect((await relayTo(here, { as }).deliver(FROM_TO, LETTER, signal)).kind).toBe('taken');
    expect(here.commands.join()).not.toContain('AUTH');
  });

  it('there is none: TLS where it is offered, whoever shows the certificate (RFC 7435)', async () => {
    const here = await peer({ tls: UNKNOWN });
    expect((await relayTo(here).deliver(FROM_TO, LETTER, signal)).kind).toBe('taken');
    expect(here.messages).toMatchObject([{ encrypted: true }]);
  });
});

/** Meanwhile as much of a text is said as fits between us and who doesn't read it. */
const FILLS_MS = 100;

/** Takes a connection up to the text, and reads none of that. */
async function untilText(server: Server): Promise<Socket> {
  const [socket] = (await once(server, 'connection')) as [Socket];
  socket.on('error', () => {}).write('220 peer\r\n');
  for await (const chunk of on(socket, 'data')) {
    const command = String(chunk);
    socket.write(command.startsWith('DATA') ? '354 go\r\n' : '250 ok\r\n');
    if (command.startsWith('DATA')) break;
  }
  return socket.pause();
}

it.each([1_000_000, 40_000_000])(
  'what is cut in the middle of its text never comes to an end, of %d bytes',
  async (size) => {
    const server = createServer();
    open.push(() => server.close());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const big = Buffer.alloc(size, 'lorem ipsum\r\n');
    const patience = new AbortController();
    const answer = relayTo({ port }).deliver(FROM_TO, big, patience.signal);
    const socket = await untilText(server);
    await sleep(FILLS_MS);
    patience.abort();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    expect((await answer).kind).toBe('later');
    let heard = '';
    socket.on('data', (chunk) => {
      heard = heard.slice(-10) + chunk.toString('latin1');
    });
    socket.resume();
    await closed;
    expect(heard).not.toContain('\r\n.\r\n');
  },
);

// decision 28, "Outbound smuggling"
const END_OF_DATA = [...FALSE_ENDS, '\r\n.\r\n'];
it('smuggles nothing: every false end of data arrives as text of one message', async () => {
  const here = await peer();
  const relay = relayTo(here);
  for (const end of END_OF_DATA) {
    const raw = Buffer.from(
      `Subject: one\r\n\r\nbefore${end}MAIL FROM:<head@ecoles.preau.test>\r\nRCPT TO:<x@example.org>\r\nDATA\r\nSubject: two\r\n\r\nafter\r\n`,
    );
    expect((await relay.deliver(FROM_TO, raw, signal)).kind).toBe('taken');
  }
  expect(here.messages).toHaveLength(END_OF_DATA.length);
  for (const { text } of here.messages) {
    expect(text).toContain('after');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text).not.toMatch(/\r\n\.(\r\n|[^.])/);
  }
  expect(here.commands.filter((command) => command.startsWith('MAIL'))).toHaveLength(
    END_OF_DATA.length,
  );
});

it.each([
  'a@b.test>\r\nRCPT TO:<evil@x.test',
  '"b@b.test\r\nRCPT TO:<evil@x>"@y.test',
  'a b@c.test',
  'nobody',
  '<a@b.test>',
  'a@b.test,c@d.test',
  '',
])('never says %j on the wire', async (recipient) => {
  const here = await peer();
  expect((await relayTo(here).deliver({ ...FROM_TO, recipient }, LETTER, signal)).kind).toBe(
    'never',
  );
  expect(here.connections).toBe(0);
});
