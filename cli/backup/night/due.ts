import { DAY_MS } from '../../../core/ground/spans.ts';
import { CLOCK_OF } from '../../../core/ground/time-zones.ts';
/** When what is done by night is due: pure. */
import { isOpen, lastMomentOf, type OpeningHours } from '../../../core/roster/hours.ts';

/** What of a town says when nobody is in the way. */
export interface Calendar {
  readonly timeZone: string;
  /** Each school's own hours; null where it has set none. */
  readonly schools: readonly {
    readonly opening: OpeningHours | null;
    readonly timeZone: string;
  }[];
}

/** Where no town is set up yet. */
export const NO_TOWN: Calendar = { timeZone: CLOCK_OF.mainland, schools: [] };

/** The hours of a school that has set none: then its mail never closes, and lessons do. */
const USUAL: OpeningHours = { days: [1, 2, 3, 4, 5], from: '07:00', to: '19:00' };
/** On the town's clock; each night begins here. */
const EVENING = '20:30';
const NIGHTS = { night: 1, week: 7 } as const;
/** After so many days more it isn't waited any longer until schools are closed. */
const DAYS_OF_GRACE = 2;

/** How often something is to be done. */
export type Every = keyof typeof NIGHTS;

/**
 * Whether something is due that is done every night or every week, `lastAt` being when it was last
 * done:
 *
 * - What was never done is due at once.
 * - Else from the evening on, unless it has been done since; of a night that was missed (the
 *   machine was off), in the first hour after it in which no school is open.
 * - Two days later in any hour: some machines run by day only.
 */
export function isDue(
  every: Every,
  { lastAt, now, calendar }: { lastAt: Date | null; now: Date; calendar: Calendar },
): boolean {
  if (lastAt === null) return true;
  const nights = NIGHTS[every];
  if (now.getTime() - lastAt.getTime() > (nights + DAYS_OF_GRACE) * DAY_MS) return true;
  const evening = lastMomentOf(EVENING, { now, timeZone: calendar.timeZone });
  const before = evening.getTime() - (nights - 1) * DAY_MS;
  return lastAt.getTime() < before && isQuiet(calendar, now);
}

/** Whether no school of the town is open, and the town itself neither. */
function isQuiet({ timeZone, schools }: Calendar, now: Date): boolean {
  return [{ opening: null, timeZone }, ...schools].every(
    (school) => !isOpen({ ...school, opening: school.opening ?? USUAL }, now),
  );
}
