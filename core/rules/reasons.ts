import type { WallClock } from '../ground/clock.ts';
import { isKeyOf, keysOf } from '../ground/keys.ts';
import { dateInWords } from './dates.ts';
import type { Audience, ReasonName, Wordings } from './reason-names.ts';
import { ENGLISH } from './reasons-en.ts';
import { FRENCH } from './reasons-fr.ts';

export type { Audience, OutcomeName, ReasonName, Reasons } from './reason-names.ts';
export type { RuleName } from './verdict.ts';
export { asciiSentence } from './ascii.ts';

const REASONS = { fr: FRENCH, en: ENGLISH } as const;

/**
 * Words that have a good reading even where the caller knows no better. The roster may say « ton
 * maître » or a name.
 */
const TEACHER = { fr: 'ta maîtresse', en: 'your teacher' } as const;

interface Explanation {
  /** What happened and why, to be said first; over SMTP it is the whole reply. */
  readonly sentence: string;
  /** What the person can do now. */
  readonly next: string;
}

/**
 * The words for one rule or outcome. An unknown name (a row of the store written by a later
 * version) reads as `fault`.
 *
 * `words` fills the placeholders: `name`, `className`, `ownClassName`, `teacher` (« ton maître »),
 * `otherTeacher`,
 * `until` (ISO 8601, said as « demain à 8 h » on the reader's clock), `signature`,
 * `file`, `site` (its name), `limit` (with its unit). All are optional. They are plain text and
 * stay so: whoever puts the sentence into a page escapes it.
 */
export function explain(
  rule: ReasonName,
  words: Readonly<Record<string, string>>,
  reader: WallClock & { readonly audience: Audience },
): Explanation {
  const { language, audience } = reader;
  const reason = REASONS[language][isKeyOf(FRENCH, rule) ? rule : 'fault'][audience];
  const teacher = words['teacher'] || TEACHER[language];
  const until = words['until'] ? dateInWords(words['until'], reader) : null;
  const known = { ...words, teacher, Teacher: capitalised(teacher), until: until ?? '' };
  return { sentence: say(reason.sentence, known), next: say(reason.next, known) };
}

/** Every name there is a sentence for, in the order in which they are written. */
export const REASON_NAMES = keysOf(FRENCH);

const PLACEHOLDER = /\{(\w+)\}/g;

function say(wordings: Wordings, words: Readonly<Record<string, string>>): string {
  const known = (text: string): boolean =>
    [...text.matchAll(PLACEHOLDER)].every(
      ([, word = '']) => Object.hasOwn(words, word) && words[word] !== '',
    );
  const text = wordings.find(known) ?? wordings[wordings.length - 1] ?? '';
  return text.replace(PLACEHOLDER, (_, word: string) => words[word] ?? '');
}

function capitalised(text: string): string {
  return text.slice(0, 1).toLocaleUpperCase('fr') + text.slice(1);
}
