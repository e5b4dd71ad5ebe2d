import type { Afar } from '../../core/letters/message/afar.ts';
import type { FormattedBody } from '../../core/mail/reading/contract.ts';
import type { Visit } from '../frame/visit.ts';
import { html } from '../html.ts';
import type { Answer } from '../http/answer.ts';

/** A formatted text for the sandboxed frame alone; plain where its cleaning took too long. */
export function framedMail({ texts, audience }: Visit, body: FormattedBody, afar: Afar): Answer {
  const shown =
    body.kind === 'html'
      ? body.html
      : html`
          <p><b>${texts.message.formattedLate[audience]}</b></p>
          <pre>${body.text}</pre>
        `.toString();
  return { kind: 'mail-html', html: shown, afar };
}
