import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { openSmarthost } from './outbound.ts';

/** A peer that does what a test says, and remembers every byte and every connection. */
interface Peer {
  readonly url: string;
  connections: number;
  /** What came after each DATA, without the final dot. */
  readonly messages: Buffer[];
  readonly commands: string[];
}

interface Manners {
  /** Stands in the answer to EHLO, beside 8BITMIME. */
  readonly offers?: string;
  readonly mail?: string;
  readonly rcpt?: string;
  /** The answer to RCPT with parameters. */
  readonly parameters?: string;
  readonly greeting?: string;
  /** The answer to the final dot; `hang up` closes the line instead. */
  readonly end?: string;
}

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});
const signal = new AbortController().signal;
const FROM_TO = { sender: 'claire@ecoles.preau.test', recipient: 'musee@example.org' };

async function peer(manners: Manners = {}): Promise<Peer> {
  const server: Server = createServer();
  const sockets = new Set<Socket>();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const seen: Peer = {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: 0,
    messages: [],
    commands: [],
  };
  server.on('connection', (socket) => {
    seen.connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    talk(socket, seen, manners);
  });
  open.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return seen;
}

function talk(socket: Socket, seen: Peer, manners: Manners): void {
  let text = Buffer.alloc(0);
  let inData = false;
  socket.write(`${manners.greeting ?? '220 peer'}\r\n`);
  socket.on('data', (chunk: Buffer) => {
    text = Buffer.concat([text, chunk]);
    for (;;) {
      const end = text.indexOf(inData ? '\r\n.\r\n' : '\r\n');
      if (end < 0) return;
      const part = text.subarray(0, end);
      text = text.subarray(end + (inData ? 5 : 2));
      if (inData) {
        inData = false;
        seen.messages.push(Buffer.concat([part, Buffer.from('\r\n')]));
        if (manners.end === 'hang up') socket.destroy();
        else socket.write(`${manners.end ?? '250 2.0.0 queued'}\r\n`);
        continue;
      }
      const command = part.toString('latin1');
      seen.commands.push(command);
      const verb = command.slice(0, 4).toUpperCase();
      if (verb === 'DATA') inData = true;
      socket.write(`${answerTo(verb, command, manners)}\r\n`);
    }
  });
}

function answerTo(verb: string, command: string, manners: Manners): string {
  const { offers = 'HELP', mail = '250 ok', rcpt = '250 ok', parameters } = manners;
  const answers: Readonly<Record<string, string>> = {
    EHLO: `250-peer\r\n250-${offers}\r\n250 8BITMIME`,
    MAIL: mail,
    RCPT: / NOTIFY=/.test(command) ? (parameters ?? rcpt) : rcpt,
    DATA: '354 go',
  };
  return answers[verb] ?? '250 ok';
}

function relayTo(url: string) {
  const relay = openSmarthost(url, 'ecoles.preau.test');
  open.push(() => void relay.close());
  return relay;
}

describe('what the peer says', () => {
  it.each<{ when: string; manners: Manners; then: 'taken' | 'later' | 'never' }>([
    { when: 'takes it', manners: {}, then: 'taken' },
    { when: 'has no such mailbox', manners: { rcpt: '550 5.1.1 unknown' }, then: 'never' },
    { when: 'is greylisting', manners: { rcpt: '451 4.7.1 later' }, then: 'later' },
    { when: 'does not like our sender', manners: { mail: '550 5.7.1 no' }, then: 'never' },
    { when: 'refuses the text', manners: { end: '554 5.7.1 spam' }, then: 'never' },
    { when: 'has no room', manners: { end: '452 4.3.1 full' }, then: 'later' },
    { when: 'hangs up after the final dot', manners: { end: 'hang up' }, then: 'later' },
    { when: 'is closed for everybody', manners: { greeting: '554 no service' }, then: 'later' },
  ])('$when: $then', async ({ manners, then }) => {
    const peerHere = await peer(manners);
    const result = await relayTo(peerHere.url).deliver(
      FROM_TO,
      Buffer.from('Subject: x\r\n\r\ntext\r\n'),
      signal,
    );
    expect(result.kind).toBe(then);
    await new Promise((resolve) => {
      setTimeout(resolve, 150);
    }); // a second try of the pool's own would come within 50 ms
    expect(peerHere.messages.length).toBeLessThanOrEqual(1);
  });

  it('nobody there: later', async () => {
    expect(
      (await relayTo('smtp://127.0.0.1:1').deliver(FROM_TO, Buffer.from('x\r\n'), signal)).kind,
    ).toBe('later');
  });

  it('a signal cuts the line and the answer is later', async () => {
    const slow = await peer({ end: '' });
    const result = await relayTo(slow.url).deliver(
      FROM_TO,
      Buffer.from('Subject: x\r\n\r\n'),
      AbortSignal.timeout(100),
    );
    expect(result.kind).toBe('later');
  });
});

