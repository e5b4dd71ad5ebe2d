import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import type { Night, NightJob, NightJobName } from '../../ground/night-job.ts';
import { MINUTE_MS } from '../../ground/spans.ts';
import { takeNightTurn } from '../../store/night-turn.ts';
import { keepAsItIs } from '../../store/testing/as-it-was.ts';
import { nightJobs, type NightJobRow } from '../../store/town/night-jobs.ts';
import { keepNights, lookAtNights, type KeeperParts } from './keeper.ts';
import { townCalendar } from './nights.ts';

const NIGHT = new Date('2026-11-24T22:00+01:00');
const MORNING = new Date('2026-11-25T07:00+01:00');

let town: TestTown;
let putBack: () => Promise<void>;
beforeAll(async () => {
  town = await openTestTown();
  putBack = await keepAsItIs(town.admin);
});
beforeEach(() => {
  town.clock.now = NIGHT;
});
afterEach(() => putBack());
afterAll(() => town.close());

const partsNow = (): KeeperParts => ({
  store: town.store,
  databaseUrl: town.databaseUrl,
  calendar: () => townCalendar(town.store),
  clock: () => town.clock.now,
  log: town.parts.log,
  rest: () => Promise.resolve(),
});
const never = new AbortController().signal;
const look = (...jobs: readonly NightJob[]) => lookAtNights(jobs, partsNow(), never);

function job(
  name: NightJobName,
  run: (night: Night) => Promise<unknown> = async () => {},
): NightJob & { run: ReturnType<typeof vi.fn<NightJob['run']>> } {
  return {
    name,
    every: 'night',
    run: vi.fn<NightJob['run']>(async (night) => {
      await run(night);
      return { letters: 3 };
    }),
  };
}

/** Whoever has the turn in this database dies. */
async function killTurn(): Promise<void> {
  await town.admin.query(
    `select pg_terminate_backend(l.pid)
     from pg_locks l join pg_database d on d.oid = l.database
     where l.locktype = 'advisory' and d.datname = current_database()`,
  );
}

async function standing(name: NightJobName): Promise<NightJobRow> {
  const row = (await town.store.readTown(nightJobs)).get(name);
  if (row === undefined) throw new Error('not known');
  return row;
}

