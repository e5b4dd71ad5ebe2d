/**
 * Two processes of each role on one database, and a balancer before each port: one after the other
 * is restarted while mail is sent, read over IMAP and on the pages. Nothing is refused and nothing
 * lost. It is how a town upgrades without an hour of silence (core/decisions/0040-upgrades.md).
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dialImap } from '../../imap-gateway/testing/imap-client.ts';
import type { DemoTown } from '../e2e/whole.ts';
import { freePorts } from '../shared/free-port.ts';
import { freshDatabase, testClamd, type FreshDatabase } from '../shared/fresh-database.ts';
import { frontDoor, type FrontDoor } from '../shared/front-door.ts';
import { openBalancer, type Balancer } from './balancer.ts';
import { brokenParts, findAll } from './ledger.ts';
import { openPost } from './letters.ts';
import { sendOn, type SenderEntry } from './senders.ts';

const ROLES = ['smtp', 'imap', 'web', 'worker'] as const;
type Role = (typeof ROLES)[number];
const EACH = 2;
const SENDERS = [
  { way: 'mx', paceMs: 200, seed: 1 },
  { way: 'submission', paceMs: 200, seed: 2 },
  { way: 'submission', paceMs: 200, seed: 3 },
] as const;
const READERS = ['claire.lefevre', 'karim.haddad', 'helene.bertin', 'marc.olivier'];
const PAGES_EACH_MS = 60;
/** What is under way when it begins and after it ends. */
const BEFORE_MS = 3_000;

interface Ready {
  readonly smtp: { readonly mx: number; readonly submissions: number } | null;
  readonly imap: { readonly imaps: number } | null;
}
interface Running {
  readonly role: Role;
  readonly door: FrontDoor;
  readonly ready: Ready;
  readonly webPort: number;
}
type Port = 'mx' | 'submissions' | 'imaps' | 'web';

let folder: string;
let database: FreshDatabase;
let town: DemoTown;
const running: Running[] = [];
const balancers = new Map<Port, Balancer>();
const variables = (): Record<string, string> => ({
  PREAU_DATA: join(folder, 'data'),
  PREAU_DATABASE_URL: database.databaseUrl,
  PREAU_DATABASE_ADMIN_URL: database.adminUrl,
  PREAU_CLAMD: testClamd(),
  PREAU_PUBLIC_URL: `http://127.0.0.1:${portOf('web')}`,
});

async function begin(role: Role): Promise<Running> {
  const args = ['start', '--roles', role, '--processes', '1', '--no-demo', '--json'];
  const { web: webPort } = await freePorts();
  const port = { PREAU_WEB_PORT: String(webPort) };
  const door = frontDoor(['sh', 'cli/run.sh', 'preau.ts', ...args], { ...variables(), ...port });
  return { role, door, ready: (await door.ready()) as unknown as Ready, webPort };
}

async function end({ door }: Running): Promise<void> {
  door.process.kill('SIGTERM');
  const { code, output } = await door.ended();
  expect(code, output.slice(-2_000)).toBe(0);
}

/** Where each port of the town is now. */
function portsOf(port: Port): number[] {
  return running.flatMap(({ role, webPort, ready: { smtp, imap } }) => {
    const found = {
      mx: smtp?.mx,
      submissions: smtp?.submissions,
      imaps: imap?.imaps,
      web: role === 'web' ? webPort : undefined,
    }[port];
    return found === undefined ? [] : [found];
  });
}

/** As a balancer learns it that nobody tells what is to end: it finds that nobody listens there. */
function balance(): void {
  for (const [port, balancer] of balancers) balancer.backends = portsOf(port);
}

const portOf = (port: Port): number => balancers.get(port)?.port ?? 0;

interface Reading {
  byes: number;
  sessions: number;
  /** Ended without a BYE, or weren't let in. */
  faults: string[];
}

/** A mail program that waits for mail, and comes back when it is sent away. */
async function readOn(local: string, stop: AbortSignal, reading: Reading): Promise<void> {
  const account = town.accounts.find(({ address }) => address.startsWith(`${local}@`));
  if (account === undefined) throw new Error(local);
  while (!stop.aborted) {
    const client = await dialImap(portOf('imaps'), 'implicit');
    const greeting = await client.response(20_000);
    const login = await client.run(`LOGIN ${account.address} ${account.password}`);
    const last = [greeting, ...login].at(-1) ?? '';
    if (/BYE/.test([greeting, ...login].join(' '))) {
      reading.byes += 1; // it came in the very moment
      client.cut();
      continue;
    }
    if (!last.startsWith('OK')) reading.faults.push(`${greeting} | ${last}`);
    reading.sessions += 1;
    await client.run('SELECT INBOX');
    client.send('i IDLE\r\n');
    for (;;) {
      const said = await client.response(500);
      if (said.startsWith('* BYE')) reading.byes += 1;
      if (said === 'closed') reading.faults.push('closed without a BYE');
      if (said.startsWith('* BYE') || said === 'closed' || stop.aborted) break;
    }
    client.cut();
  }
}

