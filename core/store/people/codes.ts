import { sql } from 'kysely';
import type { AccountId, AddressId, ClassId, SchoolId } from '../../ground/ids.ts';
import { anyOf } from '../any-of.ts';
import type { SheetFormat } from '../columns.ts';
import { own } from '../own.ts';
import type { SchoolTx, TownTx } from '../store.ts';

interface NewSheet {
  readonly classId: ClassId | null;
  /** Null: the command line. */
  readonly by: AddressId | null;
  readonly at: Date;
  readonly format: SheetFormat;
  readonly codes: number;
}

/** Writes down that codes were made, and by whom. */
export async function insertSheet(tx: SchoolTx, sheet: NewSheet): Promise<number> {
  const row = await own(tx)
    .insertInto('code_sheet', {
      class_id: sheet.classId,
      printed_by: sheet.by,
      printed_at: sheet.at,
      format: sheet.format,
      codes: sheet.codes,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export interface NewCode {
  readonly account: AccountId;
  readonly hash: Buffer;
  /** On which sheet it stands. */
  readonly sheet: number;
}

interface NewCodes {
  readonly codes: readonly NewCode[];
  readonly at: Date;
  readonly expiresAt: Date;
}

/** One statement, whatever the number of codes. What an account had before is void from here on. */
export async function saveCodes(
  tx: SchoolTx,
  table: 'activation_code' | 'picture_code',
  { codes, at, expiresAt }: NewCodes,
): Promise<void> {
  if (codes.length === 0) return;
  const again = table === 'activation_code' ? sql`, used_at = null` : sql`, last_used_at = null`;
  await sql`
    insert into
      ${sql.table(table)} (school_id, account_id, sheet_id, code_hash, made_at, expires_at)
    select ${tx.school}, c.account, c.sheet, c.hash, ${at}, ${expiresAt}
    from unnest(${codes.map(({ account }) => account)}::bigint[],
        ${codes.map(({ hash }) => hash)}::bytea[], ${codes.map(({ sheet }) => sheet)}::bigint[])
        as c (account, hash, sheet)
    on conflict (school_id, account_id) do update
    set sheet_id = excluded.sheet_id, code_hash = excluded.code_hash,
      made_at = excluded.made_at, expires_at = excluded.expires_at ${again}
  `.execute(tx.db);
}

/**
 * Those who make codes for a class take turns, so that no two children of it get the same pictures.
 */
export async function lockClass(tx: SchoolTx, classId: ClassId): Promise<void> {
  await sql`
    select
    from class
    where school_id = ${tx.school} and id = ${classId}
    for no key update
  `.execute(tx.db);
}

export async function pictureHashes(
  tx: SchoolTx,
  accounts: readonly AccountId[],
): Promise<Map<AccountId, Buffer>> {
  if (accounts.length === 0) return new Map();
  const rows = await own(tx)
    .selectFrom('picture_code', { account_id: anyOf(accounts) })
    .select(['account_id', 'code_hash'])
    .execute();
  return new Map(rows.map((row) => [row.account_id, row.code_hash]));
}

interface ActivationRow {
  readonly hash: Buffer;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

export async function activationOf(
  tx: SchoolTx,
  account: AccountId,
): Promise<ActivationRow | null> {
  const row = await own(tx)
    .selectFrom('activation_code', { account_id: account })
    .select(['code_hash', 'expires_at', 'used_at'])
    .executeTakeFirst();
  return row ? { hash: row.code_hash, expiresAt: row.expires_at, usedAt: row.used_at } : null;
}

interface UsedCode {
  readonly account: AccountId;
  readonly hash: Buffer;
  readonly passwordHash: string;
  readonly now: Date;
}

/**
 * Uses up a code and sets the password it was for; every session of the account ends. False:
 * somebody was quicker, or the code is void by now, and nothing was changed.
 */
export async function useActivation(tx: SchoolTx, use: UsedCode): Promise<boolean> {
  const used = await own(tx)
    .updateTable('activation_code', { account_id: use.account, code_hash: use.hash, used_at: null })
    .set({ used_at: use.now })
    .where('expires_at', '>', use.now)
    .executeTakeFirst();
  if (used.numUpdatedRows !== 1n) return false;
  await own(tx)
    .updateTable('account', { id: use.account })
    .set({ password_hash: use.passwordHash })
    .execute();
  await endSessions(tx, use.account);
  return true;
}

/** Ends a code on paper that nobody has used: whoever finds it comes in by it no more. */
export async function voidUnusedCode(tx: SchoolTx, account: AccountId): Promise<void> {
  await own(tx)
    .deleteFrom('activation_code', { account_id: account })
    .where('used_at', 'is', null)
    .execute();
}

interface PictureTry {
  readonly account: AccountId;
  readonly hash: Buffer;
  readonly now: Date;
}

/** Whether these are an account's pictures, and still good; notes that they were used. */
export async function usePictures(tx: SchoolTx, use: PictureTry): Promise<boolean> {
  const used = await own(tx)
    .updateTable('picture_code', { account_id: use.account, code_hash: use.hash })
    .set({ last_used_at: use.now })
    .where('expires_at', '>', use.now)
    .executeTakeFirst();
  return used.numUpdatedRows === 1n;
}

/** Ends an account's pictures, unless they are others by now. */
export async function voidPictures(tx: SchoolTx, account: AccountId, hash: Buffer): Promise<void> {
  await own(tx).deleteFrom('picture_code', { account_id: account, code_hash: hash }).execute();
}

/** Nobody comes in by a password until another is chosen. */
export async function forgetPassword(tx: SchoolTx, account: AccountId): Promise<void> {
  await own(tx).updateTable('account', { id: account }).set({ password_hash: null }).execute();
}

export async function endSessions(tx: SchoolTx, account: AccountId): Promise<void> {
  await own(tx).deleteFrom('session', { account_id: account }).execute();
}

/**
 * Ends what these accounts have open, of those that have no password: they can have come in by
 * pictures alone.
 */
export async function endPictureSessions(
  tx: SchoolTx,
  accounts: readonly AccountId[],
): Promise<void> {
  await sql`delete from session s using account a
    where s.school_id = ${tx.school} and a.school_id = s.school_id and a.id = s.account_id
      and a.id = any(${accounts}::bigint[]) and a.password_hash is null`.execute(tx.db);
}

export async function voidCodes(
  tx: SchoolTx,
  table: 'activation_code' | 'picture_code',
  accounts: readonly AccountId[],
): Promise<void> {
  if (accounts.length === 0) return;
  await sql`
    delete from ${sql.table(table)}
    where school_id = ${tx.school} and account_id = any(${accounts}::bigint[])
  `.execute(tx.db);
}

/**
 * Ends the codes of sheets that somebody made at one moment and nobody has got, those that were
 * used apart; gives how many.
 */
export async function voidLostSheets(
  tx: SchoolTx,
  { by, at }: { readonly by: AddressId | null; readonly at: Date },
): Promise<number> {
  const sheets = sql`
    (
      select id
      from code_sheet
      where school_id = ${tx.school}
        and printed_by is not distinct from ${by}
        and printed_at = ${at}
        and format = 'import'
    )
  `;
  const texts = await sql`
      delete from activation_code
      where school_id = ${tx.school} and used_at is null and sheet_id in ${sheets}
    `.execute(tx.db);
  const pictures = await sql`
      delete from picture_code
      where school_id = ${tx.school} and last_used_at is null and sheet_id in ${sheets}
    `.execute(tx.db);
  return Number(texts.numAffectedRows ?? 0n) + Number(pictures.numAffectedRows ?? 0n);
}

/** The school and account of people by their addresses, wherever their homes are. */
export async function homesOf(
  tx: TownTx,
  addresses: readonly AddressId[],
): Promise<{ readonly school: SchoolId; readonly account: AccountId }[]> {
  if (addresses.length === 0) return [];
  const rows = await tx.db
    .selectFrom('address')
    .select(['school_id as school', sql<AccountId>`target_id`.as('account')])
    .where('id', '=', anyOf(addresses))
    .where('kind', '=', 'account')
    .where('target_id', 'is not', null)
    .execute();
  return rows;
}
