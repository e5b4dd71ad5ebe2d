import { afterEach, describe, expect, it, vi } from 'vitest';
import { openLog } from '../../../core/ground/log.ts';
import { NO_TOWN } from './due.ts';
import { keepNights, type NightTask } from './keeper.ts';

const NIGHT = new Date('2026-11-24T22:00+01:00');
const MINUTE = 60_000;

let stop = async (): Promise<void> => {};
afterEach(() => stop());

/** Looks as often as it can, on a clock that tests move. */
function keep(tasks: readonly NightTask[]): { now: Date } {
  const clock = { now: NIGHT };
  const pausesMs = { first: 0, next: 1 };
  const log = openLog({ level: 'silent' });
  const calendar = async () => NO_TOWN;
  stop = keepNights(tasks, { calendar, log, clock: () => clock.now, pausesMs }).stop;
  return clock;
}

function task(name: string, run: () => Promise<void>): NightTask & { lastDone: Date | null } {
  const made = {
    name,
    every: 'night' as const,
    lastDone: null as Date | null,
    lastAt: async () => made.lastDone,
    async run() {
      await run();
      made.lastDone = NIGHT;
    },
  };
  return made;
}

describe('what is done by night', () => {
  it('is done once, in its order, never two at once', async () => {
    const log: string[] = [];
    const noted = (name: string) =>
      task(name, async () => {
        log.push(`${name} begins`);
        await Promise.resolve();
        log.push(`${name} ends`);
      });
    const last = vi.fn(async () => {});
    keep([noted('one'), noted('other'), task('last', last)]);
    await vi.waitFor(() => expect(last).toHaveBeenCalled());
    await stop();
    expect(log).toEqual(['one begins', 'one ends', 'other begins', 'other ends']);
    expect(last).toHaveBeenCalledTimes(1);
  });

  it('comes again half an hour after it failed, and keeps nothing else from being done', async () => {
    const failing = vi.fn(() => Promise.reject(new Error('the disk is away')));
    const other = vi.fn(async () => {});
    const clock = keep([task('failing', failing), task('other', other)]);
    await vi.waitFor(() => expect(other).toHaveBeenCalled());
    expect(failing).toHaveBeenCalledTimes(1);
    clock.now = new Date(NIGHT.getTime() + 31 * MINUTE);
    await vi.waitFor(() => expect(failing).toHaveBeenCalledTimes(2));
    expect(other).toHaveBeenCalledTimes(1);
  });

  it('isn’t done again where somebody has done it by hand', async () => {
    const run = vi.fn(async () => {});
    const byHand = { ...task('by hand', run), lastAt: vi.fn(async () => NIGHT) };
    keep([byHand]);
    await vi.waitFor(() => expect(byHand.lastAt).toHaveBeenCalled());
    await stop();
    expect(run).not.toHaveBeenCalled();
  });
});
