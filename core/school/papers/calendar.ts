import { momentOf } from '../../ground/clock.ts';
import { icalDay, icalFile, icalMoment, icalText } from '../../ground/ical.ts';
import { dayAfter } from '../../roster/days.ts';
import type { Occasion } from './contract/slips.ts';

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
    `DTSTAMP:${icalMoment(event.now)}`,
    `SEQUENCE:${event.sequence}`,
    ...hoursOf(event),
    `SUMMARY:${icalText(event.title)}`,
    ...(event.place === '' ? [] : [`LOCATION:${icalText(event.place)}`]),
    `URL:${event.url}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return icalFile(lines);
}

/** From hour to hour where both are known, else whole days, whose end is the day after (§3.6.1). */
function hoursOf({ occasion: { day, lastDay, from, to }, timeZone }: OutingEvent): string[] {
  if (from !== null && to !== null)
    return [
      `DTSTART:${icalMoment(momentOf(day, from, timeZone))}`,
      `DTEND:${icalMoment(momentOf(lastDay ?? day, to, timeZone))}`,
    ];
  return [
    `DTSTART;VALUE=DATE:${icalDay(day)}`,
    `DTEND;VALUE=DATE:${icalDay(dayAfter(lastDay ?? day, 1))}`,
  ];
}
