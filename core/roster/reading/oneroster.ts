import type { LineReason } from '../reason-names.ts';
import { gatheredClasses } from './classes.ts';
import { levelsInName } from './levels.ts';
import { CHILDREN } from './limits.ts';
import { readRoles, rolesIn, type Role, type RoleLines } from './oneroster-roles.ts';
import { namedLines, type OneRosterTables } from './oneroster-tables.ts';
import { mobileNumber } from './phones.ts';
import type {
  AdultRow,
  GuardianRow,
  FilePosition,
  PupilRow,
  ReadRosterFile,
  RefusedLine,
  RosterRow,
  UnreadableRoster,
} from './rows.ts';
import type { Table } from './table.ts';
import { unreadable } from './trouble.ts';

/** A school of an export, as it is named there. */
export interface ExportedSchool {
  readonly sourcedId: string;
  readonly name: string;
  /** The national code, where the export has it. */
  readonly identifier: string | null;
}

interface ExportedClass {
  readonly title: string;
  readonly homeroom: boolean;
  readonly levels: readonly string[];
}

interface ExportedUser {
  readonly at: FilePosition;
  readonly sourcedId: string;
  readonly familyName: string;
  readonly usedName: string | null;
  readonly givenName: string;
  readonly email: string | null;
  readonly phones: readonly string[];
  readonly grades: readonly string[];
  /** Children of a guardian, guardians of a child: exports name either, or both. */
  readonly agents: readonly string[];
}

interface Enrolments {
  /** Classes by user, the main one first. */
  readonly pupils: ReadonlyMap<string, readonly ExportedClass[]>;
  readonly adults: ReadonlyMap<string, readonly ExportedClass[]>;
}

/** GS to CM2. What comes before has no code of its own in France, and stays as it is. */
const GRADES: Readonly<Record<string, string>> = {
  KG: 'GS',
  '01': 'CP',
  '02': 'CE1',
  '03': 'CE2',
  '04': 'CM1',
  '05': 'CM2',
};

/** The schools of an export, for a person to choose one where there are several. */
export function exportedSchools({ orgs }: OneRosterTables): ExportedSchool[] {
  return [...namedLines(orgs)]
    .filter((line) => line.text('type').toLowerCase() === 'school' && line.text('sourcedId') !== '')
    .map((line) => ({
      sourcedId: line.text('sourcedId'),
      name: line.text('name'),
      identifier: line.text('identifier') || null,
    }));
}

/** One school's part of an export. */
export type ExportedRoster = Omit<ReadRosterFile, 'encoding' | 'delimiter'>;

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
  };
}

function relatedOf(
  users: ReadonlyMap<string, ExportedUser>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const related = new Map<string, Set<string>>();
  const link = (one: string, other: string): void => {
    related.set(one, (related.get(one) ?? new Set()).add(other));
  };
  for (const { sourcedId, agents } of users.values())
    for (const other of agents) {
      link(sourcedId, other);
      link(other, sourcedId);
    }
  return related;
}

function chosenSchool(
  tables: OneRosterTables,
  schools: readonly ExportedSchool[],
  school: string | null,
): ExportedSchool | UnreadableRoster {
  const at = { file: tables.orgs.file, line: tables.orgs.headerLine, column: null };
  const [only] = schools;
  if (school === null)
    return schools.length === 1 && only
      ? only
      : unreadable(schools.length === 0 ? 'school-unknown' : 'several-schools', at);
  const meant = schools.filter(({ sourcedId, identifier, name }) =>
    [sourcedId, identifier, name].includes(school),
  );
  const [one] = meant;
  return meant.length === 1 && one ? one : unreadable('school-unknown', at);
}

/** `lost`: users whose own line is refused. */
function usersOf(table: Table): {
  readonly users: ReadonlyMap<string, ExportedUser>;
  readonly lost: readonly ExportedUser[];
  readonly refused: readonly RefusedLine[];
} {
  const refused: RefusedLine[] = [];
  const users = new Map<string, ExportedUser>();
  const lost: ExportedUser[] = [];
  for (const line of namedLines(table)) {
    if (line.text('enabledUser').toLowerCase() === 'false') continue; // no longer there
    const sourcedId = line.text('sourcedId');
    const familyName = line.text('familyName');
    const user: ExportedUser = {
      at: { file: table.file, line: line.line, column: null },
      sourcedId,
      familyName,
      usedName: line.text('preferredFamilyName') || null,
      givenName: line.text('givenName'),
      email: line.email('email'),
      phones: [
        ...new Set(
          [line.text('sms'), line.text('phone')].flatMap((text) => mobileNumber(text) ?? []),
        ),
      ],
      grades: line.list('grades'),
      agents: line.list('agentSourcedIds'),
    };
    if (sourcedId === '') line.refuse('identifier-missing', 'sourcedId');
    if (users.has(sourcedId)) line.refuse('identifier-twice', 'sourcedId');
    if (familyName === '') line.refuse('family-name-missing', 'familyName');
    if (user.givenName === '') line.refuse('given-name-missing', 'givenName');
    const bad = line.refused();
    if (bad) refused.push(bad);
    if (bad) lost.push(user);
    else users.set(sourcedId, user);
  }
  return { users, lost, refused };
}

/**
 * Somebody whose line can't be used, whatever they are at the school: known by the export's id or
 * by the name.
 */
function unsettledRow(user: ExportedUser): PupilRow {
  return {
    ...namesOf(user),
    kind: 'pupil',
    usedName: user.usedName,
    birthDate: null,
    ine: null,
    level: null,
    className: null,
  };
}

