import type { Uid } from '../../../core/ground/ids.ts';
import type { WithMail } from '../../../core/mail/reading/contract.ts';
import { chosenMailbox } from '../../frame/mailboxes.ts';
import type { Visit } from '../../frame/visit.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import type { BoxPart } from './box-parts.ts';
import { showFolder } from './folder.ts';
import { whyNotPut } from './put.ts';

interface FileInLetter {
  readonly mailbox: string;
  readonly uid: Uid;
  readonly part: string;
}

/**
 * POST /mail/:mailbox/:uid/file/:part/store: a letter's file into one's own cupboard, by the path
 * of every file. The letter keeps its own bytes; where it can't be, the cupboard says why.
 */
export async function storeFile(
  visit: Visit<BoxPart & WithMail>,
  { mailbox, uid, part }: FileInLetter,
): Promise<Answer> {
  const { core, viewer } = visit;
  const chosen = chosenMailbox(visit, await core.mail.mailboxes(viewer), mailbox);
  const file =
    chosen && (await core.mail.download(viewer, { mailbox: chosen.mailbox.id, uid, part }));
  if (file === null) return MISSING;
  const own = { school: viewer.school, place: 'own' } as const;
  const became = await core.cupboards.put(viewer, own, file);
  if (became === null) return MISSING;
  if (became.kind === 'put') return { kind: 'go', to: `/mail/${mailbox}/${uid}?said=stored` };
  return showFolder(visit, own, { troubles: whyNotPut(visit, file.name, became) });
}
