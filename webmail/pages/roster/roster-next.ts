import type { SchoolId } from '../../../core/ground/ids.ts';
import type { Rehearsal } from '../../../core/school/imports/contract.ts';
import type { WithPendingImports } from '../../../core/school/imports/pending/contract.ts';
import { lineField } from '../../components/field.ts';
import type { FramePart } from '../../frame/frame.ts';
import { icon, token } from '../../frame/parts.ts';
import { banner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { wholeCalendarDay } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { reasonField, rosterPage } from './roster-parts.ts';

/**
 * GET /roster/:school/next: the classes of next year, for everybody who works at the school; its
 * head moves the day.
 */
export async function rosterNext(
  visit: Visit<FramePart & WithPendingImports>,
  school: SchoolId,
  said: unknown,
): Promise<Answer> {
  const found = await visit.core.pendingImports.rehearsal(visit.viewer, school);
  if (found === null) return MISSING;
  const { rehearsal, stops, mayMove } = found;
  const { texts, viewer } = visit;
  const words = texts.roster.next;
  const title = words.title(rehearsal.year);
  const wrong = said === 'not-moved' || said === 'reason';
  const content = html`
    <div class="split">
      <div>
        <h1>${title}</h1>
        <p class="soft">
          ${found.school.name}. ${words.lead(wholeCalendarDay(viewer.language, rehearsal.day))}
        </p>
      </div>
      <button class="btn" type="button" data-print hidden>
        ${icon(visit, 'print')}${words.printed}
      </button>
    </div>
    ${said === 'moved' ? banner(visit, 'ok', words.moved) : NOTHING}
    ${said === 'not-moved' ? banner(visit, 'stop', words.notMoved) : NOTHING}
    ${said === 'reason' ? banner(visit, 'stop', texts.roster.preview.reasonMissing) : NOTHING}
    ${stops.length === 0 ? NOTHING : banner(visit, 'wait', words.stops)}
    <ul class="pair">
      ${rehearsal.classes.map((one) => nextClass(visit, one))}
    </ul>
    ${mayMove ? moveForm(visit, school, { day: rehearsal.day, wrong: said === 'not-moved' }) : NOTHING}
  `;
  return rosterPage(visit, {
    title,
    refused: wrong,
    content,
    width: 'full',
  });
}

/** A class of next year: its teachers, and its pupils in a fold. */
function nextClass(
  { texts }: Visit,
  { name, pupils, teachers }: Rehearsal['classes'][number],
): Html {
  const words = texts.roster.next;
  const list = html`
    <details>
      <summary>${words.list}</summary>
      <ul class="gather">
        ${pupils
          .toSorted((one, other) => one.localeCompare(other, 'fr'))
          .map(
            (pupil) => html`
              <li>${pupil}</li>
            `,
          )}
      </ul>
    </details>
  `;
  const nobody = html`
    <p>${words.nobody}</p>
  `;
  const taught = teachers?.length === 0 ? words.noTeacher : texts.list(teachers ?? []);
  return html`
    <li class="sheet pad stack tight">
      <h2><span class="label">${name}</span></h2>
      <p class="soft">
        ${[words.pupils(pupils.length), taught].filter((one) => one !== '').join(', ')}
      </p>
      ${pupils.length === 0 ? nobody : list}
    </li>
  `;
}

/** Another first day, for whoever may move it. */
function moveForm(
  visit: Visit,
  school: SchoolId,
  { day, wrong }: { readonly day: string; readonly wrong: boolean },
): Html {
  const { next: words, preview } = visit.texts.roster;
  return html`
    <form
      class="sheet pad stack"
      method="post"
      action="/roster/${school}/next"
      novalidate
      aria-labelledby="mv"
    >
      <h2 id="mv">${words.move}</h2>
      ${lineField(visit, {
        name: 'day',
        id: 'd',
        label: words.day,
        value: day,
        wrongBy: wrong ? 'trouble' : null,
        box: 'named',
        as: { type: 'date', required: true, autofocus: wrong },
      })}
      ${reasonField(visit, { label: preview.reason, form: null })}
      <div class="row">
        ${token(visit)}
        <button class="btn">${icon(visit, 'calendar')}${words.save}</button>
        <a class="btn quiet" href="/roster/${school}">${words.again}</a>
      </div>
    </form>
  `;
}

/** POST /roster/:school/next: another day. */
export async function moveNext(
  visit: Visit<WithPendingImports>,
  school: SchoolId,
  form: Form,
): Promise<Answer> {
  const { core, viewer } = visit;
  if ((await core.pendingImports.rehearsal(viewer, school))?.mayMove !== true) return MISSING;
  const reason = field(form, 'reason').trim().slice(0, 200);
  const here = `/roster/${school}/next`;
  if (viewer.role === 'agent' && reason === '') return { kind: 'go', to: `${here}?said=reason` };
  const day = field(form, 'day');
  const moved = await core.pendingImports.moveRollOver(viewer, school, { day, reason });
  return { kind: 'go', to: `${here}?said=${moved ? 'moved' : 'not-moved'}` };
}
