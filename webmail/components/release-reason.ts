import type { Visit } from '../frame/visit.ts';
import { type Html } from '../html.ts';
import { textField } from './field.ts';

/** In characters, as core keeps it (`core/mail/delivery/holding/release-own.ts`). */
const MAX_REASON = 500;

/** Why a letter of one's own that waits for its writer may go; `id` is the field's on its page. */
export function reasonField(visit: Visit, id: string): Html {
  const { sent: words } = visit.texts;
  return textField(visit, {
    name: 'reason',
    id,
    label: words.reason,
    hint: words.reasonHint,
    as: { rows: 2, maxlength: MAX_REASON, required: true },
  });
}
