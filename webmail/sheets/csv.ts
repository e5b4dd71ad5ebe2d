import type { CodeSheet } from '../../core/entry/codes/contract.ts';
import type { Texts } from '../texts/fr.ts';

/**
 * What a spreadsheet takes for a formula at the start of a cell (ASVS 1.2.10); a tab or a line end
 * may stand before it.
 */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** A sheet as rows for a mail merge. `until`: the last day of its codes, in words. */
export function sheetCsv(sheet: CodeSheet, { codes }: Texts, until: string): Buffer {
  const words = codes.paper.columns;
  const head = [
    words.kind,
    words.child,
    words.name,
    words.address,
    words.code,
    words.class,
    words.school,
    words.until,
  ];
  const pupils = sheet.cards.map((card) => [
    card.kind === 'child' ? words.pupil : words.adult,
    card.kind === 'child' ? card.displayName : '',
    card.displayName,
    card.address,
    codeText(card.code, codes),
    sheet.className,
    sheet.schoolName,
    until,
  ]);
  const families = sheet.slips.flatMap(({ child, guardians }) =>
    guardians.map((one) => [
      words.family,
      child,
      one.name,
      one.address,
      one.code ?? (one.codeOn === null ? words.alreadyOpen : words.elsewhere(one.codeOn)),
      sheet.className,
      sheet.schoolName,
      one.code === null ? '' : until,
    ]),
  );
  return csvOf([head, ...pupils, ...families]);
}

/** RFC 4180, every cell in quotes, CRLF; a BOM, so that spreadsheets read the accents. */
export function csvOf(rows: readonly (readonly string[])[]): Buffer {
  const lines = rows.map((row) => `${row.map(cell).join(',')}\r\n`);
  return Buffer.from(`\ufeff${lines.join('')}`);
}

function codeText(code: CodeSheet['cards'][number]['code'], { animals }: Texts['codes']): string {
  return code.kind === 'activation'
    ? code.text
    : code.pictures.map((one) => animals[one] ?? one).join(', ');
}

/** A quoted cell (RFC 4180 §2.6, §2.7); what could be a formula begins with an apostrophe. */
function cell(text: string): string {
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}
