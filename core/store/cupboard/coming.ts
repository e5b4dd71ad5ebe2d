import { sql } from 'kysely';
import type { AccountId } from '../../ground/ids.ts';
import { own, ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';

/** A file on its way, by whose it is and the name that its page gave it. */
interface ComingFile {
  readonly account: AccountId;
  /** A UUID. */
  readonly upload: string;
}

/** Keeps a piece, the same once more in its place; false where too many wait already. */
export async function keepPiece(
  tx: SchoolTx,
  { account, upload }: ComingFile,
  piece: { readonly place: number; readonly bytes: Buffer; readonly at: Date },
  most: number,
): Promise<boolean> {
  const { place, bytes, at } = piece;
  const { numAffectedRows } = await sql`
    insert into coming_piece (school_id, account_id, upload, place, bytes, came_at)
    select ${tx.school}, ${account}, ${upload}::uuid, ${place}, ${bytes}, ${at}
    where (
      select count(*)
      from coming_piece
      where school_id = ${tx.school} and account_id = ${account}
    ) < ${most}::integer
    on conflict (school_id, account_id, upload, place) do update
    set bytes = excluded.bytes, came_at = excluded.came_at
  `.execute(tx.db);
  return (numAffectedRows ?? 0n) > 0n;
}

/** What has come of a file, in the order of its places. */
export async function piecesOf(
  tx: SchoolTx,
  { account, upload }: ComingFile,
): Promise<readonly { readonly place: number; readonly bytes: Buffer }[]> {
  return ownKept(tx)
    .selectFrom('coming_piece', { account_id: account, upload })
    .select(['place', 'bytes'])
    .orderBy('place')
    .execute();
}

/** How many bytes of these files have come. */
export async function comeBytes(
  tx: SchoolTx,
  account: AccountId,
  uploads: readonly string[],
): Promise<number> {
  const {
    rows: [row],
  } = await sql<{ bytes: number }>`
    select coalesce(sum(octet_length(bytes)), 0)::bigint as bytes
    from coming_piece
    where school_id = ${tx.school}
      and account_id = ${account}
      and upload = any(${[...uploads]}::uuid[])
  `.execute(tx.kept);
  return row?.bytes ?? 0;
}

/** They have arrived, or aren't wanted. */
export async function dropPieces(
  tx: SchoolTx,
  account: AccountId,
  uploads: readonly string[],
): Promise<void> {
  await sql`
    delete from coming_piece
    where school_id = ${tx.school}
      and account_id = ${account}
      and upload = any(${[...uploads]}::uuid[])
  `.execute(tx.db);
}

/** Erases pieces of files that came no further. */
export async function dropOldPieces(tx: SchoolTx, before: Date): Promise<void> {
  await own(tx).deleteFrom('coming_piece').where('came_at', '<', before).execute();
}
