/**
 * Whom papers of the classes of a made-up town concern, as a teacher would say it; imports nothing
 * of core, and asks each person of each class anew.
 */
import { worksAt } from './board-oracle.ts';
import type { OracleClass, OracleTown } from './town.ts';

/**
 * Of a paper that somebody else asked of all families of a class: `class acts person` of each who
 * acts on it, `class sees person` of each who sees what was answered, `class asks child` of each
 * child who is asked for, and `class answers child person` of each who may answer for them. A class
 * of which everybody has gone, and that has no end, is still its head's.
 */
export function paperPeopleOf(
  town: OracleTown,
  hasEnded: (one: OracleClass) => boolean,
): ReadonlySet<string> {
  return new Set(
    town.classes
      .filter((one) => !hasEnded(one))
      .flatMap((one) => [...atDesks(town, one), ...(one.current ? inFamilies(town, one) : [])]),
  );
}

/** Its teachers act on it, the head of its school looks on. */
const atDesks = (town: OracleTown, { id, school, current, teachers }: OracleClass): string[] =>
  town.people
    .filter(({ state }) => state === 'active')
    .flatMap((person) => {
      const teaches = current && teachers.has(person.id);
      const heads = person.role === 'head' && worksAt(town, person, school);
      return [
        ...(teaches ? [`${id} acts ${person.id}`] : []),
        ...(teaches || heads ? [`${id} sees ${person.id}`] : []),
      ];
    });

/** A child whose mail lies in another school is asked for by their own; a guest signs there. */
const inFamilies = (town: OracleTown, { id, school, pupils }: OracleClass): string[] =>
  town.people
    .filter((child) => pupils.has(child.id) && child.home === school && child.state === 'active')
    .flatMap((child) => [
      `${id} asks ${child.id}`,
      ...town.guardianships
        .filter((tie) => tie.child === child.id && !tie.blocked)
        .filter(({ guardian }) => town.people[guardian]?.state === 'active')
        .map(({ guardian }) => `${id} answers ${child.id} ${guardian}`),
    ]);
