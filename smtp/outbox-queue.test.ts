import { randomInt } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AccountId } from '../core/ground/ids.ts';
import { openLog } from '../core/ground/log.ts';
import { openNotices, type Notices } from '../core/mail/delivery/telling/notice.ts';
import { openMailEvents, type MailEvents } from '../core/store/mail-events.ts';
import { openStore, type Store } from '../core/store/store.ts';
import type { Relay } from '../core/town/jobs/contract.ts';
import { openFreshRows } from '../core/town/jobs/fresh-rows.ts';
import { openQueue, type Queue, type Task } from '../core/town/jobs/queue.ts';
import { openSentJournal } from '../core/town/jobs/sent-journal.ts';
import { startWorker, type Work } from '../core/town/jobs/worker.ts';
import { freshDatabase, type FreshDatabase } from '../tests/shared/fresh-database.ts';
import { SOAKED, sliced } from '../tests/shared/slice.ts';
import { seeded } from '../tests/soak/random.ts';
import { openSmarthost } from './outside/smarthost.ts';
import { emptyQueue, startChild, startValkey, watched } from './testing/outbox-queue.ts';
import {
  bounces,
  makeTown,
  ONE,
  ONLY_SENDING,
  OTHER,
  QUICK,
  QUICK_QUEUE,
  standing,
  write,
} from './testing/outbox-town.ts';
import { startOutsidePeer, type OutsidePeer } from './testing/outside-peer.ts';

/** Longer than anything here takes, on a slow machine. */
const PATIENCE_MS = 60_000;
/** Where nobody dies, no lease may run out however busy the machine is. */
const STEADY = { ...QUICK, leaseMs: PATIENCE_MS };
const SEED = randomInt(2 ** 31);
process.stdout.write(`outbound queue: seed ${SEED}\n`);

const valkey = await startValkey();
afterAll(async () => valkey?.stop());
if (valkey === null)
  process.stderr.write(
    'smtp/outbox-queue.test.ts: valkey-server is not installed, the queue is tested on PostgreSQL alone\n',
  );

