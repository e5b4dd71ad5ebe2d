import type { ClassId, PhraseId } from '../../../core/ground/ids.ts';
import type {
  ClassPhrases,
  PhraseMade,
  PhraseWish,
  WithPhrases,
} from '../../../core/mail/phrases/contract.ts';
import type { WithTeaching } from '../../../core/school/teaching/contract.ts';
import { tabPath } from '../../components/class-paths.ts';
import { fileField } from '../../components/file-field.ts';
import { formOf, isRefused, type Filled } from '../../components/form.ts';
import { narrowPage } from '../../components/narrow-page.ts';
import { phraseArt, phraseDrawing } from '../../components/phrase-art.ts';
import { type FramePart } from '../../frame/frame.ts';
import { backLink, icon, label, token } from '../../frame/parts.ts';
import { saidBanner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import type { Form } from '../../http/forms.ts';
import type { SettingLine } from './setting-line.ts';

type PhrasePart = FramePart & WithPhrases & WithTeaching<'classDetails'>;

const PHRASE_FORM = formOf({ words: { most: 60, as: { autocomplete: 'off' } }, drawing: {} });
type PhraseFilled = Filled<'words' | 'drawing'>;

/** Among a class's settings: the way to what its children send without writing. */
export function phrasesLine(visit: Visit, id: ClassId, { own }: ClassPhrases): SettingLine {
  const words = visit.texts.phrases;
  return {
    id: 'phrases',
    drawing: 'sound',
    title: words.title,
    now: words.now(own.length),
    inside: html`
      <p class="soft small">${words.lead}</p>
      <p>
        <a class="btn" href="/classes/${id}/phrases">${icon(visit, 'picture')}${words.link}</a>
      </p>
    `,
  };
}

/** GET /classes/:class/phrases: what the children of a class say by one touch. */
export async function classPhrases(
  visit: Visit<PhrasePart>,
  id: ClassId,
  said: unknown,
): Promise<Answer> {
  return show(visit, id, { said, filled: PHRASE_FORM.blank() });
}

/** POST /classes/:class/phrases: one more, with a drawing of ours or the class's own picture. */
export async function makePhrase(
  visit: Visit<PhrasePart>,
  id: ClassId,
  form: Form,
): Promise<Answer> {
  const [file] = form.files;
  const typed = PHRASE_FORM.typedIn(form);
  // A file that was too big to come isn't among them.
  const made = form.leftOut.some(({ why }) => why !== 'empty')
    ? TOO_BIG
    : await madeOf(visit, id, { typed, file });
  if (made.kind === 'missing') return MISSING;
  if (made.kind === 'made') return { kind: 'go', to: `/classes/${id}/phrases?said=made` };
  const wrong = { words: visit.texts.phrases.why[made.kind] };
  return show(visit, id, { said: null, filled: { typed, wrong } });
}
const TOO_BIG: PhraseMade = { kind: 'too-big' };

function madeOf(
  visit: Visit<PhrasePart>,
  id: ClassId,
  {
    typed: { words, drawing },
    file,
  }: Pick<PhraseFilled, 'typed'> & { readonly file: Form['files'][number] | undefined },
): Promise<PhraseMade> {
  const picture: PhraseWish['picture'] = file === undefined ? drawing : { bytes: file.bytes };
  return visit.core.phrases.make(visit.viewer, { class: id, words, picture });
}

/** POST /classes/:class/phrases/:phrase/remove. */
export async function removePhrase(
  visit: Visit<PhrasePart>,
  of: { readonly class: ClassId; readonly phrase: PhraseId },
): Promise<Answer> {
  const phrase = { class: of.class, id: of.phrase };
  return (await visit.core.phrases.remove(visit.viewer, phrase))
    ? { kind: 'go', to: `/classes/${of.class}/phrases?said=removed` }
    : MISSING;
}

/** GET /classes/:class/phrases/:phrase/picture. */
export async function phrasePicture(
  visit: Visit<PhrasePart>,
  of: { readonly class: ClassId; readonly phrase: PhraseId },
): Promise<Answer> {
  const phrase = { class: of.class, id: of.phrase };
  const file = await visit.core.phrases.picture(visit.viewer, phrase);
  return file === null ? MISSING : { kind: 'inline', file };
}

interface Shown {
  readonly said: unknown;
  readonly filled: PhraseFilled;
}

async function show(visit: Visit<PhrasePart>, id: ClassId, shown: Shown): Promise<Answer> {
  const [details, phrases] = await Promise.all([
    visit.core.teaching.classDetails(visit.viewer, id),
    visit.core.phrases.ofClass(visit.viewer, id),
  ]);
  if (details === null || phrases === null) return MISSING;
  const words = visit.texts.phrases;
  const content = html`
    ${backLink(visit, tabPath(id, 'settings'), words.back)}
    <div>
      <h1 class="row">
        <span>${words.title}</span>
        ${' '}${label(details.name, details.cover)}
      </h1>
      <p class="soft">${words.lead}</p>
    </div>
    ${saidBanner(visit, visit.texts.phrases.said, shown.said)} ${ownPhrases(visit, id, phrases)}
    ${newPhrase(visit, id, { ...shown, ...phrases })} ${everybodysPhrases(visit, phrases)}
  `;
  return narrowPage(visit, {
    title: words.title,
    section: 'classes',
    styles: ['codes.css', 'phrases.css'],
    refused: isRefused(shown.filled),
    content,
  });
}

function ownPhrases(visit: Visit, id: ClassId, { own, most }: ClassPhrases): Html {
  const words = visit.texts.phrases;
  const none = html`
    <p class="soft">${words.none}</p>
  `;
  return html`
    <section class="sheet pad stack" aria-labelledby="po">
      <div class="split">
        <h2 id="po">${words.own}</h2>
        <span class="soft small">${words.count(own.length, most)}</span>
      </div>
      ${own.length === 0 ? none : NOTHING}
      <ul class="phrases">
        ${own.map(
          (phrase) => html`
            <li>
              ${phraseArt(visit, phrase, `/classes/${id}/phrases/${phrase.key}/picture`)}
              <span>${phrase.words}</span>
              <form method="post" action="/classes/${id}/phrases/${phrase.key}/remove">
                ${token(visit)}
                <button class="btn mini">
                  ${icon(visit, 'close')}${words.remove}
                  <span class="vh">${words.of(phrase.words)}</span>
                </button>
              </form>
            </li>
          `,
        )}
      </ul>
    </section>
  `;
}

function everybodysPhrases(visit: Visit, { everybodys }: ClassPhrases): Html {
  return html`
    <section class="sheet pad stack" aria-labelledby="pe">
      <h2 id="pe">${visit.texts.phrases.everybodys}</h2>
      <ul class="phrases">
        ${everybodys.map(
          (phrase) => html`
            <li>
              ${phraseArt(visit, phrase, '')}
              <span>${phrase.words}</span>
            </li>
          `,
        )}
      </ul>
    </section>
  `;
}

function newPhrase(visit: Visit, id: ClassId, shown: Shown & ClassPhrases): Html {
  const words = visit.texts.phrases;
  return html`
    <form
      class="sheet pad stack"
      method="post"
      action="/classes/${id}/phrases"
      enctype="multipart/form-data"
      aria-labelledby="pn"
    >
      <h2 id="pn">${words.make}</h2>
      ${PHRASE_FORM.shown(visit, shown.filled).line('words', {
        id: 'pw',
        label: words.words,
        hint: words.wordsHint,
      })}
      ${drawingChoice(visit, shown)}
      ${fileField(visit, {
        label: words.file,
        hint: words.fileHint,
        name: 'file',
        accept: 'image/png,image/jpeg',
      })}
      <div class="row">
        ${token(visit)}
        <button class="btn main">${icon(visit, 'plus')}${words.add}</button>
      </div>
    </form>
  `;
}

function drawingChoice(visit: Visit, { filled, drawings }: Shown & ClassPhrases): Html {
  const words = visit.texts.phrases;
  return html`
    <fieldset>
      <legend class="lab">${words.picture}</legend>
      <ul class="phrases choice">
        ${drawings.map(
          (one) => html`
            <li>
              <input
                class="vh"
                type="radio"
                name="drawing"
                id="d-${one}"
                value="${one}"
                ${attributes({ checked: one === filled.typed.drawing })}
              />
              <label for="d-${one}">
                ${phraseDrawing(visit, one)}
                <span class="vh">${words.drawings[one]}</span>
              </label>
            </li>
          `,
        )}
      </ul>
    </fieldset>
  `;
}
