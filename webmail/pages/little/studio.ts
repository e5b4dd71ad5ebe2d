import type { WithMail } from '../../../core/mail/reading/contract.ts';
import {
  crayons,
  drawingUnder,
  drawnOn,
  papers,
  pens,
  type AnsweredDrawing,
} from '../../components/drawing-pad.ts';
import { littlePage } from '../../components/little-page.ts';
import { fileTile, littleFace, picture } from '../../frame/little-parts.ts';
import { isPicture } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import type { Answer } from '../../http/answer.ts';
import { madeFields } from './made-fields.ts';
import { askedBy, ledFromMaking, towards, type Towards, type TowardsPart } from './towards.ts';

/** GET /write/draw: a sheet of paper and crayons; without a script, the photo of a drawing. */
export async function littleStudio(
  visit: Visit<TowardsPart & WithMail<'read'>>,
  query: Readonly<Record<string, unknown>>,
): Promise<Answer> {
  const asked = askedBy(query);
  const to = await towards(visit, asked);
  if (to === null) return ledFromMaking(visit, 'draw', asked);
  const part = to.draft === null ? query['on'] : to.draft.drawnOn;
  const on = await drawnOnIn(visit, to, part);
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
          ${madeFields(visit, to)} ${on === null ? NOTHING : onField(on)} ${crayons(visit)}
          ${sheet(visit, to, on)} ${tools(visit, to)}
        </form>
      </main>
    `,
  });
}

const onField = ({ part }: AnsweredDrawing): Html => html`
  <input type="hidden" name="on" value="${part}" />
`;

/** The drawing of the letter that is answered on which the child draws. */
async function drawnOnIn(
  { core, viewer }: Visit<WithMail<'read'>>,
  { answerTo }: Towards,
  part: unknown,
): Promise<AnsweredDrawing | null> {
  if (answerTo === null || part === undefined) return null;
  const answered = await core.mail.read(viewer, answerTo.mailbox, answerTo.uid);
  return answered && drawnOn(answered, part, `/mail/inbox/${answerTo.uid}`);
}

/** The paper; what was drawn on it before one looked at it lies there again. */
function sheet(visit: Visit, { draft }: Towards, on: AnsweredDrawing | null): Html {
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
      ${before} ${on === null ? NOTHING : drawingUnder(visit, on)} ${papers(visit)}
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

function tools(visit: Visit, { to }: Towards): Html {
  const words = visit.texts.littleWrite;
  return html`
    <div class="pens">
      ${pens(visit)}
      <button class="go yes">
        ${picture(visit, 'bon')} ${littleFace(visit, to)}
        <span class="vh">${words.done}, ${words.towards(to.name)}</span>
      </button>
    </div>
  `;
}
