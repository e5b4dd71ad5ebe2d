import { sql } from 'kysely';
import type { AccountId, AddressId, ClassId } from '../../ground/ids.ts';
import { anyOf } from '../any-of.ts';
import { ownKept } from '../own.ts';
import { joinGoodCodes } from '../schools/good-codes.ts';
import type { SchoolTx } from '../store.ts';
import type { CodeState } from './contract.ts';

/**
 * When each of these accounts last got a code, and whether it was used; the newer of the two kinds.
 */
export async function codeStates(
  tx: SchoolTx,
  accounts: readonly AccountId[],
): Promise<Map<AccountId, CodeState>> {
  const { rows } = await sql<{
    account_id: AccountId;
    kind: CodeState['kind'];
    made_at: Date;
    used_at: Date | null;
  }>`
    select distinct on (account_id) account_id, kind, made_at, used_at
    from (
      select account_id, 'pictures' as kind, made_at, last_used_at as used_at
      from picture_code
      where school_id = ${tx.school} and account_id = any(${accounts}::bigint[])
      union all
      select account_id, 'activation', made_at, used_at
      from activation_code
      where school_id = ${tx.school} and account_id = any(${accounts}::bigint[])
    ) as codes
    order by account_id, made_at desc
  `.execute(tx.kept);
  return new Map(
    rows.map((row) => [
      row.account_id,
      { kind: row.kind, madeAt: row.made_at, usedAt: row.used_at },
    ]),
  );
}

/**
 * How each active account of the school may come in today: by a password, by a code that is still
 * good, by nothing.
 */
export async function waysIn(
  tx: SchoolTx,
  now: Date,
): Promise<Map<AccountId, 'password' | 'code' | 'none'>> {
  const { rows } = await sql<{ id: AccountId; way: 'password' | 'code' | 'none' }>`
    select a.id,
      case when a.password_hash is not null then 'password'
        when p.account_id is not null
        or c.account_id is not null then 'code'
        else 'none'
      end as way
    from account a
      ${joinGoodCodes(now)}
    where a.school_id = ${tx.school} and a.state = 'active'
  `.execute(tx.kept);
  return new Map(rows.map(({ id, way }) => [id, way]));
}

/** Which of these accounts have a password already. */
export async function withPassword(
  tx: SchoolTx,
  accounts: readonly AccountId[],
): Promise<Set<AccountId>> {
  if (accounts.length === 0) return new Set();
  const rows = await ownKept(tx)
    .selectFrom('account', { id: anyOf(accounts) })
    .select('id')
    .where('password_hash', 'is not', null)
    .execute();
  return new Set(rows.map((row) => row.id));
}

/**
 * Of these accounts, those with a code to come in by that is good and was not used, made for the
 * sheet of another class: for which.
 */
export async function codesOfOtherClasses(
  tx: SchoolTx,
  accounts: readonly AccountId[],
  { classId, now }: { readonly classId: ClassId; readonly now: Date },
): Promise<Map<AccountId, ClassId>> {
  const { rows } = await sql<{ account: AccountId; class: ClassId }>`
    select c.account_id as account, s.class_id as class
    from activation_code c
      join code_sheet s on s.school_id = c.school_id and s.id = c.sheet_id
    where c.school_id = ${tx.school} and c.account_id = any(${accounts}::bigint[])
      and c.used_at is null and c.expires_at > ${now} and s.class_id <> ${classId}
  `.execute(tx.kept);
  return new Map(rows.map((row) => [row.account, row.class]));
}

/**
 * Which of these accounts nobody has ever come in by: no password, no picture code ever used, no
 * session, no letter of theirs.
 */
export async function neverCameIn(
  tx: SchoolTx,
  accounts: readonly AccountId[],
): Promise<Set<AccountId>> {
  const { rows } = await sql<{ id: AccountId }>`
    select a.id::integer as id
    from account a
    where a.school_id = ${tx.school}
      and a.id = any(${accounts}::bigint[])
      and a.password_hash is null
      and not exists (
        select
        from picture_code p
        where p.school_id = a.school_id and p.account_id = a.id and p.last_used_at is not null
      )
      and not exists (
        select from session s where s.school_id = a.school_id and s.account_id = a.id
      )
      and not exists (
        select
        from message m
        where m.school_id = a.school_id and m.sender_address_id = a.address_id
      )
  `.execute(tx.kept);
  return new Set(rows.map(({ id }) => id));
}

/** The grade levels of each class of the school. */
export async function levelsOfClasses(tx: SchoolTx): Promise<Map<ClassId, readonly string[]>> {
  const rows = await ownKept(tx).selectFrom('class').select(['id', 'levels']).execute();
  return new Map(rows.map((row) => [row.id, row.levels]));
}

/** The levels of the classes, and of the pupils of this school as their roster file had them. */
export async function levelsIn(tx: SchoolTx): Promise<{
  readonly ofClasses: ReadonlyMap<ClassId, readonly string[]>;
  readonly ofPupils: ReadonlyMap<AddressId, string>;
}> {
  const { rows } = await sql<{
    readonly classes: readonly (readonly [ClassId, readonly string[]])[];
    readonly pupils: readonly (readonly [AddressId, string])[];
  }>`
    select (
        select coalesce(jsonb_agg(jsonb_build_array(id, levels)), '[]')
        from class where school_id = ${tx.school}
      ) as classes,
      (
        select coalesce(jsonb_agg(jsonb_build_array(address_id, level)), '[]')
        from account
        where school_id = ${tx.school} and role = 'pupil' and level is not null
      ) as pupils
  `.execute(tx.kept);
  return { ofClasses: new Map(rows[0]?.classes), ofPupils: new Map(rows[0]?.pupils) };
}

interface SheetRow {
  readonly classId: ClassId;
  readonly by: AddressId | null;
  readonly at: Date;
}

/** The last whole sheet of each class: who printed it, and when. */
export async function lastSheets(tx: SchoolTx): Promise<Map<ClassId, SheetRow>> {
  const { rows } = await sql<{ class_id: ClassId; printed_by: AddressId | null; printed_at: Date }>`
    select distinct on (class_id) class_id, printed_by, printed_at
    from code_sheet
    where school_id = ${tx.school} and class_id is not null and format <> 'screen'
    order by class_id, printed_at desc
  `.execute(tx.kept);
  return new Map(
    rows.map((row) => [
      row.class_id,
      { classId: row.class_id, by: row.printed_by, at: row.printed_at },
    ]),
  );
}
