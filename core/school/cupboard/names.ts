import { inTwo, MOST_NAME_BYTES, shortened, withoutEnds } from '../../ground/file-name.ts';

/** What can't be the name of a file or folder, and why; each has its sentence. */
export type NameFault = 'empty' | 'long' | 'sign' | 'hidden' | 'reserved';

/** What some file system refuses, or takes for a way through folders. */
const SIGNS = /[/\\<>:"|?*\p{Cc}\u2028\u2029]/gu;
/** Signs that nobody sees, or that turn a name round so that its ending reads as another. */
const UNSEEN = /[\p{Cf}\p{Cs}\p{Co}]/gu;
/** Names of Windows' devices, whatever ending follows. */
const DEVICES = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

/** A name as it is kept: letters in one piece (NFC), no white space twice, or at its ends. */
export const tidyName = (typed: string): string =>
  typed.normalize('NFC').replace(/\s+/gu, ' ').trim();

/** What is wrong with a name that somebody typed; null where nothing is. */
export function nameFault(name: string): NameFault | null {
  if (name === '') return 'empty';
  if (name.search(SIGNS) >= 0) return 'sign';
  if (name.search(UNSEEN) >= 0) return 'hidden';
  if (DEVICES.test(name) || name.startsWith('.') || name.endsWith('.')) return 'reserved';
  return Buffer.byteLength(name) > MOST_NAME_BYTES ? 'long' : null;
}

/** A file's name, mended where it can't be kept: nobody is asked to name a photo first. */
export function keptName(offered: string): string {
  const seen = offered.replace(SIGNS, '_').replace(UNSEEN, '');
  const name = withoutEnds(tidyName(seen));
  const free = DEVICES.test(name) ? `_${name}` : name;
  return free === '' ? '_' : shortened(free);
}

/** By which two names are one: on a disk that doesn't tell capitals they would be. */
export const nameKey = (name: string): string => name.normalize('NFKC').toLowerCase();

/** More of one name in one folder are a heap. */
const MOST_ALIKE = 200;

/** The names that something may have where its own is taken: « Dictée (2).odt » and so on. */
export function namesFor(name: string): readonly string[] {
  const { stem, ending } = inTwo(name);
  const others = Array.from({ length: MOST_ALIKE - 1 }, (_, at) => `${stem} (${at + 2})${ending}`);
  return [name, ...others];
}
