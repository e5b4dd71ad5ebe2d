import { gatheredClasses } from './classes.ts';
import type { ExportedSchool } from './contract.ts';
import { classesOf } from './oneroster-classes.ts';
import { type EnrolmentLine, enrolmentLines, enrolmentsOf } from './oneroster-enrolments.ts';
import { readRoles, rolesIn, type RoleLines } from './oneroster-roles.ts';
import { unsettledRow, peopleOf } from './oneroster-rows.ts';
import { exportedSchools, chosenSchool } from './oneroster-schools.ts';
import type { OneRosterTables } from './oneroster-tables.ts';
import { usersOf, relatedOf } from './oneroster-users.ts';
import type { ReadRosterFile, RefusedLine, UnreadableRoster } from './rows.ts';

/** One school's part of an export. */
type ExportedRoster = Omit<ReadRosterFile, 'encoding' | 'delimiter'>;

/**
 * Reads an export once, and gives what takes the people of one school out of it, by a sourcedId, an
 * identifier or a name; null where the export has one school. A pupil's main class is the one
 * called homeroom, else the first that the export enrols them in; the others follow.
 */
export function openOneRoster(
  tables: OneRosterTables,
): (school: string | null) => ExportedRoster | UnreadableRoster {
  const schools = exportedSchools(tables);
  const read = { tables, schools, people: usersOf(tables.users) };
  const whole: Whole = {
    ...read,
    enrolments: enrolmentLines(tables),
    roles: readRoles(tables, new Set(read.people.users.keys())),
    related: relatedOf(read.people.users),
  };
  return (school) => {
    const chosen = chosenSchool(tables, schools, school);
    return 'kind' in chosen ? chosen : rosterOf(whole, chosen);
  };
}

/** All of an export, whatever the school. */
interface Whole {
  readonly tables: OneRosterTables;
  readonly schools: readonly ExportedSchool[];
  readonly people: ReturnType<typeof usersOf>;
  readonly enrolments: readonly EnrolmentLine[];
  readonly roles: RoleLines;
  /** Guardians of children and children of guardians, by either. */
  readonly related: ReadonlyMap<string, ReadonlySet<string>>;
}

function rosterOf(
  {
    tables,
    schools,
    people: { users, lost, refused: lines },
    enrolments: all,
    roles: said,
    related,
  }: Whole,
  chosen: ExportedSchool,
): ExportedRoster {
  const refused: RefusedLine[] = [...lines];
  const classes = classesOf(tables, chosen, refused);
  const enrolments = enrolmentsOf(all, { users, classes, school: chosen, schools }, refused);
  const { roles, doubtful } = rolesIn(
    said,
    {
      school: chosen.sourcedId,
      schools: new Set(schools.map(({ sourcedId }) => sourcedId)),
      users,
      related,
    },
    refused,
  );
  const gathered = gatheredClasses();
  for (const { title, levels } of classes.values())
    for (const level of levels.length > 0 ? levels : [null]) gathered.named(title, level);
  const rows = peopleOf(
    [...roles.keys()]
      .flatMap((id) => users.get(id) ?? [])
      .sort((one, other) => one.at.line - other.at.line),
    { users, roles, enrolments, related },
    refused,
  );
  const unsettled = [...lost, ...[...doubtful].flatMap((id) => users.get(id) ?? [])].map(
    unsettledRow,
  );
  return {
    format: `oneroster-${tables.version}`,
    rows,
    unsettled,
    refused,
    classes: gathered.all(),
    schoolHint: chosen.identifier ?? chosen.name,
    leftAside: [], // its columns are the standard's, roles and schools among them
  };
}
