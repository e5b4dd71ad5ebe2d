import { canonicalAddress } from '../../ground/address.ts';
import { isDay } from '../days.ts';
import type { LineReason } from '../reason-names.ts';
import { CELL_CHARACTERS, SHOWN_CHARACTERS } from './limits.ts';
import type { RefusedLine } from './rows.ts';
import type { Table, TableRecord } from './table.ts';

/** Why a cell isn't taken. Thrown nowhere: a reader of cells returns it. */
interface BadCell {
  readonly reason: LineReason;
  readonly column: string | null;
  readonly cell: string;
}

/**
 * The cells of one line, asked for by column. The first that can't be taken is remembered, so that
 * a line is read to its end and judged once; nothing of a line with a bad cell is used.
 */
export interface LineCells {
  /**
   * Trimmed, inner spaces single, NFC. Empty where there is no such column or cell; of one that is
   * too long, its beginning.
   */
  text(column: number | null): string;
  /** The same, null for empty. */
  textOrNull(column: number | null): string | null;
  /** `YYYY-MM-DD` or null. */
  date(column: number | null): string | null;
  ine(column: number | null): string | null;
  email(column: number | null): string | null;
  /** Refuses the line for a reason of the caller's, unless a cell was bad before. */
  refuse(reason: LineReason, column: number | null): void;
  refused(): RefusedLine | null;
}

/**
 * Controls, invisible and direction marks, line and paragraph ends, halves of letters. Tabs and
 * line ends at the edges are gone by then.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;
const MAYBE_HIDDEN = /[^\x20-\x7E\xC0-\u017F]/;
/**
 * What a wrong decoding leaves of accented letters (« LÃ©a »), or the sign for a letter that is
 * gone.
 */
const LOST = /\uFFFD|[ÃÂ][^\p{L}\s.'’-]/u;
/**
 * Ten digits and a letter, nine and two letters, and rarer ones; what a spreadsheet makes of a long
 * number has a sign in it.
 */
const INE = /^(?=.*\d)(?=.*[A-Z])[0-9A-Z]{10,11}$/;
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const FRENCH_DATE = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;

/** The cells of one record of a table. */
export function cellsOf(table: Table, record: TableRecord): LineCells {
  let bad: BadCell | null = null;
  const blame = (reason: LineReason, column: number | null, cell: string): void => {
    bad ??= {
      reason,
      column: column === null ? null : (table.headers[column] ?? '').trim(),
      cell: shown(cell),
    };
  };
  const text = (column: number | null): string => {
    const cell = column === null ? '' : (record.cells[column] ?? '');
    if (cell === '') return '';
    const tidied = tidy(cell);
    const reason = wrongWith(tidied);
    if (reason) blame(reason, column, tidied);
    return tidied.slice(0, CELL_CHARACTERS);
  };
  const checked = (
    column: number | null,
    check: (cell: string) => string | LineReasonFound,
  ): string | null => {
    const cell = text(column);
    if (cell === '') return null;
    const found = check(cell);
    if (typeof found === 'string') return found;
    blame(found.reason, column, cell);
    return null;
  };
  return {
    text,
    textOrNull: (column) => text(column) || null,
    date: (column) => checked(column, dateOf),
    ine: (column) => checked(column, ineOf),
    email: (column) =>
      checked(column, (cell) => canonicalAddress(cell) ?? { reason: 'email-malformed' }),
    refuse: (reason, column) =>
      blame(
        reason,
        column,
        column === null
          ? (record.cells.find((cell) => cell.trim() !== '') ?? '')
          : (record.cells[column] ?? ''),
      ),
    refused: () =>
      bad && {
        at: { file: table.file, line: record.line, column: bad.column },
        reason: bad.reason,
        cell: bad.cell,
      },
  };
}

interface LineReasonFound {
  readonly reason: LineReason;
}

/**
 * A cell as a person may see it in a list: short, and nothing in it that moves or hides other text.
 */
export function shown(cell: string): string {
  const visible = tidy(cell).replace(new RegExp(HIDDEN, 'gu'), '\u25AF');
  return visible.length > SHOWN_CHARACTERS
    ? `${visible
        .slice(0, SHOWN_CHARACTERS - 1)
        .toWellFormed()
        .replace(/\uFFFD$/, '')}…`
    : visible;
}

function tidy(cell: string): string {
  const trimmed = cell.trim();
  return MAYBE_HIDDEN.test(trimmed) || trimmed.includes('  ')
    ? trimmed
        .normalize('NFC')
        .replace(/[\p{Zs}]+/gu, ' ')
        .trim()
    : trimmed;
}

function wrongWith(cell: string): LineReason | null {
  if (cell.length > CELL_CHARACTERS) return 'cell-too-long';
  if (MAYBE_HIDDEN.test(cell) && HIDDEN.test(cell)) return 'character-hidden';
  return LOST.test(cell) ? 'letters-lost' : null;
}

/** Both styles that ONDE's exports have; the hour that a spreadsheet adds is dropped. */
function dateOf(cell: string): string | LineReasonFound {
  const day = cell.replace(/[ T]00:00(?::00)?$/, '');
  const iso = ISO_DATE.exec(day)?.slice(1);
  const french = FRENCH_DATE.exec(day)?.slice(1).toReversed();
  const [year, month, date] = iso ?? french ?? [];
  if (!year || !month || !date) return { reason: 'birth-date-unreadable' };
  const written = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  return isDay(written) ? written : { reason: 'birth-date-impossible' };
}

function ineOf(cell: string): string | LineReasonFound {
  const ine = cell.replace(/ /g, '').toUpperCase();
  return INE.test(ine) ? ine : { reason: 'ine-malformed' };
}
