import { namedLines, type OneRosterTables } from './oneroster-tables.ts';
import type { AdultRow, RefusedLine } from './rows.ts';

export type OneRosterRole = 'pupil' | 'guardian' | AdultRow['role'];

/**
 * The roles of both versions. Those above a school (districtAdministrator, systemAdministrator) get
 * no mailbox by a file.
 */
const ROLES: Readonly<Record<string, OneRosterRole>> = {
  student: 'pupil',
  teacher: 'teacher',
  aide: 'aide',
  principal: 'head',
  administrator: 'staff',
  siteadministrator: 'staff',
  counselor: 'staff',
  proctor: 'staff',
  parent: 'guardian',
  guardian: 'guardian',
  relative: 'guardian',
};
/** Where somebody has several roles in one school, one mailbox comes of it: the first of these. */
const RANK: readonly OneRosterRole[] = ['head', 'teacher', 'aide', 'staff', 'guardian', 'pupil'];

/** A line that gives somebody a role, whatever the school. */
interface RoleLine {
  readonly user: string;
  readonly orgs: readonly string[];
  readonly role: OneRosterRole | undefined;
  /** Why the line can't be used; `role-unknown` only concerns the schools that it names. */
  readonly bad: RefusedLine | null;
}

/**
 * All lines by the schools, or other organisations, that they name; bad ones and those of guardians
 * besides.
 */
export interface RoleLines {
  readonly byOrg: ReadonlyMap<string, readonly RoleLine[]>;
  readonly bad: readonly RoleLine[];
  readonly guardians: ReadonlyMap<string, RoleLine>;
}

/**
 * In 1.1 the role stands with the user, in 1.2 in a file of its own. `users` are those whose own
 * line is good.
 */
export function readRoles(tables: OneRosterTables, users: ReadonlySet<string>): RoleLines {
  const known = new Set([...namedLines(tables.orgs)].map((line) => line.text('sourcedId')));
  const [userColumn, orgColumn] = tables.roles
    ? ['userSourcedId', 'orgSourcedId']
    : ['sourcedId', 'orgSourcedIds'];
  const byOrg = new Map<string, RoleLine[]>();
  const linesOf = (org: string): RoleLine[] => {
    const lines = byOrg.get(org) ?? [];
    byOrg.set(org, lines);
    return lines;
  };
  const bad: RoleLine[] = [];
  const guardians = new Map<string, RoleLine>();
  for (const line of namedLines(tables.roles ?? tables.users)) {
    const user = line.text(userColumn);
    if (!tables.roles && !users.has(user)) continue; // disabled, or refused already
    const orgs = line.list(orgColumn);
    const role = ROLES[line.text('role').toLowerCase()];
    if (orgs.some((org) => !known.has(org))) line.refuse('reference-unknown', orgColumn);
    if (!role) line.refuse('role-unknown', 'role');
    const one: RoleLine = { user, orgs, role, bad: line.refused() };
    for (const org of orgs) linesOf(org).push(one);
    if (one.bad && one.bad.reason !== 'role-unknown') bad.push(one);
    if (role === 'guardian' && !one.bad) guardians.set(user, one);
  }
  return { byOrg, bad, guardians };
}

interface ExportedRoles {
  readonly school: string;
  readonly schools: ReadonlySet<string>;
  readonly users: ReadonlyMap<string, unknown>;
  readonly related: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Who is what in one school. Guardians often belong to the town's organisation or to none, so
 * whether they belong here is decided by their children. `doubtful`: users of this school without a
 * role because their line is refused.
 */
export function rolesIn(
  { byOrg, bad, guardians }: RoleLines,
  known: ExportedRoles,
  refused: RefusedLine[],
): { readonly roles: ReadonlyMap<string, OneRosterRole>; readonly doubtful: ReadonlySet<string> } {
  const found = new Map<string, OneRosterRole>();
  const unknown = new Map<string, RefusedLine>();
  const doubtful = new Set<string>();
  const take = (user: string, role: OneRosterRole): void => {
    const before = found.get(user);
    if (
      known.users.has(user) &&
      (before === undefined || RANK.indexOf(role) < RANK.indexOf(before))
    )
      found.set(user, role);
  };
  for (const { user, role, bad: why } of byOrg.get(known.school) ?? []) {
    if (why) doubtful.add(user);
    if (why?.reason === 'role-unknown') unknown.set(user, why);
    else if (!why && role) take(user, role);
  }
  // Of no school of the export: nobody else would show them.
  const isLoose = ({ orgs }: RoleLine): boolean => !orgs.some((org) => known.schools.has(org));
  for (const line of bad)
    if (line.bad && (line.orgs.includes(known.school) || isLoose(line))) refused.push(line.bad);
  const pupils = [...found].filter(([, role]) => role === 'pupil').map(([user]) => user);
  for (const pupil of pupils)
    for (const other of known.related.get(pupil) ?? [])
      if (guardians.has(other)) take(other, 'guardian');
  for (const [user, line] of guardians)
    if (!known.related.has(user) && isLoose(line)) take(user, 'guardian');
  for (const [user, line] of unknown) if (!found.has(user)) refused.push(line);
  for (const user of found.keys()) doubtful.delete(user);
  return { roles: found, doubtful };
}
