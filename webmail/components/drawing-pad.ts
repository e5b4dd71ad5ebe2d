import type { MessageView } from '../../core/mail/reading/contract.ts';
import { picture } from '../frame/little-parts.ts';
import type { Visit } from '../frame/visit.ts';
import { attributes, html, type Html } from '../html.ts';

const COLOURS = ['k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8', 'k9', 'k10'] as const;
/** The crayon that lies in the hand: a child's blue, a teacher's red. */
const FIRST = { child: 'k6', adult: 'k1' } as const;
/** Widths in a thousandth of the sheet, and how each is drawn on its button. */
const SIZES = [
  { width: 8, blob: 'b1', name: 'thin' },
  { width: 18, blob: 'b2', name: 'medium' },
  { width: 42, blob: 'b3', name: 'thick' },
] as const;

/** The crayons, of which one lies in the hand. */
export function crayons(visit: Visit): Html {
  const words = visit.texts.littleWrite.studio;
  return html`
    <ul class="crayons" aria-label="${words.crayons}">
      ${COLOURS.map(
        (colour) => html`
          <li>
            <button
              class="${colour}"
              type="button"
              data-colour
              aria-pressed="${String(colour === FIRST[visit.audience])}"
            >
              <svg viewBox="0 0 120 48" preserveAspectRatio="xMaxYMid slice" aria-hidden="true">
                <use href="${visit.asset('pictures.svg')}#crayon" />
              </svg>
              <span class="vh">${words.colours[colour]}</span>
            </button>
          </li>
        `,
      )}
    </ul>
  `;
}

/** Thick and thin, the rubber, one line back, a fresh sheet. */
export function pens(visit: Visit): Html {
  const words = visit.texts.littleWrite.studio;
  const tool = (name: 'rub' | 'undo' | 'fresh', shown: Html, said: string) => html`
    <button
      class="pen"
      type="button"
      data-${name}
      ${attributes({ 'aria-pressed': name === 'rub' ? 'false' : null })}
    >
      ${shown}
      <span class="vh">${said}</span>
    </button>
  `;
  return html`
    ${SIZES.map(
      ({ width, blob, name }) => html`
        <button
          class="pen"
          type="button"
          data-size="${width}"
          aria-pressed="${String(name === 'medium')}"
        >
          <span class="blob ${blob}"></span>
          <span class="vh">${words[name]}</span>
        </button>
      `,
    )}
    ${tool('rub', picture(visit, 'gomme'), words.rubber)}
    ${tool('undo', picture(visit, 'retour'), words.undo)}
    ${tool('fresh', picture(visit, 'feuille'), words.fresh)}
  `;
}

/** A drawing that came with a letter, to be drawn on: where it is. It stays as it is. */
export interface DrawnOn {
  readonly src: string;
}

/** The same, and which part of its letter it is. */
export interface AnsweredDrawing extends DrawnOn {
  readonly part: string;
}

/**
 * The drawing of a letter that is answered by drawing on it; null where there is no such drawing.
 * One that a pad made or might have: a photo stays a photo, whatever is drawn on it.
 */
export function drawnOn(
  { attachments }: Pick<MessageView, 'attachments'>,
  part: unknown,
  at: string,
): AnsweredDrawing | null {
  const drawing = attachments.find(({ path, isDrawn }) => path === part && isDrawn === true);
  return drawing === undefined
    ? null
    : { src: `${at}/picture/${drawing.path}`, part: drawing.path };
}

/** It lies under the sheet; a script makes one picture of the two. */
export const drawingUnder = (visit: Visit, { src }: DrawnOn): Html => html`
  <img class="sofar" data-on src="${src}" alt="${visit.texts.littleWrite.studio.theirs}" />
`;

/** The sheet: what is done, and above it what hands are drawing. */
export const papers = (visit: Visit): Html => html`
  <canvas aria-label="${visit.texts.littleWrite.studio.sheet}" role="img"></canvas>
  <canvas aria-hidden="true"></canvas>
`;
