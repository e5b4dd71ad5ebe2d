import type { Rhythm } from '../../../core/roster/week/plan.ts';
import type { WeekSource, WeekView } from '../../../core/school/week/contract.ts';
import { tabPath } from '../../components/class-paths.ts';
import { formOf, type Filled } from '../../components/form.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';

const TIME = { most: 8, as: { type: 'time', step: 300, size: 6 } } as const;

/** The hours of a class. */
export const HOURS = formOf({
  morningFrom: TIME,
  morningTo: TIME,
  afternoonFrom: TIME,
  afternoonTo: TIME,
  rhythm: {},
  wednesdayTo: TIME,
  weeks: {},
});
export type HoursName = keyof ReturnType<typeof HOURS.blank>['typed'];
type HoursFilled = Filled<HoursName>;

/** Hours that most schools have, before a class has said its own. */
const USUAL: Rhythm = {
  morning: { from: '08:30', to: '12:00' },
  afternoon: { from: '13:30', to: '16:30' },
  wednesdayTo: null,
};
/** Until then class goes on Wednesday, where nobody has said. */
const WEDNESDAY_TO = '11:30';

const filledFrom = ({ head, today, days }: WeekView): HoursFilled => {
  const { morning, afternoon, wednesdayTo } = head?.rhythm ?? USUAL;
  const turn = days.find(({ day }) => day >= today)?.week ?? days[0]?.week ?? null;
  return HOURS.blank({
    morningFrom: morning.from,
    morningTo: morning.to,
    afternoonFrom: afternoon.from,
    afternoonTo: afternoon.to,
    rhythm: wednesdayTo === null ? 'four' : 'half',
    wednesdayTo: wednesdayTo ?? WEDNESDAY_TO,
    weeks: head?.weekA == null ? 'alike' : (turn ?? 'alike'),
  });
};

/** How a class gets a week: after another one, or from the hours of the school. */
export function beginning(
  visit: Visit,
  view: WeekView,
  {
    sources,
    filled,
  }: { readonly sources: readonly WeekSource[]; readonly filled: HoursFilled | null },
): Html {
  const words = visit.texts.weeks.begin;
  return html`
    ${sources.length === 0 ? NOTHING : copying(visit, view, sources)}
    <section class="sheet pad" aria-labelledby="hh">
      <h2 id="hh">${sources.length === 0 ? words.title : words.hours}</h2>
      ${hoursForm(visit, view, filled)}
    </section>
  `;
}

/** « Partir d’une semaine qui existe »: last year's, a colleague's. */
function copying(visit: Visit, { classId }: WeekView, sources: readonly WeekSource[]): Html {
  const words = visit.texts.weeks.begin;
  return html`
    <section class="sheet pad" aria-labelledby="hc">
      <h2 id="hc">${words.copy}</h2>
      <form method="post" action="${tabPath(classId, 'week')}/copy" novalidate>
        ${token(visit)}
        <div class="field">
          <label for="source">${words.which}</label>
          <select id="source" name="source" aria-describedby="source-hint">
            ${sources.map(
              ({ classId: from, year, name, lessons }) => html`
                <option value="${from} ${year}">${words.source(name, year, lessons)}</option>
              `,
            )}
          </select>
          <p class="hint" id="source-hint">${words.copyHint}</p>
        </div>
        <p class="row">
          <button class="btn main">${icon(visit, 'copy')}${words.copyDo}</button>
        </p>
      </form>
    </section>
  `;
}

/** The hours of the class, the rhythm, weeks A and B. */
export function hoursForm(visit: Visit, view: WeekView, filled: HoursFilled | null): Html {
  const words = visit.texts.weeks.hours;
  const form = HOURS.shown(visit, filled ?? filledFrom(view));
  return html`
    <form class="hours-f" method="post" action="${tabPath(view.classId, 'week')}/hours" novalidate>
      ${token(visit)}
      <div class="times">
        ${form.line('morningFrom', { label: words.morning })}
        ${form.line('morningTo', { label: words.morningTo })}
        ${form.line('afternoonFrom', { label: words.afternoon })}
        ${form.line('afternoonTo', { label: words.afternoonTo })}
      </div>
      <div class="times">
        ${form.choice('rhythm', { label: words.rhythm }, [
          ['four', words.four],
          ['half', words.half],
        ])}
        ${form.line('wednesdayTo', { label: words.wednesdayTo })}
        ${form.choice('weeks', { label: words.weeks }, [
          ['alike', words.alike],
          ['A', words.thisIsA],
          ['B', words.thisIsB],
        ])}
      </div>
      <p class="hint">${words.holidays}</p>
      <p class="row">
        <button class="btn${view.head === null ? ' main' : ''}">
          ${icon(visit, 'check')}${words.save}
        </button>
      </p>
    </form>
  `;
}
