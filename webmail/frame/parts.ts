import { ANIMALS, animalOf } from '../../core/ground/animals.ts';
import type { Attachment } from '../../core/letters/message/message.ts';
import type { MessageRow } from '../../core/mail/reading/contract.ts';
import type { Face, Namesake } from '../../core/rules/viewer.ts';
import { html, NOTHING, type Html } from '../html.ts';
import type { Shelf } from './mailboxes.ts';
import { scene, type Scene } from './scenes.ts';
import type { Visit } from './visit.ts';
import { fileSize } from './when.ts';

/** Any other name gets the panda, so that a child never sees a hole. */
const DRAWN: ReadonlySet<string> = new Set(ANIMALS);
/** The grey cover, of whoever belongs to no class. */
const NO_CLASS = 8;
/** What a browser shows as a picture in the page; everything else is downloaded. */
const PICTURES: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
]);

/** What a browser plays in the page. */
const SOUNDS: ReadonlySet<string> = new Set([
  'audio/mpeg',
  'audio/ogg',
  'audio/wav',
  'audio/mp4',
  'audio/webm',
]);

const FILMS: ReadonlySet<string> = new Set(['video/mp4', 'video/webm']);

export type WithAssets = Pick<Visit, 'asset'>;

/** An icon that repeats the word beside it, and is silent for a screen reader. */
export function icon(visit: WithAssets, name: string, extra = ''): Html {
  const at = `${visit.asset('drawings.svg')}#${name}`;
  const key = extra === '' ? at : `${at} ${extra}`;
  const known = ICONS.get(key);
  if (known !== undefined) return known;
  const made = drawn(at, extra);
  ICONS.set(key, made);
  return made;
}

/** A page has dozens of them, and each is one of a few hundred: made once for the process. */
const ICONS = new Map<string, Html>();

const drawn = (at: string, extra: string): Html => html`
  <svg class="i${extra === '' ? '' : ` ${extra}`}" aria-hidden="true">
    <use href="${at}" />
  </svg>
`;

/** An icon that stands alone and says its name; for adults' tool strips. */
export function namedIcon(visit: WithAssets, name: string, label: string): Html {
  return html`
    <svg class="i" role="img" aria-label="${label}">
      <use href="${visit.asset('drawings.svg')}#${name}" />
    </svg>
  `;
}

/** « ← Toutes les classes », above the title of an adult's page: where one comes from. */
export function backLink(visit: WithAssets, to: string, words: string): Html {
  return html`
    <p class="go-back"><a class="btn quiet" href="${to}">${icon(visit, 'back')}${words}</a></p>
  `;
}

/** Each folder is empty in its own way. */
const NOTHING_IN: Readonly<Record<Shelf, Scene>> = {
  inbox: 'letterbox',
  sent: 'plane',
  drafts: 'notebook',
  starred: 'keepsake',
  trash: 'basket',
  archive: 'shelves',
  junk: 'bench',
  later: 'sunrise',
};

/** The drawing of a folder with nothing in it. */
export const emptyScene = (shelf: Shelf | null): Html => scene(NOTHING_IN[shelf ?? 'archive']);

/** The class of a cover; a number the stylesheet doesn't know is grey. */
export function coverClass(cover: number): string {
  return `c${cover >= 1 && cover <= NO_CLASS ? Math.trunc(cover) : NO_CLASS}`;
}

/**
 * Children are round and animals, adults are square and initials, lists are the spine of a book.
 * The name is written beside it.
 */
export function faceOf(
  visit: WithAssets,
  face: Pick<Face, 'kind' | 'face' | 'cover' | 'name'>,
  size = '',
): Html {
  const extra = size === '' ? '' : ` ${size}`;
  if (face.kind === 'child') {
    const { animal: name, colour } = animalOf(face.face);
    const animal = DRAWN.has(name) ? name : 'panda';
    const ring = colour === 1 ? '' : ` k${colour}`;
    return html`
      <svg class="face${ring}${extra}" aria-hidden="true">
        <use href="${visit.asset('drawings.svg')}#${animal}" />
      </svg>
    `;
  }
  if (face.kind === 'list')
    return html`
      <span class="spine tall ${coverClass(face.cover)}" aria-hidden="true"></span>
    `;
  if (face.kind === 'system')
    return html`
      <span class="who c${NO_CLASS}${extra}" aria-hidden="true">${icon(visit, 'preau')}</span>
    `;
  return html`
    <span class="who ${coverClass(face.cover)}${extra}" aria-hidden="true">${initials(face)}</span>
  `;
}

function initials({ face, name }: Pick<Face, 'face' | 'name'>): string {
  return (face === '' ? name : face).slice(0, 2).toUpperCase();
}

/** A class's, a school's name, as the sticker of an exercise book. */
export function label(name: string, cover: number): Html {
  return html`
    <span class="label ${coverClass(cover)}">${name}</span>
  `;
}

/**
 * How somebody is called: a list and a person by their name, a stranger without one by their
 * address.
 */
export function calledOf(face: Pick<Face, 'name' | 'address'>): string {
  return face.name.trim() === '' ? face.address : face.name;
}

/** « Noé, Zoé et 3 autres » would hide somebody: a row names all up to four, then says how many. */
const NAMED = 4;

