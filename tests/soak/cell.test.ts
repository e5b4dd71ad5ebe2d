/**
 * A cell of three machines by Debian's Patroni, etcd and HAProxy, on the very files that
 * `preau cluster config` writes, and two machines' worth of each role behind its HAProxy: the
 * primary is killed, frozen and changed on purpose while mail comes and goes, mail programs wait
 * and pages are open. Nothing that was answered 250 is lost or doubled, and everybody hears of the
 * next letter.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellMachine } from '../../cli/cluster/cell.ts';
import { dialImap, type ImapClient } from '../../imap-gateway/testing/imap-client.ts';
import type { DemoTown } from '../e2e/whole.ts';
import { ready } from '../e2e/wire.ts';
import { testClamd } from '../shared/fresh-database.ts';
import { frontDoor, type FrontDoor } from '../shared/front-door.ts';
import { debianPrograms, type DebianPrograms } from './cell/debian-programs.ts';
import { CELL, startThree, type ThreeMachines } from './cell/three-machines.ts';
import { brokenParts, findAll, query } from './ledger.ts';
import { openPost } from './letters.ts';
import { hand, sendOn, type SenderEntry } from './senders.ts';

const found = debianPrograms();
if (typeof found === 'string') console.log(`cell: skipped, ${found}`);
const SENDERS = [
  { way: 'mx', paceMs: 100, seed: 1 },
  { way: 'submission', paceMs: 100, seed: 2 },
] as const;
const READERS = ['claire.lefevre', 'karim.haddad', 'helene.bertin'];
/** Patroni waits for its ttl, and then takes over. */
const MOST_GAP_MS = 30_000;
const BEFORE_MS = 4_000;
const AFTER_MS = 6_000;
/** What was on its way when it began may still be answered. */
const UNDER_WAY_MS = 2_000;
const PATIENCE = { timeout: 90_000, interval: 200 };
/** Until the last machine knows that it is alone. */
const ALONE_MS = 25_000;
const PAGE_EACH_MS = 250;
/** An address of the loopback that is neither HAProxy's nor a machine's. */
const PEER = '127.0.7.7';

let three: ThreeMachines;
let town: DemoTown;
const doors: FrontDoor[] = [];

const seen = (port: number): number => three.ports.get(port) ?? 0;

function preau(machine: CellMachine, args: readonly string[], more = {}): FrontDoor {
  const variables = { ...three.variables(machine), PREAU_CLAMD: testClamd(), ...more };
  return frontDoor(['sh', 'cli/run.sh', 'preau.ts', ...args], variables);
}

async function done(door: FrontDoor): Promise<void> {
  const { code, output } = await door.ended();
  expect(code, output.slice(-2_000)).toBe(0);
}

/** A mail program that waits; it comes back when it is sent away, as they do. */
async function waiting(local: string): Promise<ImapClient> {
  const account = town.accounts.find(({ address }) => address.startsWith(`${local}@`));
  const client = await dialImap(seen(993), 'implicit');
  await client.response(20_000);
  const answer = await client.run(`LOGIN ${account?.address} ${account?.password}`);
  if (answer.at(-1)?.startsWith('OK') !== true) throw new Error(answer.join());
  await client.run('SELECT INBOX');
  client.send('i IDLE\r\n');
  await client.response();
  return client;
}

/** Takes what is told until nothing more is; false where the connection is gone. */
async function quiet(client: ImapClient): Promise<boolean> {
  for (;;) {
    const said = await client.response(500);
    if (said === 'silence') return true;
    if (said === 'closed' || said.startsWith('* BYE')) return false;
  }
}

/** One letter to all who wait. */
async function sendToAll(token: string): Promise<void> {
  const to = READERS.map((local) => `${local}@${town.domain}`);
  const from = 'marie@example.org';
  const raw = Buffer.from(`From: ${from}\r\nSubject: soak ${token}\r\n\r\n${token}\r\n`);
  const wire = await ready(seen(25), null);
  expect(await hand(wire, { token, as: null, from, to, raw })).toMatchObject({ told: 'acked' });
  wire.cut();
}

/** What a stranger's letter is answered. */
async function tryOne(token: string): Promise<string> {
  const wire = await ready(seen(25), null).catch(() => null);
  if (wire === null) return 'closed';
  const [to, from] = [[`${READERS[0]}@${town.domain}`], 'marie@example.org'];
  const raw = Buffer.from(`From: ${from}\r\nSubject: soak ${token}\r\n\r\n${token}\r\n`);
  const { reply } = await hand(wire, { token, as: null, from, to, raw });
  wire.cut();
  return reply;
}

