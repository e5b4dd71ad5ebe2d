/**
 * Spelling as children do it, and as one does who hides a word: pure, letter by letter.
 */
import { SIGNS_FOR_LETTERS } from '../../ground/folding.ts';

/** Letters that have no decomposition into one of ours. */
const WITHOUT_BASE: Readonly<Record<string, string>> = { ı: 'i', ø: 'o', ł: 'l', œ: 'e', æ: 'e' };

/** Digits and signs that stand for a letter. */
const LEET: Readonly<Record<string, string>> = {
  ...SIGNS_FOR_LETTERS,
  '8': 'b',
  '9': 'g',
  '|': 'i',
};

/** Lower case without accents, character by character: what is found in it stands in the text. */
export function plain(text: string): string {
  let folded = '';
  for (let at = 0; at < text.length; at += 1) folded += plainLetter(text.charAt(at));
  return folded;
}

function plainLetter(letter: string): string {
  if (letter < '\u0080') return letter.toLowerCase();
  // NFKD also brings wide and mathematical letters back; the first of it is the letter itself.
  const [base = letter] = letter.normalize('NFKD').toLowerCase();
  return WITHOUT_BASE[base] ?? (base.length === 1 ? base : letter);
}

/** « c0nn@rd » as it is meant; the same where nothing stands for a letter. */
export function withoutLeet(word: string): string {
  return word.replace(/[0-9@$€!|]/g, (sign) => LEET[sign] ?? sign);
}

/** « nuuuul » is « nul »: three alike are one, or two (« connnnard »). */
export function unstretched(word: string): readonly string[] {
  if (!/(.)\1\1/.test(word)) return [];
  return [word.replace(/(.)\1{2,}/g, '$1'), word.replace(/(.)\1{2,}/g, '$1$1')];
}

/** How French says what is written, in the order in which it is replaced. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/(?:er|ez|et)s?$/g, 'e'],
  [/ph/g, 'f'],
  [/s?ch|sh/g, 'S'],
  [/h/g, ''],
  [/(.)\1+/g, '$1'],
  [/eau|au/g, 'o'],
  [/ou/g, 'U'],
  [/oeu|oe|eu/g, 'e'],
  [/gu(?=[eiy])/g, 'G'],
  [/g(?=[eiy])/g, 'j'],
  [/c(?=[eiy])/g, 's'],
  [/qu|q|c|k/g, 'K'],
  [/(?:ain|ein|aim|in|im|yn|un)(?![aeiouyU])/g, 'I'],
  [/(?:an|en|am|em)(?![aeiouyU])/g, 'A'],
  [/(?:on|om)(?![aeiouyU])/g, 'O'],
  [/ai|ei|ay|ey/g, 'e'],
  [/y/g, 'i'],
  [/z/g, 's'],
  // silent at the end: « nulles », « salaud »
  [/(?:es?|(?<![stdxp])[stdxp]+)$/g, ''],
];

/**
 * What a word sounds like: « konar », « connard » and « conard » are one. Words of one or two
 * letters sound like too many others and are themselves.
 */
export function soundOf(word: string): string {
  if (word.length < 3) return word;
  return SOUNDS.reduce((said, [pattern, by]) => said.replace(pattern, by), word);
}
