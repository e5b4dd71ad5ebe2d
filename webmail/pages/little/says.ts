import type { PhraseId } from '../../../core/ground/ids.ts';
import type { Phrase, ShownPhrase, WithPhrases } from '../../../core/mail/phrases/contract.ts';
import type { MessageView } from '../../../core/mail/reading/contract.ts';
import type { Face, Viewer } from '../../../core/rules/viewer.ts';
import { phraseArt } from '../../components/phrase-art.ts';
import { picture, type Picture } from '../../frame/little-parts.ts';
import { calledOf, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';

/** What can be made for a letter, each on a page of its own. */
export const MAKINGS = ['draw', 'voice', 'photo'] as const;
export type MakingKind = (typeof MAKINGS)[number];

const LOOKS = {
  draw: { picture: 'dessin', cover: 1 },
  voice: { picture: 'voix', cover: 2 },
  photo: { picture: 'photo', cover: 4 },
} as const satisfies Readonly<
  Record<MakingKind, { readonly picture: Picture; readonly cover: number }>
>;
/** The pale grounds of phrases, one after the other. */
const COVERS = [1, 3, 4, 6, 7, 5] as const;
const groundOf = (at: number): string => `c${COVERS[at % COVERS.length] ?? 1}`;

/** A picture that begins what is made: a button of the form that says for whom. */
export function makingButton(visit: Visit, making: MakingKind): Html {
  return html`
    <button class="say c${LOOKS[making].cover}" name="act" value="${making}">
      ${makingArt(visit, making)}
    </button>
  `;
}

/** What is made, as a picture with its words. */
export const makingArt = (visit: Visit, making: MakingKind): Html => html`
  ${picture(visit, LOOKS[making].picture)}
  <span class="w">${visit.texts.littleWrite[making]}</span>
`;

/** At home: what one can make or say; for whom is asked afterwards. */
export function doings(visit: Visit): Html {
  const words = visit.texts.littleWrite;
  return html`
    <nav class="doings" aria-label="${words.doings}">
      ${makingsOf(visit).map((making) => makingLink(visit, making, `/write?make=${making}`))}
      ${makingLink(visit, 'say', '/write?make=say')}
    </nav>
  `;
}

interface SendsPhotos {
  readonly viewer: Pick<Viewer, 'photos'>;
}

/** What this child may make: a photo only where their class has opened it. */
export function makingsOf({ viewer }: SendsPhotos): readonly MakingKind[] {
  return viewer.photos ? MAKINGS : MAKINGS.filter((one) => one !== 'photo');
}

/** Beside a letter: an answer by one touch, or made on a page of its own. */
export function answers(
  visit: Visit,
  { from, uid }: Pick<MessageView, 'from' | 'uid'>,
  phrases: readonly Phrase[],
): Html {
  const name = calledOf(from);
  return html`
    <form method="post" action="/write" aria-label="${visit.texts.littleWrite.answer(name)}">
      ${token(visit)}
      <input type="hidden" name="uid" value="${uid}" />
      <input type="hidden" name="who" value="${from.address}" />
      ${phraseButtons(visit, phrases)}
      <div class="says three">${makingsOf(visit).map((one) => makingButton(visit, one))}</div>
    </form>
  `;
}

/** The same for who sees the letter before the child does: nothing of it can be pressed. */
export function answersShown(
  visit: Visit,
  writer: Face,
  child: { readonly phrases: readonly ShownPhrase[]; readonly photos: boolean },
): Html {
  return html`
    <section aria-label="${visit.texts.littleWrite.answer(calledOf(writer))}">
      <div class="says three">
        ${child.phrases.map(
          (phrase, at) => html`
            <div class="say still ${groundOf(at)}">
              ${phraseArt(visit, phrase, `/classes/${phrase.class}/phrases/${phrase.key}/picture`)}
              <span class="w">${phrase.words}</span>
            </div>
          `,
        )}
      </div>
      <div class="says three">
        ${makingsOf({ viewer: child }).map(
          (making) => html`
            <div class="say still c${LOOKS[making].cover}">${makingArt(visit, making)}</div>
          `,
        )}
      </div>
    </section>
  `;
}

/** One thing that can be made, which leads to its page. */
export function makingLink(visit: Visit, making: MakingKind | 'say', path: string): Html {
  const { picture: name, cover } =
    making === 'say' ? ({ picture: 'image', cover: 3 } as const) : LOOKS[making];
  return html`
    <a class="say c${cover}" href="${path}">
      ${picture(visit, name)}
      <span class="w">${visit.texts.littleWrite[making]}</span>
    </a>
  `;
}

/** GET /write/phrase/:phrase: the picture of a phrase that the child's class has for itself. */
export async function littlePhrasePicture(
  visit: Visit<WithPhrases>,
  id: PhraseId,
): Promise<Answer> {
  const phrase = await visit.core.phrases.letter(visit.viewer, String(id));
  return phrase === null ? MISSING : { kind: 'inline', file: phrase.picture };
}

/** Phrases: a first touch says one, the next one chooses it; without a script one touch does. */
export function phraseButtons(visit: Visit, phrases: readonly Phrase[]): Html {
  if (phrases.length === 0) return NOTHING;
  return html`
    <div class="says three">
      ${phrases.map(
        (phrase, at) => html`
          <button
            class="say ${groundOf(at)}"
            name="phrase"
            value="${phrase.key}"
            data-name="${phrase.words}"
            lang="${visit.viewer.language}"
          >
            ${phraseArt(visit, phrase, `/write/phrase/${phrase.key}`)}
            <span class="w">${phrase.words}</span>
            <span class="ticked">${picture(visit, 'encore')}</span>
          </button>
        `,
      )}
    </div>
  `;
}
