/**
 * The official school calendar as data.education.gouv.fr gives it (dataset
 * `fr-en-calendrier-scolaire`): a line for each académie, each period and whom it is for.
 *
 * « Le départ en vacances a lieu après la classe, la reprise des cours le matin des jours
 * indiqués »: the first date is a day of school, but a Saturday; the second one is no day off any
 * more. A bridge names its own first day off.
 */

import { dayAt } from '../ground/clock.ts';
import { folded } from '../ground/folding.ts';
import { keysOf, recordOf } from '../ground/keys.ts';
import { CLOCK_OF } from '../ground/time-zones.ts';
import { dayAfter, dayTrouble, isDay, weekdayOf, type Day } from './days.ts';
import { readHolidayZone, type HolidayZone } from './holiday-zones.ts';
import { periodTrouble, type Period } from './holidays.ts';
import { cellsOf } from './reading/cells.ts';
import { columnsOf, firstColumn } from './reading/header.ts';
import type { UnreadableRoster } from './reading/rows.ts';
import type { Table, TableRecord } from './reading/table.ts';
import { isUnreadable, unreadable } from './reading/trouble.ts';

/** Holidays of one zone, as the ministry calls them: « Vacances de Noël ». */
export interface ZonePeriod extends Period {
  readonly zone: HolidayZone;
  readonly name: string;
}

/** Holidays of which only the beginning is published: « Début des Vacances d’Été ». */
export type OpenEndedPeriod = Omit<ZonePeriod, 'until'>;

export interface HolidayFile {
  readonly kind: 'holidays';
  /** Each once, whatever the number of académies. */
  readonly periods: readonly ZonePeriod[];
  readonly unended: readonly OpenEndedPeriod[];
}

/** The columns by their labels, then as the file has them without labels. */
const COLUMNS = {
  name: ['Description'],
  population: ['Population'],
  begins: ['Date de début', 'start_date'],
  ends: ['Date de fin', 'end_date'],
  zone: ['Zones', 'Zone'],
} as const;
type Column = keyof typeof COLUMNS;
/** Ten years of all zones have half of that. */
export const MOST_PERIODS = 2_000;
/** Of what the file calls a period. */
const MOST_SIGNS = 100;
/** For everybody, or for pupils; teachers come back a day before. */
const POPULATIONS: ReadonlySet<string> = new Set(['', 'eleves']);
/** An hour with its offset: midnight at Paris, whatever the zone, written in any time zone. */
const INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/;
const FRENCH_DAY = /^(\d\d)\/(\d\d)\/(\d{4})$/;
/** Before any calendar of ours, and so many days after it. */
const CALENDARS = { today: '2000-01-01', ahead: 36_525 } as const;

/**
 * The holidays that a table lists, of the zones that a town may have; lines for teachers, and days
 * on which school begins, are left aside. Nothing is read of a table with a wrong line: the reason
 * (`calendar-…`) says what is wrong with it.
 */
export function readHolidayFile(table: Table): HolidayFile | UnreadableRoster {
  const places = columnsOf(table.headers);
  const columns = recordOf(keysOf(COLUMNS), (column) => firstColumn(places, ...COLUMNS[column]));
  const whole = { file: table.file, line: table.headerLine, column: null };
  if (Object.values(columns).includes(null)) return unreadable('calendar-unknown', whole);
  // Its cells are days: whether of UTC or of Paris can't be seen any more.
  if (table.delimiter === null) return unreadable('calendar-workbook', whole);
  const periods = new Map<string, ZonePeriod>();
  const unended = new Map<string, OpenEndedPeriod>();
  for (const record of table.records) {
    const line = lineOf(table, record, columns);
    if (line === null) continue;
    if (isUnreadable(line)) return line;
    const key = Object.values(line).join('\0');
    if ('until' in line) periods.set(key, line);
    else unended.set(key, line);
  }
  if (periods.size > MOST_PERIODS) return unreadable('calendar-long', whole);
  return { kind: 'holidays', periods: [...periods.values()], unended: [...unended.values()] };
}

type CalendarReason = 'calendar-cell' | 'calendar-date' | 'calendar-period';

/** Null for what is no holiday of a zone of ours. */
function lineOf(
  table: Table,
  record: TableRecord,
  columns: Readonly<Record<Column, number | null>>,
): ZonePeriod | OpenEndedPeriod | UnreadableRoster | null {
  const cells = cellsOf(table, record);
  const wrong = (reason: CalendarReason, column: Column): UnreadableRoster => {
    const header = (table.headers[columns[column] ?? 0] ?? '').trim();
    return unreadable(reason, { file: table.file, line: record.line, column: header });
  };
  const zone = zoneOf(cells.text(columns.zone));
  const name = cells.text(columns.name);
  if (zone === null || !POPULATIONS.has(folded(cells.text(columns.population)))) return null;
  if (name === '' || name.length > MOST_SIGNS || cells.refused() !== null)
    return wrong('calendar-cell', 'name');
  if (/^(?:pre-?)?rentree/.test(folded(name))) return null;
  const begins = dayOf(cells.text(columns.begins));
  if (begins === null) return wrong('calendar-date', 'begins');
  const end = cells.text(columns.ends);
  const ends = end === '' ? begins : dayOf(end);
  if (ends === null) return wrong('calendar-date', 'ends');
  if (periodTrouble({ from: begins, until: ends }) !== null)
    return wrong('calendar-period', 'ends');
  if (ends === begins && folded(name).startsWith('debut')) return { zone, name, from: begins };
  const off = daysOff(name, begins, ends);
  return off.until < off.from ? null : { zone, name, ...off };
}

/** « Zone A », « La Réunion », « Nouvelle Calédonie », « Polynésie française ». */
function zoneOf(text: string): HolidayZone | null {
  const name = folded(text).replace(/^(?:zone|la)-|-francaise$/g, '');
  return readHolidayZone(name.length === 1 ? name.toUpperCase() : name);
}

function daysOff(name: string, begins: Day, ends: Day): Period {
  // One date twice is one day.
  const until = ends === begins ? begins : dayAfter(ends, -1);
  const isOff = ends === begins || folded(name).startsWith('pont') || weekdayOf(begins) > 5;
  return { from: isOff ? begins : dayAfter(begins, 1), until };
}

/** A day that a cell names, or the day at Paris of the instant that it names. */
function dayOf(cell: string): Day | null {
  const isInstant = INSTANT.test(cell) && isDay(cell.slice(0, 10));
  const at = isInstant ? Date.parse(cell.replace(' ', 'T')) : NaN;
  const french = FRENCH_DAY.exec(cell)?.slice(1).toReversed().join('-');
  const day = Number.isNaN(at)
    ? (french ?? cell.replace(/[T ]00:00(?::00)?$/, ''))
    : dayAt(new Date(at), CLOCK_OF.mainland);
  return dayTrouble(day, CALENDARS) === null ? day : null;
}
