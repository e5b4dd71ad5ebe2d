import { clockAt } from '../../../core/ground/clock.ts';
import type { LaterTimes } from '../../../core/mail/reading/contract.ts';
import type { Visit } from '../../frame/visit.ts';
import { calendarDay, capital } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';

/**
 * As they were made last, by all that they say: the same for everybody of a school until an hour
 * has passed, and on every page with letters.
 */
const made = new Map<string, Html>();
/** Of so many schools, languages and forms; beyond it all are made anew. */
const MOST_MADE = 1_000;

function madeOnce(
  { viewer: { language }, clock: { timeZone } }: Visit,
  said: readonly (Date | string | null)[],
  make: () => Html,
): Html {
  const key = [language, timeZone, ...said.map((one) => one?.valueOf() ?? '')].join(' ');
  const known = made.get(key);
  if (known !== undefined) return known;
  if (made.size >= MOST_MADE) made.clear();
  const fresh = make();
  made.set(key, fresh);
  return fresh;
}

/** Which form the buttons belong to, where they stand outside of it, and their class. */
interface Buttons {
  readonly form: string | null;
  readonly class: string | null;
}

/** The hours at which messages may come back, as buttons of a form (`do`). */
export const laterChoices = (visit: Visit, times: LaterTimes, buttons: Partial<Buttons>): Html => {
  const { form = null, class: look = null } = buttons;
  const said = [form, look, times.tonight, times.tomorrow, times.week, times.back];
  return madeOnce(visit, ['choices', ...said], () => choices(visit, times, { form, class: look }));
};

function choices(
  visit: Visit,
  { tonight, tomorrow, week, back }: LaterTimes,
  buttons: Buttons,
): Html {
  const { texts, clock, viewer } = visit;
  const words = texts.putOff;
  const at = (moment: Date | null, label: (day: string) => string): Html => {
    if (moment === null) return NOTHING;
    const { date, time } = clockAt(moment, clock.timeZone);
    return html`
      <button ${attributes({ ...buttons })} name="do" value="later ${date}T${time}">
        ${label(calendarDay(viewer.language, date))}
      </button>
    `;
  };
  return html`
    ${at(tonight, () => words.tonight)} ${at(tomorrow, () => words.tomorrow)}
    ${at(week, (day) => words.week(capital(day)))} ${at(back, words.back)}
  `;
}

/** First in the form of `ownHour`: Enter in its fields takes what is typed there. */
export const OWN_HOUR_BY_ENTER = html`
  <button class="vh" name="do" value="later" tabindex="-1" aria-hidden="true"></button>
`;

/**
 * A day and an hour of one's own. A script makes one value of the two; without it the form has them
 * as fields.
 */
export const ownHour = (visit: Visit, times: LaterTimes): Html =>
  madeOnce(visit, ['own', times.tomorrow], () => hourPick(visit, times));

function hourPick({ texts, clock }: Visit, { tomorrow }: LaterTimes): Html {
  const { date, time } = clockAt(tomorrow, clock.timeZone);
  const words = texts.later;
  return html`
    <div class="hour-pick" role="group" aria-label="${texts.putOff.choose}">
      <input class="input" type="date" name="day" value="${date}" aria-label="${words.day}" />
      <input class="input" type="time" name="hour" value="${time}" aria-label="${words.hour}" />
      <button class="btn main" name="do" value="later">${words.ok}</button>
    </div>
  `;
}
