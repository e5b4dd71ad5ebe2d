/** Behind a proxy that names who it brings (PROXY protocol), each peer is who they are. */
import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import type { SmtpLimits } from './limits.ts';
import { startSmtp, type Smtp } from './server.ts';
import { DOMAIN, makeUpCore, PASSWORD, type MadeUpCore } from './testing/made-up-core.ts';
import { dial, hangUp, plain, type WireClient } from './testing/wire-client.ts';

const made: MadeUpCore[] = [];
let smtp: Smtp | null = null;
afterEach(async () => {
  hangUp();
  await smtp?.close();
  made.length = 0;
});

async function start(proxies: string, limits: Partial<SmtpLimits> = {}): Promise<Smtp['ports']> {
  const up = makeUpCore({ PREAU_PROXY_PROTOCOL: proxies });
  made.push(up);
  smtp = await startSmtp(up.core, { limits, isLocalPeer: (ip) => ip !== '192.0.2.7' });
  return smtp.ports;
}

/** Comes as the proxy does, for somebody. */
async function bring(
  port: number,
  peer: string,
  tls: 'plain' | 'implicit' = 'plain',
): Promise<WireClient> {
  const client = await dial(port);
  await once(client.socket(), 'connect');
  client.send(`PROXY TCP4 ${peer} 198.51.100.1 56324 25\r\n`);
  if (tls === 'implicit') await client.startTls();
  return client;
}

it('a stranger’s letter and its proof have the address of whoever the proxy names', async () => {
  const { mx } = await start('127.0.0.1');
  const client = await bring(mx, '192.0.2.7');
  expect(await client.reply()).toMatch(/^220 /);
  for (const line of ['EHLO a.example', 'STARTTLS']) await client.say(line);
  await client.startTls();
  for (const line of ['EHLO a.example', 'MAIL FROM:<m@example.org>', `RCPT TO:<claire@${DOMAIN}>`])
    expect(await client.say(line)).toMatch(/^250/);
  await client.say('DATA');
  client.send('Subject: a\r\n\r\na\r\n.\r\n');
  expect(await client.reply()).toMatch(/^250 /);
  const [letter] = made[0]?.taken ?? [];
  expect(letter?.handover.peer).toBe('192.0.2.7');
  expect(letter?.handover.trace).toContain('[192.0.2.7]');
  expect(letter?.proof).not.toBeNull(); // somebody of this machine isn’t asked for one
});

it('under TLS from the first byte each has what is theirs of the connections', async () => {
  const { submissions } = await start('127.0.0.1', { connectionsPerPeer: 1 });
  const lina = await bring(submissions, '192.0.2.7', 'implicit');
  expect(await lina.reply()).toMatch(/^220 /);
  await lina.say('EHLO a.example');
  expect(await lina.say(`AUTH PLAIN ${plain(`lina@${DOMAIN}`, PASSWORD)}`)).toMatch(/^235 /);
  await expect(bring(submissions, '192.0.2.8', 'implicit')).rejects.toThrow('disconnected');
  const other = await bring(submissions, '203.0.113.7', 'implicit');
  expect(await other.reply()).toMatch(/^220 /);
});

it('without a head nobody is greeted from there, and from elsewhere a head is no command', async () => {
  const named = await start('127.0.0.1');
  const mute = await dial(named.mx);
  mute.send('EHLO a.example\r\n');
  expect(await mute.reply()).toBe('closed');
  await smtp?.close();

  const { mx, submissions } = await start('10.0.0.0/24');
  const forger = await bring(mx, '192.0.2.7');
  expect(await forger.reply()).toMatch(/^421 /); // it spoke before it was greeted
  const underTls = await dial(submissions);
  underTls.send('PROXY TCP4 192.0.2.7 198.51.100.1 56324 465\r\n');
  if (!underTls.socket().destroyed) await once(underTls.socket(), 'close');
  expect(await underTls.reply(0)).toBe('closed');
});
