import type { Selectable } from 'kysely';
import type { AccountId } from '../../ground/ids.ts';
import { jsonOf } from '../../ground/json.ts';
import type { SchoolSwitches } from '../../roster/school-switches.ts';
import { own } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import type { Database } from '../tables.ts';
import type { SchoolWishes } from './contract.ts';

/** The switches in a row of a school. */
export const switchesIn = (row: Selectable<Database['school']>): SchoolSwitches => ({
  pupilsReachAllTeachers: row.pupils_reach_all_teachers,
  adultsReachOutside: !row.outside_forbidden,
  pupilPrograms: row.pupil_imap,
  hasCharter: row.charter,
  asksFamilies: row.family_first,
});

const columnsOf = (switches: SchoolSwitches) => ({
  pupils_reach_all_teachers: switches.pupilsReachAllTeachers,
  outside_forbidden: !switches.adultsReachOutside,
  pupil_imap: switches.pupilPrograms,
  charter: switches.hasCharter,
  family_first: switches.asksFamilies,
});

export async function readWishes(tx: SchoolTx): Promise<SchoolWishes> {
  const row = await tx.db
    .selectFrom('school')
    .selectAll()
    .where('id', '=', tx.school)
    .executeTakeFirstOrThrow();
  return {
    ...switchesIn(row),
    opening: row.opening && row.opening.days.length > 0 ? row.opening : null,
  };
}

export async function saveWishes(
  tx: SchoolTx,
  { opening, ...switches }: SchoolWishes,
): Promise<void> {
  await tx.db
    .updateTable('school')
    .set({ ...columnsOf(switches), opening: opening && jsonOf(opening) })
    .where('id', '=', tx.school)
    .execute();
}

export async function pupilAccounts(tx: SchoolTx): Promise<AccountId[]> {
  const rows = await own(tx)
    .selectFrom('account', { role: 'pupil', state: 'active' })
    .select('id')
    .execute();
  return rows.map(({ id }) => id);
}
