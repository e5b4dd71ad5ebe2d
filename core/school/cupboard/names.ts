/** What can't be the name of a file or folder, and why; each has its sentence. */
export type NameFault = 'empty' | 'long' | 'sign' | 'hidden' | 'reserved';

/** UTF-8 bytes that file systems take; some are left for « (2) ». */
const MOST_BYTES = 240;
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
  return Buffer.byteLength(name) > MOST_BYTES ? 'long' : null;
}

/** A file's name, mended where it can't be kept: nobody is asked to name a photo first. */
export function keptName(offered: string): string {
  const seen = offered.replace(SIGNS, '_').replace(UNSEEN, '');
  const name = withoutEnds(tidyName(seen));
  const free = DEVICES.test(name) ? `_${name}` : name;
  return free === '' ? '_' : shortened(free);
}

/** Without dots and white space before and behind: they hide a file, or fall away. */
const withoutEnds = (name: string): string =>
  name.replace(/^[.\s]+/u, '').replace(/(?<![.\s])[.\s]+$/u, '');

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= MOST_BYTES) return name;
  const { stem, ending } = inTwo(name);
  const cut = Buffer.from(stem).subarray(0, MOST_BYTES - Buffer.byteLength(ending));
  // As of a stream: a character that is cut in two is left out.
  return withoutEnds(new TextDecoder().decode(cut, { stream: true })) + ending;
}

/** « Dictée », « .odt ». */
export function inTwo(name: string): { readonly stem: string; readonly ending: string } {
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '';
  const stem = name.slice(0, name.length - ending.length);
  return stem === '' ? { stem: name, ending: '' } : { stem, ending };
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
