import type { WithPeople } from '../../../core/school/people/contract.ts';
import { codePdf, freshCode } from '../../components/fresh-code.ts';
import type { Visit } from '../../frame/visit.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { addressIdOf } from '../../ids.ts';
import { groupName } from '../../sheets/group-name.ts';
import { peoplePage } from './people.ts';
import {
  actOf,
  CORRECTION_FORM,
  DEPARTURE_FORM,
  showPerson,
  type PersonPart,
  type PersonPath,
} from './person.ts';

/** POST …/code: shown on this page or printed on this sheet, and never again. */
export async function personCode(
  visit: Visit<PersonPart>,
  whose: PersonPath,
  form: Form,
): Promise<Answer> {
  const format = field(form, 'format') === 'pdf' ? 'pdf' : 'screen';
  const sheet = await visit.core.people.makeCode(visit.viewer, whose.school, {
    account: whose.account,
    format,
  });
  if (sheet === null) return MISSING;
  if (format === 'screen')
    return peoplePage(visit, {
      title: visit.texts.people.fresh(groupName(sheet, visit.texts)),
      content: freshCode(visit, sheet, { to: actOf(whose), words: visit.texts.people.backTo }),
    });
  return codePdf(visit, sheet);
}

/** POST …/address. */
export async function personAddress(
  visit: Visit<PersonPart>,
  whose: PersonPath,
  form: Form,
): Promise<Answer> {
  const typed = CORRECTION_FORM.typedIn(form);
  const corrected = await visit.core.people.correctAddress(visit.viewer, whose.school, {
    account: whose.account,
    local: typed.local.split('@')[0] ?? '',
  });
  if (corrected.kind === 'missing') return MISSING;
  return corrected.kind === 'done'
    ? { kind: 'go', to: `${actOf(whose)}?said=address` }
    : showPerson(visit, whose, { said: null, why: corrected.why, typed });
}

/** POST …/family: blocks one guardian of a child, or says nothing of them; or no longer. */
export async function personFamily(
  visit: Visit<PersonPart>,
  whose: PersonPath,
  form: Form,
): Promise<Answer> {
  const guardian = addressIdOf(field(form, 'guardian'));
  if (guardian === null) return MISSING;
  const { people } = visit.core;
  const tie = { account: whose.account, guardian };
  const says = field(form, 'silent');
  const blocked = field(form, 'blocked') === '1';
  const acted =
    says === ''
      ? await people.blockGuardian(visit.viewer, whose.school, { ...tie, blocked })
      : await people.silenceGuardian(visit.viewer, whose.school, { ...tie, silent: says === '1' });
  const done = says === '' ? 'block' : 'silence';
  const said = (says === '' ? blocked : says === '1') ? done : (`un${done}` as const);
  if (acted.kind === 'missing') return MISSING;
  return acted.kind === 'done'
    ? { kind: 'go', to: `${actOf(whose)}?said=${said}` }
    : showPerson(visit, whose, { said: null, why: 'ownChild' });
}

/** POST …/leave. */
export async function personLeave(
  visit: Visit<PersonPart>,
  whose: PersonPath,
  form: Form,
): Promise<Answer> {
  const typed = DEPARTURE_FORM.typedIn(form);
  const left = await visit.core.people.leave(visit.viewer, whose.school, {
    account: whose.account,
    day: typed.day,
  });
  if (left.kind === 'missing') return MISSING;
  return left.kind === 'done'
    ? { kind: 'go', to: `${actOf(whose)}?said=leave` }
    : showPerson(visit, whose, { said: null, why: left.why, typed });
}

/** POST …/stay. */
export async function personStay(visit: Visit<WithPeople>, whose: PersonPath): Promise<Answer> {
  const stayed = await visit.core.people.stay(visit.viewer, whose.school, whose.account);
  return stayed.kind === 'done' ? { kind: 'go', to: `${actOf(whose)}?said=stay` } : MISSING;
}

/** POST …/mail: a leaver's mail, made while it is sent. */
export async function personMail(visit: Visit<WithPeople>, whose: PersonPath): Promise<Answer> {
  const archive = await visit.core.people.takeAlong(visit.viewer, whose.school, whose.account);
  return archive === null ? MISSING : { kind: 'stream', ...archive, mediaType: 'application/zip' };
}
