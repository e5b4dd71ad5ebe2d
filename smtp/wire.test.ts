/** What the sockets do whatever core says; the policy is in transcripts/. */
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSmtp, type Smtp } from './server.ts';
import { DOMAIN, PASSWORD, makeUpCore, type MadeUpCore } from './testing/made-up-core.ts';
import { base64, dial, hangUp, plain, ready } from './testing/wire-client.ts';

const LINA = { login: `lina@${DOMAIN}`, password: PASSWORD };
const STRANGER = 'MAIL FROM:<marie@example.org>';
const CLAIRE = `RCPT TO:<claire@${DOMAIN}>`;
const MAX_MESSAGE = 65_536;

let made: MadeUpCore;
let smtp: Smtp;

beforeAll(async () => {
  made = makeUpCore({ PREAU_MAX_MESSAGE: String(MAX_MESSAGE) });
  smtp = await startSmtp(made.core, {
    limits: { recipients: 5, recipientOvershoot: 3, connectionsPerPeer: 12 },
  });
});
beforeEach(() => {
  made.taken.length = 0;
});
afterEach(hangUp);
afterAll(() => smtp.close());

describe('AUTH', () => {
  it('is not shown and not taken before TLS; the session survives (RFC 4954 §4)', async () => {
    const client = await dial(smtp.ports.submission);
    await client.reply();
    expect(await client.say('EHLO x')).not.toContain('AUTH');
    expect(await client.say(`AUTH PLAIN ${plain(LINA.login, PASSWORD)}`)).toMatch(
      /^538 5\.7\.11 Encryption required: STARTTLS first/,
    );
    expect(await client.say(STRANGER)).toMatch(/^530 5\.7\.0 Must issue a STARTTLS/);
    expect(await client.say('STARTTLS')).toMatch(/^220 /);
    await client.startTls();
    expect(await client.say('EHLO x')).toMatch(/^250[- ]AUTH PLAIN LOGIN$/m);
    expect(await client.say(`AUTH PLAIN ${plain(LINA.login, PASSWORD)}`)).toBe(
      '235 2.7.0 Authentication successful',
    );
    client.cut();
  });

  it('is nowhere on the MX, under TLS neither', async () => {
    const client = await dial(smtp.ports.mx);
    await client.reply();
    await client.say('EHLO x');
    await client.say('STARTTLS');
    await client.startTls();
    expect(await client.say('EHLO x')).not.toContain('AUTH');
    expect(await client.say(`AUTH PLAIN ${plain(LINA.login, PASSWORD)}`)).toMatch(/^502 5\.5\.1 /);
    client.cut();
  });

  it.each([
    { what: 'PLAIN at once', lines: [`AUTH PLAIN ${plain(LINA.login, PASSWORD)}`], then: /^235 / },
    {
      what: 'PLAIN after a challenge',
      lines: ['AUTH PLAIN', plain(LINA.login, PASSWORD)],
      then: /^235 /,
    },
    { what: 'LOGIN', lines: ['AUTH LOGIN', base64(LINA.login), base64(PASSWORD)], then: /^235 / },
    {
      what: 'an authzid that is the login',
      lines: [`AUTH PLAIN ${plain(LINA.login, PASSWORD, LINA.login)}`],
      then: /^235 /,
    },
    {
      what: 'another authzid',
      lines: [`AUTH PLAIN ${plain(LINA.login, PASSWORD, `claire@${DOMAIN}`)}`],
      then: /^535 5\.7\.8 /,
    },
    {
      what: 'a wrong password',
      lines: [`AUTH PLAIN ${plain(LINA.login, 'x')}`],
      then: /^535 5\.7\.8 Wrong/,
    },
    {
      what: 'an unknown address',
      lines: [`AUTH PLAIN ${plain(`nobody@${DOMAIN}`, 'x')}`],
      then: /^535 5\.7\.8 Wrong/,
    },
    {
      what: 'the own password of an account with a second factor',
      lines: [`AUTH PLAIN ${plain(`phone@${DOMAIN}`, 'x')}`],
      then: /^534 5\.7\.9 Use a password made for this device.* \/ Prenez/,
    },
    {
      what: 'an account that must wait',
      lines: [`AUTH PLAIN ${plain(`busy@${DOMAIN}`, 'x')}`],
      then: /^454 4\.7\.0 /,
    },
    {
      what: 'a NUL too many',
      lines: [`AUTH PLAIN ${base64(`\0${LINA.login}\0${PASSWORD}\0x`)}`],
      then: /^501 /,
    },
    {
      what: 'a CR in the login',
      lines: [`AUTH PLAIN ${base64(`\0${LINA.login}\r\0${PASSWORD}`)}`],
      then: /^501 /,
    },
    { what: 'giving up', lines: ['AUTH LOGIN', '*'], then: /^501 / },
    { what: 'no base64', lines: ['AUTH LOGIN', '%%'], then: /^501 5\.5\.2 / },
    { what: 'an unknown mechanism', lines: ['AUTH CRAM-MD5'], then: /^504 5\.5\.4 / },
    { what: '200 kB', lines: [`AUTH PLAIN ${'A'.repeat(200_000)}`], then: /^421 / },
  ])('$what', async ({ lines, then }) => {
    const client = await ready(smtp.ports.submissions, { tls: 'implicit' });
    let reply = '';
    for (const line of lines) reply = await client.say(line);
    expect(reply).toMatch(then);
    if (!reply.startsWith('421')) expect(await client.say('NOOP')).toMatch(/^250 /);
    client.cut();
  });

  it('closes after three wrong passwords', async () => {
    const client = await ready(smtp.ports.submissions, { tls: 'implicit' });
    for (const then of [/^535 /, /^535 /, /^421 4\.7\.0 Too many wrong passwords/])
      expect(await client.say(`AUTH PLAIN ${plain(LINA.login, 'x')}`)).toMatch(then);
    expect(await client.reply()).toBe('closed');
  });

  it('is open in clear from loopback where load tools asked for it, and only there', async () => {
    const loose = makeUpCore({ PREAU_INSECURE_LOOPBACK: '1' });
    const server = await startSmtp(loose.core);
    const client = await ready(server.ports.submission, { as: LINA });
    expect(await client.say(`MAIL FROM:<${LINA.login}>`)).toMatch(/^250 /);
    client.cut();
    const stranger = await ready(server.ports.mx);
    expect(await stranger.say('AUTH LOGIN')).toMatch(/^502 /);
    stranger.cut();
    await server.close();
  });
});

