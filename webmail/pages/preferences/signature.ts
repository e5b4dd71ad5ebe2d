import type { OwnPresence } from '../../../core/mail/presence/contract.ts';
import type { SignedWords } from '../../../core/mail/writing/contract.ts';
import { formOf } from '../../components/form.ts';
import { formatButton } from '../../components/format-button.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, type Html } from '../../html.ts';
import { saveRow, troubleLine, type SheetOutcome } from './parts.ts';

export const SIGNATURE_FORM = formOf({
  signature: { most: 1000, isText: true, as: { rows: 3 } },
});

/** « Signature »: what stands at the foot of what an adult begins to write. */
export function signatureSheet(
  visit: Visit,
  own: Pick<OwnPresence, 'signature' | 'signatureHtml' | 'calledByPupils'>,
  said: SheetOutcome<SignedWords>,
): Html {
  const words = visit.texts.presence.signature;
  const { calledByPupils, signature, signatureHtml } = own;
  const kept = said.typed ?? { text: signature, html: signatureHtml ?? '' };
  const seenBy = html`
    ${words.hint}
    <br />
    ${words.seenBy(calledByPupils ?? '')}
  `;
  const field = SIGNATURE_FORM.shown(visit, {
    typed: { signature: kept.text },
    wrongBy: { signature: said.trouble && 'signature-trouble' },
  }).text('signature', {
    id: 'sg',
    label: words.label,
    hint: calledByPupils === null ? words.hint : seenBy,
    as: { placeholder: example(visit) },
  });
  return html`
    <form
      class="sheet"
      id="signature"
      method="post"
      action="/settings/signature"
      aria-labelledby="signature-t"
    >
      ${token(visit)}
      <h2 id="signature-t">${icon(visit, 'write')}${words.title}</h2>
      ${said.line} ${troubleLine(visit, 'signature', said.trouble)} ${field}
      ${saveRow(visit, formatButton(visit, kept.html === '' ? null : (kept.html ?? null), 'signature'))}
    </form>
  `;
}

/** « Claire Lefèvre » and, below it, « CE1 A, École des Tilleuls ». */
function example({ viewer }: Visit): string {
  const where = [viewer.classes[0]?.name, viewer.schoolName].filter(
    (part) => part !== undefined && part !== '',
  );
  return [viewer.displayName, where.join(', ')].filter((line) => line !== '').join('\n');
}
