import { nameForChild, type ReadingChild } from '../../directory/child-names.ts';
import { nameWords } from '../../directory/namesake.ts';
import type { Person } from '../../roster/snapshot.ts';

/** Characters of a name for a child. */
const MOST = 20;
/** Letters, and what stands between the parts of a name: « Mamie Jo », « Grand-père ». */
const NAME = /^\p{L}[\p{L}\p{M}]*(?:[ '’-]\p{L}[\p{L}\p{M}]*)*$/u;
/** Words for who works at a school, for the school and for what speaks for it, accents folded. */
const OF_THE_SCHOOL =
  /^(?:maitre|direct(?:eur|rice)|prof|enseignant|ecole|preau|teacher|school|headteacher)/u;
const FORMS_OF_ADDRESS: ReadonlySet<string> = new Set([
  'm',
  'mr',
  'monsieur',
  'mme',
  'madame',
  'mlle',
  'mademoiselle',
  'mrs',
  'ms',
  'miss',
]);

/** Why a child isn't to call a guardian so. */
type ChosenNameFault = 'no-name' | 'of-the-school' | 'of-somebody';

/**
 * What stands against a name that a guardian chose for their own child; null: nothing does. Nobody
 * is a teacher, the head or a classmate to their child by choosing to be.
 *
 * @param others whom the child meets at school, without the guardian
 */
export function chosenNameFault(
  name: string,
  others: readonly Person[],
  child: ReadingChild,
): ChosenNameFault | null {
  if (!NAME.test(name) || [...name].length > MOST) return 'no-name';
  const words = nameWords(name);
  const isOfTheSchool = [...words].some(
    (word) => OF_THE_SCHOOL.test(word) || FORMS_OF_ADDRESS.has(word),
  );
  if (isOfTheSchool) return 'of-the-school';
  return others.some((other) => isTheirs(words, other, child)) ? 'of-somebody' : null;
}

/** Whether somebody is known by these words: one of their names alone, or both among others. */
function isTheirs(words: ReadonlySet<string>, other: Person, child: ReadingChild): boolean {
  const { givenName, familyName, displayName } = other;
  const names = [nameForChild(other, child.roster, child), givenName, familyName, displayName];
  return (
    holdsAll(words, nameWords(`${givenName} ${familyName}`)) ||
    names.map(nameWords).some((own) => own.size === words.size && holdsAll(words, own))
  );
}

const holdsAll = (words: ReadonlySet<string>, own: ReadonlySet<string>): boolean =>
  own.size > 0 && [...own].every((word) => words.has(word));
