import type { AccountId, ClassId } from '../../../core/ground/ids.ts';
import type {
  ClassPupil,
  OwnClassDetails,
  WithTeaching,
} from '../../../core/school/teaching/contract.ts';
import { childPath } from '../../components/class-paths.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';

/** Who is on no photo, on the teacher's own neither. */
export function whoIsOnNone(visit: Visit, { children }: OwnClassDetails): Html {
  const words = visit.texts.teaching.photos;
  if (children.every(({ photoAllowed }) => photoAllowed === null))
    return html`
      <p class="soft small">${words.unknown}</p>
    `;
  const refused = children.filter(({ photoAllowed }) => photoAllowed === false);
  if (refused.length === 0) return NOTHING;
  return html`
    <p>
      ${icon(visit, 'info')}${' '}${words.refused(
        visit.texts.list(refused.map(({ face }) => face.name)),
      )}
    </p>
  `;
}

/** On the card of one child: what the family says of photos, and its correction. */
export function photoForm(
  visit: Visit,
  { id }: OwnClassDetails,
  { pupil: { account, photoAllowed } }: { readonly pupil: ClassPupil },
): Html {
  const words = visit.texts.teaching.child.photo;
  const said = photoAllowed === true ? 'yes' : 'no';
  const choice = (one: 'yes' | 'no') => html`
    <button
      name="allowed"
      value="${one}"
      aria-pressed="${photoAllowed !== null && said === one ? 'true' : 'false'}"
    >
      ${words[one]}
    </button>
  `;
  return html`
    <form class="reads" method="post" action="${childPath(id, account)}/photo">
      ${token(visit)}
      <p class="lab" id="pha">${icon(visit, 'picture')}${' '}${words.title}</p>
      <div class="seg" role="group" aria-labelledby="pha">${choice('yes')} ${choice('no')}</div>
      <p class="small soft">${photoAllowed === null ? words.unknown : words.hint}</p>
    </form>
  `;
}

interface PhotoRequest {
  readonly class: ClassId;
  readonly child: AccountId;
  readonly form: Form;
}

/** POST /classes/:class/child/:child/photo. */
export async function savePhotoWord(
  visit: Visit<WithTeaching>,
  { class: id, child, form }: PhotoRequest,
): Promise<Answer> {
  const said = field(form, 'allowed');
  if (said !== 'yes' && said !== 'no') return MISSING;
  const wish = { class: id, child, allowed: said === 'yes' };
  const ruling = await visit.core.teaching.notePhoto(visit.viewer, wish);
  return ruling.kind === 'done'
    ? { kind: 'go', to: `${childPath(id, child)}?said=photoNoted` }
    : MISSING;
}
