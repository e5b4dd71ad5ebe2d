import { littlePage } from '../../frame/little-frame.ts';
import { fileTile, littleFace, picture } from '../../frame/little-parts.ts';
import { isPicture } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import type { Answer } from '../../http/answer.ts';
import { madeFields } from './made-fields.ts';
import { askedBy, ledFrom, towards, type Towards, type TowardsPart } from './towards.ts';

const COLOURS = ['k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8', 'k9', 'k10'] as const;
/** The crayon that lies in the hand. */
const FIRST = 'k6';
/** Widths in a thousandth of the sheet, and how each is drawn on its button. */
const SIZES = [
  { width: 8, blob: 'b1', name: 'thin' },
  { width: 18, blob: 'b2', name: 'medium' },
  { width: 42, blob: 'b3', name: 'thick' },
] as const;

/** GET /write/draw: a sheet of paper and crayons; without a script, the photo of a drawing. */
export async function littleStudio(
  visit: Visit<TowardsPart>,
  query: Readonly<Record<string, unknown>>,
): Promise<Answer> {
  const to = await towards(visit, askedBy(query));
  if (to === null) return ledFrom(visit, '/write?make=draw');
  const words = visit.texts.littleWrite;
  return littlePage(visit, {
    title: words.draw,
    at: 'inside',
    says: 'draw',
    styles: ['answers.css'],
    scripts: ['draw.js'],
    main: html`
      <main id="main">
        <h1 class="vh">${words.draw}</h1>
        <form
          class="studio"
          method="post"
          action="/write/draw"
          enctype="multipart/form-data"
          novalidate
          data-studio
        >
          ${madeFields(visit, to)} ${crayons(visit)} ${sheet(visit, to)} ${pens(visit, to)}
        </form>
      </main>
    `,
  });
}

function crayons(visit: Visit): Html {
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
              aria-pressed="${String(colour === FIRST)}"
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

/** The paper; what was drawn on it before one looked at it lies there again. */
function sheet(visit: Visit, { draft }: Towards): Html {
  const words = visit.texts.littleWrite.studio;
  const drawn = draft?.attachments.find(isPicture);
  const before =
    draft === null || drawn === undefined
      ? NOTHING
      : html`
          <img
            class="sofar"
            data-before
            src="/mail/drafts/${draft.ref.uid}/picture/${drawn.path}"
            alt="${words.before}"
          />
        `;
  return html`
    <div class="pad-draw">
      ${before}
      <canvas aria-label="${words.sheet}" role="img"></canvas>
      <canvas aria-hidden="true"></canvas>
      <span class="instead" data-instead>
        ${fileTile(visit, {
          picture: 'photo',
          words: words.choose,
          look: 'c1',
          field: {
            accept: visit.viewer.photos ? 'image/*' : 'image/png',
            'data-name': words.file,
          },
        })}
      </span>
    </div>
  `;
}

function pens(visit: Visit, { to }: Towards): Html {
  const words = visit.texts.littleWrite;
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
    <div class="pens">
      ${SIZES.map(
        ({ width, blob, name }) => html`
          <button
            class="pen"
            type="button"
            data-size="${width}"
            aria-pressed="${String(name === 'medium')}"
          >
            <span class="blob ${blob}"></span>
            <span class="vh">${words.studio[name]}</span>
          </button>
        `,
      )}
      ${tool('rub', picture(visit, 'gomme'), words.studio.rubber)}
      ${tool('undo', picture(visit, 'retour'), words.studio.undo)}
      ${tool('fresh', picture(visit, 'feuille'), words.studio.fresh)}
      <button class="go yes">
        ${picture(visit, 'bon')} ${littleFace(visit, to)}
        <span class="vh">${words.done}, ${words.towards(to.name)}</span>
      </button>
    </div>
  `;
}