describe('what is done by night', () => {
  it('is done once, in its order, never two at once, by whichever process', async () => {
    const noted: string[] = [];
    const slowly = (name: NightJobName) =>
      job(name, async () => {
        noted.push(`${name} begins`);
        await sleep(5);
        noted.push(`${name} ends`);
      });
    const jobs = [slowly('rescan'), slowly('erasures'), slowly('tidying')];
    const pausesMs = { first: 0, next: 1 };
    const keepers = [1, 2, 3].map(() => keepNights(jobs, partsNow(), pausesMs));
    await vi.waitFor(() => expect(noted).toHaveLength(6), { timeout: 20_000 });
    await Promise.all(keepers.map((keeper) => keeper.close()));
    expect(noted.filter((_, index) => index % 2 === 0).toSorted()).toEqual(
      ['erasures', 'rescan', 'tidying'].map((name) => `${name} begins`),
    );
    for (let index = 0; index < noted.length; index += 2)
      expect(noted[index + 1]).toBe(noted[index]?.replace('begins', 'ends'));
  });

  it('stands written down: when, how it ended, what it came to, when it comes next', async () => {
    await look(job('rescan'));
    expect(await standing('rescan')).toEqual({
      name: 'rescan',
      knownAt: NIGHT,
      begunAt: NIGHT,
      endedAt: NIGHT,
      doneAt: NIGHT,
      result: 'done',
      counts: { letters: 3 },
      checkpoint: null,
      nextAt: new Date('2026-11-25T20:30+01:00'),
    });
  });

  it('comes again half an hour after it failed, and keeps nothing else from being done', async () => {
    const failing = job('rescan', () => Promise.reject(new Error('the disk is away')));
    const other = job('erasures');
    await look(failing, other);
    await look(failing, other);
    expect([failing.run, other.run].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
    expect(await standing('rescan')).toMatchObject({ result: 'failed', doneAt: null });
    town.clock.now = new Date(NIGHT.getTime() + 31 * MINUTE_MS);
    await look(failing, other);
    expect([failing.run, other.run].map(({ mock }) => mock.calls.length)).toEqual([2, 1]);
  });

  it('isn’t done again where somebody has done it by hand', async () => {
    const lastByHand = vi.fn(async () => NIGHT);
    const byHand = { ...job('backup'), lastByHand };
    await look(byHand);
    await look(byHand);
    expect(byHand.run).not.toHaveBeenCalled();
    expect(lastByHand).toHaveBeenCalledTimes(1);
    expect(await standing('backup')).toMatchObject({ result: 'done', doneAt: NIGHT });
  });

  it('is done again where what was found is of a run of its own that came to no end', async () => {
    let found: Date | null = null;
    const half = job('backup-proof', async () => {
      found = town.clock.now;
      throw new Error('stopped after half of it');
    });
    const byHand = { ...half, lastByHand: async () => found };
    await look(byHand);
    town.clock.now = new Date(NIGHT.getTime() + 31 * MINUTE_MS);
    await look(byHand);
    expect(byHand.run).toHaveBeenCalledTimes(2);
    expect(await standing('backup-proof')).toMatchObject({ result: 'failed', doneAt: null });
    found = new Date(NIGHT.getTime() + 40 * MINUTE_MS);
    town.clock.now = new Date(NIGHT.getTime() + 62 * MINUTE_MS);
    await look(byHand);
    expect(byHand.run).toHaveBeenCalledTimes(2);
    expect(await standing('backup-proof')).toMatchObject({ result: 'done', doneAt: found });
  });

  it('waits for its turn, which whoever dies has left', async () => {
    const other = await takeNightTurn(town.databaseUrl);
    const waiting = job('rescan');
    await look(waiting);
    expect(waiting.run).not.toHaveBeenCalled();
    await killTurn();
    await vi.waitFor(() => expect(other?.lost.aborted).toBe(true));
    await look(waiting);
    expect(waiting.run).toHaveBeenCalledTimes(1);
  });
});

describe('what takes long', () => {
  /** Ten portions of an hour, each written down. */
  const portions = (done: number[]) =>
    job('rescan', async (night) => {
      for (let portion = Number(night.checkpoint ?? 0); portion < 10; portion += 1) {
        await night.breathe();
        done.push(portion);
        await night.keep(String(portion + 1));
        town.clock.now = new Date(town.clock.now.getTime() + 60 * MINUTE_MS);
      }
    });

  it('stops when a school opens, and is taken up from there the next night', async () => {
    const done: number[] = [];
    await look(portions(done));
    expect(done).toHaveLength(9);
    expect(town.clock.now).toEqual(MORNING);
    expect(await standing('rescan')).toMatchObject({ result: 'stopped', checkpoint: '9' });
    await look(portions(done));
    expect(done).toHaveLength(9);
    town.clock.now = new Date('2026-11-25T19:30+01:00');
    await look(portions(done));
    expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await standing('rescan')).toMatchObject({ result: 'done', checkpoint: null });
  });

  it('is taken up by another process where the first was killed, which is written down', async () => {
    await look(job('rescan'), job('erasures'));
    await town.admin.query(
      `update night_job set ended_at = null, result = null, done_at = null, next_at = null,
         checkpoint = '4' where name = 'rescan'`,
    );
    town.clock.now = new Date('2026-11-25T21:00+01:00');
    await look(job('erasures'));
    expect(await standing('rescan')).toMatchObject({ result: 'stopped', checkpoint: '4' });
    const from = vi.fn();
    await look(job('rescan', async ({ checkpoint }) => from(checkpoint)));
    expect(from).toHaveBeenCalledWith('4');
  });

  it('stops when the service ends, or its turn is lost, and isn’t told as a failure', async () => {
    const stuck = job('rescan', ({ signal }) => sleep(60_000, undefined, { signal }));
    const keeper = keepNights([stuck], partsNow(), { first: 0, next: 1 });
    await vi.waitFor(() => expect(stuck.run).toHaveBeenCalled(), { timeout: 20_000 });
    await keeper.close();
    expect(await standing('rescan')).toMatchObject({ result: 'stopped' });
    const looking = look(stuck);
    await vi.waitFor(() => expect(stuck.run).toHaveBeenCalledTimes(2));
    await killTurn();
    await looking;
    expect(await standing('rescan')).toMatchObject({ result: 'stopped' });
  });
});
