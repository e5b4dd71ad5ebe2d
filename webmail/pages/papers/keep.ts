import type { WithMail } from '../../../core/mail/reading/contract.ts';
import type { DraftOutcome, Hand, Writing } from '../../../core/mail/writing/contract.ts';
import type { PaperRef, PaperWish } from '../../../core/school/papers/contract.ts';
import { handOf } from '../../components/letter-hand.ts';
import type { Visit } from '../../frame/visit.ts';
import type { Answer } from '../../http/answer.ts';
import { LONG_FIELD_CHARS } from '../../http/fields.ts';
import { field, fieldsOf, type Form } from '../../http/forms.ts';
import { paperIdOf, schoolIdOf } from '../../ids.ts';
import { keptWords } from '../writing/keep.ts';
import type { PapersPart } from './parts.ts';
import { wishIn } from './wish-form.ts';

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

/** A letter with its slip, as the page of papers has them; null: no form of ours sends that. */
export function letterIn(form: Form): Writing | null {
  const to = field(form, 'to');
  const subject = field(form, 'subject').replace(/\s+/g, ' ').trim();
  const text = field(form, 'text', LONG_FIELD_CHARS).replace(/\r\n?/g, '\n');
  return text.includes('\0')
    ? null
    : { to: to === '' ? [] : [to], cc: [], subject, text, answers: 'sender', answerTo: null };
}

/** Keeps both, whatever is still wrong with them. */
export async function keepBoth(
  visit: Visit<PapersPart & WithMail>,
  form: Form,
  writing: Writing,
): Promise<{ readonly hand: Hand; readonly wish: PaperWish; readonly kept: DraftOutcome }> {
  const hand = await handOf(visit, form);
  const wish = wishIn(form);
  const kept = await visit.core.papers.keep(visit.viewer, writing, {
    hand,
    add: form.files,
    drop: fieldsOf(form, 'drop'),
    slip: { wish, changes: changedBy(form) },
  });
  return { hand, wish, kept };
}

/** POST /write/keep of a page with a slip: what it keeps by itself while somebody writes. */
export async function keepPaper(visit: Visit<PapersPart & WithMail>, form: Form): Promise<Answer> {
  const writing = letterIn(form);
  if (writing === null || visit.audience === 'child') return { kind: 'wrong' };
  const { kept } = await keepBoth(visit, form, writing);
  return { kind: 'told', words: keptWords(visit, kept) };
}