/** Whether a mail program hears of a letter within so long. */
async function hears(client: ImapClient, withinMs: number): Promise<boolean> {
  const until = Date.now() + withinMs;
  while (Date.now() < until)
    if (/^\* \d+ EXISTS/.test(await client.response(Math.max(1, until - Date.now())))) return true;
  return false;
}

/** What a page answers, by HAProxy and TLS of our own; 0: nothing. */
function page(): Promise<number> {
  const asked = { port: seen(443), host: '127.0.0.1', path: '/signin', timeout: 20_000 };
  return new Promise((resolve) => {
    const headers = { host: CELL.host, connection: 'close' };
    get({ ...asked, headers, rejectUnauthorized: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .on('timeout', () => resolve(0))
      .on('error', () => resolve(0));
  });
}

async function visitOn(stop: AbortSignal, answers: number[]): Promise<void> {
  while (!stop.aborted) {
    answers.push(await page());
    await sleep(PAGE_EACH_MS);
  }
}

/** The longest time in which nothing was answered 250. */
function longestGap(moments: readonly number[]): number {
  return Math.max(...moments.slice(1).map((at, index) => at - (moments[index] ?? at)));
}

interface UnderLoad {
  readonly entries: readonly SenderEntry[];
  /** When a letter was answered 250. */
  readonly moments: readonly number[];
  /** Of the pages. */
  readonly answers: readonly number[];
}

/** Does something to a cell that is used, waits until letters are taken again, and mends it. */
async function underLoad(
  what: string,
  act: () => Promise<() => Promise<void>>,
): Promise<UnderLoad> {
  const stop = new AbortController();
  const [entries, moments, answers]: [SenderEntry[], number[], number[]] = [[], [], []];
  const post = openPost(town, what.replace(/\W/g, ''));
  const none = { submission: 0, imap: 0, imaps: 0, web: 0 };
  const ports = { ...none, mx: seen(25), submissions: seen(465) };
  const note = (entry: SenderEntry): void => {
    entries.push(entry);
    if (entry.told === 'acked') moments.push(Date.now());
  };
  const load = [
    ...SENDERS.map((sender) => sendOn(ports, post, sender, { stop: stop.signal, note })),
    visitOn(stop.signal, answers),
  ];
  await sleep(BEFORE_MS);
  const begun = Date.now();
  const mend = await act();
  await expect.poll(() => moments.some((at) => at > begun + UNDER_WAY_MS), PATIENCE).toBe(true);
  await sleep(AFTER_MS);
  stop.abort();
  await Promise.all(load);
  await mend();
  await three.whole();
  return { entries, moments, answers };
}

/** Whether each who waits hears of one more letter; who was sent away has come back before. */
async function hearNext(readers: readonly ImapClient[], what: string): Promise<readonly boolean[]> {
  const stayed = await Promise.all(readers.map(quiet));
  const clients = await Promise.all(
    readers.map(async (client, at) => (stayed[at] ? client : waiting(READERS[at] ?? ''))),
  );
  await sendToAll(`${what.replace(/\W/g, '')}next`);
  const heard = await Promise.all(clients.map((client) => hears(client, 20_000)));
  for (const client of [...readers, ...clients]) client.cut();
  return heard;
}

/** All roles of a machine, ready. */
async function serve(at: number): Promise<FrontDoor> {
  const machine = CELL.machines[at];
  if (machine === undefined) throw new Error(`no machine ${at}`);
  const door = preau(machine, ['start', '--processes', '1', '--no-demo', '--json']);
  await door.ready();
  return door;
}

describe.skipIf(typeof found === 'string')('a cell', { shuffle: false }, () => {
  beforeAll(async () => {
    three = await startThree(found as DebianPrograms);
    await three.whole();
    const [first] = CELL.machines;
    if (first === undefined) throw new Error('no machine');
    await done(preau(first, ['migrate', '--without-point'], three.ownerVariables(first)));
    await done(preau(first, ['demo', '--i-know']));
    const data = three.variables(first)['PREAU_DATA'] ?? '';
    town = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as DemoTown;
    for (const at of [0, 1]) doors.push(await serve(at));
  }, 400_000);
  afterAll(async () => {
    for (const door of doors.splice(0)) {
      door.process.kill('SIGTERM');
      await door.ended();
    }
    await three.close();
    if (typeof found !== 'string') found.remove();
  }, 120_000);

  it('a letter that comes by HAProxy is of the peer that HAProxy names', async () => {
    const socket = connect({ port: seen(25), host: '127.0.0.1', localAddress: PEER });
    const letter = 'From: m@example.org\r\nSubject: soak peer\r\n\r\nBonjour\r\n.';
    const to = `${READERS[0]}@${town.domain}`;
    for (const line of [
      'EHLO a.example',
      'MAIL FROM:<m@example.org>',
      `RCPT TO:<${to}>`,
      'DATA',
      letter,
    ]) {
      await once(socket, 'data');
      socket.write(`${line}\r\n`);
    }
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(answer.toString()).toMatch(/^250 /);
    const rows = await query<{ raw: Buffer }>(
      three.superUrl,
      "select raw from message where subject = 'soak peer'",
    );
    expect(rows[0]?.raw.toString('latin1')).toMatch(
      /^Received: from a\.example \(\[127\.0\.7\.7\]\)/m,
    );
  });

  it.each<{ what: string; act: () => Promise<() => Promise<void>>; broken?: number }>([
    {
      what: 'the primary killed',
      async act() {
        const dead = await three.primary();
        three.kill(dead);
        return async () => three.revive(dead);
      },
    },
    {
      what: 'the primary frozen, and thawed',
      async act() {
        const cold = await three.primary();
        three.freeze(cold);
        return async () => three.thaw(cold);
      },
    },
    {
      what: 'a switchover',
      async act() {
        await three.switchOver();
        return async () => {};
      },
    },
    {
      what: 'the roles of a machine killed',
      broken: 5,
      async act() {
        const [door] = doors;
        process.kill(-(door?.process.pid ?? Number.NaN), 'SIGKILL');
        await door?.ended();
        return async () => void (doors[0] = await serve(0));
      },
    },
  ])(
    '$what under mail: nothing is lost or doubled, everybody hears on',
    async ({ what, act, broken = 0 }) => {
      const readers = await Promise.all(READERS.map(waiting));
      const { entries, moments, answers } = await underLoad(what, act);
      const heard = await hearNext(readers, what);
      const there = await findAll(three.superUrl);
      const acked = entries.filter(({ told }) => told === 'acked');
      const refused = entries.filter(({ told }) => told === 'refused');
      const lost = acked.filter(({ letter }) => !there.has(letter.token));
      const doubled = [...there.values()].filter(({ inboxes, holds }) =>
        [...inboxes.values(), ...holds.values()].some((times) => times > 1),
      );
      const gapMs = longestGap(moments);
      const failed = answers.filter((one) => ![200, 503].includes(one));
      console.log(
        `cell, ${what}: acked ${acked.length}, refused ${refused.length}, cut ${entries.length - acked.length - refused.length}, lost ${lost.length}, doubled ${doubled.length}, longest gap ${(gapMs / 1_000).toFixed(1)} s; next letter heard by ${heard.filter(Boolean).length} of ${heard.length}; pages ${answers.length}, broken off ${failed.length}`,
      );
      expect(acked.length).toBeGreaterThan(20);
      expect(lost).toEqual([]);
      expect(doubled).toEqual([]);
      // all of it is « try again »: the sender keeps the letter
      expect(refused.filter(({ reply }) => !/^(4|closed|silence)/.test(reply))).toEqual([]);
      expect(await brokenParts(three.superUrl)).toEqual([]);
      expect(gapMs).toBeLessThan(MOST_GAP_MS);
      expect(heard).toEqual(heard.map(() => true));
      expect(failed.length).toBeLessThanOrEqual(broken);
      expect(await page()).toBe(200);
    },
    300_000,
  );

  it('two machines of three gone: nothing is taken, until one alone is told to go on', async () => {
    const primary = await three.primary();
    const [left, other] = CELL.machines.map(({ name }) => name).filter((one) => one !== primary);
    if (left === undefined || other === undefined) throw new Error('not three');
    expect(await tryOne('alone0')).toMatch(/^250/);
    const before = await findAll(three.superUrl);
    for (const name of [primary, other]) three.lose(name);
    await sleep(ALONE_MS);
    const replies = [await tryOne('alone1'), await tryOne('alone2')];
    expect(replies.filter((reply) => !/^(4|closed|silence)/.test(reply))).toEqual([]);
    await three.goOnAlone(left);
    await expect.poll(() => tryOne('alone3'), { timeout: 90_000, interval: 500 }).toMatch(/^250/);
    const after = await findAll(three.superUrl);
    expect([...before.keys()].filter((token) => !after.has(token))).toEqual([]);
    console.log(`cell, two of three gone: ${left} went on alone with all ${before.size} letters`);
  }, 240_000);
});
