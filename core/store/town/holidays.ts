import { sql } from 'kysely';
import type { Day } from '../../roster/days.ts';
import type { ZonePeriod } from '../../roster/holiday-file.ts';
import type { HolidayZone } from '../../roster/holiday-zones.ts';
import type { HolidayYear, Period } from '../../roster/holidays.ts';
import type { TownTx } from '../store.ts';

/** A school year as a calendar has it for one zone. */
export type ZoneYear = HolidayYear & { readonly zone: HolidayZone };

interface KeptHoliday extends Period {
  readonly id: number;
  readonly name: string;
  /** Typed in, and in no calendar. */
  readonly byHand: boolean;
}

/** Those of the town's zone that end on a day or later, in their order; none without a town. */
export async function holidaysOfTown(
  tx: Pick<TownTx, 'kept'>,
  endingFrom: Day,
): Promise<KeptHoliday[]> {
  return tx.kept
    .selectFrom('school_holiday as h')
    .innerJoin('town as t', 't.holiday_zone', 'h.zone')
    .select([
      'h.id',
      'h.name',
      'h.from_date as from',
      'h.until_date as until',
      'h.by_hand as byHand',
    ])
    .where('h.until_date', '>=', endingFrom)
    .orderBy('h.from_date')
    .orderBy('h.id')
    .execute();
}

/** The days of all of them, for a snapshot. */
export async function periodsOfTown(tx: Pick<TownTx, 'kept'>): Promise<Period[]> {
  return tx.kept
    .selectFrom('school_holiday as h')
    .innerJoin('town as t', 't.holiday_zone', 'h.zone')
    .select(['h.from_date as from', 'h.until_date as until'])
    .orderBy('h.from_date')
    .execute();
}

/** The holidays of a zone as they were read. */
interface ZoneHolidays {
  readonly periods: readonly ZonePeriod[];
  readonly years: readonly ZoneYear[];
  readonly endingFrom: Day;
}

/**
 * Puts a calendar in the place of what one before said of the same zones and years; what was typed
 * in stays. What ended before `endingFrom` goes.
 */
export async function replaceHolidays(
  tx: TownTx,
  { periods, years, endingFrom }: ZoneHolidays,
): Promise<void> {
  await tx.db.deleteFrom('school_holiday').where('until_date', '<', endingFrom).execute();
  await sql`
    delete from school_holiday h
    using json_to_recordset(${JSON.stringify(years)}::json) as y (zone text, first date, last date)
    where not h.by_hand and h.zone = y.zone and h.from_date between y.first and y.last
  `.execute(tx.db);
  await sql`
    insert into school_holiday (zone, name, from_date, until_date, by_hand)
    select p.zone, p.name, p."from", p.until, false
    from json_to_recordset(${JSON.stringify(periods)}::json) as p (zone text, name text,
        "from" date, until date)
    on conflict do nothing
  `.execute(tx.db);
}

/** How many are kept of a zone. */
export async function countHolidays(tx: TownTx, zone: HolidayZone): Promise<number> {
  const { count } = await tx.db
    .selectFrom('school_holiday')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('zone', '=', zone)
    .executeTakeFirstOrThrow();
  return count;
}

/** Keeps a period that was typed in; one that is there already stays as it is. */
export async function insertHoliday(tx: TownTx, period: ZonePeriod): Promise<void> {
  await tx.db
    .insertInto('school_holiday')
    .values({
      zone: period.zone,
      name: period.name,
      from_date: period.from,
      until_date: period.until,
      by_hand: true,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Gives its name; null where there is none of that number. */
export async function deleteHoliday(tx: TownTx, id: number): Promise<string | null> {
  const row = await tx.db
    .deleteFrom('school_holiday')
    .where('id', '=', id)
    .returning('name')
    .executeTakeFirst();
  return row?.name ?? null;
}
