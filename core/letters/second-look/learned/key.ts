import { soundOf } from '../letters.ts';

/** Words of fewer letters sound like too many others. */
const HEARD_LENGTH = 4;

/**
 * What a word counts as: its sound, in which « frappe », « frapé » and « frapper » are one; of a
 * number how many digits it has.
 */
export function keyOf(word: string): string {
  if (/^\d+$/.test(word)) return word.startsWith('0') ? `0#${word.length}` : `#${word.length}`;
  return word.length < HEARD_LENGTH ? word : soundOf(word);
}
