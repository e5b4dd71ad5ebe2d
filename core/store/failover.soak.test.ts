/**
 * A failover as it goes wrong: the primary commits, its wait for the standby is ended, it lives on
 * for a moment and dies; the standby, which never had the letter, takes over behind one address.
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  STANDBY,
  startReplicated,
  type ReplicatedPostgres,
} from '../../tests/shared/replicated-postgres.ts';
import type { AccountId } from '../ground/ids.ts';
import { openMailEvents } from './mail-events.ts';
import { openStore } from './store.ts';
import {
  insertMessage,
  isThere,
  makeSchool,
  SCHOOL,
  waitingForStandby,
} from './testing/bare-message.ts';

const LINA = 7 as AccountId;
const PATIENCE = { timeout: 30_000, interval: 100 };

let server: ReplicatedPostgres;
beforeAll(async () => {
  server = await startReplicated();
});
afterAll(() => server.close());

/** One address before both servers; it leads to whoever serves. */
async function frontDoor(url: string) {
  let target = new URL(url);
  const sockets = new Set<Socket>();
  const door = createServer((ours) => {
    const folder = target.searchParams.get('host');
    const theirs =
      folder === null
        ? connect(Number(target.port), target.hostname)
        : connect(`${folder}/.s.PGSQL.${target.port}`);
    for (const [from, to] of [
      [ours, theirs],
      [theirs, ours],
    ] as const) {
      sockets.add(from);
      from.on('error', () => {}).on('close', () => to.destroy());
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const front = new URL(url);
  front.searchParams.delete('host');
  front.hostname = '127.0.0.1';
  front.port = String((door.address() as AddressInfo).port);
  return {
    url: front.href,
    leadTo(other: string) {
      target = new URL(other);
    },
    close() {
      door.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

it('loses no letter that was called stored, and everybody hears of the next', async () => {
  const door = await frontDoor(server.databaseUrl);
  const store = openStore(door.url, { onError: () => {} });
  const events = openMailEvents(door.url, { onError: () => {} });
  const heard: unknown[] = [];
  events.listen({ school: SCHOOL, account: LINA }, (only) => heard.push(only));
  await makeSchool(server.admin);
  await server.waitFor(STANDBY);
  await insertMessage(store, 'before');

  await server.hold();
  const lost = insertMessage(store, 'lost').then(
    () => 'stored',
    () => 'refused',
  );
  await server.admin.query('select pg_terminate_backend($1)', [
    await waitingForStandby(server.admin),
  ]);
  await sleep(1_000);
  door.leadTo(await server.failOver());

  expect(await lost).toBe('refused');
  await insertMessage(store, 'after');
  expect(await Promise.all(['before', 'lost', 'after'].map((key) => isThere(store, key)))).toEqual([
    true,
    false,
    true,
  ]);
  await expect.poll(() => events.hears(), PATIENCE).toBe(true);
  heard.length = 0;
  await expect
    .poll(() => {
      events.announce(SCHOOL, [LINA]);
      return heard.length;
    }, PATIENCE)
    .toBeGreaterThan(0);
  await events.close();
  await store.close();
  door.close();
}, 120_000);
