/** Signs of a school's name that are looked for at most. */
const MOST = 80;

/** What somebody looks for in the names of schools. */
export const wantedIn = (find: unknown): string =>
  typeof find === 'string' ? find.slice(0, MOST) : '';

/** Letters alone, as they are compared. */
export const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
