import type { Download } from '../../core/mail/reading/contract.ts';
import type { ServedFile } from '../../core/school/cupboard/contract.ts';
import { isFilm, isPicture, isSound } from '../frame/parts.ts';
import { MISSING, type Answer } from '../http/answer.ts';

/** To keep, or to stand in a page. */
export type FileUse = 'download' | 'picture' | 'sound' | 'film';

const IS_KIND = { picture: isPicture, sound: isSound, film: isFilm } as const;

/** The same of a file that is read while it is sent. */
export function servedAs(file: ServedFile, as: FileUse): Answer {
  if (as === 'download') return { kind: 'served', file, way: 'attachment' };
  return IS_KIND[as](file) ? { kind: 'served', file, way: 'inline' } : MISSING;
}

/** A file for what it is asked for; missing where it isn't of that kind. */
export function fileAs(file: Download, as: FileUse): Answer {
  if (as === 'download') return { kind: 'download', file };
  return IS_KIND[as](file) ? { kind: 'inline', file } : MISSING;
}
