import type { Drawing, Phrase } from '../../core/mail/phrases/contract.ts';
import type { Visit } from '../frame/visit.ts';
import { html, type Html } from '../html.ts';

/**
 * The picture of a phrase, silent: its words stand beside it.
 *
 * @param own where a picture of the class's own is
 */
export function phraseArt(visit: Visit, { drawing }: Phrase, own: string): Html {
  return drawing === null
    ? html`
        <img class="pic" src="${own}" alt="" loading="lazy" />
      `
    : phraseDrawing(visit, drawing);
}

/** One of the drawings that a phrase may have. */
export function phraseDrawing(visit: Visit, drawing: Drawing): Html {
  return html`
    <svg class="pic" viewBox="0 0 96 96" aria-hidden="true">
      <use href="${visit.asset('pictures.svg')}#${drawing}" />
    </svg>
  `;
}
