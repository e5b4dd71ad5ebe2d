import { partsOf } from './body.ts';
import type { Attachment, ReadMessage } from './message.ts';
import { isOurMark } from './picture-mark.ts';
import { pictureSize } from './picture-size.ts';

/** Its header and its ends: a small picture is little else. */
const FRAME_BYTES = 1_000;
/**
 * As a PNG, a sheet of writing or what a paint program makes takes a tenth of a byte a pixel or
 * two; what a camera saw takes one and a half or more.
 */
const DRAWN_BYTES_A_PIXEL = 0.4;

/** A picture, or a film, which is many. */
export const isPictured = (mediaType: string): boolean => /^(?:image|video)\//.test(mediaType);

/**
 * Whether a file is a PNG with no more bytes a pixel than this: a PNG keeps each pixel, so that
 * what is painted takes little and the grain of a camera much.
 */
export function isPlainPng(bytes: Buffer, bytesAPixel = DRAWN_BYTES_A_PIXEL): boolean {
  const size = bytes.toString('latin1', 1, 4) === 'PNG' ? pictureSize(bytes) : null;
  return size !== null && bytes.length <= FRAME_BYTES + size.width * size.height * bytesAPixel;
}

/**
 * Whether one of the files of a message may be a photograph: any picture or film, whatever its
 * format, but what can only have been drawn or written, and what a page of ours has made, a drawing
 * or the picture of a phrase, which bears our mark. A format says nothing (a photo is a PNG by one
 * press), nor does camera data: messengers take it out. A picture that stands in a formatted text
 * is one, since no page of ours puts it there. `key` is that of keyed hashes.
 */
export function hasPhotograph(
  { attachments, structure }: Pick<ReadMessage, 'attachments' | 'structure'>,
  key: Buffer,
): boolean {
  return (
    attachments.some((file) => mayBePhotograph(file, key)) ||
    [...partsOf(structure)].some(({ holdsPictures }) => holdsPictures === true)
  );
}

function mayBePhotograph(
  { mediaType, mark, isDrawn, holdsPictures }: Attachment,
  key: Buffer,
): boolean {
  if (holdsPictures === true) return true;
  const isOurs = mark !== undefined && isOurMark(mark, key);
  return isPictured(mediaType) && isDrawn !== true && !isOurs;
}
