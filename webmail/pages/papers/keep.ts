import type { WithMail } from '../../../core/mail/reading/contract.ts';
import type { DraftOutcome, Hand, Writing } from '../../../core/mail/writing/contract.ts';
import type { PaperRef } from '../../../core/school/papers/contract/slips.ts';
import { handOf } from '../../components/letter-hand.ts';
import type { Visit } from '../../frame/visit.ts';
import type { Answer } from '../../http/answer.ts';
import { field, fieldsOf, type Form } from '../../http/forms.ts';
import { paperIdOf, schoolIdOf } from '../../ids.ts';
import { keptWords } from '../writing/keep.ts';
import type { PapersPart } from './parts.ts';
import { PAPER_FORM, wishIn, type PaperTyped } from './wish-form.ts';

/** Whether a form that keeps a letter has a slip below it. */
export const bringsSlip = (form: Form): boolean => field(form, 'slip') !== '';

/** The paper whose words a form changes; null: a new one. */
function changedBy(form: Form): PaperRef | null {
  const [school, paper] = field(form, 'slip').split(' ');
  const ref = { school: schoolIdOf(school), paper: paperIdOf(paper) };
  return ref.school === null || ref.paper === null
    ? null
    : { school: ref.school, paper: ref.paper };
}

/** A letter with its slip, as the page of papers has them. */
export function letterIn({ to, subject: typed, text }: PaperTyped): Writing {
  const subject = typed.replace(/\s+/g, ' ');
  return { to: to === '' ? [] : [to], cc: [], subject, text, answers: 'sender', answerTo: null };
}

interface Typed {
  readonly typed: PaperTyped;
  readonly writing: Writing;
  readonly changes: PaperRef | null;
}

/** Keeps both, whatever is still wrong with them. */
export async function keepBoth(
  visit: Visit<PapersPart & WithMail>,
  form: Form,
  { typed, writing, changes }: Typed,
): Promise<{ readonly hand: Hand; readonly kept: DraftOutcome }> {
  const hand = await handOf(visit, form);
  const kept = await visit.core.papers.keep(visit.viewer, writing, {
    hand,
    add: form.files,
    drop: fieldsOf(form, 'drop'),
    slip: { wish: wishIn(typed), changes },
  });
  return { hand, kept };
}

/** POST /write/keep of a page with a slip: what it keeps by itself while somebody writes. */
export async function keepPaper(visit: Visit<PapersPart & WithMail>, form: Form): Promise<Answer> {
  if (visit.audience === 'child') return { kind: 'wrong' };
  const typed = PAPER_FORM.typedIn(form);
  const { kept } = await keepBoth(visit, form, {
    typed,
    writing: letterIn(typed),
    changes: changedBy(form),
  });
  return { kind: 'told', words: keptWords(visit, kept) };
}
