/**
 * Many at once: what one peer may have, who goes first, and that others get in
 * meanwhile.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../../cli/demo/seed.ts';
import { openTestTown, type TestTown } from '../../tests/shared/town.ts';
import { PAGES } from '../routes/routes.ts';
import { startWebmail } from '../server.ts';
import { tokenIn } from '../testing/guest.ts';
import { ask, formOf, isHeld, rawLine, slowForm, type RawLine } from '../testing/peer.ts';
import type { WebLimits } from './limits.ts';

const ATTACKER = '127.0.0.66';
const FAMILY = '127.0.0.7';
const SCHOOL = '127.0.9.1';
const FLOOD = 5_050;
const SIGN_IN_MS = 1_000;
const MOST_TRIES = 12;
/** Answers that nobody takes. */
const UNREAD = 300;

let town: TestTown;
const lines: RawLine[] = [];
const servers: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  town = await openTestTown();
});
afterEach(async () => {
  for (const { socket } of lines.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) await server.close();
});
afterAll(() => town.close());

async function serve(
  limits: Partial<WebLimits> = {},
  trustedProxy: string | null = null,
): Promise<number> {
  const { core } = town;
  const config = {
    ...core.config,
    schoolNetworks: '127.0.9.0/24',
    trustedProxy,
  };
  const server = await startWebmail({ ...core, config }, PAGES, { limits });
  servers.push(server);
  return server.port;
}

function line(port: number, from: string, first: string): RawLine {
  const made = rawLine(port, from, first);
  lines.push(made);
  return made;
}

/** The door's page and the sign-in, each over a fresh connection. How long both took, in ms. */
async function signIn(port: number, from: string): Promise<number> {
  const since = performance.now();
  const door = await ask(port, '/signin?adult=1', { from });
  const cookie = String(door.headers['set-cookie']).split(';')[0] ?? '';
  const fields = {
    csrf: tokenIn(door.body),
    address: town.address('claire.lefevre'),
    password: DEMO_PASSWORD,
  };
  const answer = await ask(port, '/signin', { from, ...formOf(fields, cookie) });
  expect([door.status, answer.status, answer.headers['location']]).toEqual([
    200,
    303,
    '/mail/inbox',
  ]);
  return Math.round(performance.now() - since);
}

it.each([
  { who: 'one address outside', from: ATTACKER, others: [FAMILY, SCHOOL] },
  { who: 'one address of a school', from: SCHOOL, others: [FAMILY, SCHOOL] },
])(
  '$who sends 5,050 slow bodies: others sign in within a second',
  { tags: 'soak' },
  async ({ who, from, others }) => {
    const port = await serve();
    await signIn(port, FAMILY);
    const flood = spawn(process.execPath, [
      join(import.meta.dirname, '../testing/slow-bodies.ts'),
      String(port),
      from,
      String(FLOOD),
    ]);
    try {
      await once(flood.stdout, 'data');
      for (const other of others) {
        // None may fail. On a machine that runs other tests as well, one quick one of many shows
        // what the flood lets through.
        const times = [
          await signIn(port, other),
          await signIn(port, other),
          await signIn(port, other),
        ];
        while (Math.min(...times) >= SIGN_IN_MS && times.length < MOST_TRIES)
          times.push(await signIn(port, other));
        process.stdout.write(
          `${JSON.stringify({ figure: 'sign_in_during_slow_bodies', flood: who, from: other === SCHOOL ? 'a school' : 'a family', ms: times })}\n`,
        );
        expect(Math.min(...times)).toBeLessThan(SIGN_IN_MS);
      }
    } finally {
      flood.kill();
    }
  },
);

it('cuts a body that comes too slowly with 408 and a sentence, and lets one that is just quick enough go on', async () => {
  const port = await serve({ minBytesPerSecond: 100, slowWindowMs: 300, lookMs: 50 });
  const [slow, quick] = [line(port, ATTACKER, slowForm(port)), line(port, FAMILY, slowForm(port))];
  const drip = setInterval(() => quick.socket.write('x'.repeat(20)), 50);
  await slow.closed;
  expect(slow.heard()).toMatch(
    /^HTTP\/1\.1 408 [^]*nosniff[^]*no-store[^]*frame-ancestors 'none'[^]*retry-after: 10[^]*trop lente[^]*too slow/,
  );
  await pause(400);
  clearInterval(drip);
  expect([quick.heard(), quick.socket.destroyed]).toEqual(['', false]);
});

it('cuts a head that doesn’t come, and a connection on which nothing is said', async () => {
  const port = await serve({ headersMs: 300, lookMs: 50 });
  const some = [
    line(port, ATTACKER, 'GET /signin HTTP/1.1\r\nHost: 127'),
    line(port, ATTACKER, ''),
  ];
  await Promise.all(some.map(({ closed }) => closed));
  for (const { heard } of some) expect(heard()).toMatch(/^HTTP\/1\.1 408 [^]*too slow/);
});

