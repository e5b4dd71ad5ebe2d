/** News of mail over a line that goes dead without a word, as while a server fails over. */
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../tests/shared/fresh-database.ts';
import { SOAKED } from '../../tests/shared/slice.ts';
import type { AccountId, MailboxId, SchoolId } from '../ground/ids.ts';
import { openMailEvents, type MailEvents } from './mail-events.ts';
import type { OneMailbox } from './mail/contract.ts';

const SCHOOL = 1 as SchoolId;
const LINA = 7 as AccountId;
const INBOX: OneMailbox = { mailbox: 9 as MailboxId, modseq: 3 };
const TIMING = { connectMs: 400, pulseMs: 100 };
/** Three words that didn't come back. */
const DEAF_MS = 3 * TIMING.pulseMs;
const PATIENCE = { timeout: 10_000, interval: 20 };

/** A line to the database that goes dead: nothing is said in it any more, and nobody is told. */
interface DeadLine {
  readonly url: string;
  /** Connections so far. */
  connections: number;
  /** Whether who connects now is accepted, and hears nothing. */
  isMute: boolean;
  /** Lines that are open go dead. */
  swallow(): void;
  close(): void;
}

let database: FreshDatabase;
let dead: DeadLine;
const open: MailEvents[] = [];
beforeAll(async () => {
  database = await freshDatabase();
});
beforeEach(async () => {
  dead = await openDeadLine(database.databaseUrl);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((events) => events.close()));
  dead.close();
});
afterAll(() => database.drop());

async function openDeadLine(databaseUrl: string): Promise<DeadLine> {
  const { hostname, port, searchParams } = new URL(databaseUrl);
  const folder = searchParams.get('host'); // of its socket, where it is reached by one
  const sockets = new Set<Socket>();
  const lines = new Set<{ isDead: boolean }>();
  const server: Server = createServer((ours) => {
    dead.connections += 1;
    const line = { isDead: dead.isMute };
    lines.add(line);
    const theirs =
      folder === null ? connect(Number(port), hostname) : connect(`${folder}/.s.PGSQL.${port}`);
    for (const [from, to] of [
      [ours, theirs],
      [theirs, ours],
    ] as const) {
      sockets.add(from);
      from.on('error', () => {});
      from.on('data', (piece) => void (line.isDead || to.write(piece)));
      from.on('close', () => void (line.isDead || to.destroy()));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.searchParams.delete('host');
  url.port = String((server.address() as AddressInfo).port);
  const dead: DeadLine = {
    url: url.href,
    connections: 0,
    isMute: false,
    swallow() {
      for (const line of lines) line.isDead = true;
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
  return dead;
}

/** News as one process has it, and what it has heard of Lina's mail. */
function listening(url: string) {
  const events = openMailEvents(url, { onError: () => {}, timing: TIMING });
  open.push(events);
  const heard: (OneMailbox | null)[] = [];
  events.listen({ school: SCHOOL, account: LINA }, (only) => heard.push(only));
  return { events, heard };
}

it('a line that swallows all is given up, everybody looks again, and news comes by the next', async () => {
  const [here, there] = [listening(dead.url), listening(database.databaseUrl)];
  await expect.poll(() => here.heard, PATIENCE).toEqual([null]); // connected
  dead.swallow();
  await expect.poll(() => here.events.hears(), PATIENCE).toBe(false);
  await expect.poll(() => here.heard, PATIENCE).toEqual([null, null]);
  expect(here.events.hears()).toBe(true);
  there.events.announce(SCHOOL, [LINA], INBOX);
  await expect.poll(() => here.heard, PATIENCE).toEqual([null, null, INBOX]);
  expect(dead.connections).toBeGreaterThan(1);
});

it('a server that accepts and says nothing is asked again, and is deafness until it answers', async () => {
  const here = listening(dead.url);
  await expect.poll(() => here.heard, PATIENCE).toEqual([null]);
  dead.isMute = true;
  dead.swallow();
  await expect.poll(() => dead.connections, PATIENCE).toBeGreaterThanOrEqual(3);
  expect(here.events.hears()).toBe(false);
  dead.isMute = false;
  await expect.poll(() => here.heard, PATIENCE).toEqual([null, null]);
  expect(here.events.hears()).toBe(true);
});

it('what was announced on a dead line reaches the others by the next one', async () => {
  const [here, there] = [listening(dead.url), listening(database.databaseUrl)];
  await expect.poll(() => [here.heard, there.heard], PATIENCE).toEqual([[null], [null]]);
  dead.swallow();
  here.events.announce(SCHOOL, [LINA], INBOX);
  await expect.poll(() => there.heard, PATIENCE).toEqual([null, INBOX]);
});

it('passes over what is no note of ours, from whoever may say something on the channel', async () => {
  const here = listening(database.databaseUrl);
  await expect.poll(() => here.heard, PATIENCE).toEqual([null]);
  const other = new pg.Client({ connectionString: database.databaseUrl });
  await other.connect();
  for (const said of ['', 'no JSON', 'null', '{"s":1}', '{"s":1,"a":[7],"o":null}'])
    await other.query("select pg_notify('preau_mail', $1)", [said]);
  await other.end();
  here.events.announce(SCHOOL, [LINA], INBOX);
  await expect.poll(() => here.heard, PATIENCE).toEqual([null, INBOX]);
});

it('whoever was kept from listening for a while keeps a line that stands', SOAKED, async () => {
  const here = listening(dead.url);
  await expect.poll(() => here.heard, PATIENCE).toEqual([null]);
  for (let times = 0; times < 3; times += 1) {
    for (const end = performance.now() + 2 * DEAF_MS; performance.now() < end;);
    await sleep(TIMING.pulseMs);
  }
  await expect.poll(() => here.events.hears(), PATIENCE).toBe(true);
  expect(dead.connections).toBe(1);
});

it.each(['established', 'being made'])('a dead line that is %s is closed in time', async (when) => {
  dead.isMute = when === 'being made';
  const here = listening(dead.url);
  if (when === 'established') await expect.poll(() => here.heard, PATIENCE).toEqual([null]);
  else await expect.poll(() => dead.connections, PATIENCE).toBe(1);
  dead.swallow();
  here.events.announce(SCHOOL, [LINA]);
  await sleep(20);
  const begun = performance.now();
  await here.events.close();
  expect(performance.now() - begun).toBeLessThan(2_000);
});
