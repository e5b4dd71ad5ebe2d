import { momentOf } from '../../ground/clock.ts';
import { dayAfter } from '../../roster/days.ts';
import type { Occasion } from './contract.ts';

/** What an agenda shows of an outing. */
interface OutingEvent {
  /** The same for all words of a paper (RFC 5545 §3.8.4.7). */
  readonly uid: string;
  /** One more at each correction (§3.8.7.4). */
  readonly sequence: number;
  readonly title: string;
  readonly place: string;
  readonly url: string;
  readonly occasion: Occasion;
  readonly timeZone: string;
  readonly now: Date;
}

/** Octets of a line before it goes on in the next (RFC 5545 §3.1). */
const LINE_OCTETS = 75;

/**
 * An event that is told and asks for nothing (RFC 5546 §3.2.1, PUBLISH): the answer is given on the
 * page of the paper. Hours are said in UTC, so that no zone has to be described.
 */
export function calendarFile(event: OutingEvent): Buffer {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Preau//Papers//FR',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${event.uid}`,
    `DTSTAMP:${stamp(event.now)}`,
    `SEQUENCE:${event.sequence}`,
    ...hoursOf(event),
    `SUMMARY:${escaped(event.title)}`,
    ...(event.place === '' ? [] : [`LOCATION:${escaped(event.place)}`]),
    `URL:${event.url}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return Buffer.from(lines.map((line) => `${folded(line)}\r\n`).join(''));
}

/** From hour to hour where both are known, else whole days, whose end is the day after (§3.6.1). */
function hoursOf({ occasion: { day, lastDay, from, to }, timeZone }: OutingEvent): string[] {
  if (from !== null && to !== null)
    return [
      `DTSTART:${stamp(momentOf(day, from, timeZone))}`,
      `DTEND:${stamp(momentOf(lastDay ?? day, to, timeZone))}`,
    ];
  return [
    `DTSTART;VALUE=DATE:${day.replaceAll('-', '')}`,
    `DTEND;VALUE=DATE:${dayAfter(lastDay ?? day, 1).replaceAll('-', '')}`,
  ];
}

/** `20261126T073000Z` (§3.3.5). */
const stamp = (at: Date): string => `${at.toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;

/** §3.3.11 */
const escaped = (text: string): string =>
  text
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(/[\u0000-\u001f\u007f]/g, '');

/** A line of many octets goes on behind a space; no character is cut in two. */
function folded(line: string): string {
  const rows: string[] = [];
  let row = '';
  for (const sign of line) {
    if (Buffer.byteLength(row + sign) > LINE_OCTETS) {
      rows.push(row);
      row = ' ';
    }
    row += sign;
  }
  return [...rows, row].join('\r\n');
}