it('drops what was said before the TLS handshake (RFC 3207 §4.2)', async () => {
  const client = await dial(smtp.ports.mx);
  await client.reply();
  await client.say('EHLO x');
  client.send(`STARTTLS\r\nVRFY x\r\n${STRANGER}\r\n`);
  expect(await client.reply()).toMatch(/^220 /);
  await client.startTls();
  expect(await client.reply(300)).toBe('silence');
  expect(await client.say(CLAIRE)).toMatch(/^503 /);
  client.cut();
});

describe('limits', () => {
  it('takes as many recipients as said and puts off the next (RFC 5321 §4.5.3.1.10)', async () => {
    const client = await ready(smtp.ports.submissions, { tls: 'implicit', as: LINA });
    await client.say(`MAIL FROM:<${LINA.login}>`);
    for (let n = 1; n <= 5; n++)
      expect(await client.say(`RCPT TO:<t${n}@${DOMAIN}>`)).toMatch(/^250 2\.1\.5 /);
    expect(await client.say(`RCPT TO:<t6@${DOMAIN}>`)).toMatch(/^452 4\.5\.3 /);
    expect(await client.say(`RCPT TO:<t1@${DOMAIN}>`)).toMatch(/^452 4\.5\.3 /);
    expect(await client.say('RSET')).toMatch(/^250 /);
    await client.say(`MAIL FROM:<${LINA.login}>`);
    expect(await client.say(`RCPT TO:<t6@${DOMAIN}>`)).toMatch(/^250 2\.1\.5 /);
    client.cut();
  });

  it('counts one address said again and again, and delivers it once', async () => {
    const client = await ready(smtp.ports.submissions, { tls: 'implicit', as: LINA });
    await client.say(`MAIL FROM:<${LINA.login}>`);
    for (let n = 1; n <= 5; n += 1)
      expect(await client.say(`RCPT TO:<tom@${DOMAIN}>`)).toMatch(/^250 /);
    for (let n = 6; n <= 8; n += 1)
      expect(await client.say(`RCPT TO:<tom@${DOMAIN}>`)).toMatch(
        /^452 4\.5\.3 Too many recipients/,
      );
    await client.say('DATA');
    expect(await client.say(`From: ${LINA.login}\r\n\r\nx\r\n.`)).toMatch(/^250 /);
    expect(made.taken.at(-1)?.handover.recipients).toEqual([`tom@${DOMAIN}`]);
    client.cut();
  });

  it('announces SIZE and refuses by it (RFC 1870)', async () => {
    const client = await dial(smtp.ports.mx);
    expect(await client.reply()).toBe(`220 ${DOMAIN} ESMTP Preau`);
    const features = await client.say('EHLO x');
    for (const feature of [
      `SIZE ${MAX_MESSAGE}`,
      '8BITMIME',
      'SMTPUTF8',
      'PIPELINING',
      'STARTTLS',
      'ENHANCEDSTATUSCODES',
    ])
      expect(features).toContain(feature);
    expect(await client.say(`${STRANGER} SIZE=${MAX_MESSAGE + 1}`)).toMatch(
      /^552-5\.3\.4 Your message is over[^]*\n552 5\.3\.4 Votre message depasse la taille permise \(\d+ MB\)\r?\n?$/,
    );
    expect(await client.say(`${STRANGER} SIZE=${MAX_MESSAGE}`)).toMatch(/^250 2\.1\.0 /);
    client.cut();
  });

  it.each([
    { bytes: MAX_MESSAGE, then: /^250 2\.0\.0 / },
    { bytes: MAX_MESSAGE + 1, then: /^552[- ]5\.3\.4 / },
    { bytes: 2 * MAX_MESSAGE - 100, then: /^552[- ]5\.3\.4 / },
  ])('a message of $bytes bytes', async ({ bytes, then }) => {
    const client = await ready(smtp.ports.mx);
    for (const line of [STRANGER, CLAIRE, 'DATA']) await client.say(line);
    client.send(`${sized(bytes)}.\r\n`);
    expect(await client.reply()).toMatch(then);
    expect(await client.say('NOOP')).toMatch(/^250 /);
    expect(made.taken.map(({ raw }) => raw.length)).toEqual(bytes > MAX_MESSAGE ? [] : [bytes]);
    client.cut();
  });

  it('does not listen for ever to a message far beyond SIZE', async () => {
    const client = await ready(smtp.ports.mx);
    for (const line of [STRANGER, CLAIRE, 'DATA']) await client.say(line);
    client.send(sized(3 * MAX_MESSAGE));
    expect(await client.reply()).toMatch(/^421 4\.3\.4 /);
    expect(made.taken).toEqual([]);
  });

  it('refuses one connection too many from one peer', async () => {
    const clients = await Promise.all(Array.from({ length: 12 }, () => dial(smtp.ports.mx)));
    for (const client of clients) expect(await client.reply()).toMatch(/^220 /);
    const one = await dial(smtp.ports.mx);
    expect(await one.reply()).toMatch(/^421 4\.7\.0 Too many connections/);
    for (const client of clients) client.cut();
    const next = await dial(smtp.ports.submission);
    expect(await next.reply()).toMatch(/^220 /);
    next.cut();
  });
});

