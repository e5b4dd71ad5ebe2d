import type { ClassId } from '../../../core/ground/ids.ts';
import type { OwnClassDetails, WithTeaching } from '../../../core/school/teaching/contract.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';

const LOOKS = [
  'off',
  'suggests',
  'holds',
] as const satisfies readonly OwnClassDetails['secondLook'][];

/** Whether what the class's pupils write is looked at twice, as a teacher of theirs says. */
export function secondLookForm(visit: Visit, details: OwnClassDetails): Html {
  if (!details.teaches) return NOTHING;
  const words = visit.texts.secondLook.setting;
  return html`
    <form
      class="sheet pad stack"
      method="post"
      action="/classes/${details.id}/second-look"
      aria-labelledby="sl"
    >
      <div>
        <h2 id="sl">${words.title}</h2>
        <p class="soft small" id="sl-lead">${words.lead}</p>
      </div>
      <div class="stack tight" role="radiogroup" aria-labelledby="sl" aria-describedby="sl-lead">
        ${LOOKS.map(
          (look) => html`
            <label class="row">
              <input
                type="radio"
                name="look"
                value="${look}"
                ${attributes({ checked: details.secondLook === look })}
              />
              <span>${words[look]}</span>
            </label>
          `,
        )}
      </div>
      <div class="row">
        ${token(visit)}
        <button class="btn">${icon(visit, 'check')}${words.save}</button>
      </div>
    </form>
  `;
}

/** POST /classes/:class/second-look. */
export async function saveSecondLook(
  visit: Visit<WithTeaching>,
  id: ClassId,
  form: Form,
): Promise<Answer> {
  const look = LOOKS.find((one) => one === field(form, 'look')) ?? 'suggests';
  const ruling = await visit.core.teaching.lookTwice(visit.viewer, { class: id, look });
  return ruling.kind === 'done' ? { kind: 'go', to: `/classes/${id}?said=looked` } : MISSING;
}
