import type { Visit } from '../frame/visit.ts';
import { html, type Html } from '../html.ts';

/** In characters, as core keeps it (`core/mail/delivery/holding/release-own.ts`). */
const MAX_REASON = 500;

/** Why a letter of one's own that waits for its writer may go; `id` is the field's on its page. */
export function reasonField(visit: Visit, id: string): Html {
  const { sent: words } = visit.texts;
  return html`
    <div class="field">
      <label for="${id}">${words.reason}</label>
      <textarea
        class="input"
        id="${id}"
        name="reason"
        rows="2"
        maxlength="${MAX_REASON}"
        required
        aria-describedby="${id}-hint"
      ></textarea>
      <p class="hint" id="${id}-hint">${words.reasonHint}</p>
    </div>
  `;
}
