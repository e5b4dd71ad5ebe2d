import type { Uid } from '../../core/core.ts';
import { MISSING, type Answer } from '../answer.ts';
import { chosenMailbox } from '../mailboxes.ts';
import type { Visit } from '../visit.ts';

/**
 * POST /mail/:mailbox/:uid/report: « Ce message me gêne ». The teachers are told; the message
 * stays.
 */
export async function report(
  visit: Visit<'mail' | 'moderation'>,
  slug: string,
  uid: Uid,
): Promise<Answer> {
  const chosen = chosenMailbox(visit, await visit.core.mail.mailboxes(visit.viewer), slug);
  if (
    chosen === null ||
    !(await visit.core.moderation.report(visit.viewer, chosen.mailbox.id, uid))
  )
    return MISSING;
  return { kind: 'go', to: `${chosen.path}/${uid}?reported=1` };
}

/** POST /mail/trash/empty: everything in the bin is erased for good. */
export async function emptyTrash(visit: Visit<'mail'>): Promise<Answer> {
  await visit.core.mail.emptyTrash(visit.viewer);
  return { kind: 'go', to: '/mail/trash?said=emptied' };
}
