import type { AddressId } from '../../ground/ids.ts';
import { own } from '../own.ts';
import type { SchoolTx } from '../store.ts';

/** A child's guardians as the child's school has them, blocked ones too. */
export async function tiesOf(
  tx: SchoolTx,
  child: AddressId,
): Promise<
  { readonly guardian: AddressId; readonly blocked: boolean; readonly silent: boolean }[]
> {
  const rows = await own(tx)
    .selectFrom('guardianship', { child_address_id: child })
    .select(['guardian_address_id', 'blocked', 'silent'])
    .orderBy('guardian_address_id')
    .execute();
  return rows.map((row) => ({
    guardian: row.guardian_address_id,
    blocked: row.blocked,
    silent: row.silent,
  }));
}

/** What a head says of a tie: it holds no longer, or the others hear nothing of it. */
export type TieMark = 'blocked' | 'silent';

/** Which tie is marked, how, and whether it is. */
interface TieMarking {
  readonly child: AddressId;
  readonly guardian: AddressId;
  readonly mark: TieMark;
  readonly is: boolean;
}

/** Marks a tie, or no longer; false where there is no such tie, or it is so already. */
export async function markTie(
  tx: SchoolTx,
  { child, guardian, mark, is }: TieMarking,
): Promise<boolean> {
  const { numUpdatedRows } = await own(tx)
    .updateTable('guardianship', { child_address_id: child, guardian_address_id: guardian })
    .set({ [mark]: is })
    .where(mark, '<>', is)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Whether a guardian agrees for a child, and since when. */
interface FamilyYes {
  readonly child: AddressId;
  readonly guardian: AddressId;
  readonly agrees: boolean;
  readonly at: Date;
}

/**
 * What a guardian says of their child's writing; false where they are no guardian here, or are
 * blocked, or have said so already.
 */
export async function setAgrees(
  tx: SchoolTx,
  { child, guardian, agrees, at }: FamilyYes,
): Promise<boolean> {
  const { numUpdatedRows } = await own(tx)
    .updateTable('guardianship', {
      child_address_id: child,
      guardian_address_id: guardian,
      blocked: false,
    })
    .set({ agrees, answered_at: at })
    .where((eb) => eb('agrees', 'is', null).or('agrees', '<>', agrees))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

interface NameInFamily {
  readonly child: AddressId;
  readonly guardian: AddressId;
  readonly called: string | null;
}

/** What a child calls a guardian, chosen by that guardian; null: their first name. */
export async function setCalled(
  tx: SchoolTx,
  { child, guardian, called }: NameInFamily,
): Promise<void> {
  await own(tx)
    .updateTable('guardianship', {
      child_address_id: child,
      guardian_address_id: guardian,
      blocked: false,
    })
    .set({ called })
    .execute();
}
