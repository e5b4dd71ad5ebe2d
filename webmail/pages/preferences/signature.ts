import type { OwnPresence } from '../../../core/mail/presence/contract.ts';
import type { SignedWords } from '../../../core/mail/writing/contract.ts';
import { formatButton } from '../../components/format-button.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, TEXT_BEGINS, type Html } from '../../html.ts';
import { saveRow, troubleLine, type SheetOutcome } from './parts.ts';

const MAX_SIGNATURE = 1000;

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
    <p class="hint">${words.seenBy(calledByPupils ?? '')}</p>
  `;
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
      ${said.line} ${troubleLine(visit, 'signature', said.trouble)}
      <div class="field">
        <label for="sg">${words.label}</label>
        <textarea
          id="sg"
          name="signature"
          rows="3"
          maxlength="${MAX_SIGNATURE}"
          placeholder="${example(visit)}"
          ${attributes({
            'aria-invalid': said.trouble === null ? null : 'true',
            'aria-describedby': said.trouble === null ? 'sg-hint' : 'sg-hint signature-trouble',
          })}
        >
${TEXT_BEGINS}${kept.text}</textarea>
        <p class="hint" id="sg-hint">${words.hint}</p>
        ${calledByPupils === null ? NOTHING : seenBy}
      </div>
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