describe.each([
  { on: 'PostgreSQL', redisUrl: null },
  ...(valkey === null ? [] : [{ on: 'Valkey', redisUrl: valkey.url }]),
])('the queue on $on', ({ on, redisUrl }) => {
  let database: FreshDatabase;
  let store: Store;
  let queue: Queue;
  let mailEvents: MailEvents;
  let notices: Notices;
  let peer: OutsidePeer;
  let account: AccountId;
  let folder: string;
  let n = 0;
  const counted: string[] = [];
  const ends: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    database = await freshDatabase();
    store = openStore(database.databaseUrl, { onError: () => undefined });
    account = (await makeTown(store)).get(ONE) ?? (0 as AccountId);
    mailEvents = openMailEvents(database.databaseUrl, { onError: () => undefined });
    notices = openNotices({
      store,
      mailEvents,
      domain: 'ecoles.preau.test',
      clock: () => new Date(),
    });
    peer = await startOutsidePeer();
    folder = await mkdtemp(join(tmpdir(), 'preau-outbound-'));
    queue = openQueue(
      { databaseUrl: database.databaseUrl, redisUrl },
      () => undefined,
      QUICK_QUEUE,
    );
  });
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
    counted.length = 0;
  });
  afterAll(async () => {
    await queue.close();
    await peer.stop();
    await mailEvents.close();
    await store.close();
    await database.drop();
    await rm(folder, { recursive: true });
  });

  function work(): Work {
    const log = openLog({ level: 'silent' });
    return {
      store,
      queue,
      freshRows: openFreshRows({ queue, log, clock: () => new Date(), leaseMs: STEADY.leaseMs }),
      dataDir: folder,
      machine: null,
      log,
      schedule: STEADY,
      count: (outcome) => counted.push(outcome),
      now: () => new Date(),
      random: seeded(SEED).next,
      domain: 'ecoles.preau.test',
      deliverNotice: notices.deliver,
      ...ONLY_SENDING,
    };
  }

  async function start(
    given: { readonly work?: Partial<Work>; readonly relay?: Relay | null } = {},
  ) {
    const relay =
      given.relay === undefined ? openSmarthost(peer.url, 'ecoles.preau.test') : given.relay;
    const worker = await startWorker({ ...work(), ...given.work }, relay);
    ends.push(async () => {
      await worker.close();
      await relay?.close();
    });
    return worker;
  }

  /** Recipients nobody has written to before. */
  const people = (kind: string, many: number) =>
    Array.from({ length: many }, () => `${kind}${(n += 1)}@example.org`);
  const firstTask = (row: number, school = ONE): Task => ({
    kind: 'outbox',
    school,
    row,
    attempt: 0,
  });
  const settled = (ids: readonly number[], due = 0) =>
    expect
      .poll(async () => (await standing(store, ONE, ids)).due, {
        timeout: PATIENCE_MS,
        interval: 30,
      })
      .toBe(due);

  it('answers', async () => {
    expect(await queue.answers(2_000)).toBe(true);
  });

  it('sends each once, though each is in the queue as often as somebody adds it and two workers take', async () => {
    const to = people('once', 30);
    const ids = await write(store, ONE, account, to);
    await start();
    await start();
    for (let time = 0; time < 5; time += 1) await queue.add(ids.map((id) => firstTask(id)));
    await settled(ids);
    expect((await standing(store, ONE, ids)).states).toEqual(to.map(() => 'sent'));
    expect(to.map((address) => peer.taken.get(address))).toEqual(to.map(() => 1));
    expect(peer.last()).toBe('Subject: visite\r\n\r\nBonjour\r\n.\r\n');
  });

  it('451, then 250: late, and no bounce', async () => {
    const before = await bounces(store, ONE);
    const to = people('later', 5);
    const ids = await write(store, ONE, account, to);
    await start();
    await settled(ids);
    expect(to.map((address) => [peer.asked.get(address), peer.taken.get(address)])).toEqual(
      to.map(() => [2, 1]),
    );
    expect(await bounces(store, ONE)).toBe(before);
    expect(counted.filter((outcome) => outcome === 'deferred')).toHaveLength(5);
  });

  it('550: one bounce, no second try; what nobody wrote comes back to nobody', async () => {
    const before = await bounces(store, ONE);
    const to = people('never', 3);
    const others = people('never', 1);
    const nobodys = await write(store, ONE, account, others, { sender: null });
    const ids = await write(store, ONE, account, to);
    await start();
    await start();
    await settled([...ids, ...nobodys]);
    await sleep(200);
    expect((await standing(store, ONE, nobodys)).states).toEqual(['failed']);
    expect([...others, ...to].map((address) => peer.senders.get(address))).toEqual([
      '',
      ...to.map(() => 'claire@ecoles.preau.test'),
    ]);
    expect((await standing(store, ONE, ids)).states).toEqual(['failed', 'failed', 'failed']);
    expect(to.map((address) => peer.asked.get(address))).toEqual([1, 1, 1]);
    expect(await bounces(store, ONE)).toBe(before + 3);
  });

  it('an address that isn’t there is not asked for again by whoever was told so', async () => {
    const asked: (string | null)[] = [];
    const before = await bounces(store, ONE);
    const to = people('dead', 1);
    await start({
      relay: {
        notBefore: () => null,
        async deliver({ recipient }) {
          asked.push(recipient);
          return { kind: 'never', reply: '550 5.1.1 no such mailbox' };
        },
        close: () => Promise.resolve(),
      },
    });
    await settled(await write(store, ONE, account, to));
    await settled(await write(store, ONE, account, to));
    expect(asked).toEqual(to);
    expect(await bounces(store, ONE)).toBe(before + 2);
  });

  const { some, rest } = sliced(2, [
    { notify: ['NEVER'], to: 'never', told: 0 },
    { notify: ['SUCCESS'], to: 'never', told: 0 },
    { notify: ['FAILURE'], to: 'never', told: 1 },
    { notify: ['FAILURE'], to: 'taken', told: 0 },
    { notify: ['SUCCESS', 'FAILURE'], to: 'taken', told: 1 },
  ] as const);
  it.each(some)('asked to tell $notify of $to: $told (RFC 3461)', isTold);
  it.each(rest)('and so, asked to tell $notify of $to: $told', SOAKED, isTold);

  async function isTold({ notify, to, told }: (typeof some)[number]): Promise<void> {
    const before = await bounces(store, ONE);
    const ids = await write(store, ONE, account, people(to, 1), { notify });
    await start({});
    await settled(ids);
    expect(await bounces(store, ONE)).toBe(before + told);
  }

  it('late for hours: one word of it, and tried on until it is taken or given up', async () => {
    const before = await bounces(store, ONE);
    const ids = await write(store, ONE, account, people('always-later', 1));
    await start({ work: { schedule: { ...STEADY, tellDelayAfterMs: 0, giveUpAfterMs: 600 } } });
    await settled(ids);
    // that it is late, and that it came to nothing
    expect(await bounces(store, ONE)).toBe(before + 2);
  });

  it('given up by age: one bounce', SOAKED, async () => {
    const before = await bounces(store, ONE);
    const to = people('always-later', 1);
    const ids = await write(store, ONE, account, to);
    await start({ work: { schedule: { ...STEADY, giveUpAfterMs: 300 } } });
    await settled(ids);
    expect((await standing(store, ONE, ids)).states).toEqual(['failed']);
    expect(peer.asked.get(to[0] ?? '')).toBeGreaterThanOrEqual(QUICK.leastAttempts);
    expect(await bounces(store, ONE)).toBe(before + 1);
  });

  it('a bounce that could not be stored is told later, once', async () => {
    const before = await bounces(store, ONE);
    let broken = 2;
    const ids = await write(store, ONE, account, people('never', 1));
    await start({
      work: {
        schedule: QUICK,
        deliverNotice: (to, raw, also) =>
          notices.deliver(to, raw, async (tx) => {
            broken -= 1;
            if (broken >= 0) throw new Error('cut before the commit');
            await also?.(tx);
          }),
      },
    });
    await settled(ids);
    expect(await bounces(store, ONE)).toBe(before + 1);
  });

  it('a job that names a row of another school is refused', async () => {
    const to = people('forged', 1);
    const ids = await write(store, ONE, account, to);
    // takes the sweeper's own jobs, does nothing with them
    await start({ work: { schedule: { ...STEADY, sweepMs: 60_000 } }, relay: null });
    for (const end of ends.splice(0)) await end();
    const gone = {
      notBefore: () => null,
      deliver: () => Promise.reject(new Error('must not be asked')),
      close: () => Promise.resolve(),
    };
    await store.write(ONE, (tx) =>
      tx.db
        .updateTable('due')
        .set({ at: new Date(Date.now() + 60_000) })
        .where('row_id', 'in', [...ids])
        .execute(),
    );
    await start({ relay: gone });
    await queue.add(ids.map((id) => firstTask(id, OTHER)));
    await expect.poll(() => counted, { timeout: PATIENCE_MS }).toEqual(['refused']);
    expect(await standing(store, ONE, ids)).toEqual({ states: ['due'], due: 1 });
    expect(peer.asked.get(to[0] ?? '')).toBeUndefined();
  });

  it('without a smarthost mail waits, and leaves when there is one', async () => {
    const to = people('waits', 3);
    const ids = await write(store, ONE, account, to);
    const waiting = await start({ relay: null });
    await queue.add(ids.map((id) => firstTask(id)));
    await sleep(300);
    expect(await standing(store, ONE, ids)).toEqual({ states: ['due', 'due', 'due'], due: 3 });
    await waiting.close();
    await start();
    await settled(ids);
    expect(to.map((address) => peer.taken.get(address))).toEqual([1, 1, 1]);
  });

  it('a 250 that was noted, and not yet written when the process died, is written and not sent again', async () => {
    const to = people('noted', 2);
    const ids = await write(store, ONE, account, to);
    mkdirSync(join(folder, 'sent'), { recursive: true });
    for (const id of ids) writeFileSync(join(folder, 'sent', `${ONE}-${id}`), '');
    await start();
    await settled(ids);
    expect((await standing(store, ONE, ids)).states).toEqual(['sent', 'sent']);
    expect(to.map((address) => peer.asked.get(address))).toEqual([undefined, undefined]);
  });

  it('a database that is away when the 250 comes hears of it later', async () => {
    let away = 0;
    const calls: string[] = [];
    const broken: Store = {
      ...store,
      write: (school, fn) =>
        away > 0 ? Promise.reject(new Error(`away for ${(away -= 1)}`)) : store.write(school, fn),
    };
    const ids = await write(store, ONE, account, people('away', 1));
    await start({
      work: { store: broken },
      relay: {
        notBefore: () => null,
        async deliver({ recipient }) {
          calls.push(recipient);
          away = 8;
          return { kind: 'taken', reply: '250 ok' };
        },
        close: () => Promise.resolve(),
      },
    });
    await settled(ids);
    expect([calls.length, (await standing(store, ONE, ids)).states]).toEqual([1, ['sent']]);
    expect(openSentJournal(join(folder, 'sent')).all(1)).toEqual([]);
  });

  it('held mail and waiting drafts that are due are looked at, and what stays due not at every sweep', async () => {
    const looked: string[] = [];
    await store.town((tx) =>
      tx.db
        .insertInto('due')
        .values(
          (['hold', 'draft'] as const).map((kind) => ({
            kind,
            school_id: OTHER,
            row_id: 77,
            at: new Date(0),
          })),
        )
        .execute(),
    );
    const look = (kind: string) => (school: number, row: number) => {
      looked.push(`${kind} ${school} ${row}`);
      return kind === 'draft'
        ? Promise.reject(new Error('the scanner is silent'))
        : Promise.resolve();
    };
    let sweeps = 0;
    const counting: Queue = {
      ...queue,
      add(tasks) {
        sweeps += 1;
        return queue.add(tasks);
      },
    };
    await start({
      work: {
        queue: counting,
        schedule: STEADY,
        looks: {
          ...ONLY_SENDING.looks,
          hold: look('hold'),
          draft: look('draft'),
          rollover: look('rollover'),
        },
      },
      relay: null,
    });
    const both = [`draft ${OTHER} 77`, `hold ${OTHER} 77`];
    await expect.poll(() => [...new Set(looked)].sort(), { timeout: PATIENCE_MS }).toEqual(both);
    const before = sweeps;
    await expect
      .poll(() => sweeps - before, { timeout: PATIENCE_MS, interval: 20 })
      .toBeGreaterThan(10);
    // A sweep that read a row before it was put off may bring it once more.
    expect(looked.length).toBeLessThanOrEqual(2 * both.length);
  });

  it('a task made while an attempt runs, with that attempt counted, is no second attempt', async () => {
    const calls: string[] = [];
    const ids = await write(store, ONE, account, people('counted', 1));
    await start({
      relay: {
        notBefore: () => null,
        async deliver({ recipient }) {
          calls.push(recipient);
          if (calls.length === 1)
            await queue.add(ids.map((id) => ({ ...firstTask(id), attempt: 1 })));
          await sleep(500);
          return { kind: 'taken', reply: '250 ok' };
        },
        close: () => Promise.resolve(),
      },
    });
    await settled(ids);
    await sleep(200);
    expect(calls).toHaveLength(1);
  });

  it('keeps a slow delivery as its own for as long as it takes', async () => {
    const calls: string[] = [];
    const ids = await write(store, ONE, account, people('patience', 1));
    await start({
      work: { schedule: QUICK },
      relay: {
        notBefore: () => null,
        async deliver({ recipient }) {
          calls.push(recipient);
          await sleep(QUICK.leaseMs * 2.5);
          return { kind: 'taken', reply: '250 ok' };
        },
        close: () => Promise.resolve(),
      },
    });
    await settled(ids);
    expect(calls).toHaveLength(1);
  });

  it(
    'the worker killed, the queue emptied, the peer stopped: late, never lost, never twice where a 250 was seen',
    { tags: 'soak' },
    async () => {
      const random = seeded(SEED).next;
      const to = [...people('slow', 40), ...people('plain', 40)];
      const ids = (
        await Promise.all(to.map((address) => write(store, ONE, account, [address])))
      ).flat();
      /** How often the peer had taken it when a worker's 250 was seen. */
      const seen = new Map<string, number>();
      const saw = (address: string) => {
        seen.set(address, peer.taken.get(address) ?? 0);
      };
      for (let round = 0; round < 4; round += 1) {
        const worker = await startChild(
          {
            databaseUrl: database.databaseUrl,
            redisUrl,
            dataDir: folder,
            machine: null,
            smarthost: peer.url,
            chance: random(),
          },
          saw,
        );
        const before = seen.size;
        await expect
          .poll(() => seen.size, { timeout: PATIENCE_MS, interval: 10 })
          .toBeGreaterThan(before + Math.trunc(random() * 6));
        if (round % 2 === 0) await emptyQueue(database.adminUrl, redisUrl);
        if (round === 1) await peer.stop();
        await sleep(random() * 100);
        worker.kill('SIGKILL');
        await new Promise((resolve) => {
          worker.once('close', resolve);
        });
        if (round === 1) await peer.again();
      }
      const killedSaw = seen.size;
      await start({
        work: { schedule: QUICK },
        relay: watched(openSmarthost(peer.url, 'ecoles.preau.test'), saw),
      });
      await settled(ids);
      const doubled = to.filter((address) => (peer.taken.get(address) ?? 0) > 1);
      process.stdout.write(
        `outbound kills on ${on}, seed ${SEED}: ${to.length} messages, ${killedSaw} seen taken by killed workers, ${doubled.length} doubled without a 250 seen\n`,
      );
      expect(to.filter((address) => !peer.taken.has(address))).toEqual([]);
      // Once a 250 was seen, by whichever worker, none of them sent it again.
      const seenAndSentAgain = [...seen].filter(
        ([address, taken]) => peer.taken.get(address) !== taken,
      );
      expect(seenAndSentAgain).toEqual([]);
      expect(seen.size).toBeGreaterThan(to.length / 2);
      expect((await standing(store, ONE, ids)).states).toEqual(ids.map(() => 'sent'));
    },
  );
});
