import type { AdultRow, GuardianRow, Place, PupilRow, ReadRosterFile, RefusedLine, RosterRow, UnreadableRoster } from './rows.ts';
import { gatheredClasses } from './classes.ts';
import { CHILDREN } from './limits.ts';
import { levelsInName } from './levels.ts';
import { mobileNumber } from './phones.ts';
import { namedLines, type OneRosterTables } from './oneroster-tables.ts';
import { rolesOf, type Role } from './oneroster-roles.ts';
import type { Table } from './table.ts';
import { unreadable } from './trouble.ts';

/** A school of an export, as it is named there. */
export interface ExportedSchool {
  readonly sourcedId: string;
  readonly name: string;
  /** The national code, where the export has it. */
  readonly identifier: string | null;
}

interface ExportedClass { readonly title: string; readonly homeroom: boolean; readonly levels: readonly string[] }

interface ExportedUser {
  readonly at: Place;
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
const GRADES: Readonly<Record<string, string>> = { KG: 'GS', '01': 'CP', '02': 'CE1', '03': 'CE2', '04': 'CM1', '05': 'CM2' };

/** The schools of an export, for a person to choose one where there are several. */
export function exportedSchools({ orgs }: OneRosterTables): ExportedSchool[] {
  return [...namedLines(orgs)].filter((line) => line.text('type').toLowerCase() === 'school' && line.text('sourcedId') !== '')
    .map((line) => ({ sourcedId: line.text('sourcedId'), name: line.text('name'), identifier: line.text('identifier') || null }));
}

/**
 * The people of one school of an export. `school` is a sourcedId, an identifier or a name; null where the export has one school.
 * A pupil's main class is the one called homeroom, else the first that the export enrols them in; the others follow.
 */
export function readOneRoster(tables: OneRosterTables, school: string | null): Omit<ReadRosterFile, 'encoding' | 'delimiter'> | UnreadableRoster {
  const chosen = chosenSchool(tables, school);
  if ('kind' in chosen) return chosen;
  const refused: RefusedLine[] = [];
  const { users, lost } = usersOf(tables.users, refused);
  const classes = classesOf(tables, chosen, refused);
  const enrolments = enrolmentsOf(tables, { users, classes }, refused);
  const { roles, doubtful } = rolesOf(tables, { school: chosen.sourcedId, users: new Set(users.keys()) }, refused);
  const gathered = gatheredClasses();
  for (const { title, levels } of classes.values()) for (const level of levels.length > 0 ? levels : [null]) gathered.named(title, level);
  const rows = peopleOf(users, { roles, enrolments }, refused);
  const unsettled = [...lost, ...[...doubtful].flatMap((id) => users.get(id) ?? [])].map(unsettledRow);
  return { format: `oneroster-${tables.version}`, rows, unsettled, refused, classes: gathered.all(), schoolHint: chosen.identifier ?? chosen.name };
}

function chosenSchool(tables: OneRosterTables, school: string | null): ExportedSchool | UnreadableRoster {
  const schools = exportedSchools(tables);
  const at = { file: tables.orgs.file, line: tables.orgs.headerLine, column: null };
  const [only] = schools;
  if (school === null) return schools.length === 1 && only ? only : unreadable(schools.length === 0 ? 'school-unknown' : 'several-schools', at);
  const meant = schools.filter(({ sourcedId, identifier, name }) => [sourcedId, identifier, name].includes(school));
  const [one] = meant;
  return meant.length === 1 && one ? one : unreadable('school-unknown', at);
}

/** `lost`: users whose own line is refused. */
function usersOf(table: Table, refused: RefusedLine[]): { readonly users: ReadonlyMap<string, ExportedUser>; readonly lost: readonly ExportedUser[] } {
  const users = new Map<string, ExportedUser>();
  const lost: ExportedUser[] = [];
  for (const line of namedLines(table)) {
    if (line.text('enabledUser').toLowerCase() === 'false') continue; // no longer there
    const sourcedId = line.text('sourcedId');
    const familyName = line.text('familyName');
    const user: ExportedUser = {
      at: { file: table.file, line: line.line, column: null }, sourcedId, familyName, usedName: line.text('preferredFamilyName') || null,
      givenName: line.text('givenName'), email: line.email('email'), phones: [...new Set([line.text('sms'), line.text('phone')].flatMap((text) => mobileNumber(text) ?? []))], grades: line.list('grades'), agents: line.list('agentSourcedIds'),
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
  return { users, lost };
}

/** Somebody whose line can't be used, whatever they are at the school: known by the export's id or by the name. */
function unsettledRow(user: ExportedUser): PupilRow {
  return { ...namesOf(user), kind: 'pupil', usedName: user.usedName, birthDate: null, ine: null, level: null, className: null };
}

/** The classes of the school in the newest school year of the export: some exports keep last year's. */
function classesOf(tables: OneRosterTables, school: ExportedSchool, refused: RefusedLine[]): ReadonlyMap<string, ExportedClass> {
  const years = new Map([...(tables.academicSessions ? namedLines(tables.academicSessions) : [])].map((line) => [line.text('sourcedId'), line.text('schoolYear')]));
  const found: { readonly id: string; readonly one: ExportedClass; readonly year: string }[] = [];
  const seen = new Set<string>();
  for (const line of namedLines(tables.classes)) {
    const id = line.text('sourcedId');
    const title = line.text('title') || line.text('classCode');
    const terms = line.list('termSourcedIds');
    const unknownTerm = tables.academicSessions !== null && terms.some((term) => !years.has(term));
    if (line.text('schoolSourcedId') !== school.sourcedId) continue;
    if (id === '' || title === '') line.refuse('identifier-missing', id === '' ? 'sourcedId' : 'title');
    if (seen.has(id)) line.refuse('identifier-twice', 'sourcedId');
    if (unknownTerm) line.refuse('reference-unknown', 'termSourcedIds');
    seen.add(id);
    const bad = line.refused();
    if (bad) refused.push(bad);
    const year = terms.map((term) => years.get(term) ?? '').sort().at(-1) ?? '';
    const grades = line.list('grades').map((grade) => GRADES[grade] ?? grade);
    if (!bad) found.push({ id, year, one: { title, homeroom: line.text('classType').toLowerCase() === 'homeroom', levels: grades.length > 0 ? grades : levelsInName(title) } });
  }
  const newest = found.map(({ year }) => year).sort().at(-1) ?? '';
  return new Map(found.filter(({ year }) => year === '' || year === newest).map(({ id, one }) => [id, one]));
}

function enrolmentsOf(tables: OneRosterTables, known: { readonly users: ReadonlyMap<string, ExportedUser>; readonly classes: ReadonlyMap<string, ExportedClass> }, refused: RefusedLine[]): Enrolments {
  const allClasses = new Set([...namedLines(tables.classes)].map((line) => line.text('sourcedId')));
  const allUsers = new Set([...namedLines(tables.users)].map((line) => line.text('sourcedId')));
  const pupils = new Map<string, ExportedClass[]>();
  const adults = new Map<string, ExportedClass[]>();
  for (const line of namedLines(tables.enrollments)) {
    const user = line.text('userSourcedId');
    const one = known.classes.get(line.text('classSourcedId'));
    if (!allClasses.has(line.text('classSourcedId'))) line.refuse('reference-unknown', 'classSourcedId');
    if (!allUsers.has(user)) line.refuse('reference-unknown', 'userSourcedId');
    const bad = line.refused();
    if (bad) refused.push(bad);
    if (bad || !one || !known.users.has(user)) continue; // another school's, or last year's, or a user already refused
    const whose = line.text('role').toLowerCase() === 'student' ? pupils : adults;
    const classes = whose.get(user) ?? [];
    whose.set(user, one.homeroom || line.text('primary').toLowerCase() === 'true' ? [one, ...classes] : [...classes, one]);
  }
  return { pupils: homeroomFirst(pupils), adults };
}

function homeroomFirst(pupils: ReadonlyMap<string, readonly ExportedClass[]>): ReadonlyMap<string, readonly ExportedClass[]> {
  return new Map([...pupils].map(([user, classes]) => [user, classes.toSorted((a, b) => Number(b.homeroom) - Number(a.homeroom))]));
}

interface Belonging { readonly roles: ReadonlyMap<string, Role>; readonly enrolments: Enrolments }

function peopleOf(users: ReadonlyMap<string, ExportedUser>, { roles, enrolments }: Belonging, refused: RefusedLine[]): RosterRow[] {
  const childrenOf = new Map<string, Set<string>>();
  const elsewhere = new Set<string>(); // guardians of children of other schools
  const link = (guardian: string, child: string): void => { childrenOf.set(guardian, (childrenOf.get(guardian) ?? new Set()).add(child)); };
  for (const { sourcedId, agents } of users.values()) {
    for (const other of agents) {
      elsewhere.add(sourcedId).add(other);
      if (roles.get(sourcedId) === 'pupil') link(other, sourcedId);
      if (roles.get(other) === 'pupil') link(sourcedId, other);
    }
  }
  const rows: RosterRow[] = [];
  for (const user of users.values()) {
    const role = roles.get(user.sourcedId);
    if (role === undefined) continue;
    if (role === 'pupil') rows.push(...pupilRows(user, enrolments));
    else if (role === 'guardian' && !childrenOf.has(user.sourcedId) && elsewhere.has(user.sourcedId)) continue;
    else if (role === 'guardian') rows.push(...guardianRow(user, { children: [...(childrenOf.get(user.sourcedId) ?? [])].flatMap((child) => users.get(child) ?? []), enrolments }, refused));
    else rows.push(adultRow(user, role, enrolments));
  }
  return rows;
}

const namesOf = ({ at, familyName, givenName, sourcedId }: ExportedUser) => ({ at, familyName, givenName, sourcedId });

/** A row for each class that the export enrols a child in, the main one first. */
function pupilRows(user: ExportedUser, { pupils }: Enrolments): PupilRow[] {
  const [grade] = user.grades;
  const titles = [...new Set((pupils.get(user.sourcedId) ?? []).map(({ title }) => title))];
  return (titles.length === 0 ? [null] : titles).map((className) => (
    { ...namesOf(user), kind: 'pupil', usedName: user.usedName, birthDate: null, ine: null, level: grade === undefined ? null : GRADES[grade] ?? grade, className }));
}

/** A guardian of nobody at all is refused; one of children elsewhere was left out before. */
function guardianRow(user: ExportedUser, { children, enrolments }: { readonly children: readonly ExportedUser[]; readonly enrolments: Enrolments }, refused: RefusedLine[]): GuardianRow[] {
  const reason = children.length === 0 ? 'guardian-without-child' : children.length > CHILDREN ? 'too-many-children' : null;
  if (reason) refused.push({ at: user.at, reason, cell: `${user.familyName} ${user.givenName}` });
  if (reason) return [];
  return [{
    ...namesOf(user), kind: 'guardian', email: user.email, phones: user.phones,
    children: children.map((child) => ({
      familyName: child.familyName, usedName: child.usedName, givenName: child.givenName, className: enrolments.pupils.get(child.sourcedId)?.[0]?.title ?? null, sourcedId: child.sourcedId,
    })),
  }];
}

function adultRow(user: ExportedUser, role: AdultRow['role'], { adults }: Enrolments): AdultRow {
  return { ...namesOf(user), kind: 'adult', role, email: user.email, classNames: [...new Set((adults.get(user.sourcedId) ?? []).map(({ title }) => title))] };
}
