import type { Draft } from '../../../core/mail/writing/contract.ts';
import { isSound } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, type Html } from '../../html.ts';

/** Bars of a voice, and what each is drawn from. */
const BARS = 36;
const SILENT = '0'.repeat(BARS);
const DIGITS = new RegExp(`^\\d{${BARS}}$`);

/** The loudness of a voice in so many digits, as the page of speaking says it; else null. */
export function waveIn(text: unknown): string | null {
  return typeof text === 'string' && DIGITS.test(text) ? text : null;
}

/** A voice drawn, bar by bar, as `assets/voice.ts` draws it while somebody speaks. */
export function waveOf(digits: string | null): Html {
  const bars = [...(digits ?? SILENT)].map((digit, at) => {
    const half = Math.max(0.5, Number(digit) * 3);
    return `M${5 + at * 10} ${30 - half}v${half * 2}`;
  });
  return html`
    <svg class="wave" viewBox="0 0 360 60" preserveAspectRatio="none" aria-hidden="true" data-wave>
      <path
        d="${bars.join('')}"
        stroke="currentColor"
        stroke-width="5"
        stroke-linecap="round"
        fill="none"
      />
    </svg>
  `;
}

/** The ring around a round button, which a script fills with the time that has gone. */
export const timeRing = (): Html => html`
  <svg class="ring" viewBox="0 0 100 100" aria-hidden="true">
    <circle class="way" cx="50" cy="50" r="46" />
    <circle
      class="gone"
      cx="50"
      cy="50"
      r="46"
      stroke-dasharray="0 289"
      transform="rotate(-90 50 50)"
      data-gone
    />
  </svg>
`;

/** The voice of a letter, by one large button. */
export function heardAgain(visit: Visit, draft: Draft, wave: string | null): Html {
  const sound = draft.attachments.find(isSound);
  const path = `/mail/drafts/${draft.ref.uid}/sound/${sound?.path ?? ''}`;
  return html`
    <button class="talk" type="button" data-play="#voice" hidden>
      ${timeRing()}
      <svg class="pic" viewBox="0 0 96 96" aria-hidden="true">
        <path class="triangle" d="M30 14v68l54-34z" />
      </svg>
      <span class="vh">${visit.texts.littleWrite.look.hear}</span>
    </button>
    <audio id="voice" src="${path}" controls preload="auto"></audio>
    ${waveOf(wave)}
  `;
}
