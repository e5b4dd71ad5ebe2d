import { littlePage } from '../../components/little-page.ts';
import { fileTile, littleFace, picture, sentenceEar, stepLink } from '../../frame/little-parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, type Html } from '../../html.ts';
import { withMicrophone, type Answer } from '../../http/answer.ts';
import { madeFields } from './made-fields.ts';
import { askedBy, ledFromMaking, towards, type Towards, type TowardsPart } from './towards.ts';
import { timeRing, waveOf } from './wave.ts';

/** GET /write/voice: one touch and one speaks; without a script, a sound that is there already. */
export async function littleBooth(
  visit: Visit<TowardsPart>,
  query: Readonly<Record<string, unknown>>,
): Promise<Answer> {
  const asked = askedBy(query);
  const to = await towards(visit, asked);
  if (to === null) return ledFromMaking(visit, 'voice', asked);
  const words = visit.texts.littleWrite;
  const shown = littlePage(visit, {
    title: words.voice,
    at: 'inside',
    says: 'voice',
    styles: ['answers.css'],
    scripts: ['voice.js'],
    main: html`
      <main id="main">
        <h1 class="vh">${words.voice}</h1>
        <form
          class="booth"
          method="post"
          action="/write/voice"
          enctype="multipart/form-data"
          novalidate
          data-booth
        >
          ${madeFields(visit, to)}
          <input type="hidden" name="wave" value="" />
          ${towardsLine(visit, to)} ${talkButton(visit)} ${waveOf(null)} ${troubles(visit)}
          <div class="again">
            ${stepLink(visit, { path: backOf(to), picture: 'retour', words: words.back })}
            ${instead(visit)}
          </div>
        </form>
      </main>
    `,
  });
  return withMicrophone(shown);
}

/** Where one was before: the letter that is answered, or the faces. */
export const backOf = ({ answerTo, query }: Towards): string =>
  answerTo === null ? `/write?${query}` : `/mail/inbox/${answerTo.uid}`;

/** Whom it is for, as a face. */
export function towardsLine(visit: Visit, { to }: Pick<Towards, 'to'>): Html {
  return html`
    <p class="towards">
      ${littleFace(visit, to)}
      <span class="vh">${visit.texts.littleWrite.towards(to.name)}</span>
    </p>
  `;
}

/** The ring tells how long one has spoken; it only stops. */
function talkButton(visit: Visit): Html {
  const words = visit.texts.littleWrite.booth;
  return html`
    <button class="talk" type="button" data-talk hidden>
      ${timeRing()}
      <span data-when="off">
        ${picture(visit, 'voix')}
        <span class="vh">${words.talk}</span>
      </span>
      <span data-when="on" hidden>
        ${picture(visit, 'stop')}
        <span class="vh">${words.stop}</span>
      </span>
    </button>
  `;
}

function troubles(visit: Visit): Html {
  const words = visit.texts.littleWrite.booth;
  return html`
    <p class="coming" role="alert" data-trouble="missing" hidden>
      ${picture(visit, 'aide')}
      <span class="why">${words.missing}</span>
      ${sentenceEar(visit, words.missing)}
    </p>
    <p class="coming" role="alert" data-trouble="refused" hidden>
      ${picture(visit, 'aide')}
      <span class="why">${words.refused}</span>
      ${sentenceEar(visit, words.refused)}
    </p>
  `;
}

/** A sound from a file: without a script, or where there is no microphone. */
function instead(visit: Visit): Html {
  const words = visit.texts.littleWrite;
  return html`
    <span class="instead" data-upload>
      ${fileTile(visit, {
        picture: 'voix',
        words: words.booth.choose,
        look: 'c2',
        field: { accept: 'audio/*', 'data-name': words.booth.file },
      })}
      <button class="go yes">
        ${picture(visit, 'bon')}
        <span class="vh">${words.done}</span>
      </button>
    </span>
  `;
}
