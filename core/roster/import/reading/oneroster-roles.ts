import type { AdultRow, RefusedLine } from './rows.ts';
import { namedLines, type OneRosterTables } from './oneroster-tables.ts';

export type Role = 'pupil' | 'guardian' | AdultRow['role'];

/** The roles of both versions. Those above a school (districtAdministrator, systemAdministrator) get no mailbox by a file. */
const ROLES: Readonly<Record<string, Role>> = {
  student: 'pupil', teacher: 'teacher', aide: 'aide', principal: 'head', administrator: 'staff', siteadministrator: 'staff', counselor: 'staff', proctor: 'staff',
  parent: 'guardian', guardian: 'guardian', relative: 'guardian',
};
/** Where somebody has several roles in one school, one mailbox comes of it: the first of these. */
const RANK: readonly Role[] = ['head', 'teacher', 'aide', 'staff', 'guardian', 'pupil'];

/**
 * Who is what in one school. In 1.1 the role stands with the user, in 1.2 in a file of its own. Guardians often belong to the
 * town's organisation or to none, so whether they belong here is decided by their children. `doubtful`: users of this school without a
 * role because their line is refused.
 */
export function rolesOf(tables: OneRosterTables, known: { readonly school: string; readonly users: ReadonlySet<string> }, refused: RefusedLine[]): { readonly roles: ReadonlyMap<string, Role>; readonly doubtful: ReadonlySet<string> } {
  const found = new Map<string, Role>();
  const unknown = new Map<string, RefusedLine>();
  const doubtful = new Set<string>();
  const orgs = new Set([...namedLines(tables.orgs)].map((line) => line.text('sourcedId')));
  const table = tables.roles ?? tables.users;
  const [userColumn, orgColumn] = tables.roles ? ['userSourcedId', 'orgSourcedId'] : ['sourcedId', 'orgSourcedIds'];
  for (const line of namedLines(table)) {
    const user = line.text(userColumn);
    if (!tables.roles && !known.users.has(user)) continue; // disabled, or refused already
    const own = line.list(orgColumn);
    const role = ROLES[line.text('role').toLowerCase()];
    if (own.some((org) => !orgs.has(org))) line.refuse('reference-unknown', orgColumn);
    const here = own.includes(known.school);
    if (here && !role) line.refuse('role-unknown', 'role');
    const bad = line.refused();
    if (bad && bad.reason === 'role-unknown') unknown.set(user, bad);
    else if (bad) refused.push(bad);
    if (bad && here) doubtful.add(user);
    if (bad || !role || !known.users.has(user) || !(here || role === 'guardian')) continue;
    const before = found.get(user);
    if (before === undefined || RANK.indexOf(role) < RANK.indexOf(before)) found.set(user, role);
  }
  for (const [user, line] of unknown) if (!found.has(user)) refused.push(line);
  for (const user of found.keys()) doubtful.delete(user);
  return { roles: found, doubtful };
}
