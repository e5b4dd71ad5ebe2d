import type { PostalAddress } from './rows.ts';

/** Longer than any: what follows tells nobody apart. */
const CHARACTERS = 200;

/**
 * A postal address on one line, out of the cells that hold its parts. Never a reason to refuse a
 * line: it only tells namesakes apart.
 */
export function homeOf(
  record: readonly string[],
  columns: readonly (number | null)[],
): PostalAddress | null {
  const parts = columns.flatMap((column) => {
    const cell = column === null ? '' : (record[column] ?? '');
    const text = cell
      .normalize('NFC')
      .replace(/[\p{C}\s]+/gu, ' ')
      .trim();
    return text === '' ? [] : [text];
  });
  return parts.length === 0 ? null : parts.join(' ').slice(0, CHARACTERS);
}
