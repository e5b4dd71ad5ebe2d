import type { Attachment } from '../../../core/letters/message/message.ts';
import type {
  HeldLetter,
  HoldName,
  WithModeration,
} from '../../../core/mail/delivery/holding/contract.ts';
import { fileAs, type FileUse } from '../../components/file-answer.ts';
import { icon, isPicture, isSound, soundOf } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { fileSize } from '../../frame/when.ts';
import { html, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';

/**
 * The files of a letter that waits: a drawing is seen and a voice is heard by who decides, other
 * files are named.
 *
 * @param where the letter's own place, below which its files lie
 */
export function heldFiles(visit: Visit, { attachments }: HeldLetter, where: string): Html[] {
  return attachments.map((file) => {
    if (isPicture(file)) return seen(visit, file, where);
    return isSound(file) ? heard(visit, file, where) : named(visit, file);
  });
}

function seen(visit: Visit, file: Attachment, where: string): Html {
  return html`
    <figure class="stack tight" role="figure" aria-label="${file.name}">
      <img
        class="art"
        src="${where}/picture/${file.path}"
        alt="${visit.texts.message.picture(file.name)}"
        loading="lazy"
      />
      <figcaption>${named(visit, file)}</figcaption>
    </figure>
  `;
}

function heard(visit: Visit, file: Attachment, where: string): Html {
  return html`
    <figure class="stack tight" role="figure" aria-label="${file.name}">
      ${soundOf(visit, file, where)}
      <figcaption>${named(visit, file)}</figcaption>
    </figure>
  `;
}

function named(visit: Visit, { name, sizeBytes }: Attachment): Html {
  const { texts, viewer } = visit;
  return html`
    <p class="file">
      ${icon(visit, 'file')}
      <span>
        ${name}${' '}
        <span class="small soft">
          ${fileSize(viewer.language, sizeBytes)}, ${texts.message.scanned}
        </span>
      </span>
    </p>
  `;
}

/** GET /held/:school/:hold/picture/:part and …/sound/:part. */
export async function heldFile(
  visit: Visit<WithModeration<'file'>>,
  name: HoldName,
  { part, as }: { readonly part: string; readonly as: FileUse },
): Promise<Answer> {
  const found = await visit.core.moderation.file(visit.viewer, name, part);
  return found === null ? MISSING : fileAs(found, as);
}
