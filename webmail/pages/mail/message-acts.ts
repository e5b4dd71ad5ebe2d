import type { Uid } from '../../../core/core.ts';
import { chosenMailbox } from '../../frame/mailboxes.ts';
import type { Visit } from '../../frame/visit.ts';
import { MISSING, type Answer } from '../../http/answer.ts';

/** POST /mail/:mailbox/:uid/report: « Ça me gêne ». The letter leaves, and adults look after it. */
export async function report(
  visit: Visit<'mail' | 'reports.report'>,
  slug: string,
  uid: Uid,
): Promise<Answer> {
  const chosen = chosenMailbox(visit, await visit.core.mail.mailboxes(visit.viewer), slug);
  if (chosen === null) return MISSING;
  const made = await visit.core.reports.report(visit.viewer, chosen.mailbox.id, uid);
  return made === null ? MISSING : { kind: 'go', to: '/helped' };
}

/** POST /mail/trash/empty: everything in the bin is erased for good. */
export async function emptyTrash(visit: Visit<'mail'>): Promise<Answer> {
  await visit.core.mail.emptyTrash(visit.viewer);
  return { kind: 'go', to: '/mail/trash?said=emptied' };
}
