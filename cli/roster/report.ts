import { reportCsv, reportRows } from '../../core/school/imports/report.ts';
import { drawReport } from '../../webmail/sheets/draw-sheet.ts';
import { keepReport } from '../report-file.ts';
import { reportTitle } from '../texts/roster.ts';
import type { SchoolOutcome } from './roster.ts';

/** Writes what came of each school, as PDF where the path says so, else as CSV. */
export async function writeReport(path: string, outcomes: readonly SchoolOutcome[]): Promise<void> {
  const schools = outcomes.map(({ school, sentence, preview }) => ({
    school,
    sentence,
    rows: preview === null ? [] : reportRows(preview, 'fr'),
  }));
  if (!path.toLowerCase().endsWith('.pdf')) return keepReport(path, reportCsv(schools, 'fr'));
  const many = schools.length > 1;
  const rows = schools.flatMap(({ school, rows: own }) =>
    own.map((row) => (many ? { ...row, said: `${school} : ${row.said}` } : row)),
  );
  const lead = schools.map(({ school, sentence }) => `${school} : ${sentence}`).join('\n');
  const title = reportTitle(schools);
  keepReport(path, await drawReport({ title, lead, language: 'fr', rows }));
}
