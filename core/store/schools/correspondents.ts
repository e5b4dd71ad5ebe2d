import type { AddressId, ClassId } from '../../ground/ids.ts';
import type { Day } from '../../roster/days.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';

interface CorrespondentRow {
  readonly address: string;
  readonly until: Day;
  readonly approvedBy: AddressId;
}

/** Who may write to a class from outside, on `today` or later. */
export async function correspondentsOf(
  tx: SchoolTx,
  classId: ClassId,
  today: Day,
): Promise<CorrespondentRow[]> {
  return ownKept(tx)
    .selectFrom('correspondent', { class_id: classId })
    .select(['address', 'until_date as until', 'approved_by as approvedBy'])
    .where('until_date', '>=', today)
    .orderBy('address')
    .execute();
}

/** Approves an address in lower case for a class; one that was approved before gets the new day. */
export async function saveCorrespondent(
  tx: SchoolTx,
  classId: ClassId,
  { address, until, approvedBy }: CorrespondentRow,
): Promise<void> {
  await ownKept(tx)
    .insertInto('correspondent', {
      class_id: classId,
      address,
      approved_by: approvedBy,
      until_date: until,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['school_id', 'class_id', 'address'])
        .doUpdateSet({ approved_by: approvedBy, until_date: until }),
    )
    .execute();
}

/** False where nobody of that address was approved. */
export async function deleteCorrespondent(
  tx: SchoolTx,
  classId: ClassId,
  address: string,
): Promise<boolean> {
  const gone = await ownKept(tx)
    .deleteFrom('correspondent', { class_id: classId, address })
    .executeTakeFirst();
  return gone.numDeletedRows > 0n;
}
