/** The name of a file, as file systems take it. */

/** UTF-8 bytes that file systems take; some are left for « (2) ». */
export const MOST_NAME_BYTES = 240;

/** Without dots and white space before and behind: they hide a file, or fall away. */
export const withoutEnds = (name: string): string =>
  name.replace(/^[.\s]+/u, '').replace(/(?<![.\s])[.\s]+$/u, '');

/** A name as long as file systems take, with its ending: programs go by that. */
export function shortened(name: string): string {
  if (Buffer.byteLength(name) <= MOST_NAME_BYTES) return name;
  const { stem, ending } = inTwo(name);
  const cut = Buffer.from(stem).subarray(0, MOST_NAME_BYTES - Buffer.byteLength(ending));
  // As of a stream: a character that is cut in two is left out.
  return withoutEnds(new TextDecoder().decode(cut, { stream: true })) + ending;
}

/** « Dictée », « .odt ». */
export function inTwo(name: string): { readonly stem: string; readonly ending: string } {
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '';
  const stem = name.slice(0, name.length - ending.length);
  return stem === '' ? { stem: name, ending: '' } : { stem, ending };
}
