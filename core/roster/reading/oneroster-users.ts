import { namedLines } from './oneroster-tables.ts';
import { mobileNumber } from './phones.ts';
import type { FilePosition, RefusedLine } from './rows.ts';
import type { Table } from './table.ts';

export interface ExportedUser {
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

export function relatedOf(
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

/** `lost`: users whose own line is refused. */
export function usersOf(table: Table): {
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
