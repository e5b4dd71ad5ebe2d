import { sql } from 'kysely';
import type { AccountId, AddressId, OwnGroupId } from '../../ground/ids.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';

/** A group as it was saved; whoever has left since is still named here. */
export interface OwnGroupRow {
  readonly id: OwnGroupId;
  readonly name: string;
  readonly whom: 'pupils' | 'families' | 'both';
  readonly pupils: readonly AddressId[];
}

type Saved = Omit<OwnGroupRow, 'id'>;

/** The groups of an account by name, at most `limit`. */
export async function ownGroupsOf(
  tx: SchoolTx,
  account: AccountId,
  limit: number,
): Promise<readonly OwnGroupRow[]> {
  return ownKept(tx)
    .selectFrom('own_group', { account_id: account })
    .select(['id', 'name', 'whom', 'pupils'])
    .orderBy(sql`lower(name)`)
    .limit(limit)
    .execute();
}

export async function insertOwnGroup(
  tx: SchoolTx,
  account: AccountId,
  group: Saved,
): Promise<OwnGroupId> {
  const row = await ownKept(tx)
    .insertInto('own_group', {
      account_id: account,
      name: group.name,
      whom: group.whom,
      pupils: [...group.pupils],
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** False: not there, or not this account's. */
export async function updateOwnGroup(
  tx: SchoolTx,
  account: AccountId,
  { id, name, whom, pupils }: OwnGroupRow,
): Promise<boolean> {
  const { numUpdatedRows } = await ownKept(tx)
    .updateTable('own_group', { account_id: account, id })
    .set({ name, whom, pupils: [...pupils] })
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** False: not there, or not this account's. */
export async function deleteOwnGroup(
  tx: SchoolTx,
  account: AccountId,
  id: OwnGroupId,
): Promise<boolean> {
  const { numDeletedRows } = await ownKept(tx)
    .deleteFrom('own_group', { account_id: account, id })
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Takes somebody whose account is erased out of the groups of this school. */
export async function leaveOwnGroups(tx: SchoolTx, pupil: AddressId): Promise<void> {
  await sql`
    update own_group
    set pupils = array_remove(pupils, ${pupil}::bigint)
    where school_id = ${tx.school} and ${pupil}::bigint = any(pupils)
  `.execute(tx.kept);
}

/** Whether the other teachers get a copy of what this account writes to its classes. */
export async function copiesColleagues(tx: SchoolTx, account: AccountId): Promise<boolean> {
  const row = await ownKept(tx)
    .selectFrom('account', { id: account })
    .select('copy_colleagues')
    .executeTakeFirst();
  return row?.copy_colleagues ?? false;
}

export async function saveCopiesColleagues(
  tx: SchoolTx,
  account: AccountId,
  { copied }: { readonly copied: boolean },
): Promise<void> {
  await ownKept(tx)
    .updateTable('account', { id: account })
    .set({ copy_colleagues: copied })
    .where('copy_colleagues', '<>', copied)
    .execute();
}