interface Visits {
  answered: number;
  readonly faults: string[];
}

async function visitOn(stop: AbortSignal, visits: Visits): Promise<void> {
  while (!stop.aborted) {
    const answer = await fetch(`http://127.0.0.1:${portOf('web')}/signin`, {
      headers: { connection: 'close' },
      signal: AbortSignal.timeout(20_000),
    }).then(
      async (got) => (await got.text(), got.status),
      (error: unknown) => String(error),
    );
    if (answer === 200) visits.answered += 1;
    else visits.faults.push(String(answer));
    await sleep(PAGES_EACH_MS);
  }
}

describe('two processes of each role', { shuffle: false }, () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'preau-rolling-'));
    database = await freshDatabase();
    for (const port of ['mx', 'submissions', 'imaps', 'web'] as const)
      balancers.set(port, await openBalancer([]));
    const demo = ['sh', 'cli/run.sh', 'preau.ts', 'demo', '--i-know'] as const;
    const made = await frontDoor(demo, variables()).ended();
    expect(made.code, made.output).toBe(0);
    town = JSON.parse(readFileSync(join(folder, 'data/demo.json'), 'utf8')) as DemoTown;
    for (const role of ROLES)
      for (let count = 0; count < EACH; count += 1) running.push(await begin(role));
    balance();
  }, 240_000);
  afterAll(async () => {
    for (const one of running.splice(0)) {
      one.door.process.kill('SIGTERM');
      await one.door.ended();
    }
    for (const balancer of balancers.values()) await balancer.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('one after the other restarted under load: nothing is refused, lost or doubled', async () => {
    const stop = new AbortController();
    const entries: SenderEntry[] = [];
    const reading: Reading = { byes: 0, sessions: 0, faults: [] };
    const visits: Visits = { answered: 0, faults: [] };
    const post = openPost(town, 'r');
    const ports = { mx: portOf('mx'), submissions: portOf('submissions') };
    const none = { submission: 0, imap: 0, imaps: 0, web: 0 };
    const load = [
      ...SENDERS.map((sender) =>
        sendOn({ ...none, ...ports }, post, sender, {
          stop: stop.signal,
          note: (entry) => entries.push(entry),
        }),
      ),
      ...READERS.map((local) => readOn(local, stop.signal, reading)),
      visitOn(stop.signal, visits),
    ];
    await sleep(BEFORE_MS);
    for (const old of [...running]) {
      await end(old);
      running.splice(running.indexOf(old), 1, await begin(old.role));
      balance();
    }
    await sleep(BEFORE_MS);
    stop.abort();
    await Promise.all(load);

    const found = await findAll(database.adminUrl);
    const acked = entries.filter(({ told }) => told === 'acked');
    const refused = entries.filter(({ told }) => told === 'refused');
    const lost = acked.filter(({ letter }) => !found.has(letter.token));
    const doubled = [...found.values()].filter(({ inboxes, holds }) =>
      [...inboxes.values(), ...holds.values()].some((times) => times > 1),
    );
    console.log(
      `rolling restart: ${running.length} processes; acked ${acked.length}, refused ${refused.length}, cut ${entries.length - acked.length - refused.length}, lost ${lost.length}; IMAP sessions ${reading.sessions}, BYE ${reading.byes}; pages ${visits.answered}, failed ${visits.faults.length}`,
    );
    expect(acked.length).toBeGreaterThan(50);
    expect(lost).toEqual([]);
    expect(doubled).toEqual([]);
    // 421 is « closing the channel, try again »: the sender keeps the letter
    expect(refused.filter(({ reply }) => !/^(421|closed)/.test(reply))).toEqual([]);
    expect(await brokenParts(database.adminUrl)).toEqual([]);
    expect(reading.faults).toEqual([]);
    expect(reading.byes).toBeGreaterThanOrEqual(EACH);
    expect(visits.faults).toEqual([]);
    expect(visits.answered).toBeGreaterThan(20);
  }, 240_000);
});
