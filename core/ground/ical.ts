import { momentOf, shownAt } from './clock.ts';
import { DAY_MS, HOUR_MS } from './spans.ts';

/** What every calendar of ours is written with (RFC 5545). */

/** Octets of a line before it goes on in the next (§3.1). */
const LINE_OCTETS = 75;

/** A calendar's lines as its bytes: folded, each with its end. */
export const icalFile = (lines: readonly string[]): Buffer =>
  Buffer.from(lines.map((line) => `${folded(line)}\r\n`).join(''));

/** A moment in UTC, `20261126T073000Z` (§3.3.5). */
export const icalMoment = (at: Date): string =>
  `${at.toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;

/** A day, `20261126` (§3.3.4). */
export const icalDay = (day: string): string => day.replaceAll('-', '');

/** A time of a day on a clock that is named beside it, `20261126T083000` (§3.3.5, form 3). */
export const icalLocal = (day: string, time: string): string =>
  `${icalDay(day)}T${time.replace(':', '')}00`;

/** §3.3.11 */
export const icalText = (text: string): string =>
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

const MINUTE_MS = 60_000;

/** By how much a zone's clock is ahead of UTC, in minutes. */
const aheadAt = (at: number, timeZone: string): number =>
  (shownAt(new Date(at), timeZone).getTime() - at) / MINUTE_MS;

/** `+0100`. */
function offset(minutes: number): string {
  const sign = minutes < 0 ? '-' : '+';
  const all = Math.abs(minutes);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${sign}${two(Math.floor(all / 60))}${two(all % 60)}`;
}

/**
 * How a zone's clock goes between two days, for programs that don't know its name (§3.6.5): what it
 * shows as these begin, and each change of it.
 */
export function icalZone(
  timeZone: string,
  { from, until }: { readonly from: string; readonly until: string },
): readonly string[] {
  const begins = momentOf(from, '00:00', timeZone).getTime();
  const ends = momentOf(until, '00:00', timeZone).getTime() + DAY_MS;
  const parts = [observance(aheadAt(begins, timeZone), { at: begins, before: null })];
  for (let day = begins; day < ends; day += DAY_MS) {
    const before = aheadAt(day, timeZone);
    if (aheadAt(day + DAY_MS, timeZone) === before) continue;
    let at = day;
    while (aheadAt(at, timeZone) === before) at += HOUR_MS / 4;
    parts.push(observance(aheadAt(at, timeZone), { at, before }));
  }
  return ['BEGIN:VTIMEZONE', `TZID:${timeZone}`, ...parts.flat(), 'END:VTIMEZONE'];
}

/** From when on a clock is so far ahead; the time is that of the clock before (§3.6.5). */
function observance(
  ahead: number,
  { at, before }: { readonly at: number; readonly before: number | null },
): readonly string[] {
  const kind = before !== null && ahead > before ? 'DAYLIGHT' : 'STANDARD';
  const shown = new Date(at + (before ?? ahead) * MINUTE_MS).toISOString();
  return [
    `BEGIN:${kind}`,
    `DTSTART:${shown.replace(/[-:]/g, '').slice(0, 15)}`,
    `TZOFFSETFROM:${offset(before ?? ahead)}`,
    `TZOFFSETTO:${offset(ahead)}`,
    `END:${kind}`,
  ];
}
