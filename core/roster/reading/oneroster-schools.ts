import type { ExportedSchool } from './contract.ts';
import { namedLines, type OneRosterTables } from './oneroster-tables.ts';
import type { UnreadableRoster } from './rows.ts';
import { unreadable } from './trouble.ts';

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

export function chosenSchool(
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
