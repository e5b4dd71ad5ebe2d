import type { HoldId, SchoolId } from '../../../core/ground/ids.ts';
import type {
  HoldChoice,
  HeldLetter,
  HoldName,
  WithModeration,
} from '../../../core/mail/delivery/holding/contract.ts';
import { isGrownUp } from '../../components/held-tabs.ts';
import { narrowPage } from '../../components/narrow-page.ts';
import type { FramePart } from '../../frame/frame.ts';
import { icon } from '../../frame/parts.ts';
import { banner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { typedFields } from '../../http/failures.ts';
import { field, fieldsOf, linesOf, type Form } from '../../http/forms.ts';
import { holdIdOf, schoolIdOf } from '../../ids.ts';
import { MAX_NOTE } from './held-letter.ts';
import type { HeldSaid } from './held.ts';

/** POST /held/:school/:hold/release: lets one go; everything else is asked again. */
export function release(
  visit: Visit<FramePart & WithModeration>,
  school: SchoolId,
  hold: HoldId,
): Promise<Answer> {
  return decided(visit, [{ school, hold }], { kind: 'release' });
}

/**
 * POST /held/:school/:hold/give-back, and of several at once: back to their writers, with a word
 * that says why, to whoever is of the town. A stranger can be told nothing here: theirs is just not
 * delivered.
 */
export async function giveBack(
  visit: Visit<FramePart & WithModeration>,
  names: readonly HoldName[],
  form: Form,
): Promise<Answer> {
  if (!isGrownUp(visit)) return MISSING;
  const note = linesOf(form, 'note').trim().slice(0, MAX_NOTE);
  if (names.length === 0) return undecided(visit, 'nothingChosen', note);
  const chosen = await waitingOf(visit, names);
  if (note === '' && chosen.some(({ from }) => from.kind !== 'outside')) return said('noteMissing');
  const those = chosen.map(({ school, id }) => ({ school, hold: id }));
  return decided(visit, those, { kind: 'give-back', note });
}

const STATUS = { already: 404, nothingChosen: 422 } as const;

/**
 * Nothing came of it, and the word is there to be copied. It is decided, or was never theirs to
 * decide: one answer, 404 as of whatever isn't there.
 */
async function undecided(
  visit: Visit<FramePart>,
  why: keyof typeof STATUS,
  word: string,
): Promise<Answer> {
  if (word === '') return said(why);
  const { texts, viewer, audience } = visit;
  const answer = await narrowPage(visit, {
    title: texts.frame.held,
    section: 'held',
    content: html`
      ${banner(visit, 'wait', texts.held[why])}
      <section class="sheet pad stack">
        <div>
          ${typedFields({ language: viewer.language, audience }, { title: '', text: word })}
        </div>
        <p><a class="btn" href="/held">${icon(visit, 'back')}${texts.frame.held}</a></p>
      </section>
    `,
  });
  return answer.kind === 'page' ? { ...answer, status: STATUS[why] } : answer;
}

/** POST /held/act: one thing for all that are ticked (`h`). */
export async function decideChosen(
  visit: Visit<FramePart & WithModeration>,
  form: Form,
): Promise<Answer> {
  const names = namesOf(fieldsOf(form, 'h'));
  if (field(form, 'do') !== 'release') return giveBack(visit, names, form);
  if (!isGrownUp(visit)) return MISSING;
  return names.length === 0 ? said('nothingChosen') : decided(visit, names, { kind: 'release' });
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

async function decided(
  visit: Visit<FramePart & WithModeration>,
  names: readonly HoldName[],
  choice: HoldChoice,
): Promise<Answer> {
  if (!isGrownUp(visit)) return MISSING;
  const done = await visit.core.moderation.decide(visit.viewer, names, choice);
  if (done.decided === null)
    return undecided(visit, 'already', choice.kind === 'give-back' ? choice.note : '');
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
