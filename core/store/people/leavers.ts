import { sql } from 'kysely';
import type { AccountId, AddressId, SchoolId } from '../../ground/ids.ts';
import type { Role } from '../../rules/facts.ts';
import { own } from '../own.ts';
import type { SchoolTx, TownTx } from '../store.ts';

/** Somebody who leaves, or has left. */
export interface LeaverRow {
  readonly account: AccountId;
  readonly addressId: AddressId;
  readonly role: Role;
  /** The first day without sign-in, `YYYY-MM-DD`. */
  readonly leftOn: string;
  readonly isActive: boolean;
}

/**
 * Null for who stays. `lock`: nobody brings them back, or erases them, until the transaction ends.
 */
export async function leaverRow(
  tx: SchoolTx,
  account: AccountId,
  { lock }: { readonly lock: boolean },
): Promise<LeaverRow | null> {
  const {
    rows: [row],
  } = await sql<{ address_id: AddressId; role: Role; left_on: string; state: string }>`
    select a.address_id, a.role, l.left_on, a.state
    from leaver l join account a on a.school_id = l.school_id and a.id = l.account_id
    where l.school_id = ${tx.school}
      and l.account_id = ${account} ${lock ? sql`for update of l, a` : sql``}
  `.execute(tx.db);
  return row === undefined
    ? null
    : {
        account,
        addressId: row.address_id,
        role: row.role,
        leftOn: row.left_on,
        isActive: row.state === 'active',
      };
}

/** Null: there is no such account any more. */
export async function addressOfAccount(
  tx: SchoolTx,
  account: AccountId,
): Promise<AddressId | null> {
  const row = await own(tx)
    .selectFrom('account', { id: account })
    .select('address_id')
    .executeTakeFirst();
  return row === undefined ? null : row.address_id;
}

/** Says that somebody leaves on a day; what is due follows by itself. */
export async function saveLeaver(tx: SchoolTx, account: AccountId, leftOn: string): Promise<void> {
  await own(tx)
    .insertInto('leaver', { account_id: account, left_on: leftOn })
    .onConflict((conflict) =>
      conflict.columns(['school_id', 'account_id']).doUpdateSet({ left_on: leftOn }),
    )
    .execute();
}

/** Takes a leave back. False: there was none. */
export async function dropLeaver(tx: SchoolTx, account: AccountId): Promise<boolean> {
  const gone = await own(tx).deleteFrom('leaver', { account_id: account }).executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

export async function setAccountState(
  tx: SchoolTx,
  account: AccountId,
  state: 'active' | 'suspended',
): Promise<void> {
  await own(tx).updateTable('account', { id: account }).set({ state }).execute();
}

/** When to look at somebody who leaves again; null: never. */
export async function setLeaverDue(
  tx: SchoolTx,
  account: AccountId,
  at: Date | null,
): Promise<void> {
  if (at === null) await own(tx).deleteFrom('due', { kind: 'leaver', row_id: account }).execute();
  else await own(tx).updateTable('due', { kind: 'leaver', row_id: account }).set({ at }).execute();
}

interface PlacesEnd {
  readonly home: SchoolId;
  readonly addressId: AddressId;
  readonly day: string;
}

/**
 * Ends classes, posts and help with the day before `day`, in every school where the person is;
 * family ties of a pupil as well, blocked ones stay.
 */
export async function endPlacesEverywhere(
  tx: TownTx,
  { home, addressId, day }: PlacesEnd,
): Promise<void> {
  for (const school of await schoolsOf(tx, home, addressId)) {
    const there = await tx.in(school);
    for (const [table, column] of [
      ['membership', 'address_id'],
      ['post', 'address_id'],
      ['accompaniment', 'pupil_address_id'],
      ['accompaniment', 'aide_address_id'],
    ] as const)
      await sql`
        update ${sql.table(table)}
        set until_date = ${day}::date - 1
        where school_id = ${school}
          and ${sql.ref(column)} = ${addressId}
          and (until_date is null or until_date >= ${day}::date)
      `.execute(there.db);
    await sql`
      delete from guardianship
      where school_id = ${school} and child_address_id = ${addressId} and not blocked
    `.execute(there.db);
  }
}

/** Everybody who is tied to a child, blocked or not, wherever that is written. */
export async function guardiansOfChild(
  tx: TownTx,
  { home, addressId }: { readonly home: SchoolId; readonly addressId: AddressId },
): Promise<readonly AddressId[]> {
  const found = new Set<AddressId>();
  for (const school of await schoolsOf(tx, home, addressId)) {
    const there = await tx.in(school);
    const rows = await own(there)
      .selectFrom('guardianship', { child_address_id: addressId })
      .select('guardian_address_id')
      .execute();
    for (const { guardian_address_id } of rows) found.add(guardian_address_id);
  }
  return [...found];
}

/**
 * The guardian's account where it lives, if nothing keeps them: no child who hasn't left and no
 * post, in any school, and no leave said already. Null: they stay.
 */
export async function guardianAlone(
  tx: TownTx,
  guardian: AddressId,
): Promise<{ readonly home: SchoolId; readonly account: AccountId } | null> {
  const address = await tx.db
    .selectFrom('address')
    .select(['school_id as home', sql<AccountId | null>`target_id`.as('account')])
    .where('id', '=', guardian)
    .where('kind', '=', 'account')
    .executeTakeFirst();
  if (!address || address.account === null) return null;
  const { home, account } = address;
  const own = await tx.in(home);
  const { rows } = await sql`
      select
      from account a
      where school_id = ${home}
        and id = ${account}
        and role = 'guardian'
        and state = 'active'
        and not exists (
          select from leaver l where l.school_id = a.school_id and l.account_id = a.id
        )
    `.execute(own.db);
  if (rows.length === 0) return null;
  for (const school of await schoolsOf(tx, home, guardian)) {
    if (await hasTies(await tx.in(school), guardian)) return null;
  }
  return { home, account };
}

/** Whether a post, or a child who hasn't left, keeps somebody in this school. */
async function hasTies(tx: SchoolTx, guardian: AddressId): Promise<boolean> {
  const {
    rows: [row],
  } = await sql<{ bound: boolean }>`
    select exists (
      select
      from post
      where school_id = ${tx.school}
        and address_id = ${guardian}
        and (until_date is null or until_date >= current_date)
    )
      or exists (
        select
        from guardianship g
          join account a on a.school_id = g.school_id
          and a.address_id = g.child_address_id
        where g.school_id = ${tx.school}
          and g.guardian_address_id = ${guardian}
          and not (
            a.state <> 'active'
            and exists (
              select from leaver l where l.school_id = a.school_id and l.account_id = a.id
            )
          )
      ) as bound
  `.execute(tx.db);
  return row?.bound === true;
}

async function schoolsOf(
  tx: TownTx,
  home: SchoolId,
  addressId: AddressId,
): Promise<readonly SchoolId[]> {
  const row = await tx.db
    .selectFrom('address')
    .select('present_in')
    .where('id', '=', addressId)
    .executeTakeFirst();
  return [...new Set([home, ...(row?.present_in ?? [])])];
}
