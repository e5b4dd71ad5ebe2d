import type { MessageRow, WithMail } from '../../../core/mail/reading/contract.ts';
import { picture, sentenceEar } from '../../frame/little-parts.ts';
import { isPicture, isSound } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { unfinished } from './unfinished.ts';

/** What a child has made and not sent, where nothing can be sent: it is there, and they see it. */
export async function stayed(visit: Visit<WithMail<'page'>>): Promise<Html> {
  const rows = await unfinished(visit);
  if (rows.length === 0) return NOTHING;
  const say = visit.texts.littleWrite.whom.stays;
  return html`
    <section class="stayed" aria-labelledby="stays">
      <p class="coming" id="stays">
        ${picture(visit, 'bon')}
        <span class="why">${say}</span>
        ${sentenceEar(visit, say)}
      </p>
      <ul>
        ${rows.map(
          (row) => html`
            <li class="frame">${made(visit, row)}</li>
          `,
        )}
      </ul>
    </section>
  `;
}

/** A phrase and a drawing are pictures, a voice is heard. */
function made(visit: Visit, { uid, attachments, preview }: MessageRow): Html {
  const [shown, sound] = [attachments.find(isPicture), attachments.find(isSound)];
  const drawn =
    shown &&
    html`
      <img
        class="art"
        src="/mail/drafts/${uid}/picture/${shown.path}"
        alt="${visit.texts.little.drawing}"
      />
    `;
  const heard =
    sound &&
    html`
      <audio controls preload="none" src="/mail/drafts/${uid}/sound/${sound.path}"></audio>
    `;
  return html`
    ${drawn ?? NOTHING} ${heard ?? NOTHING}
    ${
      preview === ''
        ? NOTHING
        : html`
            <p>${preview}</p>
          `
    }
  `;
}
