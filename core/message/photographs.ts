import type { Attachment } from './message.ts';
import { isOurMark } from './picture-mark.ts';

/** What is asked of a file: by its content, never by its name. */
type Looked = Pick<Attachment, 'mediaType' | 'mark' | 'holdsPictures'>;

/** A picture, or a film, which is many. */
export const isPictured = (mediaType: string): boolean => /^(?:image|video)\//.test(mediaType);

/**
 * Whether one of these files may be a photograph: any picture or film, whatever its format, but
 * what a page of ours has made, a drawing or the picture of a phrase, which bears our mark. A
 * format says nothing (a photo is a PNG by one press), nor does camera data: messengers take it
 * out. `key` is that of keyed hashes.
 */
export function hasPhotograph(files: readonly Looked[], key: Buffer): boolean {
  return files.some(
    ({ mediaType, mark, holdsPictures }) =>
      holdsPictures === true ||
      (isPictured(mediaType) && !(mark !== undefined && isOurMark(mark, key))),
  );
}
