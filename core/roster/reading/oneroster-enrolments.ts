import type { ExportedSchool } from './contract.ts';
import type { ExportedClass } from './oneroster-classes.ts';
import { namedLines, type OneRosterTables } from './oneroster-tables.ts';
import type { ExportedUser } from './oneroster-users.ts';
import type { RefusedLine } from './rows.ts';

export interface Enrolments {
  /** Classes by user, the main one first. */
  readonly pupils: ReadonlyMap<string, readonly ExportedClass[]>;
  readonly adults: ReadonlyMap<string, readonly ExportedClass[]>;
}

export interface EnrolmentLine {
  readonly classId: string;
  readonly school: string;
  readonly user: string;
  readonly isPupil: boolean;
  readonly isPrimary: boolean;
  readonly bad: RefusedLine | null;
}

export function enrolmentLines(tables: OneRosterTables): EnrolmentLine[] {
  const classes = new Set([...namedLines(tables.classes)].map((line) => line.text('sourcedId')));
  const users = new Set([...namedLines(tables.users)].map((line) => line.text('sourcedId')));
  return [...namedLines(tables.enrollments)].map((line) => {
    const [classId, user] = [line.text('classSourcedId'), line.text('userSourcedId')];
    if (!classes.has(classId)) line.refuse('reference-unknown', 'classSourcedId');
    if (!users.has(user)) line.refuse('reference-unknown', 'userSourcedId');
    return {
      classId,
      user,
      school: line.text('schoolSourcedId'),
      isPupil: line.text('role').toLowerCase() === 'student',
      isPrimary: line.text('primary').toLowerCase() === 'true',
      bad: line.refused(),
    };
  });
}

interface ExportedRosters {
  readonly users: ReadonlyMap<string, ExportedUser>;
  readonly classes: ReadonlyMap<string, ExportedClass>;
  readonly school: ExportedSchool;
  readonly schools: readonly ExportedSchool[];
}

/**
 * Who is in which class of the school. A bad line is shown to the school that it names, or to all
 * where it names none.
 */
export function enrolmentsOf(
  lines: readonly EnrolmentLine[],
  known: ExportedRosters,
  refused: RefusedLine[],
): Enrolments {
  const others = new Set(
    known.schools.map(({ sourcedId }) => sourcedId).filter((id) => id !== known.school.sourcedId),
  );
  const pupils = new Map<string, Enrolled>();
  const adults = new Map<string, Enrolled>();
  for (const { classId, school, user, isPupil, isPrimary, bad } of lines) {
    const one = known.classes.get(classId);
    if (bad && !others.has(school)) refused.push(bad);
    // another school's, or last year's, or a user already refused
    if (bad || !one || !known.users.has(user)) continue;
    const whose = isPupil ? pupils : adults;
    const enrolled = whose.get(user) ?? { main: [], others: [] };
    (one.homeroom || isPrimary ? enrolled.main : enrolled.others).push(one);
    whose.set(user, enrolled);
  }
  return { pupils: homeroomFirst(inOrder(pupils)), adults: inOrder(adults) };
}

/** The classes of one user; of several main ones the last that the export names is the main one. */
interface Enrolled {
  readonly main: ExportedClass[];
  readonly others: ExportedClass[];
}

function inOrder(
  enrolled: ReadonlyMap<string, Enrolled>,
): ReadonlyMap<string, readonly ExportedClass[]> {
  return new Map(
    [...enrolled].map(([user, { main, others }]) => [user, [...main.toReversed(), ...others]]),
  );
}

function homeroomFirst(
  pupils: ReadonlyMap<string, readonly ExportedClass[]>,
): ReadonlyMap<string, readonly ExportedClass[]> {
  return new Map(
    [...pupils].map(([user, classes]) => [
      user,
      classes.toSorted((a, b) => Number(b.homeroom) - Number(a.homeroom)),
    ]),
  );
}
