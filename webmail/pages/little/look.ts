import type { LetterId } from '../../../core/ground/ids.ts';
import type { Draft } from '../../../core/mail/writing/contract.ts';
import { littlePage } from '../../components/little-page.ts';
import {
  letterEar,
  littleFace,
  picture,
  stepLink,
  type LittleSentence,
} from '../../frame/little-parts.ts';
import { isPicture, isSound, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { charterPath } from '../../here.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import type { Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { backOf, towardsLine } from './booth.ts';
import { dictated, mayBeWrittenDown } from './dictation.ts';
import { litWords } from './hearing.ts';
import { madeBy, type LetterKind } from './made.ts';
import { ledFrom, towardsOf, type Towards, type TowardsPart } from './towards.ts';
import { unsentPage, whyItStays, whyLine } from './unsent.ts';
import { heardAgain, waveIn } from './wave.ts';

/**
 * GET /write/letter/:letter of a little one: « On l'envoie ? » Nothing goes before it has been
 * looked at, or heard, beside the face of who gets it.
 */
export async function littleLook(
  visit: Visit<TowardsPart>,
  letter: LetterId,
  query: { readonly made: unknown; readonly wave: unknown },
): Promise<Answer> {
  const draft = await visit.core.writings.draftOfLetter(visit.viewer, letter);
  const made = madeBy(query.made);
  if (draft === null || draft.leavesAt !== null)
    return { kind: 'go', to: `/write/sent/${letter}?made=${made}` };
  const to = await towardsOf(visit, draft);
  if (to === null) return leftAlone(visit, draft, waveIn(query.wave));
  const words = visit.texts.littleWrite;
  // Beside what was written the voice takes less room.
  const look = dictated(visit, draft) === null ? 'booth' : 'booth dictation';
  return littlePage(visit, {
    title: words.look.title,
    at: 'inside',
    says: saysOf(visit, draft),
    styles: ['answers.css'],
    scripts: ['answers.js'],
    main: html`
      <main id="main">
        <form class="${look}" method="post" action="/write/letter/${letter}">
          ${token(visit)}
          <input type="hidden" name="made" value="${made}" />
          <div class="asked">
            ${towardsLine(visit, to)}
            <h1>${words.look.title}</h1>
          </div>
          ${thing(visit, draft, waveIn(query.wave))} ${written(visit, draft)}
          <div class="again">
            ${stepLink(visit, {
              path: beforeOf(to, { letter, made }),
              picture: 'retour',
              words: words.look.again,
            })}
            ${mayBeWrittenDown(visit, draft) ? toDictation(visit, letter) : NOTHING}
            <button class="go" data-once>
              ${picture(visit, 'avion')} ${littleFace(visit, to.to)}
              <span class="vh">${words.look.send(to.to.name)}</span>
            </button>
          </div>
        </form>
      </main>
    `,
  });
}

/** Whom it was for has left meanwhile, or its writer has: it stays, and a sentence says so. */
function leftAlone(visit: Visit, draft: Draft, wave: string | null): Answer {
  if (visit.viewer.writesAfter === 'charter') return ledFrom(visit, '/write');
  const { unsent, back } = visit.texts.littleWrite;
  const look = dictated(visit, draft) === null ? 'booth' : 'booth dictation';
  return littlePage(visit, {
    title: unsent.title,
    at: 'inside',
    says: 'unsent',
    styles: ['answers.css'],
    scripts: ['answers.js'],
    main: html`
      <main id="main">
        <div class="${look}">
          <div class="asked"><h1>${unsent.title}</h1></div>
          ${thing(visit, draft, wave)} ${written(visit, draft)} ${whyLine(visit, unsent.nobody)}
          <div class="again">
            ${stepLink(visit, { path: '/write', picture: 'retour', words: back })}
          </div>
        </div>
      </main>
    `,
  });
}

/** One step back: to what was made, which is as it was; of a phrase to the phrases. */
function beforeOf(
  to: Towards,
  { letter, made }: { readonly letter: LetterId; readonly made: LetterKind },
): string {
  return made === 'phrase' ? backOf(to) : `/write/${made}?letter=${letter}`;
}

/** What the letter holds, as large as the page: a picture, a voice with its wave. */
function thing(visit: Visit, draft: Draft, wave: string | null): Html {
  const shown = draft.attachments.find(isPicture);
  const where = `/mail/drafts/${draft.ref.uid}`;
  if (draft.attachments.some(isSound)) return heardAgain(visit, draft, wave);
  if (shown === undefined) return NOTHING;
  return html`
    <figure class="shot" role="figure" aria-label="${draft.text}">
      <img src="${where}/picture/${shown.path}" alt="" />
      <figcaption>${draft.text}</figcaption>
    </figure>
  `;
}

/** What a grown-up wrote down, for the child to hear: is it what they said? */
function written(visit: Visit, draft: Draft): Html {
  const by = dictated(visit, draft);
  if (by === null) return NOTHING;
  const { subject, text, ref } = draft;
  const from = {
    kind: 'child',
    name: visit.viewer.givenName,
    address: visit.viewer.address,
  } as const;
  const letter = {
    subject,
    text,
    preview: '',
    from: { ...from, face: visit.viewer.face, cover: 1 },
  };
  return html`
    <div class="written" id="letter" lang="fr">
      <div class="words">${litWords(letter)}</div>
      ${letterEar(visit, `/mail/drafts/${ref.uid}`, {
        words: visit.texts.littleWrite.dictation.hear,
        look: 'huge',
      })}
    </div>
  `;
}

const toDictation = (visit: Visit, letter: LetterId): Html =>
  stepLink(visit, {
    path: `/write/voice/${letter}`,
    picture: 'ecrit',
    words: visit.texts.littleWrite.dictation.write,
  });

function saysOf(visit: Visit, draft: Draft): LittleSentence {
  if (!mayBeWrittenDown(visit, draft)) return 'look';
  return dictated(visit, draft) === null ? 'lookVoice' : 'lookDictated';
}

/** POST /write/letter/:letter of a little one: it has been looked at, and goes. */
export async function sendLittle(
  visit: Visit<TowardsPart>,
  letter: LetterId,
  form: Form,
): Promise<Answer> {
  const { writings } = visit.core;
  const draft = await writings.draftOfLetter(visit.viewer, letter);
  const made = madeBy(field(form, 'made'));
  const sent: Answer = { kind: 'go', to: `/write/sent/${letter}?made=${made}` };
  // The second press of a button whose first has arrived.
  if (draft === null) return sent;
  const outcome = await writings.handIn(visit.viewer, draft.ref, null);
  if (outcome.kind === 'leaves' || outcome.kind === 'accepted' || outcome.kind === 'held')
    return sent;
  if (outcome.kind === 'no-recipient' && (await writings.hasLeft(visit.viewer, letter)))
    return sent;
  const back = `/write/letter/${letter}?made=${made}`;
  if (visit.viewer.writesAfter === 'charter') return { kind: 'go', to: charterPath(back) };
  return unsentPage(visit, { say: whyItStays(visit, outcome), back });
}
