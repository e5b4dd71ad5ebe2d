import type { MailStopEnd } from '../../core/mail/delivery/holding/contract.ts';
import type { TownMailStops } from '../../core/school/school-settings/contract.ts';
import { icon, token } from '../frame/parts.ts';
import type { Visit } from '../frame/visit.ts';
import { hour, todayOn, weekdayAt } from '../frame/when.ts';
import { html, type Html } from '../html.ts';
import { field, type Form } from '../http/forms.ts';
import { lineField } from './field.ts';

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

/** When it is to end by itself; both may stay empty. */
export function endFields(visit: Visit, { isWrong }: { readonly isWrong: boolean }): Html {
  const words = visit.texts.school.stop;
  return html`
    <div class="row">
      ${lineField(visit, {
        name: 'untilDay',
        label: words.untilDay,
        wrong: isWrong ? visit.texts.school.trouble['stop-end'] : null,
        as: { type: 'date', min: todayOn(visit.clock) },
      })}
      ${lineField(visit, {
        name: 'untilTime',
        label: words.untilTime,
        value: '07:00',
        as: { type: 'time' },
      })}
    </div>
    <p class="hint">${words.untilHint}</p>
  `;
}

const MAX_TYPED = 20;

/** As it was typed; null: no end. */
export function endIn(form: Form): MailStopEnd | null {
  const [day, time] = ['untilDay', 'untilTime'].map((name) =>
    field(form, name).trim().slice(0, MAX_TYPED),
  );
  return day === undefined || day === '' ? null : { day, time: time ?? '' };
}
