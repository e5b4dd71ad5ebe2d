import { withoutAccents } from '../names.ts';
import { shown } from './cells.ts';
import { HEADER_CHARACTERS } from './limits.ts';

/** Letters of the shortest word that loses its s: « âges », not « pas ». */
const SHORTEST_PLURAL = 4;

/**
 * A column's header in one spelling: « Nom d’usage Élève(s) », « NOM D'USAGE ENFANT » and ` nom
 * d'usage eleve` are one. Plurals lose their s, a pupil is called a child by older exports, and
 * numbers stay (« … élève 2 »).
 */
export function headerKey(header: string): string {
  return withoutAccents(
    header
      .normalize('NFC')
      .replace(/[\uFEFF\u200B]/g, '')
      .toLowerCase(),
  )
    .replace(/[’ʼ‘`´]/g, "'")
    .replace(/\(s\)/g, '')
    .replace(/[°*_]/g, ' ')
    .replace(/\p{L}+/gu, singular)
    .replace(/\benfant\b/g, 'eleve')
    .replace(/\s+/g, ' ')
    .trim();
}

function singular(word: string): string {
  return word.endsWith('s') && [...word].length >= SHORTEST_PLURAL ? word.slice(0, -1) : word;
}

/** The first header that is longer than any, as a person may see it, or null. */
export function longHeader(headers: readonly string[]): string | null {
  const long = headers.find((header) => header.length > HEADER_CHARACTERS);
  return long === undefined ? null : shown(long);
}

/** Where each key stands first among the headers. */
export function columnsOf(headers: readonly string[]): ReadonlyMap<string, number> {
  const columns = new Map<string, number>();
  headers.forEach((header, index) => {
    const key = headerKey(header);
    if (key !== '' && !columns.has(key)) columns.set(key, index);
  });
  return columns;
}

/**
 * The header of the first column among these that another column has too, or null: which of the two
 * is meant can't be known.
 */
export function headerTwice(
  headers: readonly string[],
  used: readonly (number | null)[],
): string | null {
  const keys = headers.map(headerKey);
  const found = used.find(
    (index) =>
      index !== null && keys.indexOf(keys[index] ?? '') !== keys.lastIndexOf(keys[index] ?? ''),
  );
  return found === undefined || found === null ? null : (headers[found] ?? '').trim();
}

/** The first of several headers that is there, or null. */
export function firstColumn(
  columns: ReadonlyMap<string, number>,
  ...names: readonly string[]
): number | null {
  for (const name of names) {
    const index = columns.get(headerKey(name));
    if (index !== undefined) return index;
  }
  return null;
}
