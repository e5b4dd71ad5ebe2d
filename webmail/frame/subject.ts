import { withoutAnswerMarks } from '../../core/letters/message/compose.ts';
import type { Visit } from './visit.ts';

/**
 * A letter's subject, or words that say it has none. A child reads it without the « Re: » that
 * answers put before it: who wrote to whom stands there anyway.
 */
export function subjectOf(
  { texts, audience }: Pick<Visit, 'texts' | 'audience'>,
  { subject }: { readonly subject: string },
): string {
  return named({ texts }, audience === 'child' ? withoutAnswerMarks(subject) : subject);
}

/** What a whole conversation is about, whichever of its letters says so. */
export function conversationSubject(
  { texts }: Pick<Visit, 'texts'>,
  { subject }: { readonly subject: string },
): string {
  return named({ texts }, withoutAnswerMarks(subject));
}

const named = ({ texts }: Pick<Visit, 'texts'>, subject: string): string =>
  subject.trim() === '' ? texts.box.noSubject : subject;
