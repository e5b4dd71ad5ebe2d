import type { Due } from '../ground/ids.ts';
import type { FamilyAnswer, Person, Roster } from './snapshot.ts';

/** What a child's family has said of their writing. */
export type FamilyWord = 'yes' | 'no' | 'nothing';

/**
 * What must still come before somebody may write, in the order in which they are told; nothing for
 * whoever isn't a pupil. The charter comes first: a child accepts it themselves.
 */
export function dueOf(person: Person, home: Roster | undefined): readonly Due[] {
  if (person.role !== 'pupil' || home === undefined) return [];
  const due: Due[] = [];
  if (home.school.hasCharter && person.charterAt === null) due.push('charter');
  if (home.school.asksFamilies && familyWord(person, home) !== 'yes') due.push('family');
  return due;
}

/**
 * The family's word: a yes on paper or of a guardian, unless another guardian says no. Each parent
 * is taken to act with the other's accord until the other objects (Code civil, article 372-2). Of a
 * guardian who is blocked the roster has no answer.
 */
export function familyWord(
  { addressId, paperAt }: Pick<Person, 'addressId' | 'paperAt'>,
  { answersOf }: Pick<Roster, 'answersOf'>,
): FamilyWord {
  const answers: readonly FamilyAnswer[] = answersOf.get(addressId) ?? [];
  if (answers.some(({ agrees }) => !agrees)) return 'no';
  return paperAt !== null || answers.length > 0 ? 'yes' : 'nothing';
}
