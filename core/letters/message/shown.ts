/**
 * The formatted text of a message as a reader is shown it: sanitised, its own pictures within it.
 */

import { countAfar, type Afar } from './afar.ts';
import { decodedPart, htmlBytes, partsOf, readBody, readBodyOf } from './body.ts';
import { ownFormatted } from './format/read-html.ts';
import type { FormattedText } from './format/words.ts';
import { readHtml } from './html-text.ts';
import { sanitiseMail } from './html.ts';
import { PICTURE_BYTES, PICTURES_CHARACTERS, SANITISE_AT_ONCE_BYTES } from './limits.ts';
import type { Attachment, Part } from './message.ts';

/** What is to be shown, and to whom: plain data, as it travels to a worker. */
export interface ViewRequest {
  readonly raw: Uint8Array;
  readonly structure: Part;
  readonly attachments: readonly Picturable[];
  readonly audience: 'child' | 'adult';
  readonly afar: Afar;
}

type Picturable = Pick<Attachment, 'path' | 'contentId' | 'mediaType' | 'sizeBytes'>;

/** The page of ours that asks a child before a link leads out. */
const LEAVING_PATH = '/leave';
const RASTER = /^image\/(?:png|jpeg|gif|webp)$/;

/** What a message says. */
export interface ShownText {
  /** Plain text with LF line ends; null where the message has only formatted text. */
  readonly text: string | null;
  /** How long its formatted text is, as it was written; null where there is none. */
  readonly formattedCharacters: number | null;
  /** Where its formatted text has our little formatting alone, what that says. */
  readonly formatted: FormattedText | null;
  /** How many pictures it would show from elsewhere, up to 99. */
  readonly afarPictures: number;
}

/** Whether the event loop may do `shownText`. */
export function isReadAtOnce({ structure }: ViewRequest): boolean {
  return htmlBytes(structure) <= SANITISE_AT_ONCE_BYTES;
}

/** Whether it may do `shownHtml`, as that takes some 20 ms at most. */
export function isShownAtOnce({ structure, attachments }: ViewRequest): boolean {
  const bytes = htmlBytes(structure);
  return bytes === 0 || (bytes <= SANITISE_AT_ONCE_BYTES && picturesIn(attachments).length === 0);
}

export function shownText({ raw, structure }: ViewRequest): ShownText {
  const { text, html } = readBody(bufferOf(raw), structure);
  return {
    text,
    formattedCharacters: html?.length ?? null,
    formatted: html === null ? null : ownFormatted(html),
    afarPictures: html === null ? 0 : countAfar(html),
  };
}

/** The beginning of what a message says, as plain text, for when there is no time for the whole. */
export function beginningOf({ raw, structure }: Pick<ViewRequest, 'raw' | 'structure'>): string {
  const bytes = bufferOf(raw);
  let left = SANITISE_AT_ONCE_BYTES;
  const { text, html } = readBodyOf(({ bodyStart, bodyEnd }) => {
    const some = bytes.subarray(bodyStart, Math.min(bodyEnd, bodyStart + left));
    left -= some.length;
    return some;
  }, structure);
  return text ?? readHtml(html ?? '').text;
}

/** Those of the attachments that a formatted text may show within itself. */
function picturesIn(attachments: readonly Picturable[]): readonly Picturable[] {
  return attachments.filter(
    ({ contentId, mediaType, sizeBytes }) =>
      contentId !== null && RASTER.test(mediaType) && sizeBytes <= PICTURE_BYTES,
  );
}

/**
 * Sanitised each time it is shown, by the rules of today; pictures of the message come with it,
 * those from elsewhere only where a grown-up has asked for them. Null where the message has no
 * formatted text.
 */
export function shownHtml({
  raw,
  structure,
  attachments,
  audience,
  afar,
}: ViewRequest): string | null {
  const bytes = bufferOf(raw);
  const { html } = readBody(bytes, structure);
  if (html === null) return null;
  const cid = pictureFinder(bytes, structure, picturesIn(attachments));
  return sanitiseMail(html, { audience, afar, leavingPath: LEAVING_PATH, cid });
}

/**
 * Finds a picture by its Content-ID, as a `data:` address. Each is decoded once, and named a
 * thousand times it is shown as often as `PICTURES_CHARACTERS` hold it.
 */
function pictureFinder(
  raw: Buffer,
  structure: Part,
  pictures: readonly Picturable[],
): (id: string) => string | null {
  const parts = new Map([...partsOf(structure)].map((part) => [part.path, part]));
  const found = new Map<string, string | null>();
  let left = PICTURES_CHARACTERS;
  const look = (id: string): string | null => {
    const picture = pictures.find(({ contentId }) => contentId === id);
    const part = picture && parts.get(picture.path);
    if (!picture || !part) return null;
    return `data:${picture.mediaType};base64,${decodedPart(raw, part).toString('base64')}`;
  };
  return (id) => {
    const address = found.has(id) ? (found.get(id) ?? null) : look(id);
    found.set(id, address);
    if (address === null || address.length > left) return null;
    left -= address.length;
    return address;
  };
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
