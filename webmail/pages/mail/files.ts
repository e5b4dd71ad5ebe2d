import type { Uid } from '../../../core/ground/ids.ts';
import type { WithMail } from '../../../core/mail/reading/contract.ts';
import { type FileUse, fileAs } from '../../components/file-answer.ts';
import { framedMail } from '../../components/framed-mail.ts';
import { chosenMailbox } from '../../frame/mailboxes.ts';
import type { Visit } from '../../frame/visit.ts';
import { MISSING, type Answer } from '../../http/answer.ts';

interface FilePlace {
  readonly mailbox: string;
  readonly uid: Uid;
  readonly part: string;
}

/**
 * GET /mail/:mailbox/:uid/file/:part, …/picture/:part and …/sound/:part. Only a picture and a sound
 * of a known kind ever stand in the page.
 */
export const file =
  (as: FileUse) =>
  async (visit: Visit<WithMail>, of: FilePlace): Promise<Answer> => {
    const chosen = chosenMailbox(visit, await visit.core.mail.mailboxes(visit.viewer), of.mailbox);
    if (chosen === null) return MISSING;
    const found = await visit.core.mail.download(visit.viewer, {
      mailbox: chosen.mailbox.id,
      uid: of.uid,
      part: of.part,
    });
    return found === null ? MISSING : fileAs(found, as);
  };

/**
 * GET /mail/:mailbox/:uid/body: the HTML that core sanitised for this reader, for the sandboxed
 * frame alone.
 */
export async function body(
  visit: Visit<WithMail>,
  slug: string,
  { uid, pictures }: { readonly uid: Uid; readonly pictures: unknown },
): Promise<Answer> {
  const chosen = chosenMailbox(visit, await visit.core.mail.mailboxes(visit.viewer), slug);
  const afar = pictures === '1' && visit.audience === 'adult' ? 'shown' : 'left-out';
  const found =
    chosen === null
      ? null
      : await visit.core.mail.formatted(visit.viewer, { mailbox: chosen.mailbox.id, uid, afar });
  if (found === null) return MISSING;
  return framedMail(visit, found, afar);
}
