import type { AccountId, AddressId, ClassId } from '../../../core/ground/ids.ts';
import type { Ruling } from '../../../core/school/teaching/contract.ts';
import type { Visit } from '../../frame/visit.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { childPath } from './class-faces.ts';
import {
  showClass,
  type ClassPart,
  type ClassPath,
  type ClassNotice,
  type WrongEntry,
} from './class.ts';

/** What the page says after an act, or the page again with what was typed wrongly. */
function after(
  visit: Visit<ClassPart>,
  path: ClassPath,
  ruling: Ruling,
  said: ClassNotice,
  wrong: Omit<WrongEntry, 'why'>,
): Answer | Promise<Answer> {
  if (ruling.kind === 'missing') return MISSING;
  if (ruling.kind === 'refused')
    return showClass(visit, path, { said: null, wrong: { ...wrong, why: ruling.why } });
  const where = path.child === null ? `/classes/${path.class}` : childPath(path.class, path.child);
  return { kind: 'go', to: `${where}?said=${said}` };
}

const NOTHING_TYPED = { address: '', until: '' };
const yes = (form: Form, name: string): boolean => field(form, name) === 'yes';

/** POST /classes/:class/rest/:child: a button names the day, or else the date field does. */
export async function rest(
  visit: Visit<ClassPart>,
  id: ClassId,
  { child, form }: { readonly child: AccountId; readonly form: Form },
): Promise<Answer> {
  const ruling = await visit.core.teaching.rest(visit.viewer, {
    class: id,
    child,
    back: field(form, 'back') || field(form, 'day'),
  });
  return after(visit, { class: id, child }, ruling, 'rested', { at: 'rest', typed: NOTHING_TYPED });
}

/** POST /classes/:class/rest/:child/end. */
export async function endRest(
  visit: Visit<ClassPart>,
  id: ClassId,
  child: AccountId,
): Promise<Answer> {
  return after(
    visit,
    { class: id, child },
    await visit.core.teaching.endRest(visit.viewer, { class: id, child }),
    'restEnded',
    { at: 'rest', typed: NOTHING_TYPED },
  );
}

/** POST /classes/:class/child/:child/reads: large pictures, or the pages of the older ones. */
export async function saveReads(
  visit: Visit<ClassPart>,
  id: ClassId,
  { child, form }: { readonly child: AccountId; readonly form: Form },
): Promise<Answer> {
  const reads = field(form, 'reads') === 'pictures' ? 'pictures' : 'words';
  const ruling = await visit.core.teaching.setReads(visit.viewer, { class: id, child, reads });
  const said = reads === 'pictures' ? 'pictures' : 'likeOlder';
  return after(visit, { class: id, child }, ruling, said, { at: 'rest', typed: NOTHING_TYPED });
}

/**
 * POST /classes/:class/link/:other/answer: agreed to, with how this class's teacher wants it; or
 * declined.
 */
export async function answerLink(
  visit: Visit<ClassPart>,
  id: ClassId,
  { other, form }: { readonly other: AddressId; readonly form: Form },
): Promise<Answer> {
  const agree = yes(form, 'agree');
  const ruling = await visit.core.teaching.answerLink(visit.viewer, {
    class: id,
    other,
    agree,
    moderated: yes(form, 'moderated'),
  });
  return after(visit, { class: id, child: null }, ruling, agree ? 'accepted' : 'declined', {
    at: 'rest',
    typed: NOTHING_TYPED,
  });
}

/** POST /classes/:class/link/:other/moderate. */
export async function moderateLink(
  visit: Visit<ClassPart>,
  id: ClassId,
  { other, form }: { readonly other: AddressId; readonly form: Form },
): Promise<Answer> {
  const ruling = await visit.core.teaching.moderateLink(visit.viewer, {
    class: id,
    other,
    moderated: yes(form, 'moderated'),
  });
  return after(visit, { class: id, child: null }, ruling, 'moderated', {
    at: 'rest',
    typed: NOTHING_TYPED,
  });
}

/** POST /classes/:class/link/:other/end. */
export async function endLink(
  visit: Visit<ClassPart>,
  id: ClassId,
  other: AddressId,
): Promise<Answer> {
  return after(
    visit,
    { class: id, child: null },
    await visit.core.teaching.endLink(visit.viewer, { class: id, other }),
    'ended',
    { at: 'rest', typed: NOTHING_TYPED },
  );
}

/** POST /classes/:class/outside. */
export async function approve(visit: Visit<ClassPart>, id: ClassId, form: Form): Promise<Answer> {
  const typed = { address: field(form, 'address'), until: field(form, 'until') };
  const ruling = await visit.core.teaching.approveCorrespondent(visit.viewer, {
    class: id,
    ...typed,
  });
  return after(visit, { class: id, child: null }, ruling, 'approved', { at: 'outside', typed });
}

/** POST /classes/:class/outside/remove. */
export async function remove(visit: Visit<ClassPart>, id: ClassId, form: Form): Promise<Answer> {
  const ruling = await visit.core.teaching.removeCorrespondent(visit.viewer, {
    class: id,
    address: field(form, 'address'),
  });
  return after(visit, { class: id, child: null }, ruling, 'removed', {
    at: 'outside',
    typed: NOTHING_TYPED,
  });
}
