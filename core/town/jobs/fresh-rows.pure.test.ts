import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { AccountId, MessageId, SchoolId } from '../../ground/ids.ts';
import { openLog } from '../../ground/log.ts';
import type { BegunRow } from '../../mail/delivery/outbox-handover.ts';
import { freshRow } from '../../store/mail/outbox.ts';
import { openFreshRows, type FreshWorker } from './fresh-rows.ts';
import type { Task } from './queue.ts';

const SCHOOL = 1 as SchoolId;
const NOW = new Date('2026-11-26T08:20:00Z');
const LEASE_MS = 90_000;
const MIB = 1024 * 1024;

function opened() {
  const added: (readonly Task[])[] = [];
  const queue = {
    add: async (tasks: readonly Task[]) => {
      added.push(tasks);
    },
  };
  const log = openLog({ level: 'silent' });
  const rows = openFreshRows({ queue, log, clock: () => NOW, leaseMs: LEASE_MS });
  return { rows, added, inQueue: () => added.flat().map((task) => task.row) };
}

/** A worker that says what it does; the row numbered 1 takes until `end`. */
function working() {
  const done: string[] = [];
  const { promise: first, resolve: end } = Promise.withResolvers<void>();
  const ends = (row: number): Promise<void> => (row === 1 ? first : Promise.resolve());
  const worker: FreshWorker = {
    look: ({ row }) => {
      done.push(`look ${row}`);
      return ends(row);
    },
    send: ({ row }) => {
      done.push(`send ${row.id}`);
      return ends(row.id);
    },
    letGo: ({ row }) => {
      done.push(`let go ${row.id}`);
      return Promise.resolve();
    },
  };
  return { worker, done, end };
}

function begun(id: number, bytes = 10): BegunRow {
  const row = freshRow({
    id,
    account: 2 as AccountId,
    message: 3 as MessageId,
    sender: 'claire@ecoles.ville.fr',
    recipient: 'musee@exemple.org',
    dsn: undefined,
    createdAt: NOW,
  });
  const until = new Date(NOW.getTime() + LEASE_MS);
  return { school: SCHOOL, row, raw: Buffer.alloc(bytes), until };
}

describe('fresh rows', () => {
  it('go to the queue without a worker here, those that come meanwhile together', async () => {
    const { rows, added } = opened();
    expect(rows.begunUntil(10)).toBeNull();
    rows.hurry(SCHOOL, [1]);
    rows.hurry(SCHOOL, [2, 3]);
    await expect
      .poll(() => added.map((tasks) => tasks.map(({ row }) => row)))
      .toEqual([[1], [2, 3]]);
  });

  it('are the worker’s of this process, so many at once, the others in their turn', async () => {
    const { rows, inQueue } = opened();
    const { worker, done, end } = working();
    const running = rows.begin(worker, 1);
    rows.hurry(SCHOOL, [1, 2]);
    expect([
      done,
      rows.has({ school: SCHOOL, row: 1 }),
      rows.has({ school: SCHOOL, row: 2 }),
    ]).toEqual([['look 1'], false, true]);
    end();
    await expect.poll(() => done).toEqual(['look 1', 'look 2']);
    await running.close();
    rows.hurry(SCHOOL, [3]);
    await expect.poll(inQueue).toEqual([3]);
    expect(done).toEqual(['look 1', 'look 2']);
  });

  it('are the queue’s where too many wait here', () => {
    const { rows, inQueue } = opened();
    rows.begin(working().worker, 1);
    rows.hurry(
      SCHOOL,
      Array.from({ length: 502 }, (_one, at) => at + 1),
    );
    expect(inQueue()).toEqual([502]);
  });
});

describe('rows that are stored as begun', () => {
  it('are sent with what is in hand, while their attempt is ours', async () => {
    const { rows } = opened();
    const { worker, done } = working();
    rows.begin(worker, 1);
    expect(rows.begunUntil(10)).toEqual(new Date(NOW.getTime() + LEASE_MS));
    rows.send(begun(2));
    rows.send(begun(3));
    await expect.poll(() => done).toEqual(['send 2', 'send 3']);
  });

  it('are nobody’s again where a peer keeps us waiting, and where the worker ends', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const { rows } = opened();
    const { worker, done, end } = working();
    const running = rows.begin(worker, 1);
    rows.send(begun(1));
    rows.send(begun(2));
    vi.advanceTimersByTime(6_000);
    rows.send(begun(3));
    const closing = running.close();
    rows.send(begun(4));
    end();
    await closing;
    expect(done).toEqual(['send 1', 'let go 2', 'let go 3', 'let go 4']);
    expect(rows.begunUntil(10)).toBeNull();
  });

  it('are let go one by one where they have waited too long', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const { rows } = opened();
    const { worker, done, end } = working();
    rows.begin(worker, 1);
    rows.send(begun(1));
    rows.send(begun(2));
    vi.advanceTimersByTime(4_000);
    rows.send(begun(3));
    vi.advanceTimersByTime(2_000);
    end();
    await expect.poll(() => done).toEqual(['send 1', 'let go 2', 'send 3']);
  });

  it('are stored as due where the messages that wait here fill their room', () => {
    const { rows } = opened();
    rows.begin(working().worker, 1);
    rows.send(begun(1, 30 * MIB));
    rows.send(begun(2, 30 * MIB));
    expect(rows.begunUntil(MIB)).not.toBeNull();
    expect(rows.begunUntil(3 * MIB)).toBeNull();
  });

  it('are sent fewer at once where they are big', async () => {
    const { rows } = opened();
    const { worker, done, end } = working();
    rows.begin(worker, 20);
    rows.send(begun(1, 40 * MIB));
    rows.send(begun(2, 20 * MIB));
    rows.send(begun(3, 20 * MIB));
    rows.send(begun(4, 1));
    expect(done).toEqual(['send 1', 'send 2']);
    end();
    await expect.poll(() => done).toEqual(['send 1', 'send 2', 'send 3', 'send 4']);
  });
});
