import {
  firstLines,
  picturesIn,
  plainOf,
  type FormattedText,
} from '../../../core/letters/message/format/words.ts';
import type { Sought } from '../../../core/letters/message/hits.ts';
import type { Attachment } from '../../../core/letters/message/message.ts';
import { partAtQuote } from '../../../core/letters/message/quoted.ts';
import { eventCard } from '../../components/event-card.ts';
import { formattedWords } from '../../components/formatted.ts';
import { paragraphs } from '../../components/linked.ts';
import {
  fileKindAndSize,
  fileLink,
  icon,
  isFilm,
  isPicture,
  isSound,
  player,
  screen,
  token,
} from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { afarStrip, showsAfar } from './afar-pictures.ts';
import { answerable, type OpenMessage } from './open-message.ts';

/**
 * A frame has the height of its letter, which a script of the page asks it for; without a script it
 * scrolls, and below so many characters it is a low one. It is of our origin so that its height can
 * be asked for; nothing in it may run.
 */
const SHORT = 400;

/** The words: plain, or formatted in a frame with the plain ones below. */
export function bodyOf(visit: Visit, open: OpenMessage): Html | readonly Html[] {
  const { formattedCharacters, formatted, text } = open.message;
  if (formatted !== null) return formattedParted(visit, open, formatted);
  if (formattedCharacters !== null)
    return formattedBody(visit, open, { isShort: (text?.length ?? formattedCharacters) < SHORT });
  if (visit.audience === 'adult' && (text ?? '').trim() !== '')
    return textParted(visit, text ?? '', open.searched?.found.sought);
  const words = paragraphs(text ?? '', {
    ...linksFor(visit),
    ...soughtIn(open.searched?.found.sought),
  });
  if (words.length > 0) return words;
  return html`
    <p class="soft">${visit.texts.message.noText[visit.audience]}</p>
  `;
}

/** Words of a message for an adult; what it repeats of the one it answers is folded. */
export function textParted(visit: Visit, text: string, sought?: Sought): Html {
  const { said, quoted } = partAtQuote(text);
  return html`
    ${paragraphs(said, { ...linksFor(visit), ...soughtIn(sought) })} ${folded(visit, quoted)}
  `;
}

/** What a message repeats of the one that it answers. */
function folded(visit: Visit, quoted: string): Html {
  if (quoted === '') return NOTHING;
  return html`
    <details class="quoted">
      <summary>${visit.texts.message.quoted}</summary>
      <div class="soft">${paragraphs(quoted, linksFor(visit))}</div>
    </details>
  `;
}

/** The same of words with our little formatting. */
function formattedParted(visit: Visit, open: OpenMessage, formatted: FormattedText): Html {
  const { audience } = visit;
  const options = {
    audience,
    picture: pictureIn(open),
    ...soughtIn(open.searched?.found.sought),
  };
  if (audience === 'child')
    return html`
      ${formattedWords(formatted, options)}
    `;
  const { said, quoted } = partAtQuote(plainOf(formatted));
  return html`
    ${formattedWords(firstLines(formatted, said.split('\n').length), options)}
    ${folded(visit, quoted)}
  `;
}

/** A picture in the text is a file of the letter. */
function pictureIn({ message: { attachments }, at }: OpenMessage): (id: string) => string | null {
  return (id) => {
    const file = attachments.find((one) => one.contentId === id && isPicture(one));
    return file === undefined ? null : `${at}/picture/${file.path}`;
  };
}

const soughtIn = (sought: Sought | undefined) => (sought === undefined ? {} : { sought });

/** Children follow no links. */
const linksFor = ({ audience }: Visit) => ({ links: audience === 'adult' });

function formattedBody(
  visit: Visit,
  open: OpenMessage,
  { isShort }: { readonly isShort: boolean },
): Html {
  const { texts } = visit;
  const { message, at } = open;
  const isChild = visit.audience === 'child';
  const plain =
    message.text === null
      ? NOTHING
      : html`
          <details>
            <summary>${texts.message.asText}</summary>
            ${paragraphs(message.text, linksFor(visit))}
          </details>
        `;
  return html`
    ${afarStrip(visit, open)}
    <div class="dressed${isChild ? ' of-child' : ''}">
      <iframe
        class="mail-html${isShort ? ' short' : ''}"
        src="${at}/body${showsAfar(open) ? '?pictures=1' : ''}"
        sandbox="allow-popups allow-popups-to-escape-sandbox allow-same-origin"
        title="${texts.message.formatted}"
        referrerpolicy="no-referrer"
      ></iframe>
    </div>
    ${plain}
  `;
}

/** A picture's own size: its place is kept before it has come. */
function sizeOf({ pictureSizes }: OpenMessage['message'], path: string): Html {
  const size = pictureSizes.get(path);
  return size === undefined ? NOTHING : attributes({ width: size.width, height: size.height });
}

