import type { PaperRef, Says } from '../../../core/school/papers/contract/slips.ts';
import { leftOutOf, unsentSentences } from '../../components/unsent.ts';
import type { Visit } from '../../frame/visit.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { addressIdOf } from '../../ids.ts';
import { SHEET_FORM, type RefusedSheet, type SheetTyped } from './children.ts';
import { paperPath, type PapersPart } from './parts.ts';
import { paperPage, UNTIL_FORM } from './state.ts';

/** POST …/remind: who hasn't answered, of all children or of one. */
export async function remindFamilies(
  visit: Visit<PapersPart>,
  ref: PaperRef,
  form: Form,
): Promise<Answer> {
  const child = addressIdOf(field(form, 'pupil'));
  const done = await visit.core.papers.remind(visit.viewer, ref, child);
  return done === null
    ? MISSING
    : { kind: 'go', to: `${paperPath(ref)}?said=reminded&reminded=${done.reminded}` };
}

/** POST …/withdraw: nothing is asked any more. */
export async function withdrawPaper(visit: Visit<PapersPart>, ref: PaperRef): Promise<Answer> {
  return (await visit.core.papers.withdraw(visit.viewer, ref))
    ? { kind: 'go', to: `${paperPath(ref)}?said=withdrawn` }
    : MISSING;
}

/** POST …/until: another end for the same words. */
export async function extendPaper(
  visit: Visit<PapersPart>,
  ref: PaperRef,
  form: Form,
): Promise<Answer> {
  const typed = UNTIL_FORM.typedIn(form);
  const extended = await visit.core.papers.extend(visit.viewer, ref, {
    untilDay: typed['until-day'],
    untilTime: typed['until-time'],
  });
  if (extended.kind === 'faulty')
    return paperPage(visit, ref, { said: null, end: { typed, fault: extended.fault } });
  return extended.kind === 'missing'
    ? MISSING
    : { kind: 'go', to: `${paperPath(ref)}?said=extended` };
}

/** POST …/slip: what came back on paper. */
export async function enterSlip(
  visit: Visit<PapersPart>,
  ref: PaperRef,
  form: Form,
): Promise<Answer> {
  const typed = SHEET_FORM.typedIn(form);
  const child = addressIdOf(typed.pupil);
  if (child === null) return MISSING;
  const again = (trouble: string | null, wrong: RefusedSheet['wrong'] = {}): Promise<Answer> =>
    paperPage(visit, ref, { said: null, sheet: { typed, trouble, wrong } });
  const [leftOut] = leftOutOf(visit, form);
  if (leftOut !== undefined) return again(leftOut);
  const entered = await visit.core.papers.enter(visit.viewer, ref, {
    child,
    signer: addressIdOf(typed.signer),
    name: typed.name,
    says: saysIn(typed),
    note: '',
    photo: form.files[0] ?? null,
  });
  const { unentered } = visit.texts.papers;
  switch (entered.kind) {
    case 'missing':
      return MISSING;
    case 'done':
      return { kind: 'go', to: `${paperPath(ref)}?said=entered` };
    case 'photo-refused':
      return again(unsentSentences(visit, entered.outcome).join(' '));
    case 'no-answer':
      return again(null, { words: unentered['no-answer'] });
    case 'no-signer':
      return again(null, { name: unentered['no-signer'] });
    case 'no-photo':
      return again(unentered['no-photo']);
    case 'withdrawn':
      return paperPage(visit, ref, { said: null, trouble: unentered.withdrawn });
  }
}

/** What is ticked; words without any where nothing is, which answer no question. */
function saysIn({ says, words }: SheetTyped): Says {
  if (says === 'yes' || says === 'no' || says === 'signed') return { kind: says };
  const option = /^option (\d)$/.exec(says)?.[1];
  return option === undefined
    ? { kind: 'words', text: words }
    : { kind: 'option', option: Number(option) };
}
