/**
 * What one network takes, and what is left for the others. All of 127.0.0.0/8 is this machine:
 * 127.0.1.x is another network than 127.0.0.x.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import type { AccountId, SchoolId } from '../core/ground/ids.ts';
import type { Viewer } from '../core/rules/viewer.ts';
import { openFlights } from './flight.ts';
import type { SmtpLimits } from './limits.ts';
import { startSmtp, type Smtp } from './server.ts';
import { DOMAIN, makeUpCore, PASSWORD } from './testing/made-up-core.ts';
import { hangUp, ready } from './testing/wire-client.ts';

const opened: Socket[] = [];
let smtp: Smtp | null = null;
afterEach(async () => {
  hangUp();
  for (const socket of opened.splice(0)) socket.destroy();
  await smtp?.close();
});

const start = async (limits: Partial<SmtpLimits>): Promise<Smtp> =>
  (smtp = await startSmtp(makeUpCore().core, { limits }));

async function from(localAddress: string, port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', localAddress });
  socket.on('error', () => {});
  opened.push(socket);
  await once(socket, 'connect');
  return socket;
}

/** The first three digits that come. */
async function greeting(socket: Socket): Promise<string> {
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  return chunk.toString('latin1', 0, 3);
}

it('whoever has many addresses of a network has one network’s connections', async () => {
  const { ports } = await start({ connectionsPerPeer: 3 });
  const greetings: string[] = [];
  for (const last of [1, 2, 3, 4])
    greetings.push(await greeting(await from(`127.0.1.${last}`, ports.mx)));
  expect(greetings).toEqual(['220', '220', '220', '421']);
  expect(await greeting(await from('127.0.0.1', ports.mx))).toBe('220');
});

it('connections that never begin TLS leave the door open for others', async () => {
  const { ports } = await start({ connections: 6, connectionsPerPeer: 4 });
  const mute: Socket[] = [];
  for (let at = 0; at < 10; at += 1) mute.push(await from('127.0.1.1', ports.submissions));
  await expect.poll(() => mute.filter(({ readyState }) => readyState !== 'open').length).toBe(6);
  const lina = await ready(ports.submissions, {
    tls: 'implicit',
    as: { login: `lina@${DOMAIN}`, password: PASSWORD },
  });
  expect(await lina.say('NOOP')).toMatch(/^250 /);
});

it('a connection that ends gives its slot back', async () => {
  const { ports } = await start({ connectionsPerPeer: 1 });
  const first = await from('127.0.1.1', ports.mx);
  expect(await greeting(first)).toBe('220');
  expect(await greeting(await from('127.0.1.2', ports.mx))).toBe('421');
  first.destroy();
  await expect.poll(async () => greeting(await from('127.0.1.2', ports.mx))).toBe('220');
});

it('a stranger who begins much mail at once puts off their own, and nobody’s who is signed in', async () => {
  const { ports } = await start({
    bytesInFlight: 200_000,
    bytesInFlightOutside: 150_000,
    bytesInFlightEach: 100_000,
  });
  const begin = async (): Promise<Awaited<ReturnType<typeof ready>>> => {
    const client = await ready(ports.mx);
    for (const line of ['MAIL FROM:<marie@example.org>', `RCPT TO:<claire@${DOMAIN}>`, 'DATA'])
      await client.say(line);
    client.send(`Subject: x\r\n\r\n${`${'x'.repeat(70)}\r\n`.repeat(1_000)}`);
    return client;
  };
  await begin();
  const second = await begin();
  second.send('.\r\n');
  expect(await second.reply()).toMatch(/^452 4\.3\.1 /);
  const lina = await ready(ports.submissions, {
    tls: 'implicit',
    as: { login: `lina@${DOMAIN}`, password: PASSWORD },
  });
  for (const line of [`MAIL FROM:<lina@${DOMAIN}>`, `RCPT TO:<tom@${DOMAIN}>`, 'DATA'])
    await lina.say(line);
  expect(await lina.say(`Subject: x\r\n\r\n${`${'x'.repeat(70)}\r\n`.repeat(1_000)}.`)).toMatch(
    /^250 /,
  );
});

it('bytes in flight: each has a part, strangers together not everything, and what is given back is free', () => {
  const flights = openFlights({
    bytesInFlight: 100,
    bytesInFlightOutside: 70,
    bytesInFlightEach: 50,
  });
  const stranger = (ip: string) => flights({ viewer: null, ip });
  const own = (account: number) =>
    flights({
      viewer: { school: 1 as SchoolId, account: account as AccountId } as Viewer,
      ip: '192.0.2.1',
    });
  expect(stranger('192.0.2.1').take(50)).toBe(true);
  expect(stranger('192.0.2.99').take(1)).toBe(false);
  expect(stranger('198.51.100.1').take(21)).toBe(false);
  expect(stranger('198.51.100.1').take(20)).toBe(true);
  expect(own(7).take(30)).toBe(true);
  expect(own(8).take(1)).toBe(false);
  stranger('192.0.2.99').give(50);
  expect(own(7).take(21)).toBe(false);
  expect(own(8).take(50)).toBe(true);
});
