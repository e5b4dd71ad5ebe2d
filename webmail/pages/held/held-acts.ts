import type { HoldId, SchoolId } from '../../../core/ground/ids.ts';
import type {
  HoldChoice,
  HeldLetter,
  HoldName,
  WithModeration,
} from '../../../core/mail/delivery/holding/contract.ts';
import { isGrownUp } from '../../components/held-tabs.ts';
import type { Visit } from '../../frame/visit.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, fieldsOf, type Form } from '../../http/forms.ts';
import { holdIdOf, schoolIdOf } from '../../ids.ts';
import { MAX_NOTE } from './held-letter.ts';
import type { HeldSaid } from './held.ts';

/** POST /held/:school/:hold/release: lets one go; everything else is asked again. */
export function release(
  visit: Visit<WithModeration>,
  school: SchoolId,
  hold: HoldId,
): Promise<Answer> {
  return decided(visit, [{ school, hold }], { kind: 'release' });
}

/**
 * POST /held/:school/:hold/give-back: back to its writer, with a word that says why. A stranger can
 * be told nothing here: theirs is just not delivered.
 */
export async function giveBack(
  visit: Visit<WithModeration>,
  school: SchoolId,
  act: { readonly hold: HoldId; readonly note: string },
): Promise<Answer> {
  if (!isGrownUp(visit)) return MISSING;
  const chosen = await waitingOf(visit, [{ school, hold: act.hold }]);
  return chosen.length === 0 ? said('already') : givenBack(visit, chosen, act.note);
}

/** POST /held/act: one thing for all that are ticked (`h`). */
export async function decideChosen(visit: Visit<WithModeration>, form: Form): Promise<Answer> {
  if (!isGrownUp(visit)) return MISSING;
  const names = namesOf(fieldsOf(form, 'h'));
  if (names.length === 0) return said('nothingChosen');
  if (field(form, 'do') === 'release') return decided(visit, names, { kind: 'release' });
  return givenBack(visit, await waitingOf(visit, names), field(form, 'note'));
}

/** POST /held/undo: a decision is taken back while it has not taken effect. */
export async function takeBack(visit: Visit<WithModeration>, form: Form): Promise<Answer> {
  if (!isGrownUp(visit)) return MISSING;
  const back = await visit.core.moderation.takeBack(visit.viewer, field(form, 'act'));
  return back === 0 ? said('tooLate') : { kind: 'go', to: `/held?said=undone&count=${back}` };
}

async function waitingOf(
  visit: Visit<WithModeration>,
  names: readonly HoldName[],
): Promise<readonly HeldLetter[]> {
  const wanted = new Set(names.map(({ school, hold }) => `${school}-${hold}`));
  const waiting = await visit.core.moderation.waiting(visit.viewer);
  return waiting.filter(({ school, id }) => wanted.has(`${school}-${id}`));
}

/** Whoever is of the town is told why. */
async function givenBack(
  visit: Visit<WithModeration>,
  chosen: readonly HeldLetter[],
  written: string,
): Promise<Answer> {
  const note = written.trim().slice(0, MAX_NOTE);
  if (note === '' && chosen.some(({ from }) => from.kind !== 'outside')) return said('noteMissing');
  const names = chosen.map(({ school, id }) => ({ school, hold: id }));
  return decided(visit, names, { kind: 'give-back', note });
}

async function decided(
  visit: Visit<WithModeration>,
  names: readonly HoldName[],
  choice: HoldChoice,
): Promise<Answer> {
  if (!isGrownUp(visit)) return MISSING;
  const done = await visit.core.moderation.decide(visit.viewer, names, choice);
  if (done.decided === null) return said('already');
  const missed = done.missed === 0 ? '' : `&missed=${done.missed}`;
  return { kind: 'go', to: `/held?act=${done.decided.id}${missed}` };
}

function said(what: HeldSaid): Answer {
  return { kind: 'go', to: `/held?said=${what}` };
}

/** `1-345`: a school and a hold; what is neither names nothing. */
function namesOf(keys: readonly string[]): HoldName[] {
  return keys.flatMap((key) => {
    const [one = '', other = ''] = key.split('-');
    const [school, hold] = [schoolIdOf(one), holdIdOf(other)];
    return school === null || hold === null ? [] : [{ school, hold }];
  });
}
