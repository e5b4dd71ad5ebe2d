import { clockAt } from '../../core/ground/clock.ts';
import type { Attachment } from '../../core/letters/message/message.ts';
import type { CalendarEvent, EventTime } from '../../core/mail/reading/contract.ts';
import { icon } from '../frame/parts.ts';
import type { Visit } from '../frame/visit.ts';
import { calendarDay, hour, longDate, todayOn } from '../frame/when.ts';
import { html, NOTHING, type Html } from '../html.ts';
import { tabPath } from './class-paths.ts';

/**
 * What a letter's calendar file invites to, as a card: what, when, where. Nothing is answered and
 * nothing put anywhere; the file goes to whoever's own calendar opens it.
 *
 * @param where the message's own place, below which its files lie
 */
export function eventCard(
  visit: Visit,
  { file, event }: { readonly file: Attachment; readonly event: CalendarEvent },
  where: string,
): Html {
  const words = visit.texts.message.event;
  const cancelled = html`
    <span class="badge stop">${icon(visit, 'close')}${words.cancelled}</span>
  `;
  const place = html`
    <br />
    ${event.place}
  `;
  return html`
    <section class="event" aria-label="${words.title}">
      ${icon(visit, 'calendar')}
      <p class="grow">
        <b>${event.title === '' ? file.name : event.title}</b>
        ${event.isCancelled ? cancelled : NOTHING}
        <br />
        ${whenOf(visit, event)}${event.repeats ? words.repeats : ''}
        ${event.place === '' ? NOTHING : place}
      </p>
      <a class="btn mini" href="${where}/file/${file.path}" download>
        ${icon(visit, 'download')}${words.take}
      </a>
      ${event.isCancelled ? NOTHING : toWeek(visit, event)}
    </section>
  `;
}

/** More classes than these are chosen on their own pages. */
const MOST_CLASSES = 3;

/** For a teacher: the form of their class's week, with what the event says in it. */
function toWeek(visit: Visit, { title, place, from, until }: CalendarEvent): Html {
  const { viewer } = visit;
  if (viewer.role !== 'teacher') return NOTHING;
  const words = visit.texts.message.event;
  const [begins, ends] = [placed(visit, from), until === null ? null : placed(visit, until)];
  const query = new URLSearchParams({
    title,
    place,
    day: begins.date,
    until: ends === null || ends.date === begins.date ? '' : ends.date,
    fromTime: begins.time,
    toTime: ends?.time ?? '',
  });
  const only = viewer.classes.length === 1;
  return html`
    ${viewer.classes.slice(0, MOST_CLASSES).map(
      ({ id, name }) => html`
        <a class="btn mini" href="${tabPath(id, 'week')}/special?${query}">
          ${icon(visit, 'week')}${only ? words.toWeek : words.toWeekOf(name)}
        </a>
      `,
    )}
  `;
}

/** A day and a time as forms have them; a whole day has no time. */
const placed = (
  { clock }: Visit,
  time: EventTime,
): { readonly date: string; readonly time: string } =>
  time.kind === 'day' ? { date: time.day, time: '' } : clockAt(time.at, clock.timeZone);

/** « mardi 1er décembre à 14 h, jusqu’à 15 h 30 ». */
function whenOf(visit: Visit, { from, until }: CalendarEvent): string {
  const { clock } = visit;
  const begins = timeOf(visit, from);
  if (until === null) return begins;
  const sameDay =
    from.kind === 'moment' &&
    until.kind === 'moment' &&
    todayOn({ ...clock, now: from.at }) === todayOn({ ...clock, now: until.at });
  const ends = sameDay && until.kind === 'moment' ? hour(clock, until.at) : timeOf(visit, until);
  return visit.texts.message.event.until(begins, ends);
}

const timeOf = ({ clock, viewer }: Visit, time: EventTime): string =>
  time.kind === 'day' ? calendarDay(viewer.language, time.day) : longDate(clock, time.at);