/** Pictures in the page, below the words. */
export function picturesOf(visit: Visit, open: OpenMessage): Html {
  const { message: shown, at, chosen } = open;
  const isAnswerable = answerable(visit, shown, chosen);
  const inText = picturesIn(shown.formatted ?? []);
  const pictures = shown.attachments.filter(
    (file) => isPicture(file) && !inText.has(file.contentId ?? ''),
  );
  if (pictures.length === 0) return NOTHING;
  return html`
    <div class="pictures stack">
      ${pictures.map(
        (file) => html`
          <figure class="stack tight" role="figure" aria-label="${file.name}">
            <a href="${at}/file/${file.path}" download>
              <img
                class="art"
                ${sizeOf(shown, file.path)}
                src="${at}/picture/${file.path}"
                alt="${visit.texts.message.picture(file.name)}"
                loading="lazy"
              />
            </a>
            <figcaption class="soft small">${file.name} ${storeButton(visit, file, at)}</figcaption>
            ${isAnswerable && file.isDrawn === true ? drawOnLink(visit, file, at) : NOTHING}
          </figure>
        `,
      )}
    </div>
  `;
}

/** To the answer, with a pad over this drawing. */
function drawOnLink(visit: Visit, { path, name }: Attachment, at: string): Html {
  return html`
    <p>
      <a class="btn mini" href="${at}/reply?on=${path}">
        ${icon(visit, 'drawing')}${visit.texts.write.drawOn}
        <span class="vh">${name}</span>
      </a>
    </p>
  `;
}

function allOf(visit: Visit, at: string): Html {
  return html`
    <p class="all-files">
      <a class="btn mini" href="${at}/files.zip" download>
        ${icon(visit, 'download')}${visit.texts.message.allFiles}
      </a>
    </p>
  `;
}

/** Every other file: to hear, to see, to read, or to fetch. */
export function filesOf(visit: Visit, { message: shown, at }: OpenMessage): Html {
  if (shown.attachments.length === 0) return NOTHING;
  const files = shown.attachments.filter((file) => !isPicture(file));
  if (files.length === 0) return storeForm(visit, at);
  const plain = files.filter(
    (file) => !isSound(file) && !isFilm(file) && !shown.events.has(file.path),
  );
  const row = html`
    <div class="row">
      ${plain.map(
        (file) => html`
          <span class="pdf-file">${chip(visit, file, at)} ${storeButton(visit, file, at)}</span>
        `,
      )}
    </div>
  `;
  return html`
    <div class="${visit.audience === 'child' ? 'in foot-in ' : ''}files">
      ${files.map((file) => {
        const event = shown.events.get(file.path);
        return event === undefined ? NOTHING : eventCard(visit, { file, event }, at);
      })}
      ${files.filter(isSound).map((file) => [player(visit, file, at), storeButton(visit, file, at)])}
      ${files.filter(isFilm).map((file) => [screen(visit, file, at), storeButton(visit, file, at)])}
      ${plain.length === 0 ? NOTHING : row} ${storeForm(visit, at)}
      ${shown.attachments.length > 1 && visit.audience === 'adult' ? allOf(visit, at) : NOTHING}
    </div>
  `;
}

/** A file to fetch; a PDF opens in a page, and is fetched by what stands beside it. */
function chip(visit: Visit, file: Attachment, at: string): Html {
  if (file.mediaType !== 'application/pdf') return fileLink(visit, file, at);
  const fetch = `${visit.texts.message.fetch} ${file.name}`;
  return html`
    <a class="file" href="${at}/pdf/${file.path}">
      ${icon(visit, 'file')}${fileKindAndSize(visit, file)}
    </a>
    <a
      class="btn quiet only"
      href="${at}/file/${file.path}"
      download
      aria-label="${fetch}"
      title="${fetch}"
    >
      ${icon(visit, 'download')}
    </a>
  `;
}

/** Puts a file among one's own in the cupboard, by one tap; of a draft there is no need. */
function storeButton(visit: Visit, { name, path }: Attachment, at: string): Html {
  if (!mayStore(visit, at)) return NOTHING;
  const words = `${visit.texts.cupboards.store}${visit.texts.colon}${name}`;
  return html`
    <button
      class="btn quiet only"
      form="to-store"
      formaction="${at}/file/${path}/store"
      aria-label="${words}"
      title="${words}"
    >
      ${icon(visit, 'cupboard')}
    </button>
  `;
}

/** What those buttons send. */
function storeForm(visit: Visit, at: string): Html {
  if (!mayStore(visit, at)) return NOTHING;
  return html`
    <form id="to-store" method="post">${token(visit)}</form>
  `;
}

/** An agent of the town has no cupboard, being at home in no school. */
const mayStore = ({ viewer }: Visit, at: string): boolean =>
  viewer.role !== 'agent' && !at.startsWith('/mail/drafts/');
