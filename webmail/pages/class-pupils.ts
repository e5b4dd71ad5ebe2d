import type { OwnClassDetails, ClassPupil, Why } from '../../core/core.ts';
import { html, NOTHING, type Html } from '../html.ts';
import { faceOf, icon, token } from '../parts.ts';
import type { Visit } from '../visit.ts';
import { calendarDay, dayAfter, mondayAfter, weekdayAt } from '../when.ts';

/** How far ahead the date field lets one choose; core refuses what is further. */
const AHEAD_DAYS = 100;

/** The pupils of a class, each with what lets their sending rest or ends that. */
export function pupils(visit: Visit, details: OwnClassDetails, wrong: Why | null): Html {
  const { rest: words, why } = visit.texts.teaching;
  const nobody = html`
    <p class="soft">${words.nobody}</p>
  `;
  const lines = html`
    <ul class="lines halves">
      ${details.children.map((one) => pupilLine(visit, details, one))}
    </ul>
  `;
  return html`
    <section class="sheet pad stack" aria-labelledby="pu">
      <div>
        <h2 id="pu">${words.title}</h2>
        <p class="soft small">${words.hint}</p>
      </div>
      ${
        wrong === null
          ? NOTHING
          : html`
              <p class="err" role="alert">${icon(visit, 'warning')}${why[wrong]}</p>
            `
      }
      ${details.children.length === 0 ? nobody : lines}
    </section>
  `;
}

function pupilLine(visit: Visit, details: OwnClassDetails, one: ClassPupil): Html {
  const act = `/classes/${details.id}/rest/${one.account}`;
  if (one.restsUntil !== null) return restingLine(visit, one, { act, until: one.restsUntil });
  const words = visit.texts.teaching.rest;
  const { name } = one.face;
  return html`
    <li class="line row">
      ${faceOf(visit, one.face)}
      <span class="grow"><b>${name}</b></span>
      <details class="unfold">
        <summary class="btn">
          ${icon(visit, 'moon')}${words.start}
          <span class="vh">${' '}${words.of(name)}</span>
        </summary>
        ${restForm(visit, details, { one, act })}
      </details>
    </li>
  `;
}

function restingLine(
  visit: Visit,
  { face }: ClassPupil,
  { act, until }: { readonly act: string; readonly until: Date },
): Html {
  const { texts, viewer } = visit;
  const words = texts.teaching.rest;
  return html`
    <li class="line row">
      ${faceOf(visit, face)}
      <span class="grow">
        <b>${face.name}</b>
        ${' '}
        <span class="badge wait">
          ${icon(visit, 'moon')}${words.badge(weekdayAt(viewer.language, until))}
        </span>
      </span>
      <form method="post" action="${act}/end">
        ${token(visit)}
        <button class="btn">
          ${icon(visit, 'sun')}${words.end}
          <span class="vh">${' '}${words.of(face.name)}</span>
        </button>
      </form>
    </li>
  `;
}

/** Until when a pupil's sending rests: a near day at one press, or any other. */
function restForm(
  visit: Visit,
  { today }: OwnClassDetails,
  { one, act }: { readonly one: ClassPupil; readonly act: string },
): Html {
  const { texts, viewer } = visit;
  const words = texts.teaching.rest;
  const { name } = one.face;
  const tomorrow = dayAfter(today, 1);
  const near = [...new Set([tomorrow, mondayAfter(today), dayAfter(today, 7)])].sort();
  const button = (day: string) => html`
    <button class="btn" name="back" value="${day}">
      ${day === tomorrow ? words.tomorrow : words.at(calendarDay(viewer.language, day))}
    </button>
  `;
  return html`
    <form class="stack tight" method="post" action="${act}">
      ${token(visit)}
      <p class="lab">${words.question(name.split(' ')[0] ?? name)}</p>
      <div class="row">${near.filter((day) => day > today).map(button)}</div>
      <div class="row">
        <label class="lab" for="d${one.account}">${words.other}</label>
        <input
          class="input short"
          type="date"
          id="d${one.account}"
          name="day"
          min="${tomorrow}"
          max="${dayAfter(today, AHEAD_DAYS)}"
        />
        <button class="btn" name="back" value="">${words.choose}</button>
      </div>
    </form>
  `;
}
