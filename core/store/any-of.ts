import { sql, type RawBuilder } from 'kysely';

/**
 * For a `where`: one of a list. Of whatever length that is, `= any($1)` stays one statement;
 * `in (…)` would be another for each.
 */
export const anyOf = <T>(list: readonly T[]): RawBuilder<T> => sql<T>`any(${list})`;
