/** What an invitation says (RFC 5545): the first event of an `.ics` file, for people to read. */

import { momentOf } from '../../ground/clock.ts';
import { dayAfter, isDay } from '../../roster/days.ts';

/** A file that is larger is no invitation to one event, and isn't read. */
export const EVENT_BYTES = 64 * 1024;
const MOST_LINES = 2_000;
/** Of a title or a place: more is no title. */
const MOST_SIGNS = 300;

/** A day of the calendar, or a moment. */
export type EventTime =
  | { readonly kind: 'day'; readonly day: string }
  | { readonly kind: 'moment'; readonly at: Date };

export interface CalendarEvent {
  /** Empty where it has none. */
  readonly title: string;
  readonly place: string;
  readonly from: EventTime;
  /** Null where it isn't said; of days the last one. */
  readonly until: EventTime | null;
  readonly isCancelled: boolean;
  readonly repeats: boolean;
}

/**
 * The first event of a file; null where it is no calendar, or has none that says when. A time
 * without a zone, or by a name that isn't one of IANA's, is by `timeZone`.
 */
export function eventIn(bytes: Buffer, timeZone: string): CalendarEvent | null {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  if (bytes.length > EVENT_BYTES || !/^BEGIN:VCALENDAR\s/i.test(text)) return null;
  // a line that begins with a space goes on with the one before (§3.1)
  const lines = text
    .replaceAll(/\r?\n[ \t]/g, '')
    .split(/\r?\n/, MOST_LINES)
    .map(readLine);
  const from = lines.findIndex(({ name, value }) => name === 'BEGIN' && value === 'VEVENT');
  const rest = lines.slice(from + 1);
  const until = rest.findIndex(({ name }) => name === 'END' || name === 'BEGIN');
  if (from < 0) return null;
  const event = rest.slice(0, until < 0 ? rest.length : until);
  const said = (name: string): Line | undefined => event.find((one) => one.name === name);
  const begins = timeIn(said('DTSTART'), timeZone);
  if (begins === null) return null;
  const method = lines.find(({ name }) => name === 'METHOD')?.value;
  return {
    title: wordsOf(said('SUMMARY')),
    place: wordsOf(said('LOCATION')),
    from: begins,
    until: lastDay(begins, timeIn(said('DTEND'), timeZone)),
    isCancelled: method === 'CANCEL' || said('STATUS')?.value === 'CANCELLED',
    repeats: said('RRULE') !== undefined,
  };
}

interface Line {
  readonly name: string;
  readonly zone: string | null;
  readonly value: string;
}

/** `DTSTART;TZID=Europe/Paris:20261130T090000` (§3.1); what is none has no name. */
function readLine(line: string): Line {
  const colon = colonOf(line);
  const [name = '', ...parameters] = line.slice(0, Math.max(0, colon)).split(';');
  const zone = parameters.find((one) => /^TZID=/i.test(one))?.slice('TZID='.length);
  return {
    name: name.toUpperCase(),
    zone: zone?.replaceAll('"', '') ?? null,
    value: line.slice(colon + 1).trim(),
  };
}

/** The first colon that stands in no quotes; -1 where there is none. */
function colonOf(line: string): number {
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '"') isQuoted = !isQuoted;
    if (line[at] === ':' && !isQuoted) return at;
  }
  return -1;
}

/** Text without its escapes (§3.3.11), on one line. */
function wordsOf(line: Line | undefined): string {
  return (line?.value ?? '')
    .replaceAll(/\\[nN]/g, ' ')
    .replaceAll(/\\([,;\\])/g, '$1')
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, MOST_SIGNS);
}

/** DATE and DATE-TIME (§3.3.4, §3.3.5). */
function timeIn(line: Line | undefined, timeZone: string): EventTime | null {
  const [, year, month, date, hour, minute, utc] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z)?)?$/.exec(line?.value ?? '') ?? [];
  const day = `${year}-${month}-${date}`;
  if (!isDay(day)) return null;
  if (hour === undefined || minute === undefined) return { kind: 'day', day };
  if (hour > '23' || minute > '59') return null;
  const zone = utc === 'Z' ? 'UTC' : zoneOf(line?.zone ?? null, timeZone);
  return { kind: 'moment', at: momentOf(day, `${hour}:${minute}`, zone) };
}

/** Some programs name zones of their own: those of the school's machines are the school's. */
function zoneOf(named: string | null, own: string): string {
  return named !== null && Intl.supportedValuesOf('timeZone').includes(named) ? named : own;
}

/** The end of an event of days is the day after (§3.6.1). */
function lastDay(from: EventTime, until: EventTime | null): EventTime | null {
  if (until?.kind !== 'day') return until;
  const day = dayAfter(until.day, -1);
  return from.kind === 'day' && day > from.day ? { kind: 'day', day } : null;
}