it('stores nothing of a message cut in the middle', async () => {
  const client = await ready(smtp.ports.mx);
  for (const line of [STRANGER, CLAIRE, 'DATA']) await client.say(line);
  client.send('Subject: half\r\n\r\nhalf a');
  await new Promise((resolve) => setTimeout(resolve, 50));
  client.cut();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(made.taken).toEqual([]);
});

describe('faults of ours', () => {
  it.each(['broken', 'bug'])(
    'are 451 at RCPT without a word of our insides (%s)',
    async (local) => {
      const client = await ready(smtp.ports.mx);
      await client.say(STRANGER);
      const reply = await client.say(`RCPT TO:<${local}@${DOMAIN}>`);
      expect(reply).toMatch(/^451[- ]4\.3\.0 /);
      expect(reply).not.toMatch(/ECONN|undefined/);
      client.cut();
    },
  );

  it('are 451 after DATA, at the proper time', async () => {
    const client = await ready(smtp.ports.mx);
    for (const line of [STRANGER, CLAIRE, 'DATA']) await client.say(line);
    client.send('X-Bug: yes\r\n\r\nx\r\n.\r\n');
    const reply = await client.reply();
    expect(reply).toMatch(/^451[- ]4\.3\.0 /);
    expect(reply).not.toContain('secret');
    client.cut();
  });
});

it('writes no name, no address and no subject into the log', async () => {
  made.lines.length = 0;
  const client = await ready(smtp.ports.submissions, { tls: 'implicit', as: LINA });
  for (const line of [
    `MAIL FROM:<${LINA.login}>`,
    `RCPT TO:<broken@${DOMAIN}>`,
    `RCPT TO:<tom@${DOMAIN}>`,
    'DATA',
  ])
    await client.say(line);
  client.send(`From: ${LINA.login}\r\n${sized(MAX_MESSAGE)}.\r\n`);
  expect(await client.reply()).toMatch(/^552 5\.3\.4 /);
  expect(made.lines.map(({ level, msg }) => `${level as number} ${msg as string}`)).toEqual([
    '50 smtp step failed',
    '30 message',
  ]);
  expect(made.lines[1]).toMatchObject({
    session: expect.stringMatching(/\.1$/),
    school: 1,
    outcome: 'too-big',
    bytes: expect.any(Number),
  });
  expect(JSON.stringify(made.lines)).not.toMatch(/lina|tom@|broken@|Subject/);
});

