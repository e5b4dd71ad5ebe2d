import type { Attachment } from '../../core/letters/message/message.ts';
import type { CalendarEvent, EventTime } from '../../core/mail/reading/contract.ts';
import { icon } from '../frame/parts.ts';
import type { Visit } from '../frame/visit.ts';
import { calendarDay, hour, longDate, todayOn } from '../frame/when.ts';
import { html, NOTHING, type Html } from '../html.ts';

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
      <p class="grow any">
        <b>${event.title === '' ? file.name : event.title}</b>
        ${event.isCancelled ? cancelled : NOTHING}
        <br />
        ${whenOf(visit, event)}${event.repeats ? words.repeats : ''}
        ${event.place === '' ? NOTHING : place}
      </p>
      <a class="btn mini" href="${where}/file/${file.path}" download>
        ${icon(visit, 'download')}${words.take}
      </a>
    </section>
  `;
}

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
