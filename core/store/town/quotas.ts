import { sql } from 'kysely';
import { TOWN, type AccountId, type AddressId, type SchoolId } from '../../ground/ids.ts';
import { jsonOf } from '../../ground/json.ts';
import { NEARLY_FULL, QUOTAS_BYTES, type QuotaRole, type RoleQuotas } from '../../roster/quotas.ts';
import { own } from '../own.ts';
import type { SchoolTx, TownTx } from '../store.ts';

/** What is said of roles otherwise than in the product's table: by the town (0), for a school. */
export async function roleQuotas({
  db,
}: Pick<TownTx, 'db'>): Promise<ReadonlyMap<SchoolId, RoleQuotas>> {
  const rows = await db.selectFrom('school').select(['id', 'quotas']).execute();
  return new Map(rows.map(({ id, quotas }) => [id, quotas]));
}

interface RoleQuota {
  readonly school: SchoolId;
  readonly role: QuotaRole;
  readonly bytes: number | null;
}

/** Says it of a role; null: as elsewhere. Accounts have it once they are settled. */
export async function setRoleQuota(
  { db }: Pick<TownTx, 'db'>,
  { school, role, bytes }: RoleQuota,
): Promise<void> {
  const quotas =
    bytes === null
      ? sql`quotas - ${role}::text`
      : sql`quotas || ${jsonOf({ [role]: bytes })}::jsonb`;
  await sql`update school set quotas = ${quotas} where id = ${school}`.execute(db);
}

/** Says it of one person; null: as of others. Gives what it was; undefined: nobody is there. */
export async function setOwnQuota(
  tx: SchoolTx,
  account: AccountId,
  bytes: number | null,
): Promise<number | undefined> {
  const before = await own(tx)
    .selectFrom('account', { id: account })
    .select('quota_bytes')
    .forUpdate()
    .executeTakeFirst();
  await own(tx).updateTable('account', { id: account }).set({ own_quota_bytes: bytes }).execute();
  return before?.quota_bytes;
}

/**
 * Gives each account of the school what follows from what is said: of the person, of their role in
 * the school, of their role in the town, in the product's table. Whose mail has room by that is no
 * longer full.
 */
export async function settleQuotas(tx: SchoolTx): Promise<void> {
  await sql`
    update account a
    set quota_bytes = w.bytes,
      full_since = case when (
        select coalesce(sum(b.bytes), 0)
        from mailbox b
        where b.school_id = a.school_id and b.account_id = a.id
      ) < w.bytes then null else a.full_since end
    from (
      select o.id, coalesce(o.own_quota_bytes, (s.quotas ->> o.role)::bigint,
        (t.quotas ->> o.role)::bigint, (${jsonOf(QUOTAS_BYTES)}::jsonb ->> o.role)::bigint) as bytes
      from account o join school s on s.id = o.school_id join school t on t.id = ${TOWN}
      where o.school_id = ${tx.school}
    ) w
    where a.school_id = ${tx.school} and a.id = w.id and a.quota_bytes <> w.bytes
  `.execute(tx.db);
}

/** Somebody whose mail is nearly at its quota, or at it. */
export interface NearlyFullRow {
  readonly account: AccountId;
  readonly addressId: AddressId;
  readonly usedBytes: number;
  readonly quotaBytes: number;
  /** Since when letters to them are turned away; null: none is. */
  readonly fullSince: Date | null;
  /** Whether they have been told. */
  readonly isWarned: boolean;
}

/** Of one school, the fullest first. */
export async function nearlyFull(tx: SchoolTx, limit: number): Promise<NearlyFullRow[]> {
  const { rows } = await sql<NearlyFullRow>`
    select a.id as account, a.address_id as "addressId", sum(b.bytes)::bigint as "usedBytes",
      a.quota_bytes as "quotaBytes", a.full_since as "fullSince",
      a.room_warned_at is not null as "isWarned"
    from account a join mailbox b on b.school_id = a.school_id and b.account_id = a.id
    where a.school_id = ${tx.school} and a.state = 'active'
    group by a.school_id, a.id
    having sum(b.bytes) >= a.quota_bytes * ${sql.lit(NEARLY_FULL)}
    order by sum(b.bytes) / a.quota_bytes desc, a.id
    limit ${limit}
  `.execute(tx.db);
  return rows;
}

/** Notes that somebody is told now; false: they have been. */
export async function noteWarned(tx: SchoolTx, account: AccountId, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await own(tx)
    .updateTable('account', { id: account, room_warned_at: null })
    .set({ room_warned_at: now })
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** Whoever made room well below it may be told another time. */
export async function forgetWarned(tx: SchoolTx, below: number): Promise<void> {
  await sql`
    update account a set room_warned_at = null
    where a.school_id = ${tx.school}
      and a.room_warned_at is not null
      and (
        select coalesce(sum(b.bytes), 0)
        from mailbox b
        where b.school_id = a.school_id and b.account_id = a.id
      ) < a.quota_bytes * ${sql.lit(below)}
  `.execute(tx.db);
}
