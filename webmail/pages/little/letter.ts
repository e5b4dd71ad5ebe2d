import type { Uid } from '../../../core/ground/ids.ts';
import type { Attachment } from '../../../core/letters/message/message.ts';
import type { WithVoice } from '../../../core/letters/voice/contract.ts';
import type { WithPhrases } from '../../../core/mail/phrases/contract.ts';
import type { MessageView, WithMail } from '../../../core/mail/reading/contract.ts';
import type { WithWritings } from '../../../core/mail/writing/contract.ts';
import { littlePage } from '../../components/little-page.ts';
import { roadWords } from '../../components/road.ts';
import { letterEar, picture, sentenceEar, who } from '../../frame/little-parts.ts';
import { chosenMailbox } from '../../frame/mailboxes.ts';
import { calledOf, isPicture, isSound, token } from '../../frame/parts.ts';
import { scene } from '../../frame/scenes.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { litWords, prepareHearing } from './hearing.ts';
import { answers } from './says.ts';

/** GET /mail/:mailbox/:uid of a little one: the letter, open; opening it takes its bead away. */
export async function littleLetter(
  visit: Visit<
    WithMail<'mailboxes' | 'read' | 'markRead'> &
      WithPhrases<'offered'> &
      WithVoice<'prepare'> &
      WithWritings<'answer'>
  >,
  slug: string,
  uid: Uid,
): Promise<Answer> {
  const { mail } = visit.core;
  const chosen = chosenMailbox(visit, await mail.mailboxes(visit.viewer), slug);
  if (chosen === null) return MISSING;
  const letter = await mail.read(visit.viewer, chosen.mailbox.id, uid);
  if (letter === null) return MISSING;
  prepareHearing(visit, letter);
  await mail.markRead(visit.viewer, { mailbox: chosen.mailbox.id, uid, by: 'message' });
  const ref = { mailbox: chosen.mailbox.id, uid };
  const [answer, phrases] = await Promise.all([
    visit.core.writings.answer(visit.viewer, ref, 'writer'),
    visit.core.phrases.offered(visit.viewer),
  ]);
  const mayAnswer = chosen.shelf === 'inbox' && (answer?.writing.to.length ?? 0) > 0;
  const title = visit.texts.little.letterOf(calledOf(letter.from));
  return littlePage(visit, {
    title,
    at: 'inside',
    says: mayAnswer && drawnIn(letter) !== undefined ? 'letterDrawn' : 'letter',
    main: html`
      <main id="main" class="body">
        <h1 class="vh">${title}</h1>
        <div class="opened${mayAnswer ? '' : ' alone'}">
          <div>${opened(visit, letter, { at: `${chosen.path}/${uid}`, mayAnswer })}</div>
          ${mayAnswer ? answers(visit, letter, phrases) : NOTHING}
        </div>
      </main>
    `,
  });
}

/** The letter, then the tear; the house at the top leads home. */
function opened(
  visit: Visit,
  letter: MessageView,
  { at, mayAnswer }: { readonly at: string; readonly mayAnswer: boolean },
): Html {
  return html`
    ${shownLetter(visit, letter, at)}
    <div class="corner">
      ${mayAnswer ? drawOnIt(visit, letter) : NOTHING} ${tear(visit, letter, at)}
    </div>
  `;
}

/** The drawing, what is said and by whom, and the ear. */
export function shownLetter(visit: Visit, letter: MessageView, at: string): Html {
  return html`
    <article class="frame" id="letter">
      ${drawings(visit, letter, at)}
      <div class="said">
        ${who(visit, letter.from)}
        <div class="words" lang="fr">${litWords(letter)}</div>
        ${letterEar(visit, at, { words: visit.texts.little.hearLetter, look: 'huge' })}
      </div>
      ${sounds(letter, at)} ${cameBy(visit, letter)}
    </article>
  `;
}

/** The road that it has come, and an ear that says from where. */
function cameBy(visit: Visit, letter: MessageView): Html {
  const words = roadWords(visit, letter);
  return words === null
    ? NOTHING
    : html`
        <p class="coming road">${scene('road-end')} ${sentenceEar(visit, words)}</p>
      `;
}

function drawings(visit: Visit, { attachments, pictureSizes }: MessageView, at: string): Html[] {
  return attachments.filter(isPicture).map((file) => {
    const size = pictureSizes.get(file.path);
    return html`
      <img
        class="art"
        src="${at}/picture/${file.path}"
        alt="${visit.texts.little.drawing}"
        ${
          size === undefined
            ? NOTHING
            : html`
                width="${size.width}" height="${size.height}"
              `
        }
      />
    `;
  });
}

function sounds({ attachments }: MessageView, at: string): Html[] {
  return attachments.filter(isSound).map(
    ({ path }) => html`
      <p class="sounds"><audio controls preload="none" src="${at}/sound/${path}"></audio></p>
    `,
  );
}

const drawnIn = ({ attachments }: MessageView): Attachment | undefined =>
  attachments.find(({ isDrawn }) => isDrawn === true);

/** The sheet of paper over the drawing that came: what is drawn on it is the answer. */
function drawOnIt(visit: Visit, letter: MessageView): Html {
  const drawing = drawnIn(letter);
  return drawing === undefined
    ? NOTHING
    : html`
        <a class="disc" href="/write/draw?uid=${letter.uid}&on=${drawing.path}">
          ${picture(visit, 'dessus')}
          <span class="vh">${visit.texts.littleWrite.studio.on}</span>
        </a>
      `;
}

/** « Ça me gêne »: one tap, no question, and an adult looks after it. */
function tear(visit: Visit, { from }: MessageView, at: string): Html {
  if (from.kind === 'system' || from.address === visit.viewer.address) return NOTHING;
  return html`
    <form method="post" action="${at}/report">
      ${token(visit)}
      <button class="disc">
        ${picture(visit, 'triste')}
        <span class="vh">${visit.texts.little.sadly}</span>
      </button>
    </form>
  `;
}