it('says whence a stranger’s message came and nothing of a pupil’s machine (RFC 5321 §4.4)', async () => {
  const stranger = await ready(smtp.ports.mx);
  for (const line of [STRANGER, CLAIRE, 'DATA']) await stranger.say(line);
  await stranger.say('Subject: x\r\n\r\nx\r\n.');
  expect(made.taken[0]?.handover).toMatchObject({
    via: 'mx',
    peer: '127.0.0.1',
    sender: { kind: 'outside', address: 'marie@example.org' },
    recipients: [`claire@${DOMAIN}`],
  });
  expect(made.taken[0]?.handover.trace).toMatch(
    /^Return-Path: <marie@example\.org>\r\nReceived: from client\.example \(\[127\.0\.0\.1\]\)\r\n\tby ecoles\.preau\.test with ESMTP id \S+\.1;\r\n\t\w{3}, \d\d \w{3} \d{4} [\d:]{8} \+0000\r\n$/,
  );
  stranger.cut();
  const lina = await ready(smtp.ports.submissions, { tls: 'implicit', as: LINA });
  for (const line of [
    `MAIL FROM:<${LINA.login}>`,
    `RCPT TO:<TOM@${DOMAIN}>`,
    `RCPT TO:<tom@${DOMAIN}>`,
    'DATA',
  ])
    await lina.say(line);
  await lina.say('Subject: x\r\n\r\nx\r\n.');
  expect(made.taken[1]?.handover).toMatchObject({
    via: 'submission',
    peer: null,
    recipients: [`tom@${DOMAIN}`],
  });
  expect(made.taken[1]?.handover.trace).toMatch(
    /^Received: from signed-in\r\n\tby ecoles\.preau\.test with ESMTPSA id /,
  );
  expect(made.taken[1]?.handover.trace).not.toMatch(/127|client/);
  lina.cut();
});

it('takes a stranger whose domain has letters beyond ASCII, by its ASCII form too, and writes that form (RFC 5891 §4.4)', async () => {
  for (const from of [
    'Marie@xn--exmple-cua.example',
    'Marie@XN--EXMPLE-CUA.example',
    'Marie@exämple.example> SMTPUTF8',
  ]) {
    made.taken.length = 0;
    const client = await ready(smtp.ports.mx);
    for (const line of [
      `MAIL FROM:<${from}${from.endsWith('SMTPUTF8') ? '' : '>'}`,
      CLAIRE,
      'DATA',
    ])
      expect(await client.say(line), from).toMatch(/^[23]5[04] /);
    await client.say('Subject: x\r\n\r\nx\r\n.');
    expect(made.taken[0]?.handover, from).toMatchObject({
      sender: { kind: 'outside', address: 'Marie@xn--exmple-cua.example' },
    });
    expect(made.taken[0]?.handover.trace, from).toMatch(
      /^Return-Path: <Marie@xn--exmple-cua\.example>\r\n/,
    );
    client.cut();
  }
});

it('keeps its own certificate, readable by nobody else, and uses it again', async () => {
  const path = join(made.core.config.dataDir, 'self-signed.pem');
  const before = readFileSync(path, 'utf8');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const again = await startSmtp(made.core);
  await again.close();
  expect(readFileSync(path, 'utf8')).toBe(before);
});

it('says in one sentence that a port is taken, and leaves none open', async () => {
  const other = createServer();
  const port = await new Promise<number>((resolve) =>
    other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port)),
  );
  const { core } = makeUpCore({ PREAU_SUBMISSION_PORT: String(port) });
  await expect(startSmtp(core)).rejects.toThrow(
    `PREAU_SUBMISSION_PORT : le port ${port} est déjà pris`,
  );
  other.close();
});

it('stops at once where clients are idle, and tells them so', async () => {
  const server = await startSmtp(makeUpCore().core);
  const client = await ready(server.ports.mx);
  const started = Date.now();
  const closed = server.close();
  expect(await client.reply()).toMatch(/^421 4\.3\.2 /);
  await closed;
  expect(Date.now() - started).toBeLessThan(1_000);
});

function sized(bytes: number): string {
  const head = 'Subject: x\r\n\r\n';
  const line = `${'x'.repeat(76)}\r\n`;
  const body = line
    .repeat(Math.ceil(bytes / line.length))
    .slice(0, bytes - head.length - 2)
    .replace(/\r?\n?$/, 'xx')
    .slice(0, bytes - head.length - 2);
  return `${head}${body}\r\n`;
}
