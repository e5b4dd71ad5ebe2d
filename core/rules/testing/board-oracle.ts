/**
 * Who reads which board of a made-up town, as a teacher would say it; imports nothing of core, and
 * asks each person of each class anew.
 */
import type { OracleClass, OraclePerson, OracleTown } from './town.ts';

type Circle = 'pupils' | 'families' | 'team';

/** What is no more. */
interface Over {
  readonly hasEnded: (one: OracleClass) => boolean;
  /** A school that has closed, with all its classes. */
  readonly hasClosed: (school: number) => boolean;
}

/**
 * `school class circle person` of each who reads one; the town's board is of school -1. A class of
 * which everybody has gone, and that has no end, is still its head's.
 */
export function boardReadersOf(
  town: OracleTown,
  { hasEnded, hasClosed }: Over,
): ReadonlySet<string> {
  const all = new Set<string>();
  const open = withoutFamiliesOf(town, hasClosed);
  for (const person of town.people) {
    if (person.state !== 'active') continue;
    const inTown = new Set<Circle>(isOfWholeTown(person) ? ['pupils', 'families', 'team'] : []);
    for (const one of town.classes.filter((each) => !hasEnded(each) && !hasClosed(each.school)))
      for (const circle of ofClass(open, person, one))
        all.add(`${one.school} ${one.id} ${circle} ${person.id}`);
    for (const { id } of town.schools.filter((each) => !hasClosed(each.id)))
      for (const circle of ofSchool(open, person, id)) {
        all.add(`${id} - ${circle} ${person.id}`);
        inTown.add(circle);
      }
    for (const circle of inTown) all.add(`-1 - ${circle} ${person.id}`);
  }
  return all;
}

/** What is written of a family stands at the child's own school, and closes with it. */
const withoutFamiliesOf = (town: OracleTown, hasClosed: Over['hasClosed']): OracleTown => ({
  ...town,
  guardianships: town.guardianships.filter(({ child }) => {
    const home = town.people[child]?.home ?? null;
    return home === null || !hasClosed(home);
  }),
});

const isOfWholeTown = ({ role, communes }: OraclePerson): boolean =>
  role === 'agent' && communes === null;

function ofClass(town: OracleTown, person: OraclePerson, one: OracleClass): readonly Circle[] {
  const { id, role } = person;
  if (role === 'head' && worksAt(town, person, one.school)) return ['pupils', 'families'];
  if (!one.current) return [];
  if (one.teachers.has(id)) return ['pupils', 'families'];
  return [
    ...(one.pupils.has(id) || one.aides.has(id) ? (['pupils'] as const) : []),
    ...(childIn(town, person, one) ? (['families'] as const) : []),
  ];
}

function ofSchool(town: OracleTown, person: OraclePerson, school: number): readonly Circle[] {
  if (worksAt(town, person, school)) return ['pupils', 'families', 'team'];
  const here = town.classes.filter((one) => one.current && one.school === school);
  return [
    ...(here.some(({ pupils }) => pupils.has(person.id)) ? (['pupils'] as const) : []),
    ...(here.some((one) => childIn(town, person, one)) ? (['families'] as const) : []),
  ];
}

/** A guardian whom nobody has kept from this child. */
const childIn = (town: OracleTown, { id }: OraclePerson, { pupils }: OracleClass): boolean =>
  town.guardianships.some(
    ({ guardian, child, blocked }) => guardian === id && !blocked && pupils.has(child),
  );

/** Whoever teaches or helps in a class of a school works there. */
export function worksAt(
  town: OracleTown,
  { id, role, home, posts }: OraclePerson,
  school: number,
): boolean {
  if (role !== 'teacher' && role !== 'head' && role !== 'staff') return false;
  const isInClass = town.classes.some(
    (one) => one.current && one.school === school && (one.teachers.has(id) || one.aides.has(id)),
  );
  return home === school || posts.includes(school) || isInClass;
}