it('uses a connection again', async () => {
  const here = await peer();
  const relay = relayTo(here.url);
  for (let n = 0; n < 3; n += 1)
    expect((await relay.deliver(FROM_TO, Buffer.from(`Subject: ${n}\r\n\r\n`), signal)).kind).toBe(
      'taken',
    );
  expect([here.connections, here.messages.length]).toEqual([1, 3]);
});

it.each([
  { offers: 'DSN', tellsStatus: true, rcpt: / NOTIFY=SUCCESS ORCPT=/ },
  { offers: 'X-DSN', tellsStatus: true, rcpt: / NOTIFY=SUCCESS ORCPT=/ },
  { offers: 'SIZE 1000000', tellsStatus: false, rcpt: /^[^ ]+ [^ ]+$/ },
])('hands on what is to be told to a smarthost with $offers', async ({ offers, ...then }) => {
  const here = await peer({ offers });
  const dsn = {
    notify: ['SUCCESS'] as const,
    orcpt: 'rfc822;musee@example.org',
    ret: null,
    envid: null,
  };
  const raw = Buffer.from('Subject: visite\r\n\r\n');
  const { tellsStatus } = then;
  expect(await relayTo(here.url).deliver({ ...FROM_TO, dsn }, raw, signal)).toMatchObject({
    kind: 'taken',
    tellsStatus,
  });
  expect(here.commands.find((command) => command.startsWith('RCPT'))).toMatch(then.rcpt);
});

it('says a letter again without what is to be told to a smarthost with X-DSN alone that knows no NOTIFY', async () => {
  const here = await peer({ offers: 'X-DSN', parameters: '555 5.5.4 unknown parameter' });
  const dsn = { notify: ['SUCCESS'] as const, orcpt: null, ret: null, envid: null };
  const raw = Buffer.from('Subject: visite\r\n\r\n');
  expect(await relayTo(here.url).deliver({ ...FROM_TO, dsn }, raw, signal)).toMatchObject({
    kind: 'taken',
    tellsStatus: false,
  });
  const named = here.commands.filter((command) => command.startsWith('RCPT'));
  expect(named).toEqual([
    'RCPT TO:<musee@example.org> NOTIFY=SUCCESS',
    'RCPT TO:<musee@example.org>',
  ]);
  expect(here.messages).toHaveLength(1);
});

it('says the null reverse-path, and BODY=8BITMIME where it is offered', async () => {
  const here = await peer();
  await relayTo(here.url).deliver(
    { sender: null, recipient: 'musee@example.org' },
    Buffer.from('Subject: é\r\n\r\n'),
    signal,
  );
  expect(here.commands.filter((command) => /^(MAIL|RCPT)/.test(command))).toEqual([
    'MAIL FROM:<> BODY=8BITMIME',
    'RCPT TO:<musee@example.org>',
  ]);
});

// security.md, "Outbound smuggling"
const END_OF_DATA = [
  '\n.\n',
  '\n.\r\n',
  '\r\n.\n',
  '\r.\r',
  '\r.\r\n',
  '\r\n.\r',
  '\r.\n',
  '\n.\r',
  '\n\n.\r\n',
  '\r\r\n.\r\r\n',
  '\r\n.\r\r\n',
  '\r\n\0.\r\n',
  '\r\n.\0\r\n',
  '\r\n.\r\n',
];
it('smuggles nothing: every false end of data arrives as text of one message', async () => {
  const here = await peer();
  const relay = relayTo(here.url);
  for (const end of END_OF_DATA) {
    const raw = Buffer.from(
      `Subject: one\r\n\r\nbefore${end}MAIL FROM:<head@ecoles.preau.test>\r\nRCPT TO:<x@example.org>\r\nDATA\r\nSubject: two\r\n\r\nafter\r\n`,
    );
    expect((await relay.deliver(FROM_TO, raw, signal)).kind).toBe('taken');
  }
  expect(here.messages).toHaveLength(END_OF_DATA.length);
  for (const message of here.messages) {
    expect(message.toString('latin1')).toContain('after');
    expect(message.toString('latin1').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(message.toString('latin1')).not.toMatch(/\r\n\.(\r\n|[^.])/);
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
  expect(
    (await relayTo(here.url).deliver({ ...FROM_TO, recipient }, Buffer.from('x\r\n'), signal)).kind,
  ).toBe('never');
  expect(here.connections).toBe(0);
});
