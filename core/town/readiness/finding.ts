import type { Finding, BilingualSentence } from './contract.ts';

/**
 * The same sentence in both languages. In French no line may break before `: ; ? !` nor inside
 * « »: the plain spaces of the source become no-break ones.
 */
export const said = (fr: string, en: string): BilingualSentence => ({
  fr: fr.replace(/ (?=[:;?!»])/g, NO_BREAK).replace(/(?<=«) /g, NO_BREAK),
  en,
});
const NO_BREAK = '\u00a0';

/** As it must be. */
export const green = (found: BilingualSentence): Finding => ({ state: 'green', found, todo: null });

/** It works, and something is left to do. */
export const amber = (found: BilingualSentence, todo: BilingualSentence): Finding => ({
  state: 'amber',
  found,
  todo,
});

/** It doesn't work, or isn't safe. */
export const red = (found: BilingualSentence, todo: BilingualSentence): Finding => ({
  state: 'red',
  found,
  todo,
});

/** Not counted. */
export const grey = (found: BilingualSentence): Finding => ({ state: 'grey', found, todo: null });

/** « 1 école », « 3 écoles »; in English, too, all but one is many. */
export function counted(
  count: number,
  one: BilingualSentence,
  many: BilingualSentence,
): BilingualSentence {
  return {
    fr: `${count} ${count < 2 ? one.fr : many.fr}`,
    en: `${count} ${count === 1 ? one.en : many.en}`,
  };
}
