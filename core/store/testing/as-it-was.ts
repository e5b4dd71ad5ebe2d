/**
 * A town that each test of a file finds as the first one did: its rows are put back, which takes a
 * tenth of what another database costs with another core on it. For tests that end with all that
 * they began, since nobody is told of what is put back.
 */
import type pg from 'pg';
import { keepRows } from './kept-rows.ts';

/**
 * Keeps all rows as they are now, as long as the owner's connection lasts; the answer puts them
 * back. Numbers that rows had in between aren't given again.
 */
export async function keepAsItIs(owner: pg.Client): Promise<() => Promise<void>> {
  const kept = await keepRows(owner);
  const isEmpty = kept.count('school') === 0;
  return () =>
    kept.putBack((moment) => [newVersions(moment), ...(isEmpty ? [laterTown(moment)] : [])]);
}

/**
 * Of rosters that no process has seen before, so that none goes on with what it has read of them.
 */
const newVersions = (moment: string): string => `update school set roster_version = ${moment}`;

/** The same for a town that each test makes anew. */
const laterTown = (moment: string): string =>
  `alter table school alter column roster_version set default ${moment}`;
