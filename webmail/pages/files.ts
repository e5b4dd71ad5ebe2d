import type { Uid } from '../../core/core.ts';
import { MISSING, type Answer } from '../answer.ts';
import { html } from '../html.ts';
import { chosenMailbox } from '../mailboxes.ts';
import { isPicture } from '../parts.ts';
import type { Visit } from '../visit.ts';

/**
 * GET /mail/:mailbox/:uid/file/:part and …/picture/:part. Only a picture of a known kind is ever
 * shown in the page.
 */
export async function file(
  visit: Visit<'mail'>,
  slug: string,
  of: { readonly uid: Uid; readonly part: string; readonly as: 'download' | 'picture' },
): Promise<Answer> {
  const chosen = chosenMailbox(visit, await visit.core.mail.mailboxes(visit.viewer), slug);
  if (chosen === null) return MISSING;
  const found = await visit.core.mail.download(visit.viewer, chosen.mailbox.id, of.uid, of.part);
  if (found === null || (of.as === 'picture' && !isPicture(found))) return MISSING;
  return { kind: of.as, file: found };
}

/**
 * GET /mail/:mailbox/:uid/body: the HTML that core sanitised for this reader, for the sandboxed
 * frame alone.
 */
export async function body(
  visit: Visit<'mail'>,
  slug: string,
  { uid, pictures }: { readonly uid: Uid; readonly pictures: unknown },
): Promise<Answer> {
  const chosen = chosenMailbox(visit, await visit.core.mail.mailboxes(visit.viewer), slug);
  const afar = pictures === '1' && visit.audience === 'adult' ? 'shown' : 'left-out';
  const found =
    chosen === null
      ? null
      : await visit.core.mail.formatted(visit.viewer, chosen.mailbox.id, uid, afar);
  if (found === null) return MISSING;
  const shown =
    found.kind === 'html'
      ? found.html
      : html`
          <p><b>${visit.texts.message.formattedLate[visit.audience]}</b></p>
          <pre>${found.text}</pre>
        `.toString();
  return { kind: 'mail-html', html: shown, afar };
}
