import type { AccountId } from '../../ground/ids.ts';
import { own } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import type { SchoolWishes } from './contract.ts';

export async function readWishes(
  tx: SchoolTx,
): Promise<SchoolWishes & { readonly pupilMailStopped: boolean }> {
  const row = await tx.db
    .selectFrom('school')
    .select([
      'opening',
      'outside_forbidden',
      'pupils_reach_all_teachers',
      'pupil_imap',
      'charter',
      'family_first',
      'pupil_mail_stopped',
    ])
    .where('id', '=', tx.school)
    .executeTakeFirstOrThrow();
  return {
    opening: row.opening && row.opening.days.length > 0 ? row.opening : null,
    outsideForbidden: row.outside_forbidden,
    pupilsReachAllTeachers: row.pupils_reach_all_teachers,
    pupilPrograms: row.pupil_imap,
    hasCharter: row.charter,
    asksFamilies: row.family_first,
    pupilMailStopped: row.pupil_mail_stopped,
  };
}

export async function saveWishes(tx: SchoolTx, wishes: SchoolWishes): Promise<void> {
  await tx.db
    .updateTable('school')
    .set({
      opening: wishes.opening && JSON.stringify(wishes.opening),
      outside_forbidden: wishes.outsideForbidden,
      pupils_reach_all_teachers: wishes.pupilsReachAllTeachers,
      pupil_imap: wishes.pupilPrograms,
      charter: wishes.hasCharter,
      family_first: wishes.asksFamilies,
    })
    .where('id', '=', tx.school)
    .execute();
}

export async function pupilAccounts(tx: SchoolTx): Promise<AccountId[]> {
  const rows = await own(tx)
    .selectFrom('account', { role: 'pupil', state: 'active' })
    .select('id')
    .execute();
  return rows.map(({ id }) => id as AccountId);
}
