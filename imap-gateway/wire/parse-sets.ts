/** Sets of numbers, flags, dates: what several commands share (RFC 9051 §9). */

import { GrammarError, type Cursor } from './cursor.ts';
import { FLAG_CHARACTERS, FLAGS, SET_RANGES } from './limits.ts';
import type { NumberSet, PartialRange, SetNumber } from './number-set.ts';

/** sequence-set (§9), or `$` (§6.4.4.1). */
export function numberSet(cursor: Cursor): NumberSet {
  if (cursor.skip('$')) return { kind: 'saved' };
  const ranges: { from: SetNumber; to: SetNumber }[] = [];
  do {
    if (ranges.length >= SET_RANGES)
      throw new GrammarError(`A set has more than ${SET_RANGES} ranges`);
    const from = setNumber(cursor);
    ranges.push({ from, to: cursor.skip(':') ? setNumber(cursor) : from });
  } while (cursor.skip(','));
  return { kind: 'ranges', ranges };
}

/** seq-number (§9). */
export function setNumber(cursor: Cursor): SetNumber {
  return cursor.skip('*') ? '*' : cursor.positive('a sequence set');
}

/** RFC 9394 §3.1 `partial-range`: both ends from the start or, negative, both from the end. */
export function partialRange(cursor: Cursor): PartialRange {
  const signed = (): number =>
    cursor.skip('-') ? -cursor.positive() : cursor.positive('a range such as 1:100 or -1:-100');
  const from = signed();
  cursor.expect(':');
  const to = signed();
  if (Math.sign(from) !== Math.sign(to)) cursor.fail('a range whose ends have one sign');
  return { from, to };
}

const SYSTEM_FLAGS = new Map(
  ['\\Answered', '\\Flagged', '\\Deleted', '\\Seen', '\\Draft'].map((flag) => [
    flag.toLowerCase(),
    flag,
  ]),
);
/**
 * RFC 9051 §2.3.2 and the registry of keywords: written as there, since keywords are compared
 * without case.
 */
const KEYWORDS = new Map(
  ['$Forwarded', '$MDNSent', '$Junk', '$NotJunk', '$Phishing', '$Important'].map((flag) => [
    flag.toLowerCase(),
    flag,
  ]),
);

/**
 * flag (§9): a system flag that a client may set, or a keyword. `\Recent` and unknown `\…` are
 * none.
 */
export function flag(cursor: Cursor): string {
  if (cursor.skip('\\')) {
    const name = `\\${cursor.atom('a flag')}`;
    return (
      SYSTEM_FLAGS.get(name.toLowerCase()) ??
      cursor.fail('a system flag that can be set, such as \\Seen,')
    );
  }
  const keyword = cursor.atom('a flag');
  if (keyword.length > FLAG_CHARACTERS)
    throw new GrammarError(`A keyword is longer than ${FLAG_CHARACTERS} characters`);
  return KEYWORDS.get(keyword.toLowerCase()) ?? keyword;
}

/** flag-list (§9). */
export function flagList(cursor: Cursor): string[] {
  return [...new Set(cursor.list(() => flag(cursor), { least: 0, most: FLAGS }))];
}

export const MONTHS = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
] as const;
const MONTH_BY_NAME = new Map(MONTHS.map((name, index) => [name.toLowerCase(), index + 1]));
const DATE = /(\d{1,2})-([A-Za-z]{3})-(\d{4})/y;
const DATE_TIME = /"([ \d]\d)-([A-Za-z]{3})-(\d{4}) (\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})"/y;

/** date (§9): `1-Feb-2024`, quoted or not. */
export function day(cursor: Cursor): { year: number; month: number; day: number } {
  const quoted = cursor.skip('"');
  const found = cursor.take(DATE) ?? cursor.fail('a date such as 1-Feb-2024');
  if (quoted) cursor.expect('"');
  const read = {
    year: Number(found[3]),
    month: MONTH_BY_NAME.get((found[2] ?? '').toLowerCase()) ?? 0,
    day: Number(found[1]),
  };
  return isDay(read) ? read : cursor.fail('a day of the calendar');
}

/** date-time (§9): `" 1-Feb-2024 12:00:00 +0100"`. */
export function dateTime(cursor: Cursor): Date {
  const found =
    cursor.take(DATE_TIME) ?? cursor.fail('a date and time such as "01-Feb-2024 12:00:00 +0100"');
  const [
    ,
    dd = '',
    month = '',
    year = '',
    hour = '',
    minute = '',
    second = '',
    sign = '',
    zoneHours = '',
    zoneMinutes = '',
  ] = found;
  const read = {
    year: Number(year),
    month: MONTH_BY_NAME.get(month.toLowerCase()) ?? 0,
    day: Number(dd),
  };
  const fits =
    isDay(read) &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) <= 60 &&
    Number(zoneHours) < 24 &&
    Number(zoneMinutes) < 60;
  const offset = (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === '-' ? -1 : 1);
  const at = new Date(
    utc(read.year, read.month, read.day) +
      ((Number(hour) * 60 + Number(minute) - offset) * 60 + Number(second)) * 1000,
  );
  // In UTC too the year has four digits: so it is told again (§9 `date-year`).
  return fits && at.getTime() >= utc(1, 1, 1) && at.getTime() < utc(10_000, 1, 1)
    ? at
    : cursor.fail('a date and time that exist');
}

interface DayParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function isDay({ year, month, day: dd }: DayParts): boolean {
  return month > 0 && dd > 0 && new Date(utc(year, month, dd)).getUTCDate() === dd;
}

/** Milliseconds; years before 100 are not of the 20th century, as `Date.UTC` has it. */
function utc(year: number, month: number, dd: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, dd);
}