/** That a stranger bears the name of somebody who is known here under another address. */
export function namesakeBanner(
  visit: Pick<Visit, 'asset' | 'texts'>,
  namesake: Namesake | null,
): Html {
  if (namesake === null) return NOTHING;
  return html`
    <p class="banner stop">
      ${icon(visit, 'warning')}
      <span class="grow">${visit.texts.message.namesake(namesake.name, namesake.address)}</span>
    </p>
  `;
}

/** The names of many, at most so many of them written out. */
export function namesOf(
  visit: Pick<Visit, 'texts'>,
  faces: readonly Pick<Face, 'name' | 'address'>[],
  atMost = NAMED,
): string {
  const names = faces.slice(0, atMost).map(calledOf);
  return faces.length > atMost
    ? `${names.join(', ')} + ${faces.length - atMost}`
    : visit.texts.list(names);
}

/** Names in a form the token of this session's forms. */
export function token(visit: Pick<Visit, 'csrf'>): Html {
  return html`
    <input type="hidden" name="csrf" value="${visit.csrf}" />
  `;
}

/** Whether a file is a picture that the page may show. */
export function isPicture(file: Pick<Attachment, 'mediaType'>): boolean {
  return PICTURES.has(file.mediaType);
}

/** Whether a file is a sound that the page may play. */
export function isSound(file: Pick<Attachment, 'mediaType'>): boolean {
  return SOUNDS.has(file.mediaType);
}

/** Whether a file is a film that the page may play. */
export function isFilm(file: Pick<Attachment, 'mediaType'>): boolean {
  return FILMS.has(file.mediaType);
}

/** A film to be seen where it stands, and its name to keep it by. */
export function screen(visit: Visit, file: Attachment, where: string): Html {
  return html`
    <figure class="stack tight" role="figure" aria-label="${file.name}">
      <video
        class="art"
        controls
        preload="metadata"
        src="${where}/film/${file.path}"
        aria-label="${visit.texts.message.film(file.name)}"
      ></video>
      <figcaption class="small">${fileLink(visit, file, where)}</figcaption>
    </figure>
  `;
}

/**
 * A sound to be heard where it stands, and its name to keep it by.
 *
 * @param where the message's own place, below which its files lie
 */
export function player(visit: Visit, file: Attachment, where: string): Html {
  return html`
    <figure class="stack tight" role="figure" aria-label="${file.name}">
      ${soundOf(visit, file, where)}
      <figcaption class="small">${fileLink(visit, file, where)}</figcaption>
    </figure>
  `;
}

/** The sound itself, with the browser's own player. */
export function soundOf({ texts }: Visit, file: Attachment, where: string): Html {
  return html`
    <audio
      controls
      preload="none"
      src="${where}/sound/${file.path}"
      aria-label="${texts.message.sound(file.name)}"
    ></audio>
  `;
}

/** The icon of a kind of file. */
export function drawingOf(file: Attachment): string {
  if (isPicture(file)) return 'picture';
  return isSound(file) ? 'sound' : 'file';
}

/** A file to fetch, with its size and the word that it was scanned. */
export function fileLink(visit: Visit, file: Attachment, where: string): Html {
  return html`
    <a class="file" href="${where}/file/${file.path}" download>
      ${icon(visit, drawingOf(file))}${fileKindAndSize(visit, file)}
    </a>
  `;
}

/** Its name, and below it its size and the word that it was scanned. */
export function fileKindAndSize({ texts, viewer }: Visit, { name, sizeBytes }: Attachment): Html {
  return html`
    <span>
      ${name}
      <br />
      <span class="small soft">
        ${fileSize(viewer.language, sizeBytes)}, ${texts.message.scanned}
      </span>
    </span>
  `;
}

/** Whether somebody outside the town sent it here; what its owner put there says something else. */
export function isFromOutside({ from, state }: Pick<MessageRow, 'from' | 'state'>): boolean {
  return from.kind === 'outside' && state !== 'added' && state !== 'brought';
}

/** In words that a message comes from outside; nothing for any other. */
export function outsideBadge(visit: Visit, row: Pick<MessageRow, 'from' | 'state'>): Html {
  return isFromOutside(row)
    ? html`
        <span class="badge wait">
          ${icon(visit, 'gate')}${visit.texts.message.outside[visit.audience]}
        </span>
      `
    : NOTHING;
}

/** « famille d’Amine » of a parent's letter, to an adult; nothing of any other. */
export function familyWords(
  { texts, audience }: Visit,
  { familyOf }: Pick<MessageRow, 'familyOf'>,
): string {
  return audience === 'child' || familyOf.length === 0
    ? ''
    : texts.write.familyOf(texts.list(familyOf));
}

/** In a list: that it is somebody's first letter; of any other, that it comes from outside. */
export function strangerBadge(visit: Visit, row: MessageRow): Html {
  if (visit.audience === 'child' || !row.firstTime) return outsideBadge(visit, row);
  const { first } = visit.texts.message;
  return html`
    <span class="badge wait first" title="${first.short}">
      ${icon(visit, 'gate')}
      <span class="w">${first.short}</span>
      <span class="vh">, ${isFromOutside(row) ? first.outside : first.elsewhere}</span>
    </span>
  `;
}

/** « à toute la classe » for a child's own class, « à Chorale » for another list. */
export function toList({ texts, viewer }: Visit, list: Pick<Face, 'address' | 'name'>): string {
  return viewer.role === 'pupil' && viewer.classes[0]?.address === list.address
    ? texts.message.toWholeClass
    : texts.message.to(list.name);
}

/** Parts of a line with commas between; what is empty is left out. */
export const commas = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join(', ');
