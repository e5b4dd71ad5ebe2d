/** Clients that mean harm or are broken: limits are hit, others are served. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LIMITS } from './limits.ts';
import { startSmtp, type Smtp } from './server.ts';
import { DOMAIN, PASSWORD, makeUpCore, type MadeUpCore } from './testing/made-up-core.ts';
import { dial, ready, type WireClient } from './testing/wire-client.ts';

const MEGABYTE = 1_048_576;
const LINA = { login: `lina@${DOMAIN}`, password: PASSWORD };

let made: MadeUpCore;
let smtp: Smtp;

beforeAll(async () => {
  made = makeUpCore();
  smtp = await startSmtp(made.core, { limits: { slowWindowMs: 300, minBytesPerSecond: 100 } });
});
afterAll(() => smtp.close());

async function allReplies(client: WireClient): Promise<string[]> {
  const replies: string[] = [];
  while (true) {
    const reply = await client.reply(2_000);
    if (reply === 'closed' || reply === 'silence') return [...replies, reply];
    replies.push(reply);
  }
}

/** Others are, at once where the machine has nothing else to do. */
const GREETED_MS = 5_000;

async function greetedWithin(ms: number): Promise<void> {
  const started = Date.now();
  const client = await dial(smtp.ports.mx);
  expect(await client.reply()).toMatch(/^220 /);
  expect(await client.say('EHLO other.example')).toMatch(/^250/);
  expect(Date.now() - started).toBeLessThan(ms);
  client.cut();
}

it('5,000 NOOP in one go: a hundred answered, then closed', async () => {
  const client = await ready(smtp.ports.mx);
  client.send('NOOP\r\n'.repeat(5_000));
  const replies = await allReplies(client);
  // EHLO was one of them
  expect(replies.filter((reply) => reply.startsWith('250'))).toHaveLength(LIMITS.idleCommands - 1);
  expect(replies.slice(-2)).toEqual([
    expect.stringMatching(/^421 4\.7\.0 Too many commands/),
    'closed',
  ]);
  await greetedWithin(GREETED_MS);
});

it.each(['submission', 'mx'] as const)('2,000 junk lines on %s: closed', async (door) => {
  const client = await ready(smtp.ports[door]);
  client.send('x\r\n'.repeat(2_000));
  const replies = await allReplies(client);
  expect(replies.length).toBeLessThanOrEqual(LIMITS.errors + 2);
  expect(replies.at(-1)).toBe('closed');
});

it('guessing addresses: closed after twenty', async () => {
  const client = await ready(smtp.ports.mx);
  await client.say('MAIL FROM:<marie@example.org>');
  client.send(Array.from({ length: 100 }, (_, n) => `RCPT TO:<eleve${n}@${DOMAIN}>\r\n`).join(''));
  const replies = await allReplies(client);
  expect(replies.filter((reply) => reply.startsWith('550'))).toHaveLength(LIMITS.errors);
  expect(replies.at(-2)).toMatch(/^421 4\.7\.0 /);
});

it('1,500 RCPT: a thousand taken, the rest put off, and the session goes on', async () => {
  const client = await ready(smtp.ports.submissions, { tls: 'implicit', as: LINA });
  await client.say(`MAIL FROM:<${LINA.login}>`);
  client.send(Array.from({ length: 1_500 }, (_, n) => `RCPT TO:<t${n}@${DOMAIN}>\r\n`).join(''));
  const replies: string[] = [];
  for (let n = 0; n < 1_500; n++) replies.push(await client.reply());
  expect(replies.filter((reply) => reply.startsWith('250 '))).toHaveLength(1_000);
  expect(replies.filter((reply) => reply.startsWith('452 4.5.3 '))).toHaveLength(500);
  expect(await client.say('RSET')).toMatch(/^250 /);
  client.cut();
});

it('a command line of 10 MB: closed, and memory stays flat', async () => {
  const before = process.memoryUsage().arrayBuffers;
  const client = await ready(smtp.ports.mx);
  client.send(Buffer.alloc(10 * MEGABYTE, 'x'));
  expect(await client.reply()).toMatch(/^421 /);
  await greetedWithin(GREETED_MS);
  client.cut();
  // the 10 MB that this client itself holds among them
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(25 * MEGABYTE);
});

it('100 idle sockets: another is greeted', async () => {
  const idle = await Promise.all(Array.from({ length: 100 }, () => dial(smtp.ports.mx)));
  await greetedWithin(5_000);
  for (const client of idle) client.cut();
});

it('a client that never reads: others are greeted', async () => {
  const client = await ready(smtp.ports.mx);
  client.socket().pause();
  client.send('VRFY claire\r\n'.repeat(100_000));
  await greetedWithin(GREETED_MS);
  client.cut();
});

it('a trickling message: cut', async () => {
  const client = await ready(smtp.ports.mx);
  for (const line of ['MAIL FROM:<marie@example.org>', `RCPT TO:<claire@${DOMAIN}>`, 'DATA'])
    await client.say(line);
  const timer = setInterval(() => client.send('x'), 50);
  expect(await client.reply()).toMatch(/^421 4\.4\.2 Too slow/);
  clearInterval(timer);
  client.cut();
  expect(made.taken).toEqual([]);
});

it('more mail at once than fits: put off, not refused', async () => {
  const small = makeUpCore();
  const server = await startSmtp(small.core, { limits: { bytesInFlight: 100_000 } });
  const client = await ready(server.ports.mx);
  for (const line of ['MAIL FROM:<marie@example.org>', `RCPT TO:<claire@${DOMAIN}>`, 'DATA'])
    await client.say(line);
  client.send(`Subject: x\r\n\r\n${`${'x'.repeat(70)}\r\n`.repeat(3_000)}.\r\n`);
  expect(await client.reply()).toMatch(/^452 4\.3\.1 /);
  for (const line of ['MAIL FROM:<marie@example.org>', `RCPT TO:<claire@${DOMAIN}>`, 'DATA'])
    await client.say(line);
  expect(await client.say('Subject: x\r\n\r\nx\r\n.')).toMatch(/^250 /);
  client.cut();
  await server.close();
});
