import type { WithAccounts } from '../../../core/entry/accounts/contract.ts';
import type { PresenceTrouble } from '../../../core/mail/presence/contract.ts';
import type { DayHours, OwnHours } from '../../../core/roster/own-hours.ts';
import { clock, hoursSentence } from '../../frame/own-hours.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { savedAt, saveRow, switchRow, troubleLine, type SheetOutcome } from './parts.ts';

/** What is offered to who has set none yet. */
const SCHOOL_DAY: DayHours = { from: '08:00', to: '18:00' };
const USUAL: OwnHours = [SCHOOL_DAY, SCHOOL_DAY, SCHOOL_DAY, SCHOOL_DAY, SCHOOL_DAY, null, null];

/** « Mes heures »: the week as a strip, and below it what changes it. */
export function hoursSheet(
  visit: Visit,
  hours: OwnHours | null,
  said: SheetOutcome<OwnHours>,
): Html {
  const words = visit.texts.presence.hours;
  const sentence = hours && isSeen(visit) ? hoursSentence(visit, hours) : null;
  return html`
    <section class="sheet" id="hours" aria-labelledby="hours-t">
      <h2 id="hours-t">${icon(visit, 'clock')}${words.title}</h2>
      ${said.line}
      <p class="soft small">
        ${words.lead}${' '}${sentence === null ? NOTHING : words.seen(sentence)}
      </p>
      ${hours === null ? noHours(visit) : week(visit, hours)}
      <details class="change" ${attributes({ open: said.trouble !== null })}>
        <summary>${hours === null ? words.set : words.change}</summary>
        ${hoursForm(visit, said.typed ?? hours ?? USUAL, { isSet: hours !== null, trouble: said.trouble })}
      </details>
      ${hours === null || !isSeen(visit) ? NOTHING : eveningForm(visit)}
    </section>
  `;
}

/** Whether what one writes out of these hours waits for them. */
function eveningForm(visit: Visit): Html {
  const words = visit.texts.presence.hours;
  const on = visit.habits.eveningWaits === true;
  return html`
    <form method="post" action="/settings/evening">
      ${token(visit)}
      ${switchRow({ name: 'evening', on, label: words.evening, hint: words.eveningHint })}
      ${saveRow(visit)}
    </form>
  `;
}

/** POST /settings/evening. */
export async function saveEvening(
  visit: Visit<WithAccounts<'setHabits'>>,
  form: Form,
): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  await visit.core.accounts.setHabits(visit.viewer, {
    eveningWaits: field(form, 'evening') === 'on',
  });
  return { kind: 'go', to: savedAt('evening') };
}

/** Families and pupils see when those of a school answer, and nobody sees when a family does. */
const isSeen = ({ viewer }: Visit): boolean =>
  viewer.role !== 'guardian' && viewer.role !== 'agent';

const noHours = (visit: Visit): Html => html`
  <p>${visit.texts.presence.hours.none}</p>
`;

/** Each day a bar of 24 hours; what the bar shows stands beside it in words. */
function week(visit: Visit, hours: OwnHours): Html {
  const words = visit.texts.presence.hours;
  return html`
    <div class="week">
      ${hours.map(
        (day, at) => html`
          <span>${words.days[at]}</span>
          <div class="${day === null ? 'hours off' : 'hours'}">${bar(day)}</div>
          <span class="${day === null ? 'span soft' : 'span'}">
            ${day === null ? words.off : words.short(clock(visit, day.from), clock(visit, day.to))}
          </span>
        `,
      )}
      <span></span>
      <span class="scale" aria-hidden="true">
        ${words.scale.map(
          (hour) => html`
            <span>${hour}</span>
          `,
        )}
      </span>
      <span></span>
    </div>
  `;
}

function bar(day: DayHours): Html {
  const rect =
    day === null
      ? NOTHING
      : html`
          <rect
            x="${hourOf(day.from)}"
            y="1"
            width="${hourOf(day.to) - hourOf(day.from)}"
            height="8"
          />
        `;
  return html`
    <svg viewBox="0 0 24 10" preserveAspectRatio="none" aria-hidden="true">${rect}</svg>
  `;
}

/** `12:30` is 12.5. */
function hourOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) + Number(minutes) / 60;
}

function hoursForm(
  visit: Visit,
  hours: OwnHours,
  { isSet, trouble }: { readonly isSet: boolean; readonly trouble: PresenceTrouble | null },
): Html {
  const words = visit.texts.presence.hours;
  const forget = html`
    <button class="btn quiet no" name="act" value="forget">${words.forget}</button>
  `;
  return html`
    <form method="post" action="/settings/hours" novalidate>
      ${token(visit)} ${troubleLine(visit, 'hours', trouble)}
      <div class="week-edit">
        ${words.days.map((name, at) => dayRow(visit, { name, at, day: hours[at] ?? null }))}
      </div>
      ${saveRow(visit, isSet ? forget : NOTHING)}
    </form>
  `;
}

interface HoursOfDay {
  readonly name: string;
  readonly at: number;
  readonly day: DayHours;
}

function dayRow(visit: Visit, { name, at, day }: HoursOfDay): Html {
  const words = visit.texts.presence.hours;
  const { from, to } = day ?? { from: '08:00', to: '18:00' };
  const time = (which: 'from' | 'to', value: string) => html`
    <input
      class="input"
      type="time"
      name="${which}-${at + 1}"
      value="${value}"
      aria-label="${words[which](name)}"
    />
  `;
  return html`
    <label class="tick">
      <input
        type="checkbox"
        name="day-${at + 1}"
        value="on"
        aria-label="${words.day(name.toLowerCase())}"
        ${attributes({ checked: day !== null })}
      />
      <span>${name}</span>
    </label>
    <span class="times">
      ${time('from', from)}
      <span>${words.between}</span>
      ${time('to', to)}
    </span>
  `;
}

/** The week that a form chose; null where it wants none. */
export function hoursIn(form: Form): OwnHours | null {
  if (field(form, 'act') === 'forget') return null;
  return USUAL.map((_, at) =>
    field(form, `day-${at + 1}`) === 'on'
      ? { from: field(form, `from-${at + 1}`), to: midnight(field(form, `to-${at + 1}`)) }
      : null,
  );
}

/** A field of times knows no 24:00: an end at midnight is the end of the day. */
const midnight = (time: string): string => (time === '00:00' ? '24:00' : time);
