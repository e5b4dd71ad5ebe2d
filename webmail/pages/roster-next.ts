import type { SchoolId } from '../../core/core.ts';
import { MISSING, type Answer } from '../answer.ts';
import { field, type Form } from '../forms.ts';
import type { FramePart } from '../frame.ts';
import { attributes, html, NOTHING } from '../html.ts';
import { icon, token } from '../parts.ts';
import { banner, dayOf, reasonField, rosterPage } from '../roster-parts.ts';
import type { Visit } from '../visit.ts';
import { wholeDay } from '../when.ts';

/**
 * GET /roster/:school/next: the classes of next year, for everybody who works at the school; its
 * head moves the day.
 */
export async function rosterNext(
  visit: Visit<FramePart | 'pendingImports'>,
  school: SchoolId,
  said: unknown,
): Promise<Answer> {
  const found = await visit.core.pendingImports.rehearsal(visit.viewer, school);
  if (found === null) return MISSING;
  const { rehearsal, stops, mayMove } = found;
  const { texts, viewer } = visit;
  const words = texts.roster.next;
  const title = words.title(rehearsal.year);
  const move = html`
    <form
      class="sheet pad stack"
      method="post"
      action="/roster/${school}/next"
      aria-labelledby="mv"
    >
      <h2 id="mv">${words.move}</h2>
      <div class="field named">
        <label for="d">${words.day}</label>
        <input
          class="input"
          type="date"
          id="d"
          name="day"
          value="${rehearsal.day}"
          required${attributes({ 'aria-invalid': said === 'not-moved' ? 'true' : null })}
        />
      </div>
      ${reasonField(visit, { label: texts.roster.preview.reason, form: null })}
      <div class="row">
        ${token(visit)}
        <button class="btn">${icon(visit, 'calendar')}${words.save}</button>
        <a class="btn quiet" href="/roster/${school}">${words.again}</a>
      </div>
    </form>
  `;
  const books = rehearsal.classes.map(
    (one) => html`
      <li class="sheet pad stack tight">
        <h2><span class="label">${one.name}</span></h2>
        <p class="soft">
          ${words.pupils(one.pupils.length)},
          ${one.teachers.length === 0 ? words.noTeacher : texts.list(one.teachers)}
        </p>
        ${
          one.pupils.length === 0
            ? html`
                <p>${words.nobody}</p>
              `
            : html`
                <details>
                  <summary>${words.list}</summary>
                  <ul class="gather">
                    ${one.pupils
                      .toSorted((a, b) => a.localeCompare(b, 'fr'))
                      .map(
                        (name) => html`
                          <li>${name}</li>
                        `,
                      )}
                  </ul>
                </details>
              `
        }
      </li>
    `,
  );
  const content = html`
    <div class="split">
      <div>
        <h1>${title}</h1>
        <p class="soft">
          ${found.school.name}. ${words.lead(wholeDay(viewer.language, dayOf(rehearsal.day)))}
        </p>
      </div>
      <button class="btn" type="button" data-print hidden>
        ${icon(visit, 'print')}${words.printed}
      </button>
    </div>
    ${said === 'moved' ? banner(visit, 'ok', words.moved) : NOTHING}
    ${said === 'not-moved' ? banner(visit, 'stop', words.notMoved) : NOTHING}
    ${stops.length === 0 ? NOTHING : banner(visit, 'wait', words.stops)}
    <ul class="pair">
      ${books}
    </ul>
    ${mayMove ? move : NOTHING}
  `;
  return rosterPage(visit, {
    title,
    status: said === 'not-moved' ? 422 : 200,
    content,
    width: 'full',
  });
}

/** POST /roster/:school/next: another day. */
export async function moveNext(
  visit: Visit<'pendingImports'>,
  school: SchoolId,
  form: Form,
): Promise<Answer> {
  const { core, viewer } = visit;
  if ((await core.pendingImports.rehearsal(viewer, school))?.mayMove !== true) return MISSING;
  const reason = field(form, 'reason').trim().slice(0, 200);
  const moved =
    (viewer.role !== 'agent' || reason !== '') &&
    (await core.pendingImports.moveRollOver(viewer, school, { day: field(form, 'day'), reason }));
  return { kind: 'go', to: `/roster/${school}/next?said=${moved ? 'moved' : 'not-moved'}` };
}
