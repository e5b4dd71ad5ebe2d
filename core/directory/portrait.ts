import type { Portrait } from '../portraits.ts';
import type { Person } from '../roster/snapshot.ts';

/** Of the school, and of nobody's family: with the words covered, they are not to be mistaken. */
const OF_SCHOOL = { Mme: ['maitresse', 'atsem'], M: ['maitre', 'tonton'] } as const;
/** What a child calls somebody of the family; forms of address are French in any language. */
const OF_FAMILY: readonly (readonly [called: RegExp, portrait: Portrait])[] = [
  [/^Mam(an|ou)\b/u, 'maman'],
  [/^Papa\b/u, 'papa'],
  [/^(Mamie|Mémé|Mamy|Grand-mère)\b/iu, 'mamie'],
  [/^(Papi|Pépé|Papy|Grand-père)\b/iu, 'papi'],
];

/**
 * How a child who doesn't read yet sees an adult: by the portrait that they have chosen, else by
 * one that fits and that chance gives their account, so that it stays the same.
 *
 * @param called what the child calls them
 */
export function portraitOf(person: Person, called: string): Portrait {
  if (person.portrait !== null) return person.portrait;
  const ofFamily = OF_FAMILY.find(([name]) => name.test(called))?.[1];
  if (ofFamily !== undefined) return ofFamily;
  const some = byCivility(person);
  return some[person.account % some.length] ?? 'maitresse';
}

function byCivility({ civility }: Person): readonly Portrait[] {
  return civility === null ? [...OF_SCHOOL.Mme, ...OF_SCHOOL.M] : OF_SCHOOL[civility];
}
