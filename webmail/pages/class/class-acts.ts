import type { AccountId, AddressId, ClassId } from '../../../core/ground/ids.ts';
import type { Ruling } from '../../../core/school/teaching/contract.ts';
import { childPath, tabPath } from '../../components/class-paths.ts';
import type { ClassPart } from '../../components/class-tabs.ts';
import type { Visit } from '../../frame/visit.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { REST_FORM } from './class-child.ts';
import { showLinks } from './class-correspondence.ts';
import { APPROVAL_FORM } from './class-outside.ts';
import type { ClassNotice } from './class-said.ts';
import { showClass, type DeskPart } from './class.ts';

const yes = (form: Form, name: string): boolean => field(form, name) === 'yes';

interface WhoseCard {
  readonly class: ClassId;
  readonly child: AccountId;
}

/** The child's card, which says what was done; or again with what was typed wrongly. */
function onCard(
  visit: Visit<DeskPart>,
  whose: WhoseCard,
  { ruling, said }: { readonly ruling: Ruling; readonly said: ClassNotice },
): Answer | Promise<Answer> {
  switch (ruling.kind) {
    case 'missing':
      return MISSING;
    case 'refused':
      return showClass(visit, whose, { said: null, wrong: ruling.why });
    case 'done':
      return { kind: 'go', to: `${childPath(whose.class, whose.child)}?said=${said}` };
  }
}

/** POST /classes/:class/rest/:child: a button names the day, or else the date field does. */
export async function rest(
  visit: Visit<DeskPart>,
  id: ClassId,
  { child, form }: { readonly child: AccountId; readonly form: Form },
): Promise<Answer> {
  const whose = { class: id, child };
  const back = field(form, 'back') || REST_FORM.typedIn(form).day;
  const ruling = await visit.core.teaching.rest(visit.viewer, { ...whose, back });
  return onCard(visit, whose, { ruling, said: 'rested' });
}

/** POST /classes/:class/rest/:child/end. */
export async function endRest(visit: Visit<DeskPart>, whose: WhoseCard): Promise<Answer> {
  const ruling = await visit.core.teaching.endRest(visit.viewer, whose);
  return onCard(visit, whose, { ruling, said: 'restEnded' });
}

/** POST /classes/:class/child/:child/reads: large pictures, or the pages of the older ones. */
export async function saveReads(
  visit: Visit<DeskPart>,
  id: ClassId,
  { child, form }: { readonly child: AccountId; readonly form: Form },
): Promise<Answer> {
  const whose = { class: id, child };
  const reads = field(form, 'reads') === 'pictures' ? 'pictures' : 'words';
  const ruling = await visit.core.teaching.setReads(visit.viewer, { ...whose, reads });
  return onCard(visit, whose, { ruling, said: reads === 'pictures' ? 'pictures' : 'likeOlder' });
}

const NOTHING_TYPED = { address: '', until: '' };

interface LinksTab {
  readonly ruling: Ruling;
  readonly said: ClassNotice;
  readonly typed?: typeof NOTHING_TYPED;
}

/** The tab of those with whom the class writes, in the same way. */
function onLinks(
  visit: Visit<ClassPart>,
  id: ClassId,
  { ruling, said, typed = NOTHING_TYPED }: LinksTab,
): Answer | Promise<Answer> {
  switch (ruling.kind) {
    case 'missing':
      return MISSING;
    case 'refused':
      return showLinks(visit, id, { said: null, wrong: { why: ruling.why, typed } });
    case 'done':
      return { kind: 'go', to: `${tabPath(id, 'links')}?said=${said}` };
  }
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
  return onLinks(visit, id, { ruling, said: agree ? 'accepted' : 'declined' });
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
  return onLinks(visit, id, { ruling, said: 'moderated' });
}

/** POST /classes/:class/link/:other/travel. */
export async function travelLink(
  visit: Visit<ClassPart>,
  id: ClassId,
  { other, form }: { readonly other: AddressId; readonly form: Form },
): Promise<Answer> {
  const travels = yes(form, 'travels');
  const wish = { class: id, other, travels };
  const ruling = await visit.core.teaching.travelLink(visit.viewer, wish);
  return onLinks(visit, id, { ruling, said: travels ? 'travelling' : 'direct' });
}

/** POST /classes/:class/link/:other/end. */
export async function endLink(
  visit: Visit<ClassPart>,
  id: ClassId,
  other: AddressId,
): Promise<Answer> {
  const ruling = await visit.core.teaching.endLink(visit.viewer, { class: id, other });
  return onLinks(visit, id, { ruling, said: 'ended' });
}

/** POST /classes/:class/outside. */
export async function approve(visit: Visit<ClassPart>, id: ClassId, form: Form): Promise<Answer> {
  const typed = APPROVAL_FORM.typedIn(form);
  const ruling = await visit.core.teaching.approveCorrespondent(visit.viewer, {
    class: id,
    ...typed,
  });
  return onLinks(visit, id, { ruling, said: 'approved', typed });
}

/** POST /classes/:class/outside/remove. */
export async function remove(visit: Visit<ClassPart>, id: ClassId, form: Form): Promise<Answer> {
  const ruling = await visit.core.teaching.removeCorrespondent(visit.viewer, {
    class: id,
    address: field(form, 'address'),
  });
  return onLinks(visit, id, { ruling, said: 'removed' });
}
