import type { Uid } from '../../core/core.ts';
import { MISSING, type Answer } from '../answer.ts';
import { chosenMailbox } from '../mailboxes.ts';
import type { Visit } from '../visit.ts';

/**
 * POST /mail/:mailbox/:uid/recall: unread copies go. Where it was too late, the letter says by
 * itself that it isn't recalled.
 */
export async function recall(
  visit: Visit<'mail.mailboxes' | 'sent.recall'>,
  slug: string,
  uid: Uid,
): Promise<Answer> {
  const chosen = chosenMailbox(visit, await visit.core.mail.mailboxes(visit.viewer), slug);
  if (chosen === null) return MISSING;
  const done = await visit.core.sent.recall(visit.viewer, chosen.mailbox.id, uid);
  if (done.kind === 'missing') return MISSING;
  const said = done.kind === 'too-late' ? '?said=too-late' : '';
  return { kind: 'go', to: `${chosen.path}/${uid}${said}` };
}
