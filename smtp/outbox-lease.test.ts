/** What ends an attempt to send before its peer has answered (core/town/jobs/send.ts). */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AccountId } from '../core/ground/ids.ts';
import { openLog } from '../core/ground/log.ts';
import { outboxRow } from '../core/store/mail/outbox.ts';
import { openStore, type Store } from '../core/store/store.ts';
import type { Relay } from '../core/town/jobs/contract.ts';
import { openMarking } from '../core/town/jobs/marking.ts';
import { sendBegun, sendRow, type SendParts } from '../core/town/jobs/send.ts';
import { openSentJournal } from '../core/town/jobs/sent-journal.ts';
import { freshDatabase, type FreshDatabase } from '../tests/shared/fresh-database.ts';
import { makeTown, ONE, ONLY_SENDING, QUICK, standing, write } from './testing/outbox-town.ts';

let database: FreshDatabase;
let store: Store;
let account: AccountId;
let folder: string;
beforeAll(async () => {
  database = await freshDatabase();
  store = openStore(database.databaseUrl, { onError: () => undefined });
  account = (await makeTown(store)).get(ONE) ?? (0 as AccountId);
  folder = await mkdtemp(join(tmpdir(), 'preau-lease-'));
});
afterAll(async () => {
  await store.close();
  await database.drop();
  await rm(folder, { recursive: true });
});

/** Counts attempts of the row: one as it is stored, another as who takes it over does. */
const setAttempts = (id: number, attempts: number) =>
  store.write(ONE, (tx) =>
    tx.db.updateTable('outbox').set({ attempts }).where('id', '=', id).execute(),
  );

const openSending = (given: Partial<SendParts> = {}): SendParts => ({
  ...ONLY_SENDING,
  store,
  schedule: QUICK,
  log: openLog({ level: 'silent' }),
  journal: openSentJournal(join(folder, 'sent')),
  marking: openMarking(store),
  domain: 'ecoles.preau.test',
  deliverNotice: () => Promise.reject(new Error('there is nothing to tell')),
  tell: () => {},
  count: () => {},
  now: () => new Date(),
  random: () => 0.5,
  ...given,
});

it.each<{
  when: string;
  sendMs?: number;
  during: (given: { id: number; stop: AbortController; away: () => void }) => unknown;
}>([
  { when: 'it takes too long', sendMs: 200, during: () => {} },
  { when: 'the worker ends', during: ({ stop }) => stop.abort() },
  { when: 'its row is somebody else’s', during: ({ id }) => setAttempts(id, 2) },
  { when: 'it can’t renew its lease', during: ({ away }) => away() },
])('is cut where $when', async ({ sendMs = 60_000, during }) => {
  const [id = 0] = await write(store, ONE, account, ['lucie@musee.test']);
  const stop = new AbortController();
  let isAway = false;
  const sending = openSending({
    store: {
      ...store,
      write: (school, fn) => (isAway ? Promise.reject(new Error('away')) : store.write(school, fn)),
    },
    schedule: { ...QUICK, sendMs },
  });
  const relay: Relay = {
    notBefore: () => null,
    async deliver(_envelope, _raw, signal) {
      const cut = once(signal, 'abort');
      await during({ id, stop, away: () => (isAway = true) });
      await cut;
      isAway = false;
      return { kind: 'later', reply: '451 cut' };
    },
    close: () => Promise.resolve(),
  };
  await sendRow(
    { sending, relay },
    { kind: 'outbox', school: ONE, row: id, attempt: 0 },
    stop.signal,
  );
  expect((await standing(store, ONE, [id])).states).toEqual(['due']);
});

it.each([
  { leftMs: QUICK.leaseMs, attempts: 1 },
  { leftMs: QUICK.leaseMs / 4, attempts: 0 },
  { leftMs: -1, attempts: 0 },
])('is begun $attempts times with $leftMs ms left of its lease', async ({ leftMs, attempts }) => {
  const [id = 0] = await write(store, ONE, account, ['lucie@musee.test']);
  await setAttempts(id, 1);
  const row = await store.read(ONE, (tx) => outboxRow(tx, id));
  if (row === null) throw new Error('the row is gone');
  let begun = 0;
  const relay: Relay = {
    notBefore: () => null,
    deliver() {
      begun += 1;
      return Promise.resolve({ kind: 'later', reply: '451 busy' });
    },
    close: () => Promise.resolve(),
  };
  const until = new Date(Date.now() + leftMs);
  const fresh = { school: ONE, row: { ...row, attempts: 0 }, raw: Buffer.from('X: y\r\n'), until };
  await sendBegun({ sending: openSending(), relay }, fresh, new AbortController().signal);
  expect(begun).toBe(attempts);
  expect(await standing(store, ONE, [id])).toEqual({ states: ['due'], due: 1 });
});
