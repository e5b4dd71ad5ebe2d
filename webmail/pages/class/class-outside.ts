import { type Why, dayAfter } from '../../../core/roster/days.ts';
import type {
  OwnClassDetails,
  ClassCorrespondent,
} from '../../../core/school/teaching/contract.ts';
import { formOf } from '../../components/form.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { calendarDay } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';

/** Somebody is approved for a month unless the teacher says otherwise. */
const USUAL_DAYS = 30;
/** How far ahead the date field lets one choose; core refuses what is further. */
const AHEAD_DAYS = 400;

export const APPROVAL_FORM = formOf({
  address: { most: 254, isRequired: true, as: { type: 'email', autocomplete: 'off' } },
  until: { isRequired: true, as: { type: 'date' } },
});

/** What was typed, and why nobody was approved. */
export interface WrongApproval {
  readonly why: Why;
  readonly typed: ReturnType<typeof APPROVAL_FORM.typedIn>;
}

/** The people outside the town with whom a class writes. */
export function outside(visit: Visit, details: OwnClassDetails, wrong: WrongApproval | null): Html {
  const words = visit.texts.teaching.outside;
  const none = html`
    <p class="soft">${words.none}</p>
  `;
  const lines = html`
    <ul class="lines">
      ${details.correspondents.map((one) => outsideLine(visit, details, one))}
    </ul>
  `;
  const teacherOnly = html`
    <p class="soft small">${words.teacherOnly}</p>
  `;
  return html`
    <section class="sheet pad stack" aria-labelledby="ou">
      <div>
        <h2 id="ou">${words.title}</h2>
        <p class="soft small">${words.hint}</p>
      </div>
      ${details.correspondents.length === 0 ? none : lines}
      ${details.teaches ? approveForm(visit, details, wrong) : teacherOnly}
    </section>
  `;
}

function outsideLine(
  visit: Visit,
  details: OwnClassDetails,
  { address, until, approvedBy }: ClassCorrespondent,
): Html {
  const words = visit.texts.teaching.outside;
  return html`
    <li class="line row">
      ${icon(visit, 'person')}
      <span class="grow">
        <b>${address}</b>
        <br />
        <span class="small soft">
          ${words.until(calendarDay(visit.viewer.language, until))}, ${words.by(approvedBy)}
        </span>
      </span>
      <form method="post" action="/classes/${details.id}/outside/remove">
        ${token(visit)}
        <input type="hidden" name="address" value="${address}" />
        <button class="btn no">
          ${icon(visit, 'close')}${words.remove}
          <span class="vh">${' '}${address}</span>
        </button>
      </form>
    </li>
  `;
}

const ABOUT_THE_DAY: ReadonlySet<Why> = new Set(['not-a-day', 'past-day', 'too-far']);

function approveForm(visit: Visit, details: OwnClassDetails, wrong: WrongApproval | null): Html {
  const { outside: words, why } = visit.texts.teaching;
  const wrongDay = wrong !== null && ABOUT_THE_DAY.has(wrong.why);
  const until = dayAfter(details.today, USUAL_DAYS);
  const fields = APPROVAL_FORM.shown(visit, {
    ...(wrong ?? APPROVAL_FORM.blank({ until })),
    wrongBy: wrong === null ? {} : { [wrongDay ? 'until' : 'address']: 'ax' },
  });
  return html`
    <form
      class="stack tight"
      method="post"
      action="/classes/${details.id}/outside"
      aria-labelledby="ap"
      novalidate
    >
      <h3 id="ap">${words.add}</h3>
      <div class="row fields">
        ${fields.line('address', { id: 'oa', label: words.address, box: 'grow' })}
        ${fields.line('until', {
          id: 'ot',
          label: words.untilField,
          look: 'short',
          as: { min: details.today, max: dayAfter(details.today, AHEAD_DAYS) },
        })}
        ${token(visit)}
        <button class="btn">${icon(visit, 'check')}${words.approve}</button>
      </div>
      ${
        wrong === null
          ? NOTHING
          : html`
              <p class="err" id="ax" role="alert">${icon(visit, 'warning')}${why[wrong.why]}</p>
            `
      }
    </form>
  `;
}
