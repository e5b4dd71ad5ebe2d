import type { SchoolId } from '../../../core/ground/ids.ts';
import type { Rehearsal } from '../../../core/school/imports/contract.ts';
import type { WithPendingImports } from '../../../core/school/imports/pending/contract.ts';
import { formOf, isRefused, type Filled } from '../../components/form.ts';
import type { FramePart } from '../../frame/frame.ts';
import { icon, token } from '../../frame/parts.ts';
import { banner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { wholeCalendarDay } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import type { Form } from '../../http/forms.ts';
import { reasonField, rosterPage } from './roster-parts.ts';

const MOVE_FORM = formOf({
  day: { isRequired: true, as: { type: 'date' } },
  reason: { most: 200, isCut: true },
});
type Move = Filled<'day' | 'reason'>;

/**
 * GET /roster/:school/next: the classes of next year, for everybody who works at the school; its
 * head moves the day.
 */
export async function rosterNext(
  visit: Visit<FramePart & WithPendingImports>,
  school: SchoolId,
  { said = null, refused = null }: { readonly said?: unknown; readonly refused?: Move | null },
): Promise<Answer> {
  const found = await visit.core.pendingImports.rehearsal(visit.viewer, school);
  if (found === null) return MISSING;
  const { rehearsal, stops, mayMove } = found;
  const { texts, viewer } = visit;
  const words = texts.roster.next;
  const title = words.title(rehearsal.year);
  const move = refused ?? MOVE_FORM.blank({ day: rehearsal.day });
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
    ${stops.length === 0 ? NOTHING : banner(visit, 'wait', words.stops)}
    <ul class="pair">
      ${rehearsal.classes.map((one) => nextClass(visit, one))}
    </ul>
    ${mayMove ? moveForm(visit, school, move) : NOTHING}
  `;
  return rosterPage(visit, {
    title,
    refused: isRefused(move),
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
function moveForm(visit: Visit, school: SchoolId, move: Move): Html {
  const words = visit.texts.roster.next;
  const fields = MOVE_FORM.shown(visit, move);
  return html`
    <form
      class="sheet pad stack"
      method="post"
      action="/roster/${school}/next"
      novalidate
      aria-labelledby="mv"
    >
      <h2 id="mv">${words.move}</h2>
      ${fields.line('day', { id: 'd', label: words.day, box: 'named' })}
      ${reasonField(visit, {
        label: words.moveReason,
        form: null,
        value: move.typed.reason,
        wrong: move.wrong?.reason ?? null,
      })}
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
  visit: Visit<FramePart & WithPendingImports>,
  school: SchoolId,
  form: Form,
): Promise<Answer> {
  const { core, viewer, texts } = visit;
  const found = await core.pendingImports.rehearsal(viewer, school);
  if (found?.mayMove !== true) return MISSING;
  const typed = MOVE_FORM.typedIn(form);
  const again = (wrong: NonNullable<Move['wrong']>): Promise<Answer> =>
    rosterNext(visit, school, { refused: { typed, wrong } });
  if (viewer.role === 'agent' && typed.reason === '')
    return again({ reason: texts.roster.preview.reasonMissing });
  if (await core.pendingImports.moveRollOver(viewer, school, typed))
    return { kind: 'go', to: `/roster/${school}/next?said=moved` };
  const inWords = (day: string): string => wholeCalendarDay(viewer.language, day);
  const { from, until } = found.rehearsal.mayBe;
  return again({ day: texts.roster.next.notMoved(inWords(from), inWords(until)) });
}
