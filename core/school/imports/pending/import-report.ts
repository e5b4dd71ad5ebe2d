import type { AddressId, SchoolId } from '../../../ground/ids.ts';
import { undoEnds } from '../../../roster/given-file.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import { namesOf } from '../../../store/schools/roster-drafts.ts';
import { importById, listImports, type ImportRow } from '../../../store/schools/roster-imports.ts';
import { countOpenQuestions } from '../../../store/schools/roster-questions.ts';
import { pastImport } from '../past-import.ts';
import { reportCsv, reportRows } from '../report.ts';
import type { ImportReport, ShownImport } from './contract.ts';
import { ownSchool, ownSchools, type PendingParts } from './rights.ts';
import { readerOf, shownTo } from './show.ts';

export const HISTORY = 50;

/** What a report of an earlier version doesn't say. */
const NOT_SAID = { kept: [], leftAside: [], levels: [], civilities: [] };

interface ReportSources {
  readonly imports: readonly ImportRow[];
  readonly names: ReadonlyMap<AddressId, string>;
  readonly now: Date;
}

/** An import among all of its school: only the last one that took effect can be undone. */
export function shownImport(one: ImportRow, { imports, names, now }: ReportSources): ShownImport {
  const applied = imports
    .filter(({ state }) => state === 'applied')
    .sort((a, b) => (b.appliedAt?.getTime() ?? 0) - (a.appliedAt?.getTime() ?? 0) || b.id - a.id);
  const until = one.appliedAt === null ? null : undoEnds(one.appliedAt);
  return {
    ...pastImport(one),
    by: one.actor === null ? null : (names.get(one.actor) ?? null),
    undoUntil: applied[0]?.id === one.id && until !== null && until > now ? until : null,
  };
}

export async function importReport(
  parts: PendingParts,
  viewer: Viewer,
  { school, id }: { school: SchoolId; id: number },
): Promise<ImportReport | null> {
  const own = await ownSchool(parts, viewer, school);
  if (own === null) return null;
  const found = await parts.store.read(school, async (tx) => {
    const row = await importById(tx, id);
    return (
      row && {
        row,
        imports: await listImports(tx, HISTORY),
        names: await namesOf(tx, row.actor === null ? [] : [row.actor]),
        questions: await countOpenQuestions(tx),
      }
    );
  });
  if (found === null) return null;
  const { row, imports, names, questions } = found;
  const reader = readerOf(viewer, await ownSchools(parts, viewer), parts.secret);
  const preview = row.report === null ? null : shownTo(reader, { ...NOT_SAID, ...row.report });
  const rows = preview === null ? [] : reportRows(preview, viewer.language);
  return {
    school: own,
    import: shownImport(row, { imports, names, now: parts.clock() }),
    preview,
    rows,
    questions,
    csv: Buffer.from(reportCsv([{ school: own.name, sentence: '', rows }], viewer.language)),
  };
}
