/** When heavy work is due, by the town's own calendar: pure. */
import { clockAt, dayAt, momentOf } from '../../ground/clock.ts';
import type { NightJob } from '../../ground/night-job.ts';
import { DAY_MS, MINUTE_MS } from '../../ground/spans.ts';
import { CLOCK_OF } from '../../ground/time-zones.ts';
import { dayAfter } from '../../roster/days.ts';
import { isHoliday, type Period } from '../../roster/holidays.ts';
import { isOpen, type OpeningHours } from '../../roster/hours.ts';

/** A town's hours and days say when nobody is in the way. */
export interface Calendar {
  readonly timeZone: string;
  /** Days without class. */
  readonly holidays: readonly Period[];
  /** Each school's own hours; null where it has set none. */
  readonly schools: readonly {
    readonly opening: OpeningHours | null;
    readonly timeZone: string;
  }[];
}

/** Where no town is set up yet. */
export const NO_TOWN: Calendar = { timeZone: CLOCK_OF.mainland, holidays: [], schools: [] };

/** The hours of a school that has set none: then its mail never closes, and lessons do. */
const USUAL: OpeningHours = { days: [1, 2, 3, 4, 5], from: '07:00', to: '19:00' };
/** On the town's clock; each night begins here. */
const EVENING = '20:30';
const NIGHTS = { night: 1, week: 7 } as const;
/**
 * After so many days it isn't waited any longer until schools are closed: some machines run by day.
 */
const GRACE_DAYS = { urgent: 2, other: 7 } as const;

/** How a job stands, as far as its next time goes. */
interface JobStanding {
  /** Since when the town has it. */
  readonly knownAt: Date;
  /** When it was begun that was last done to its end; null: never. */
  readonly doneAt: Date | null;
  /** After a failure: not before. */
  readonly nextAt: Date | null;
}

/** The evening from which a job is due again that was done at a moment. */
export function nextAfter(
  { every }: Pick<NightJob, 'every'>,
  doneAt: Date,
  timeZone: string,
): Date {
  const { date, time } = clockAt(doneAt, timeZone);
  // Days are counted, not hours: a night has an hour more or less when the clock changes.
  const evenings = NIGHTS[every] - (time < EVENING ? 1 : 0);
  return momentOf(dayAfter(date, evenings), EVENING, timeZone);
}

/** Whether a job may be begun now: in any hour, while schools are closed, or not. */
export function mayBegin(
  job: Pick<NightJob, 'every' | 'isUrgent'>,
  { knownAt, doneAt, nextAt }: JobStanding,
  { now, calendar }: { readonly now: Date; readonly calendar: Calendar },
): 'in-any-hour' | 'while-closed' | 'not-now' {
  const dueAt = doneAt === null ? knownAt : nextAfter(job, doneAt, calendar.timeZone);
  if (now < dueAt || (nextAt !== null && now < nextAt)) return 'not-now';
  const isUrgent = job.isUrgent === true;
  const graceMs = GRACE_DAYS[isUrgent ? 'urgent' : 'other'] * DAY_MS;
  const isNew = isUrgent && doneAt === null;
  if (isNew || now.getTime() - dueAt.getTime() > graceMs) return 'in-any-hour';
  return isQuiet(calendar, now) ? 'while-closed' : 'not-now';
}

const QUARTER_MS = 15 * MINUTE_MS;
/** Schools that are open in every hour of a fortnight nobody waits for. */
const QUARTERS_AHEAD = (14 * DAY_MS) / QUARTER_MS;

/** The first quarter of an hour from now on at which all schools are closed; null: not soon. */
export function quietFrom(calendar: Calendar, now: Date): Date | null {
  const first = Math.ceil(now.getTime() / QUARTER_MS);
  for (let ahead = 0; ahead < QUARTERS_AHEAD; ahead += 1) {
    const at = new Date((first + ahead) * QUARTER_MS);
    if (isQuiet(calendar, at)) return at;
  }
  return null;
}

/** Whether no school of the town is open, and the town itself neither. */
export function isQuiet({ timeZone, holidays, schools }: Calendar, now: Date): boolean {
  return [{ opening: null, timeZone }, ...schools].every(
    (school) =>
      isHoliday(holidays, dayAt(now, school.timeZone)) ||
      !isOpen({ ...school, opening: school.opening ?? USUAL }, now),
  );
}
