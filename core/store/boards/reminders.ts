import type { AddressId, NoticeId } from '../../ground/ids.ts';
import { anyOf } from '../any-of.ts';
import { own, ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import { putNextDue, type NoticeRow } from './notices.ts';

/** Somebody wants to be told of a notice once more then; null: no longer. */
export async function setReminder(
  tx: SchoolTx,
  notice: NoticeId,
  { by, at }: { readonly by: AddressId; readonly at: Date | null },
): Promise<void> {
  await own(tx).deleteFrom('notice_reminder', { notice_id: notice, address_id: by }).execute();
  if (at !== null)
    await own(tx)
      .insertInto('notice_reminder', { notice_id: notice, address_id: by, at })
      .execute();
  await putNextDue(tx, notice);
}

/** When somebody wants to be told of these once more. */
export async function remindersOf(
  tx: SchoolTx,
  notices: readonly NoticeId[],
  by: AddressId,
): Promise<ReadonlyMap<NoticeId, Date>> {
  if (notices.length === 0) return new Map();
  const rows = await ownKept(tx)
    .selectFrom('notice_reminder', { notice_id: anyOf(notices), address_id: by })
    .select(['notice_id', 'at'])
    .execute();
  return new Map(rows.map((row) => [row.notice_id, row.at]));
}

/** Takes those whose moment has come off the list, and gives who they are. */
export async function takeReminders(
  tx: SchoolTx,
  notice: NoticeId,
  now: Date,
): Promise<readonly AddressId[]> {
  const rows = await own(tx)
    .deleteFrom('notice_reminder', { notice_id: notice })
    .where('at', '<=', now)
    .returning('address_id')
    .execute();
  return rows.map(({ address_id }) => address_id);
}

/** Notes that those who hadn't seen these words have been reminded. False: they were before. */
export async function claimReminding(
  tx: SchoolTx,
  { id, edition }: Pick<NoticeRow, 'id' | 'edition'>,
): Promise<boolean> {
  const row = await own(tx)
    .updateTable('notice', { id, edition, taken_down_at: null })
    .set({ reminded_edition: edition })
    .where('reminded_edition', '<', edition)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
