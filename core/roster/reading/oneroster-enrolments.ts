import type { ExportedClass } from './oneroster-classes.ts';
import type { ExportedSchool } from './oneroster-schools.ts';
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

/**
 * Who is in which class of the school. A bad line is shown to the school that it names, or to all
 * where it names none.
 */
export function enrolmentsOf(
  lines: readonly EnrolmentLine[],
  known: {
    readonly users: ReadonlyMap<string, ExportedUser>;
    readonly classes: ReadonlyMap<string, ExportedClass>;
    readonly school: ExportedSchool;
    readonly schools: readonly ExportedSchool[];
  },
  refused: RefusedLine[],
): Enrolments {
  const others = new Set(
    known.schools.map(({ sourcedId }) => sourcedId).filter((id) => id !== known.school.sourcedId),
  );
  const pupils = new Map<string, ExportedClass[]>();
  const adults = new Map<string, ExportedClass[]>();
  for (const { classId, school, user, isPupil, isPrimary, bad } of lines) {
    const one = known.classes.get(classId);
    if (bad && !others.has(school)) refused.push(bad);
    // another school's, or last year's, or a user already refused
    if (bad || !one || !known.users.has(user)) continue;
    const whose = isPupil ? pupils : adults;
    const classes = whose.get(user) ?? [];
    whose.set(user, one.homeroom || isPrimary ? [one, ...classes] : [...classes, one]);
  }
  return { pupils: homeroomFirst(pupils), adults };
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
