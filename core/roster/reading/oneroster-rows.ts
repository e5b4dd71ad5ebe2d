import type { LineReason } from '../reason-names.ts';
import { CHILDREN } from './limits.ts';
import { GRADES } from './oneroster-classes.ts';
import type { Enrolments } from './oneroster-enrolments.ts';
import type { OneRosterRole } from './oneroster-roles.ts';
import type { ExportedUser } from './oneroster-users.ts';
import type { AdultRow, GuardianRow, PupilRow, RefusedLine, RosterRow } from './rows.ts';

/**
 * Somebody whose line can't be used, whatever they are at the school: known by the export's id or
 * by the name.
 */
export function unsettledRow(user: ExportedUser): PupilRow {
  return {
    ...namesOf(user),
    kind: 'pupil',
    usedName: user.usedName,
    birthDate: null,
    ine: null,
    level: null,
    photo: null,
    className: null,
    home: null,
  };
}

interface Belonging {
  readonly users: ReadonlyMap<string, ExportedUser>;
  readonly roles: ReadonlyMap<string, OneRosterRole>;
  readonly enrolments: Enrolments;
  readonly related: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Rows of those who have a role here, in the order of the export. Guardians of children elsewhere
 * are left out.
 */
export function peopleOf(
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
    photo: null,
    className,
    home: null,
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
      home: null,
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
    civility: null,
    classNames: [...new Set((adults.get(user.sourcedId) ?? []).map(({ title }) => title))],
  };
}
