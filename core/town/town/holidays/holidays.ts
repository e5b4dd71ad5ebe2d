import { dayAt } from '../../../ground/clock.ts';
import { dayTrouble, type Day } from '../../../roster/days.ts';
import { nameOf, refusedFile } from '../../../roster/given-file.ts';
import type { ZonePeriod } from '../../../roster/holiday-file.ts';
import {
  holidayYearOf,
  periodTrouble,
  type HolidayYear,
  type Period,
} from '../../../roster/holidays.ts';
import type { RosterFile } from '../../../roster/reading/contract.ts';
import { unreadable } from '../../../roster/reading/trouble.ts';
import {
  countHolidays,
  deleteHoliday,
  holidaysOfTown,
  insertHoliday,
  replaceHolidays,
  type ZoneYear,
} from '../../../store/town/holidays.ts';
import { readTown } from '../../../store/town/settings.ts';
import type { ChangeOutcome, TownActor, TownWish } from '../contract.ts';
import { readName } from '../fields.ts';
import { changing, isActing, languagesOf, noteAct, type TownParts } from '../parts.ts';
import type {
  CalendarGiven,
  HolidayList,
  Holidays,
  HolidayTrouble,
  HolidayWish,
} from './contract.ts';

/** Of a zone: three years of a calendar, and many bridges. */
const MOST_PERIODS = 200;
/** How far ahead a period may lie, in days: calendars are published for three years. */
const DAYS_AHEAD = 4 * 366;

export function openHolidays(parts: TownParts): Holidays {
  return {
    list: async (by) => ((await isActing(parts, by)) ? list(parts) : null),
    give: (by, file) => give(parts, by, file),
    add: (by, wish) => add(parts, by, wish),
    async remove(by, id) {
      const done = await changing(parts, by, async (tx, acting) => {
        const name = await deleteHoliday(tx, id);
        if (name !== null) await noteAct(tx, acting, { act: 'remove-holidays', what: name });
        return name !== null;
      });
      return done === true;
    },
  };
}

/** The school year that runs in a town. */
function runningYear({ clock }: TownParts, { timeZone }: Pick<TownWish, 'timeZone'>): HolidayYear {
  return holidayYearOf(dayAt(clock(), timeZone));
}

async function list(parts: TownParts): Promise<HolidayList | null> {
  return parts.store.readTown(async (tx) => {
    const town = await readTown(tx);
    if (town === null) return null;
    const kept = await holidaysOfTown(tx, runningYear(parts, town).first);
    const periods = kept.map((one) => ({ ...one, year: holidayYearOf(one.from).name }));
    return { zone: town.holidayZone, periods };
  });
}

async function give(parts: TownParts, by: TownActor, file: RosterFile): Promise<CalendarGiven> {
  if (!(await isActing(parts, by))) return { kind: 'missing' };
  const read = await parts.files.read('readCalendar', [file]);
  if (read.kind === 'unreadable') return refusedFile(read, languagesOf(by));
  return changing(parts, by, async (tx, acting): Promise<CalendarGiven> => {
    const town = await readTown(tx);
    if (town === null) return { kind: 'missing' };
    const endingFrom = runningYear(parts, town).first;
    const coming = read.periods.filter(({ until }) => until >= endingFrom);
    const own = coming.filter(({ zone }) => zone === town.holidayZone);
    if (own.length === 0)
      return refusedFile(
        unreadable('calendar-empty', { file: file.name, line: 1, column: null }),
        languagesOf(by),
      );
    await replaceHolidays(tx, { periods: coming, years: yearsOf(coming), endingFrom });
    await noteAct(tx, acting, { act: 'give-holidays', what: nameOf(file) });
    const unended = read.unended.filter(
      ({ zone, from }) => zone === town.holidayZone && from >= endingFrom && !isWithin(own, from),
    );
    return { kind: 'given', periods: own.length, unended };
  });
}

/** Each zone's school years, once. */
function yearsOf(periods: readonly ZonePeriod[]): readonly ZoneYear[] {
  const years = periods.map(({ zone, from }) => ({ zone, ...holidayYearOf(from) }));
  return [...new Map(years.map((one) => [`${one.zone} ${one.name}`, one])).values()];
}

/** What one line only begins, another may have whole. */
function isWithin(periods: readonly Period[], day: Day): boolean {
  return periods.some(({ from, until }) => from <= day && day <= until);
}

async function add(
  parts: TownParts,
  by: TownActor,
  { name: typed, from, until }: HolidayWish,
): Promise<ChangeOutcome<HolidayTrouble>> {
  const name = readName(typed);
  return changing(parts, by, async (tx, acting): Promise<ChangeOutcome<HolidayTrouble>> => {
    const town = await readTown(tx);
    if (town === null) return { kind: 'missing' };
    const near = { today: runningYear(parts, town).first, ahead: DAYS_AHEAD };
    const days =
      dayTrouble(from, near) ?? dayTrouble(until, near) ?? periodTrouble({ from, until });
    if (name === null || days !== null) {
      const why = [name === null ? 'name' : null, days] as const;
      return { kind: 'trouble', why: why.filter((one) => one !== null) };
    }
    if ((await countHolidays(tx, town.holidayZone)) >= MOST_PERIODS)
      return { kind: 'trouble', why: ['too-many'] };
    await insertHoliday(tx, { zone: town.holidayZone, name, from, until });
    await noteAct(tx, acting, { act: 'add-holidays', what: name });
    return { kind: 'done' };
  });
}
