import type { Download } from '../../core/mail/reading/contract.ts';
import { isPicture, isSound } from '../frame/parts.ts';
import { MISSING, type Answer } from '../http/answer.ts';

/** To keep, or to stand in a page. */
export type FileUse = 'download' | 'picture' | 'sound';

/** A file for what it is asked for; missing where it isn't of that kind. */
export function fileAs(file: Download, as: FileUse): Answer {
  if (as === 'download') return { kind: 'download', file };
  const isThat = as === 'picture' ? isPicture(file) : isSound(file);
  return isThat ? { kind: 'inline', file } : MISSING;
}