it('lets a peer have so many connections; one more takes the place of its slowest', async () => {
  const port = await serve({ connectionsPerPeer: 3 });
  const first = line(port, ATTACKER, slowForm(port));
  await pause(1_200);
  const more = [line(port, ATTACKER, slowForm(port)), line(port, ATTACKER, slowForm(port))];
  await pause(200);
  expect([first, ...more].map(({ heard }) => heard())).toEqual(['', '', '']);
  const fourth = line(port, ATTACKER, slowForm(port));
  await first.closed;
  expect(first.heard()).toMatch(
    /^HTTP\/1\.1 429 [^]*retry-after: 30[^]*votre réseau[^]*your network/,
  );
  expect([...more, fourth].map(({ socket }) => socket.destroyed)).toEqual([false, false, false]);
});

it('has room for so many in all; past it the least useful of who has most goes, first one that only waits', async () => {
  const port = await serve({ connections: 4 });
  const patient = line(port, FAMILY, slowForm(port));
  const attack = [
    line(port, ATTACKER, slowForm(port)),
    line(port, ATTACKER, slowForm(port)),
    line(port, ATTACKER, ''),
  ];
  await pause(200);
  const newcomer = line(port, SCHOOL, slowForm(port));
  await attack[2]?.closed;
  expect(attack[2]?.heard()).toBe('');
  await signIn(port, FAMILY);
  expect([patient, newcomer].map(({ socket }) => socket.destroyed)).toEqual([false, false]);
  expect(attack.filter(({ socket }) => socket.destroyed)).toHaveLength(2);
});

it('counts requests behind our proxy by whom it names: at the limit they go on, over it they are told to wait', async () => {
  const port = await serve({ requestsPerPeer: 3, connectionsPerPeer: 2 }, '127.0.0.5');
  const behind = (peer: string, first = slowForm(port)): RawLine =>
    line(port, '127.0.0.5', first.replace('\r\n', `\r\nX-Forwarded-For: ${peer}\r\n`));
  const three = [behind('203.0.113.9'), behind('203.0.113.9'), behind('203.0.113.9')];
  await pause(200);
  const fourth = behind('203.0.113.9');
  await fourth.closed;
  expect(fourth.heard()).toMatch(
    /^HTTP\/1\.1 429 [^]*retry-after: 30[^]*votre réseau[^]*your network/,
  );
  const other = await ask(port, '/signin', {
    from: '127.0.0.5',
    headers: { 'x-forwarded-for': '203.0.113.10' },
  });
  expect(other.status).toBe(200);
  expect(three.map(({ socket }) => socket.destroyed)).toEqual([false, false, false]);
  for (const { socket } of three) socket.destroy();
  await pause(200);
  expect(
    (
      await ask(port, '/signin', {
        from: '127.0.0.5',
        headers: { 'x-forwarded-for': '203.0.113.9' },
      })
    ).status,
  ).toBe(200);
});

it('counts what forms may bring into memory, of a peer and of all', async () => {
  const port = await serve({ formBytes: 250_000, formBytesPerPeer: 200_000 });
  const two = [line(port, ATTACKER, slowForm(port)), line(port, ATTACKER, slowForm(port))];
  await pause(200);
  const [third, other] = [line(port, ATTACKER, slowForm(port)), line(port, FAMILY, slowForm(port))];
  await Promise.all([third.closed, other.closed]);
  expect(third.heard()).toMatch(/^HTTP\/1\.1 429 /);
  expect(other.heard()).toMatch(
    /^HTTP\/1\.1 503 [^]*retry-after: 30[^]*trop de visites[^]*too many visits/,
  );
  expect(two.map(({ heard }) => heard())).toEqual(['', '']);
  await signIn(port, FAMILY);
});

it('cuts a request that takes too long as a whole, however briskly it comes', async () => {
  const port = await serve({ requestMs: 600, headersMs: 500, lookMs: 50 });
  const brisk = line(port, ATTACKER, slowForm(port, 1_900_000));
  const drip = setInterval(() => {
    if (brisk.socket.writable) brisk.socket.write('x'.repeat(500));
  }, 20);
  await brisk.closed;
  clearInterval(drip);
  expect(brisk.heard()).toMatch(/^HTTP\/1\.1 408 [^]*retry-after: 10/);
});

it('closes a connection that asks nothing more, and one whose answer nobody takes', async () => {
  const port = await serve({ keepAliveMs: 200, stalledMs: 1_000, requestsPerPeer: 2 * UNREAD });
  const idle = line(port, FAMILY, `GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
  await idle.closed;
  expect(idle.heard()).toMatch(/^HTTP\/1\.1 200 /);
  // More than what waits between two sockets, of what costs nothing to make.
  const drawings = /\/a\/\w+\/drawings\.svg/.exec(
    (await ask(port, '/signin', { from: FAMILY })).body,
  );
  const asked = `GET ${drawings?.[0]} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`;
  const deaf = line(port, ATTACKER, asked.repeat(UNREAD));
  deaf.socket.pause();
  await once(deaf.socket, 'connect');
  await expect.poll(() => isHeld(port, deaf), { timeout: 20_000 }).toBe(false);
  deaf.socket.resume();
  await deaf.closed;
  expect(deaf.heard()).not.toContain('HTTP/1.1 4');
  expect(deaf.heard().split('HTTP/1.1 200').length - 1).toBeLessThan(UNREAD);
});
