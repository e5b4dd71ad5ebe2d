import type { WithMail } from '../../../core/mail/reading/contract.ts';
import type { Answered, Says } from '../../../core/school/papers/contract/slips.ts';
import type { Visit } from '../../frame/visit.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import type { Form } from '../../http/forms.ts';
import { countOf } from '../../ids.ts';
import { begin, type WritePart } from '../writing/write.ts';
import { ANSWER_FORM, type AnswerTyped, type SlipTyped } from './answer-fields.ts';
import { slipPath, slipRefOf, type PapersPart, type SlipNames } from './parts.ts';
import { provedBy, type Proved } from './proof.ts';
import { showSlip } from './slip.ts';

/** POST /papers/:school/:paper/:pupil: one press signs, in the name on its button. */
export async function answerSlip(
  visit: Visit<PapersPart>,
  names: SlipNames,
  form: Form,
): Promise<Answer> {
  const ref = slipRefOf(names);
  const typed = ANSWER_FORM.typedIn(form);
  const version = countOf(typed.version);
  if (visit.audience === 'child' || version === null) return MISSING;
  // Whether it is theirs is asked before the password: a stranger guesses none here.
  if ((await visit.core.papers.slip(visit.viewer, ref)) === null) return MISSING;
  const again = (trouble: string | null, wrong: SlipTyped['wrong'] = {}): Promise<Answer> =>
    showSlip(visit, names, { isDone: false, typed: { typed, trouble, wrong } });
  const says = saysIn(typed);
  if (says === null) return again(visit.texts.papers.trouble['no-answer']);
  const proved = await provedBy(visit, typed.password);
  if (proved.kind !== 'proved') return again(null, { password: proofTrouble(visit, proved) });
  const { note, number } = typed;
  const { way } = proved;
  const answered = await visit.core.papers.answer(visit.viewer, ref, {
    version,
    says,
    note,
    number,
    way,
  });
  if (answered.kind === 'missing') return MISSING;
  return answered.kind === 'done'
    ? { kind: 'go', to: `${slipPath(ref)}?said=done` }
    : again(trouble(visit, answered.kind));
}

function saysIn({ answer, option, words }: AnswerTyped): Says | null {
  if (answer === 'yes' || answer === 'no' || answer === 'signed') return { kind: answer };
  if (/^\d$/.test(option)) return { kind: 'option', option: Number(option) };
  const text = words.trim();
  return text === '' ? null : { kind: 'words', text };
}

const trouble = ({ texts }: Visit, kind: Exclude<Answered['kind'], 'done' | 'missing'>): string =>
  texts.papers.trouble[kind];

function proofTrouble({ texts }: Visit, proved: Exclude<Proved, { kind: 'proved' }>): string {
  const words = texts.papers.trouble;
  return proved.kind === 'wait' ? words.wait(proved.seconds) : words[proved.kind];
}

/** GET …/question: a message to who asks, about this paper. */
export async function question(
  visit: Visit<PapersPart & WritePart & WithMail>,
  names: SlipNames,
): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  const begun = await visit.core.papers.questionTo(visit.viewer, slipRefOf(names));
  return begun === null ? MISSING : begin(visit, { ...begun, to: [begun.to] });
}
