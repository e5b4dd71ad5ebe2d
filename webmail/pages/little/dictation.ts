import { randomUUID } from 'node:crypto';
import type { LetterId } from '../../../core/ground/ids.ts';
import type { Draft, Scribe } from '../../../core/mail/writing/contract.ts';
import { formOf, isRefused, type Filled } from '../../components/form.ts';
import { littleDocument } from '../../frame/little-frame.ts';
import { littleFace, picture, stepLink } from '../../frame/little-parts.ts';
import { isSound, token } from '../../frame/parts.ts';
import { fieldTrouble } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { formPage, type Answer } from '../../http/answer.ts';
import { LONG_FIELD_CHARS } from '../../http/fields.ts';
import type { Form } from '../../http/forms.ts';
import type { TowardsPart } from './towards.ts';
import { heardAgain } from './wave.ts';

/** Characters of what a child of six dictates, and more. */
const MOST_CHARACTERS = 5_000;
const FORM = formOf({
  words: { most: MOST_CHARACTERS, isText: true, isRequired: true, reads: LONG_FIELD_CHARS },
  adult: { most: 254 },
});
type Typed = Filled<'words' | 'adult'>;

/** Whether a grown-up may write down what the child has said in this letter. */
export const mayBeWrittenDown = ({ viewer }: Visit, draft: Draft): boolean =>
  viewer.dictates && draft.leavesAt === null && draft.attachments.some(isSound);

/**
 * What is written in a letter by somebody else's hand: the words, and whose; null where it is the
 * voice alone. The mark stands in the letter itself, for every mail program to show.
 */
export function dictated(
  { texts }: Visit,
  { text }: Pick<Draft, 'text'>,
): { readonly words: string; readonly mark: string } | null {
  const { mark: markOf } = texts.littleWrite.dictation;
  const [before = '', after = ''] = markOf('\n').split('\n');
  const at = text.trimEnd().lastIndexOf('\n');
  const mark = text.trimEnd().slice(at + 1);
  return at >= 0 && mark.startsWith(before) && mark.endsWith(after)
    ? { words: text.slice(0, at).trimEnd(), mark }
    : null;
}

/** GET /write/voice/:letter: a grown-up types under the sound, in the child's own session. */
export async function dictation(visit: Visit<TowardsPart>, letter: LetterId): Promise<Answer> {
  const draft = await visit.core.writings.draftOfLetter(visit.viewer, letter);
  if (draft === null || !mayBeWrittenDown(visit, draft)) return lookAt(letter);
  const adults = await visit.core.writings.scribes(visit.viewer);
  const written = dictated(visit, draft);
  const { mark: markOf } = visit.texts.littleWrite.dictation;
  const adult = adults.find(({ name }) => markOf(name) === written?.mark)?.face.address ?? '';
  const filled = FORM.blank({ words: written?.words ?? '', adult });
  return show(visit, draft, { adults, filled });
}

/** POST /write/voice/:letter: it is written; the child hears it, and sends it or not. */
export async function writeDown(
  visit: Visit<TowardsPart>,
  letter: LetterId,
  form: Form,
): Promise<Answer> {
  const { writings } = visit.core;
  const draft = await writings.draftOfLetter(visit.viewer, letter);
  if (draft === null || !mayBeWrittenDown(visit, draft)) return lookAt(letter);
  const adults = await visit.core.writings.scribes(visit.viewer);
  const typed = FORM.typedIn(form);
  const adult = adults.find(({ face }) => face.address === typed.adult);
  const wrong = wrongIn(visit, typed.words.trim(), adult);
  if (adult === undefined || isRefused({ typed, wrong }))
    return show(visit, draft, { adults, filled: { typed, wrong } });
  const mark = visit.texts.littleWrite.dictation.mark(adult.name);
  await writings.keep(
    visit.viewer,
    {
      to: draft.to,
      cc: draft.cc,
      subject: draft.subject,
      text: `${typed.words.trim()}\n\n${mark}`,
      answers: draft.answers,
      answerTo: draft.answerTo,
    },
    {
      hand: { letter, previous: draft.ref, window: randomUUID(), turn: 1 },
      add: [],
      drop: [],
    },
  );
  return lookAt(letter);
}

const lookAt = (letter: LetterId): Answer => ({
  kind: 'go',
  to: `/write/letter/${letter}?made=voice`,
});

function wrongIn(
  { texts }: Visit,
  words: string,
  adult: Scribe | undefined,
): NonNullable<Typed['wrong']> {
  const said = texts.littleWrite.dictation;
  const tooLong = words.length > MOST_CHARACTERS ? said.tooLong : undefined;
  return {
    words: words === '' ? said.empty : tooLong,
    adult: adult === undefined ? said.nobody : undefined,
  };
}

function show(
  visit: Visit,
  draft: Draft,
  { adults, filled }: { readonly adults: readonly Scribe[]; readonly filled: Typed },
): Answer {
  const words = visit.texts.littleWrite;
  const fields = FORM.shown(visit, filled);
  const document = littleDocument(visit, {
    title: words.dictation.title,
    at: 'inside',
    says: 'dictation',
    styles: ['answers.css'],
    scripts: ['answers.js'],
    main: html`
      <main id="main">
        <form
          class="booth dictation"
          method="post"
          action="/write/voice/${draft.letter}"
          novalidate
        >
          ${token(visit)}
          <div class="asked"><h1>${words.dictation.title}</h1></div>
          ${heardAgain(visit, draft, null)}
          <p class="why">${words.dictation.lead}</p>
          ${fields.text('words', {
            id: 'dw',
            label: words.dictation.words,
            look: 'input area',
            as: { rows: 5, lang: 'fr' },
          })}
          ${writers(visit, adults, filled)}
          <div class="again">
            ${stepLink(visit, {
              path: `/write/letter/${draft.letter}?made=voice`,
              picture: 'retour',
              words: words.back,
            })}
            <button class="go yes">
              ${picture(visit, 'bon')}
              <span class="w">${words.dictation.done}</span>
            </button>
          </div>
        </form>
      </main>
    `,
  });
  return formPage(document, { refused: isRefused(filled) });
}

/** The grown-ups of the class, of whom one holds the pencil. */
function writers(visit: Visit, adults: readonly Scribe[], { typed, wrong }: Typed): Html {
  const words = visit.texts.littleWrite.dictation;
  const trouble = wrong?.adult ?? null;
  return html`
    <fieldset class="writers" ${attributes({ 'aria-describedby': trouble === null ? 'wh' : 'wt' })}>
      <legend class="lab">${words.who}</legend>
      <div class="row">
        ${adults.map(
          ({ face, name }) => html`
            <label>
              <input
                type="radio"
                name="adult"
                value="${face.address}"
                ${attributes({ checked: face.address === typed.adult })}
              />
              ${littleFace(visit, face)}
              <span>${name}</span>
            </label>
          `,
        )}
      </div>
      ${trouble === null ? NOTHING : fieldTrouble(visit, 'wt', trouble)}
      <p class="hint" id="wh">${words.whoHint}</p>
    </fieldset>
  `;
}
