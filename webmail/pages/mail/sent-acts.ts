import type { Uid } from '../../../core/ground/ids.ts';
import type { WithMail } from '../../../core/mail/reading/contract.ts';
import type { WithSent } from '../../../core/mail/sent/contract.ts';
import { chosenMailbox } from '../../frame/mailboxes.ts';
import type { Visit } from '../../frame/visit.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import type { SentSaid } from './sent-fate.ts';

/**
 * POST /mail/:mailbox/:uid/recall: unread copies go. Where it was too late, the letter says by
 * itself that it isn't recalled.
 */
export async function recall(
  visit: Visit<WithMail<'mailboxes'> & WithSent<'recall'>>,
  slug: string,
  uid: Uid,
): Promise<Answer> {
  const chosen = chosenMailbox(visit, await visit.core.mail.mailboxes(visit.viewer), slug);
  if (chosen === null) return MISSING;
  const done = await visit.core.sent.recall(visit.viewer, chosen.mailbox.id, uid);
  if (done.kind === 'missing') return MISSING;
  return to(`${chosen.path}/${uid}`, done.kind === 'too-late' ? 'tooLate' : null);
}

/** POST /mail/:mailbox/:uid/remind: a notice to whoever has not read it. */
export async function remind(
  visit: Visit<WithMail<'mailboxes'> & WithSent<'remind'>>,
  slug: string,
  uid: Uid,
): Promise<Answer> {
  const chosen = chosenMailbox(visit, await visit.core.mail.mailboxes(visit.viewer), slug);
  if (chosen === null) return MISSING;
  const done = await visit.core.sent.remind(visit.viewer, chosen.mailbox.id, uid);
  if (done.kind === 'missing') return MISSING;
  return to(`${chosen.path}/${uid}`, done.kind === 'nobody' ? 'nobody' : null);
}

/** POST /mail/:mailbox/:uid/read: « Bien lu ». */
export async function acknowledge(
  visit: Visit<WithMail<'mailboxes'> & WithSent<'acknowledge'>>,
  slug: string,
  uid: Uid,
): Promise<Answer> {
  const chosen = chosenMailbox(visit, await visit.core.mail.mailboxes(visit.viewer), slug);
  if (chosen === null) return MISSING;
  return (await visit.core.sent.acknowledge(visit.viewer, chosen.mailbox.id, uid))
    ? to(`${chosen.path}/${uid}`, null)
    : MISSING;
}

/** POST /mail/:mailbox/:uid/withdraw: what waits of one's own letter comes back. */
export async function withdraw(
  visit: Visit<WithMail<'mailboxes'> & WithSent<'withdraw'>>,
  slug: string,
  uid: Uid,
): Promise<Answer> {
  const chosen = chosenMailbox(visit, await visit.core.mail.mailboxes(visit.viewer), slug);
  if (chosen === null) return MISSING;
  const count = await visit.core.sent.withdraw(visit.viewer, chosen.mailbox.id, uid);
  return count === null ? MISSING : to(`${chosen.path}/${uid}`, null);
}

/** POST /mail/:mailbox/:uid/release: what waits for its writer's own word goes, with a reason. */
export async function releaseOwn(
  visit: Visit<WithMail<'mailboxes'> & WithSent<'release'>>,
  slug: string,
  { uid, reason }: { readonly uid: Uid; readonly reason: string },
): Promise<Answer> {
  const chosen = chosenMailbox(visit, await visit.core.mail.mailboxes(visit.viewer), slug);
  if (chosen === null) return MISSING;
  const done = await visit.core.sent.release(visit.viewer, {
    mailbox: chosen.mailbox.id,
    uid,
    reason,
  });
  if (done === null) return MISSING;
  return to(`${chosen.path}/${uid}`, reason.trim() === '' ? 'reasonMissing' : null);
}

/** POST /mail/:mailbox/:uid/await: an answer is waited for until a day, or no more. */
export async function awaitAnswer(
  visit: Visit<WithMail<'mailboxes'> & WithSent<'awaitAnswer' | 'awaitNoMore'>>,
  slug: string,
  { uid, form }: { readonly uid: Uid; readonly form: Form },
): Promise<Answer> {
  const { core, viewer } = visit;
  const chosen = chosenMailbox(visit, await core.mail.mailboxes(viewer), slug);
  if (chosen === null) return MISSING;
  const { id } = chosen.mailbox;
  const path = `${chosen.path}/${uid}`;
  if (field(form, 'do') === 'stop')
    return (await core.sent.awaitNoMore(viewer, id, uid)) ? to(path, null) : MISSING;
  const done = await core.sent.awaitAnswer(viewer, { mailbox: id, uid, day: field(form, 'day') });
  return done === 'missing' ? MISSING : to(path, AWAITED[done]);
}

const AWAITED = {
  awaited: null,
  answered: 'answered',
  'not-a-day': 'unclear',
  past: 'past',
  'too-far': 'tooFar',
} as const;

function to(path: string, said: SentSaid | null): Answer {
  return { kind: 'go', to: said === null ? path : `${path}?said=${said}` };
}
