import type { ClassId, SchoolId } from '../../../core/ground/ids.ts';
import type { ClassTrouble, WithClasses } from '../../../core/school/classes/contract.ts';
import { formOf } from '../../components/form.ts';
import { pathOf, schoolPage } from '../../components/school-page.ts';
import type { FramePart } from '../../frame/frame.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { classAt } from './school-class.ts';

const END_FORM = formOf({ day: { isRequired: true, as: { type: 'date' } } });

interface ClassEnding {
  readonly id: ClassId;
  readonly typed?: ReturnType<typeof END_FORM.typedIn> | null;
  readonly trouble?: ClassTrouble | null;
}

/** GET /school/:school/class/:class/end: what it means, and the day. */
export async function endClass(
  visit: Visit<FramePart & WithClasses>,
  school: SchoolId,
  { id, typed = null, trouble = null }: ClassEnding,
): Promise<Answer> {
  const found = await classAt(visit, school, id);
  if ('kind' in found) return found;
  const { all, one } = found;
  const words = visit.texts.school.sheet;
  const only = one.pupils.filter(({ others }) => others.length === 0).length;
  const fields = END_FORM.shown(visit, {
    typed: typed ?? { day: all.today },
    wrong: trouble === null ? {} : { day: visit.texts.school.trouble[trouble] },
  });
  const content = html`
    <h1>${words.endTitle(one.name)}</h1>
    <form class="sheet pad stack" method="post" action="${pathOf(school, id)}/end" novalidate>
      <p>${words.endText(one.name, only)}</p>
      <p>${words.endKeeps}</p>
      ${fields.line('day', { label: words.endDay, look: 'date', as: { min: all.today } })}
      <div class="row">
        ${token(visit)}
        <button class="btn no">${icon(visit, 'calendar')}${words.endYes(one.name)}</button>
        <a class="btn main" href="${pathOf(school, id)}">${words.endNo}</a>
      </div>
    </form>
  `;
  return schoolPage(visit, {
    title: words.endTitle(one.name),
    content,
    refused: trouble !== null,
  });
}

/** POST /school/:school/class/:class/end: its last day, or that it goes on. */
export async function end(
  visit: Visit<FramePart & WithClasses>,
  school: SchoolId,
  { id, form }: { readonly id: ClassId; readonly form: Form },
): Promise<Answer> {
  const keep = field(form, 'keep') === '1';
  const typed = END_FORM.typedIn(form);
  const acted = await visit.core.classes.end(visit.viewer, school, {
    class: id,
    lastDay: keep ? null : typed.day,
  });
  if (acted.kind === 'trouble') return endClass(visit, school, { id, typed, trouble: acted.why });
  return acted.kind === 'done'
    ? { kind: 'go', to: `${pathOf(school, id)}?said=${keep ? 'kept' : 'ended'}` }
    : MISSING;
}