/**
 * The classes of the school in the newest school year of the export: some exports keep last year's.
 */
function classesOf(
  tables: OneRosterTables,
  school: ExportedSchool,
  refused: RefusedLine[],
): ReadonlyMap<string, ExportedClass> {
  const years = new Map(
    [...(tables.academicSessions ? namedLines(tables.academicSessions) : [])].map((line) => [
      line.text('sourcedId'),
      line.text('schoolYear'),
    ]),
  );
  const found: { readonly id: string; readonly one: ExportedClass; readonly year: string }[] = [];
  const seen = new Set<string>();
  for (const line of namedLines(tables.classes)) {
    const id = line.text('sourcedId');
    const title = line.text('title') || line.text('classCode');
    const terms = line.list('termSourcedIds');
    const unknownTerm = tables.academicSessions !== null && terms.some((term) => !years.has(term));
    if (line.text('schoolSourcedId') !== school.sourcedId) continue;
    if (id === '' || title === '')
      line.refuse('identifier-missing', id === '' ? 'sourcedId' : 'title');
    if (seen.has(id)) line.refuse('identifier-twice', 'sourcedId');
    if (unknownTerm) line.refuse('reference-unknown', 'termSourcedIds');
    seen.add(id);
    const bad = line.refused();
    if (bad) refused.push(bad);
    const year =
      terms
        .map((term) => years.get(term) ?? '')
        .sort()
        .at(-1) ?? '';
    const grades = line.list('grades').map((grade) => GRADES[grade] ?? grade);
    if (!bad)
      found.push({
        id,
        year,
        one: {
          title,
          homeroom: line.text('classType').toLowerCase() === 'homeroom',
          levels: grades.length > 0 ? grades : levelsInName(title),
        },
      });
  }
  const newest =
    found
      .map(({ year }) => year)
      .sort()
      .at(-1) ?? '';
  return new Map(
    found.filter(({ year }) => year === '' || year === newest).map(({ id, one }) => [id, one]),
  );
}

interface EnrolmentLine {
  readonly classId: string;
  readonly school: string;
  readonly user: string;
  readonly isPupil: boolean;
  readonly isPrimary: boolean;
  readonly bad: RefusedLine | null;
}

function enrolmentLines(tables: OneRosterTables): EnrolmentLine[] {
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
function enrolmentsOf(
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

interface Belonging {
  readonly users: ReadonlyMap<string, ExportedUser>;
  readonly roles: ReadonlyMap<string, Role>;
  readonly enrolments: Enrolments;
  readonly related: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Rows of those who have a role here, in the order of the export. Guardians of children elsewhere
 * are left out.
 */
function peopleOf(
  people: readonly ExportedUser[],
  { users, roles, enrolments, related }: Belonging,
  refused: RefusedLine[],
): RosterRow[] {
  return people.flatMap((user): RosterRow[] => {
    const role = roles.get(user.sourcedId);
    if (role === undefined) return [];
    if (role === 'pupil') return pupilRows(user, enrolments);
    if (role !== 'guardian') return [adultRow(user, role, enrolments)];
    const all = related.get(user.sourcedId);
    const children = [...(all ?? [])]
      .filter((id) => roles.get(id) === 'pupil')
      .flatMap((id) => users.get(id) ?? []);
    return all !== undefined && children.length === 0
      ? []
      : guardianRow(user, { children, enrolments }, refused);
  });
}

const namesOf = ({ at, familyName, givenName, sourcedId }: ExportedUser) => ({
  at,
  familyName,
  givenName,
  sourcedId,
});

/** A row for each class that the export enrols a child in, the main one first. */
function pupilRows(user: ExportedUser, { pupils }: Enrolments): PupilRow[] {
  const [grade] = user.grades;
  const titles = [...new Set((pupils.get(user.sourcedId) ?? []).map(({ title }) => title))];
  return (titles.length === 0 ? [null] : titles).map((className) => ({
    ...namesOf(user),
    kind: 'pupil',
    usedName: user.usedName,
    birthDate: null,
    ine: null,
    level: grade === undefined ? null : (GRADES[grade] ?? grade),
    className,
  }));
}

function wrongNumberOf(children: readonly ExportedUser[]): LineReason | null {
  if (children.length === 0) return 'guardian-without-child';
  return children.length > CHILDREN ? 'too-many-children' : null;
}

/** A guardian of nobody at all is refused; one of children elsewhere was left out before. */
function guardianRow(
  user: ExportedUser,
  {
    children,
    enrolments,
  }: { readonly children: readonly ExportedUser[]; readonly enrolments: Enrolments },
  refused: RefusedLine[],
): GuardianRow[] {
  const reason = wrongNumberOf(children);
  if (reason) refused.push({ at: user.at, reason, cell: `${user.familyName} ${user.givenName}` });
  if (reason) return [];
  return [
    {
      ...namesOf(user),
      kind: 'guardian',
      email: user.email,
      phones: user.phones,
      children: children.map((child) => ({
        familyName: child.familyName,
        usedName: child.usedName,
        givenName: child.givenName,
        className: enrolments.pupils.get(child.sourcedId)?.[0]?.title ?? null,
        sourcedId: child.sourcedId,
      })),
    },
  ];
}

function adultRow(user: ExportedUser, role: AdultRow['role'], { adults }: Enrolments): AdultRow {
  return {
    ...namesOf(user),
    kind: 'adult',
    role,
    email: user.email,
    classNames: [...new Set((adults.get(user.sourcedId) ?? []).map(({ title }) => title))],
  };
}
