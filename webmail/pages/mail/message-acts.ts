import type { Uid } from '../../../core/ground/ids.ts';
import type { WithMail } from '../../../core/mail/reading/contract.ts';
import type { WithReports } from '../../../core/mail/reports/contract.ts';
import { chosenMailbox } from '../../frame/mailboxes.ts';
import type { Visit } from '../../frame/visit.ts';
import { MISSING, type Answer } from '../../http/answer.ts';

/** POST /mail/:mailbox/:uid/report: « Ça me gêne ». The letter leaves, and adults look after it. */
export async function report(
  visit: Visit<WithMail & WithReports<'report'>>,
  slug: string,
  uid: Uid,
): Promise<Answer> {
  const chosen = chosenMailbox(visit, await visit.core.mail.mailboxes(visit.viewer), slug);
  if (chosen === null) return MISSING;
  const made = await visit.core.reports.report(visit.viewer, chosen.mailbox.id, uid);
  return made === null ? MISSING : { kind: 'go', to: '/helped' };
}

/** POST /mail/trash/empty: everything in the bin is erased for good. */
export async function emptyTrash(visit: Visit<WithMail>): Promise<Answer> {
  await visit.core.mail.emptyTrash(visit.viewer);
  return { kind: 'go', to: '/mail/trash?said=emptied' };
}
