import { nameKey } from '../names.ts';
import type { LineCells } from './cells.ts';
import { firstColumn } from './header.ts';
import type { GuardianRow } from './rows.ts';

/**
 * A number at home is the whole family's, one at work that of colleagues: neither says who somebody
 * is.
 */
const MOBILE = ['Téléphone portable', 'Téléphone mobile', 'Portable'] as const;
/** A number under which more names than these stand in one file was typed to fill the cell. */
const NAMES_OF_ONE = 2;

/** Where a list has mobile phones, which are somebody's own. */
export function phoneColumns(columns: ReadonlyMap<string, number>): number[] {
  return MOBILE.flatMap((name) => firstColumn(columns, name) ?? []);
}

/**
 * The mobile phones of a line. What isn't a number is no reason to refuse a line: phones are only
 * evidence.
 */
export function phonesOf(cells: LineCells, columns: readonly number[]): string[] {
  return [...new Set(columns.flatMap((column) => mobileNumber(cells.text(column)) ?? []))];
}

/**
 * `06 12 34 56 79`, `+33 6 12 34 56 79` and `0033 (0)612345679` are one number, `0612345679`. Null
 * for what is no French mobile number, and for one that nobody has.
 */
export function mobileNumber(written: string): string | null {
  const digits = written
    .replace('(0)', '')
    .replace(/^\s*\+/, '00')
    .replace(/[\s.\-/()]/g, '')
    .replace(/^0033/, '0');
  return /^0[67]\d{8}$/.test(digits) && !/(\d)\1{5}|(\d\d)\2{3}|12345678/.test(digits)
    ? digits
    : null;
}

/** Rows without the numbers that stand under too many names to be anybody's. */
export function withOwnPhones(rows: readonly GuardianRow[]): GuardianRow[] {
  const names = new Map<string, Set<string>>();
  for (const row of rows)
    for (const phone of row.phones)
      names.set(
        phone,
        (names.get(phone) ?? new Set()).add(`${nameKey(row.familyName)}|${nameKey(row.givenName)}`),
      );
  return rows.map((row) => ({
    ...row,
    phones: row.phones.filter((phone) => (names.get(phone)?.size ?? 0) <= NAMES_OF_ONE),
  }));
}
