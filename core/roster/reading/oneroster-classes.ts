import type { ExportedSchool } from './contract.ts';
import { levelsInName } from './levels.ts';
import { namedLines, type OneRosterTables } from './oneroster-tables.ts';
import type { RefusedLine } from './rows.ts';

export interface ExportedClass {
  readonly title: string;
  readonly homeroom: boolean;
  readonly levels: readonly string[];
}

/** GS to CM2. What comes before has no code of its own in France, and stays as it is. */
export const GRADES: Readonly<Record<string, string>> = {
  KG: 'GS',
  '01': 'CP',
  '02': 'CE1',
  '03': 'CE2',
  '04': 'CM1',
  '05': 'CM2',
};

/**
 * The classes of the school in the newest school year of the export: some exports keep last year's.
 */
export function classesOf(
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
