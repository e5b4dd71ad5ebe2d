import { sql, type RawBuilder } from 'kysely';
import type { AccountId, SchoolId } from '../../ground/ids.ts';
import { PIECE_BYTES } from '../../ground/pieces.ts';
import { own } from '../own.ts';
import type { AsideTx, SchoolTx, Store } from '../store.ts';

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

/** One piece of a file, by its place from 1 on, in chunks; null: it isn't here. */
export const comePiece = (
  tx: AsideTx,
  file: ComingFile,
  place: number,
): Promise<readonly Buffer[] | null> => tx.large(pieceOf(tx.school, file, place));

/** Copies a file's pieces into an open one; false: one of them isn't here. */
export async function copyPieces(
  store: Pick<Store, 'copyLarge'>,
  { school, pieces, ...file }: ComingFile & { readonly school: SchoolId; readonly pieces: number },
  fd: number,
): Promise<boolean> {
  const places = Array.from({ length: pieces }, (_, at) => at + 1);
  const queries = places.map((place) => pieceOf(school, file, place));
  return (await store.copyLarge(school, queries, fd)) !== null;
}

const pieceOf = (
  school: SchoolId,
  { account, upload }: ComingFile,
  place: number,
): RawBuilder<unknown> => sql`
  select bytes
  from coming_piece
  where school_id = ${sql.lit(school)}
    and account_id = ${sql.lit(account)}
    and upload = ${sql.lit(upload)}::uuid
    and place = ${sql.lit(place)}
`;

/** How long a file is that has come in so many pieces, each full but the last; null: it isn't. */
export async function comeBytes(
  tx: SchoolTx,
  { account, upload }: ComingFile,
  pieces: number,
): Promise<number | null> {
  const {
    rows: [row],
  } = await sql<{ bytes: number; isWhole: boolean }>`
    select coalesce(sum(octet_length(bytes)), 0)::bigint as bytes,
      count(*) = ${pieces}::integer
        and max(place) = ${pieces}::integer
        and bool_and(
          place = ${pieces}::integer or octet_length(bytes) = ${PIECE_BYTES}::integer
        ) as "isWhole"
    from coming_piece
    where school_id = ${tx.school} and account_id = ${account} and upload = ${upload}::uuid
  `.execute(tx.kept);
  return row?.isWhole === true ? row.bytes : null;
}

/** So many pieces are copied by one statement: each has its limit of time. */
const COPIED_AT_ONCE = 32;

/** What has come becomes the bytes of a file, without leaving the database. */
export async function copyCome(
  tx: SchoolTx,
  { account, upload }: ComingFile,
  { sha256, pieces }: { readonly sha256: string; readonly pieces: number },
): Promise<void> {
  for (let from = 0; from < pieces; from += COPIED_AT_ONCE)
    await sql`
      insert into stored_body_piece (school_id, sha256, place, bytes)
      select school_id, ${sha256}, place - 1, bytes
      from coming_piece
      where school_id = ${tx.school}
        and account_id = ${account}
        and upload = ${upload}::uuid
        and place > ${from}::integer
        and place <= ${from + COPIED_AT_ONCE}::integer
      on conflict do nothing
    `.execute(tx.db);
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
