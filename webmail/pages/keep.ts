import type { Hand, Writing } from '../../core/core.ts';
import type { Answer } from '../answer.ts';
import { field, type Form } from '../forms.ts';
import { handOf, isUnwritten, writingIn } from '../letter-form.ts';
import type { Visit } from '../visit.ts';
import { hour } from '../when.ts';

/**
 * POST /write/keep: what a page keeps by itself while somebody writes. The words alone: files come
 * and go with the form. The page is told what became of them, and the name of its draft.
 */
export async function keepWriting(visit: Visit<'mail' | 'writings'>, form: Form): Promise<Answer> {
  const written = writingIn(form);
  const writing =
    written === null || field(form, 'quick') === '' ? written : await quickWriting(visit, written);
  if (written === null || writing === null) return { kind: 'wrong' };
  const hand = await handOf(visit, form);
  if (isUnwritten(form, written) && (await isEmptied(visit, hand, [])))
    return { kind: 'told', words: { is: 'empty' } };
  const kept = await visit.core.writings.keep(visit.viewer, writing, { hand, add: [], drop: [] });
  const { texts, audience, viewer, now } = visit;
  if (kept.kind === 'sent')
    return { kind: 'told', words: { is: 'sent', say: texts.write.sentAlready[audience] } };
  const say =
    kept.kind === 'apart'
      ? texts.write.apart[audience]
      : texts.write.keptAt[audience](hour(viewer.language, now));
  return {
    kind: 'told',
    words: { is: kept.kind, say, letter: kept.letter, draft: String(kept.ref.uid) },
  };
}

/**
 * The few lines under a message as the answer that they are; null where there is nothing to answer.
 * Whoever can't be written to is told when it leaves.
 */
export async function quickWriting(
  { core, viewer }: Visit<'writings'>,
  { text, answerTo }: Pick<Writing, 'text' | 'answerTo'>,
): Promise<Writing | null> {
  const start = answerTo && (await core.writings.answer(viewer, answerTo, false));
  if (start === null) return null;
  const to =
    start.writing.to.length > 0 ? start.writing.to : start.refusals.map((one) => one.address);
  return { ...start.writing, to, text };
}

/**
 * Whether nothing is left to keep of a page without words. A draft of nothing is in the way, so one
 * that this page knows goes, unless a file is in it; what another window has kept since is that
 * one's.
 */
export async function isEmptied(
  { core, viewer }: Visit<'mail' | 'writings'>,
  { previous }: Hand,
  drop: readonly string[],
): Promise<boolean> {
  const draft = previous && (await core.writings.draft(viewer, previous));
  if (draft === null) return true;
  if (draft.attachments.some(({ path }) => !drop.includes(path))) return false;
  await core.mail.erase(viewer, draft.ref.mailbox, [draft.ref.uid]);
  return true;
}
