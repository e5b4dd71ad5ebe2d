import { headerKey } from './header.ts';

/** A column that is not read, as it is written, and what it seems to say that nobody would hear. */
export interface ColumnLeftAside {
  readonly file: string;
  readonly column: string;
  /** `role`: who somebody is at the school; `school`: which one they belong to. */
  readonly about: 'role' | 'school' | null;
}

const ROLE = /\b(?:role|profil|fonction|statut|type|categorie|emploi|droit|admin)\b/;
const SCHOOL = /\b(?:ecole|etablissement|school|uai|rne|site)\b/;

/**
 * The columns of a file that are left aside. A row that says admin comes in as whatever its list
 * is: whoever gives the list must read that.
 */
export function columnsLeftAside(
  file: string,
  headers: readonly string[],
): readonly ColumnLeftAside[] {
  return headers.map((column) => ({ file, column, about: aboutOf(headerKey(column)) }));
}

function aboutOf(key: string): ColumnLeftAside['about'] {
  if (ROLE.test(key)) return 'role';
  return SCHOOL.test(key) ? 'school' : null;
}
