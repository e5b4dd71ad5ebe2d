import { dayAt } from '../../../ground/clock.ts';
import type { SchoolId } from '../../../ground/ids.ts';
import { yearOf } from '../../../roster/planning/year.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import { namesOf, openDrafts } from '../../../store/schools/roster-drafts.ts';
import { listImports, rehearsalOf } from '../../../store/schools/roster-imports.ts';
import { countOpenQuestions } from '../../../store/schools/roster-questions.ts';
import type { ImportsOfSchool } from './contract.ts';
import { shownImport, HISTORY } from './import-report.ts';
import { movesAskedBy } from './moves.ts';
import { closedSince, ownSchool, type PendingParts } from './rights.ts';
import { unusableSentence } from './show.ts';

const MOST_DRAFTS = 10;

export async function importsOfSchool(
  parts: PendingParts,
  viewer: Viewer,
  id: SchoolId,
): Promise<ImportsOfSchool | null> {
  const school = await ownSchool(parts, viewer, id);
  if (school === null) return null;
  const now = parts.clock();
  const { running, next } = yearsAt(dayAt(now, school.timeZone));
  const closed = closedSince(school, now);
  const moves = await movesAskedBy(parts, school.id);
  return parts.store.read(school.id, async (tx) => {
    const imports = await listImports(tx, HISTORY);
    const names = await namesOf(
      tx,
      imports.flatMap(({ actor }) => actor ?? []),
    );
    const drafts = await openDrafts(tx, MOST_DRAFTS);
    return {
      school,
      moves,
      runningYear: running,
      nextYear: next,
      closed:
        closed === null
          ? null
          : unusableSentence({ kind: 'school-closed', day: closed }, viewer.language),
      drafts: drafts.map(({ id, createdAt, schoolYear }) => ({
        id,
        at: createdAt,
        year: schoolYear,
      })),
      imports: imports.map((one) => shownImport(one, { imports, names, now })),
      questions: closed === null ? await countOpenQuestions(tx) : 0,
      rollOver: (await rehearsalOf(tx))?.holdsFrom ?? null,
    };
  });
}

function yearsAt(today: string): { readonly running: string; readonly next: string } {
  const asked = yearOf('', today);
  return asked.kind === 'wrong-year' ? asked : { running: '', next: '' };
}
