import type { PreviewLine } from '../../core/core.ts';
import { importSentence } from '../../core/roster/import/reasons.ts';
import type { SchoolOutcome } from './roster.ts';

const HEADER = ['école / school', 'fait / act', 'qui / who', 'nom / name', 'classe / class', 'adresse / address', 'fichier / file', 'ligne / line', 'détail / detail'];

/** A spreadsheet takes a cell that begins with one of these for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** A cell as RFC 4180 §2 writes it, never a formula (ASVS 1.2.10). */
export function csvCell(text: string): string {
  const plain = FORMULA.test(text) ? `'${text}` : text;
  return /[",;\r\n']/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** What an import did, line by line, to keep: CSV with CRLF, and a BOM so that a spreadsheet reads the accents. */
export function csvReport(outcomes: readonly SchoolOutcome[]): string {
  const rows = outcomes.flatMap((outcome) => [[outcome.school, outcome.outcome, '', '', '', '', '', '', outcome.sentence], ...linesOf(outcome)]);
  return `\uFEFF${[HEADER, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

function linesOf({ school, preview }: SchoolOutcome): string[][] {
  if (preview === null) return [];
  const line = (act: string, one: PreviewLine, detail = ''): string[] =>
    [school, act, one.kind, one.name, one.className ?? '', one.address ?? '', one.at?.file ?? '', one.at === null ? '' : String(one.at.line), detail];
  return [
    ...preview.arrives.map((one) => line('arrive', one)),
    ...preview.leaves.map((one) => line('leave', one)),
    ...preview.movesClass.map((one) => line('move-class', one, one.fromClass ?? '')),
    ...preview.changesSchool.map((one) => line(one.waitsForAgent ? 'change-school-waits' : 'change-school', one)),
    ...preview.joins.map((one) => line('join', one)),
    ...preview.renamed.map((one) => line('rename', one, one.formerName)),
    ...preview.notRaised.map((one) => line('not-raised', one)),
    ...preview.parted.map(({ child, guardian }) => [school, 'part', 'guardian', guardian, '', '', '', '', child]),
    ...preview.questions.map(({ about, options }) => line('question', about, options.map(({ address }) => address).join(' '))),
    ...preview.refused.map((one) => [school, 'refused', '', '', '', '', one.at.file, String(one.at.line), importSentence(one, 'fr')]),
  ];
}
