import type { ClassId } from '../../../core/ground/ids.ts';
import type { OwnClassDetails, WithTeaching } from '../../../core/school/teaching/contract.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';

/** « Maîtresse » or the name, as a class's teacher says. */
export function namesForm(visit: Visit, details: OwnClassDetails): Html {
  if (!details.teaches) return NOTHING;
  const words = visit.texts.names.class;
  const choice = (by: 'name' | 'title', said: string) => html`
    <label class="tick">
      <input
        type="radio"
        name="by"
        value="${by}"
        ${attributes({ checked: details.teachersCalled === by })}
      />
      <span>${said}</span>
    </label>
  `;
  return html`
    <form
      class="sheet pad stack"
      method="post"
      action="/classes/${details.id}/names"
      aria-labelledby="nm"
    >
      <div>
        <h2 id="nm">${words.title}</h2>
        <p class="soft small">${words.lead}</p>
      </div>
      <div class="stack tight" role="radiogroup" aria-labelledby="nm" aria-describedby="nm-hint">
        ${choice('name', words.name)} ${choice('title', words.byTitle)}
      </div>
      <p class="soft small" id="nm-hint">${words.hint}</p>
      <div class="row">
        ${token(visit)}
        <button class="btn">${icon(visit, 'check')}${words.save}</button>
      </div>
    </form>
  `;
}

/** POST /classes/:class/names. */
export async function saveNames(
  visit: Visit<WithTeaching>,
  id: ClassId,
  form: Form,
): Promise<Answer> {
  const by = field(form, 'by') === 'title' ? 'title' : 'name';
  const ruling = await visit.core.teaching.callTeachers(visit.viewer, { class: id, by });
  return ruling.kind === 'done' ? { kind: 'go', to: `/classes/${id}?said=named` } : MISSING;
}
