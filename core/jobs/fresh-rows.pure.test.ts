import { expect, it } from 'vitest';
import type { SchoolId } from '../ids.ts';
import { openLog } from '../log.ts';
import { openFreshRows } from './fresh-rows.ts';
import type { Task } from './queue.ts';

const SCHOOL = 1 as SchoolId;

function opened() {
  const added: (readonly Task[])[] = [];
  const queue = {
    add: async (tasks: readonly Task[]) => {
      added.push(tasks);
    },
  };
  const rows = openFreshRows(queue, openLog({ level: 'silent' }));
  return { rows, added, inQueue: () => added.flat().map((task) => task.row) };
}

it('without a worker here go to the queue, those that come meanwhile together', async () => {
  const { rows, added } = opened();
  rows.hurry(SCHOOL, [1]);
  rows.hurry(SCHOOL, [2, 3]);
  await expect.poll(() => added.map((tasks) => tasks.map(({ row }) => row))).toEqual([[1], [2, 3]]);
});

it('are begun by the worker of this process, so many at once, the others in their turn', async () => {
  const { rows, inQueue } = opened();
  const begun: number[] = [];
  const { promise: first, resolve: end } = Promise.withResolvers<void>();
  const worker = rows.begin(async ({ row }) => {
    begun.push(row);
    if (row === 1) await first;
  }, 1);
  rows.hurry(SCHOOL, [1, 2]);
  expect([
    begun,
    rows.has({ school: SCHOOL, row: 1 }),
    rows.has({ school: SCHOOL, row: 2 }),
  ]).toEqual([[1], false, true]);
  end();
  await expect.poll(() => begun).toEqual([1, 2]);
  await worker.close();
  rows.hurry(SCHOOL, [3]);
  await expect.poll(inQueue).toEqual([3]);
  expect(begun).toEqual([1, 2]);
});

it('are the queue’s where too many wait here', () => {
  const { rows, inQueue } = opened();
  rows.begin(() => new Promise(() => {}), 1);
  rows.hurry(
    SCHOOL,
    Array.from({ length: 502 }, (_one, at) => at),
  );
  expect(inQueue()).toEqual([501]);
});
