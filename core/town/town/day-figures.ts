import type { Logger } from 'pino';
import { clockAt, momentOf } from '../../ground/clock.ts';
import { HOUR_MS } from '../../ground/spans.ts';
import type { DayTally } from '../../ground/tally.ts';
import { clockOfTown } from '../../ground/time-zones.ts';
import { dayAfter } from '../../roster/days.ts';
import type { Store } from '../../store/store.ts';
import { readTown } from '../../store/town/settings.ts';
import { addToHour, hoursBetween, townTotals, type TownHour } from '../../store/town/town-hours.ts';
import type { DayFigures, HourFigures } from './contract.ts';

const WEEK_DAYS = 7;
/** How often a process writes down what it has counted. */
const WRITTEN_MS = 60_000;
/** Mail to outside that should have left so long ago is late; as the checks say. */
const LATE_MS = 5 * 60_000;
const HOURS = 24;

interface FigureParts {
  readonly store: Store;
  readonly clock: () => Date;
}

/** Writes down what this process counts, now and then and at its end. */
export function keepHours({
  store,
  clock,
  log,
  tally,
}: FigureParts & { readonly log: Logger; readonly tally: DayTally }): {
  close(): Promise<void>;
} {
  async function write(): Promise<void> {
    const counts = tally.take();
    if (counts.letters + counts.handed + counts.signIns === 0) return;
    const now = clock();
    await store
      .town((tx) => addToHour(tx, now, counts))
      .catch((error: unknown) => {
        tally.add(counts); // next time
        log.warn({ err: error }, 'the numbers of the hour were not kept');
      });
  }
  const timer = setInterval(() => void write(), WRITTEN_MS);
  timer.unref();
  return {
    async close() {
      clearInterval(timer);
      await write();
    },
  };
}

/** The day so far and the same weekday a week ago, hour by hour of the schools' clock. */
export async function dayFigures({ store, clock }: FigureParts): Promise<DayFigures> {
  const now = clock();
  return store.readTown(async (tx) => {
    const zone = clockOfTown(await readTown(tx));
    const { date } = clockAt(now, zone);
    const today = momentOf(date, '00:00', zone);
    const weekAgo = momentOf(dayAfter(date, -WEEK_DAYS), '00:00', zone);
    const totals = await townTotals(tx, {
      lateBefore: new Date(now.getTime() - LATE_MS),
      openingsSince: momentOf(`${date.slice(0, 7)}-01`, '00:00', zone),
    });
    const nextDay = momentOf(dayAfter(date, 1 - WEEK_DAYS), '00:00', zone);
    return {
      at: now,
      today: byHour(await hoursBetween(tx, today, now), today),
      weekAgo: byHour(await hoursBetween(tx, weekAgo, nextDay), weekAgo),
      ...totals,
    };
  });
}

/** 24 hours; the 25th of a day when the clock goes back is added to the last. */
function byHour(hours: readonly TownHour[], begin: Date): readonly HourFigures[] {
  const day = Array.from({ length: HOURS }, () => ({ letters: 0, handed: 0, signIns: 0 }));
  for (const { beginsAt, letters, handed, signIns } of hours) {
    const index = Math.floor((beginsAt.getTime() - begin.getTime()) / HOUR_MS);
    const hour = day[Math.min(Math.max(index, 0), HOURS - 1)];
    if (!hour) continue;
    hour.letters += letters;
    hour.handed += handed;
    hour.signIns += signIns;
  }
  return day;
}
