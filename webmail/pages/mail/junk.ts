import type { Uid } from '../../../core/ground/ids.ts';
import type { MessageView, WithMail } from '../../../core/mail/reading/contract.ts';
import { chosenMailbox } from '../../frame/mailboxes.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import type { OpenMessage } from './open-message.ts';

/** Above a letter among Indésirables: why it lies there, and the way out for what is none. */
export function junkBanner(
  visit: Visit,
  { at, message: { junkSigns } }: Pick<OpenMessage, 'at'> & { readonly message: MessageView },
): Html {
  if (junkSigns.length === 0) return NOTHING;
  const words = visit.texts.message.junk;
  return html`
    <div class="banner wait">
      ${icon(visit, 'warning')}
      <div class="grow stack tight">
        <p><b>${words.title}</b></p>
        <ul>
          ${junkSigns.map(
            (sign) => html`
              <li>${words.signs[sign]}</li>
            `,
          )}
        </ul>
        <p>${words.careful}</p>
        <form method="post" action="${at}/not-junk">
          ${token(visit)}
          <button class="btn">${icon(visit, 'inbox')}${words.none}</button>
        </form>
      </div>
    </div>
  `;
}

/** POST /mail/:mailbox/:uid/not-junk: back among the others; its writer is trusted from now on. */
export async function notJunk(
  visit: Visit<WithMail<'mailboxes' | 'notJunk'>>,
  slug: string,
  uid: Uid,
): Promise<Answer> {
  const chosen = chosenMailbox(visit, await visit.core.mail.mailboxes(visit.viewer), slug);
  if (chosen === null) return MISSING;
  const done = await visit.core.mail.notJunk(visit.viewer, chosen.mailbox.id, uid);
  return done ? { kind: 'go', to: '/mail/inbox?said=not-junk' } : MISSING;
}
