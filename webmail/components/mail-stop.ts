import type { MailStopEnd } from '../../core/mail/delivery/holding/contract.ts';
import type { TownMailStops } from '../../core/school/school-settings/contract.ts';
import { icon, token } from '../frame/parts.ts';
import type { Visit } from '../frame/visit.ts';
import { hour, todayOn, weekdayAt } from '../frame/when.ts';
import { html, type Html } from '../html.ts';
import { formOf, type Filled } from './form.ts';

/** Where the mail of pupils is stopped, and until when. */
type Stop = NonNullable<TownMailStops['town']>;

/** « … sont arrêtés par la ville, jusqu’au lundi 7 décembre à 7 h. » */
export function stopSentence(visit: Visit, { level, until }: Stop): string {
  const words = visit.texts.school.stop;
  const end =
    until === null
      ? words.untilSaid
      : words.until(weekdayAt(visit.clock, until), hour(visit.clock, until));
  return `${words.by[level]}${end}`;
}

/** The button of all switches for the mail of pupils: a school's, a commune's, the town's. */
export function stopButton(visit: Visit, does: 'run' | 'stop'): Html {
  const words = visit.texts.school.stop;
  const runs = does === 'run';
  return html`
    ${token(visit)}
    <button class="btn${runs ? '' : ' no'}" name="stopped" value="${runs ? '0' : '1'}">
      ${icon(visit, runs ? 'play' : 'hold')}${words[does]}
    </button>
  `;
}

/** The fields of a form by which such mail is stopped: when it is to run again by itself. */
export const END_FIELDS = {
  untilDay: { most: 20, isCut: true, as: { type: 'date' } },
  untilTime: { most: 20, isCut: true, as: { type: 'time' } },
} as const;
/** The form of a school, which asks for nothing more. */
export const END_FORM = formOf(END_FIELDS);
type TypedEnd = Filled<keyof typeof END_FIELDS>;

/** The hour of a day that is said without one: before school. */
const USUAL_TIME = '07:00';

/** When it is to end by itself; both may stay empty. */
export function endFields(visit: Visit, filled: TypedEnd): Html {
  const words = visit.texts.school.stop;
  const fields = END_FORM.shown(visit, filled);
  return html`
    <div class="row">
      ${fields.line('untilDay', { label: words.untilDay, as: { min: todayOn(visit.clock) } })}
      ${fields.line('untilTime', { label: words.untilTime })}
    </div>
    <p class="hint">${words.untilHint}</p>
  `;
}

/** As it was typed; null: no end. A day alone is its morning, an hour alone is today's. */
export function endIn(
  visit: Visit,
  { untilDay, untilTime }: TypedEnd['typed'],
): MailStopEnd | null {
  if (untilDay === '' && untilTime === '') return null;
  return {
    day: untilDay === '' ? todayOn(visit.clock) : untilDay,
    time: untilTime === '' ? USUAL_TIME : untilTime,
  };
}
