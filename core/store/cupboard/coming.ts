import { sql, type RawBuilder } from 'kysely';
import { Fault } from '../../ground/fault.ts';
import type { AccountId, SchoolId } from '../../ground/ids.ts';
import { PIECE_BYTES } from '../../ground/pieces.ts';
import { bodyPiece, pieceOfBody } from '../bodies/bodies.ts';
import { own } from '../own.ts';
import type { AsideTx, SchoolTx, Store } from '../store.ts';
import type { CamePieces } from './contract.ts';

/** A file on its way, by whose it is and the name that its page gave it. */
interface ComingFile {
  readonly account: AccountId;
  /** A UUID. */
  readonly upload: string;
}

/** A file that has come whole. */
interface CameFile {
  readonly sizeBytes: number;
  readonly lies: CamePieces;
}

interface NewPiece {
  readonly place: number;
  readonly bytes: Buffer;
  readonly at: Date;
  /** So many of an account may wait. */
  readonly most: number;
}

/**
 * Keeps a piece, from place 0 on; false where too many of that account wait already. A piece that
 * has come stays as it came, and is told as kept when it comes once more: so what is scanned, what
 * is hashed and what becomes a body by `giveHash` are the same bytes, whoever sends meanwhile.
 */
export async function keepPiece(
  tx: SchoolTx,
  { account, upload }: ComingFile,
  { place, bytes, at, most }: NewPiece,
): Promise<boolean> {
  const { rows } = await sql<{ isKept: boolean }>`
    with file as (
      insert into coming_file (school_id, account_id, upload, came_at)
      values (${tx.school}, ${account}, ${upload}::uuid, ${at})
      on conflict (school_id, account_id, upload) do update
      set came_at = excluded.came_at
      returning id, sha256
    ),
    kept as (
      insert into stored_body_piece (school_id, coming_id, place, bytes)
      select ${tx.school}, file.id, ${place}, ${bytes}
      from file
      where file.sha256 is null and (
        select count(*)
        from coming_file f
          join stored_body_piece p on p.school_id = f.school_id and p.coming_id = f.id
        where f.school_id = ${tx.school} and f.account_id = ${account}
          and not (f.id = file.id and p.place = ${place})
      ) < ${most}::integer
      on conflict (school_id, coming_id, place) where coming_id is not null do update
      set place = excluded.place
      returning place
    )
    select file.sha256 is not null or exists (select from kept) as "isKept"
    from file
  `.execute(tx.db);
  return rows[0]?.isKept === true;
}

/** A file that has come in so many pieces, each full but the last; null: it hasn't. */
export async function cameFile(
  tx: SchoolTx,
  { account, upload }: ComingFile,
  pieces: number,
): Promise<CameFile | null> {
  const {
    rows: [row],
  } = await sql<{
    id: number;
    sha256: string | null;
    storedBytes: number | null;
    comeBytes: number;
    isWhole: boolean | null;
  }>`
    select f.id, f.sha256, b.size_bytes as "storedBytes", p.bytes as "comeBytes", p."isWhole"
    from coming_file f
      left join stored_body b on b.school_id = f.school_id and b.sha256 = f.sha256
      cross join lateral (
        select coalesce(sum(octet_length(bytes)), 0)::bigint as bytes,
          count(*) = ${pieces}::integer
            and max(place) = ${pieces}::integer - 1
            and bool_and(
              place = ${pieces}::integer - 1 or octet_length(bytes) = ${PIECE_BYTES}::integer
            ) as "isWhole"
        from stored_body_piece
        where school_id = f.school_id and coming_id = f.id
      ) p
    where f.school_id = ${tx.school} and f.account_id = ${account} and f.upload = ${upload}::uuid
  `.execute(tx.kept);
  if (row === undefined) return null;
  const { id, sha256, storedBytes, comeBytes, isWhole } = row;
  if (sha256 !== null && storedBytes !== null)
    return { sizeBytes: storedBytes, lies: { kind: 'stored', sha256 } };
  return isWhole === true ? { sizeBytes: comeBytes, lies: { kind: 'coming', id } } : null;
}

/** One piece of a file that has come, by its place from 0 on, in chunks; null: it isn't here. */
export const camePiece = (
  tx: AsideTx,
  lies: CamePieces,
  place: number,
): Promise<readonly Buffer[] | null> =>
  lies.kind === 'stored'
    ? bodyPiece(tx, lies.sha256, place)
    : tx.large(pieceOf(tx.school, lies, place));

interface PiecedFile {
  readonly school: SchoolId;
  readonly lies: CamePieces;
  readonly pieces: number;
}

/** Copies the pieces of a file that has come into an open one; false: one of them isn't here. */
export async function copyPieces(
  store: Pick<Store, 'copyLarge'>,
  { school, lies, pieces }: PiecedFile,
  fd: number,
): Promise<boolean> {
  const places = Array.from({ length: pieces }, (_, place) => place);
  const queries = places.map((place) => pieceOf(school, lies, place));
  return (await store.copyLarge(school, queries, fd)) !== null;
}

const pieceOf = (school: SchoolId, lies: CamePieces, place: number): RawBuilder<unknown> =>
  lies.kind === 'stored'
    ? pieceOfBody(school, lies.sha256, place)
    : sql`
        select bytes
        from stored_body_piece
        where school_id = ${sql.lit(school)}
          and coming_id = ${sql.lit(lies.id)}
          and place = ${sql.lit(place)}
      `;

/**
 * What has come becomes the bytes of a body of that hash, which there is none of yet, without being
 * written again. Throws a `Fault` 'row-missing' where its pieces are gone.
 */
export async function giveHash(
  tx: SchoolTx,
  { id, pieces }: { readonly id: number; readonly pieces: number },
  sha256: string,
): Promise<void> {
  await own(tx).updateTable('coming_file', { id }).set({ sha256 }).execute();
  const { numUpdatedRows } = await own(tx)
    .updateTable('stored_body_piece', { coming_id: id })
    .set({ sha256, coming_id: null })
    .executeTakeFirst();
  if (Number(numUpdatedRows) !== pieces)
    throw new Fault('row-missing', 'pieces of what came', { transient: false });
}

/** They have arrived, or aren't wanted. */
export async function dropComing(
  tx: SchoolTx,
  account: AccountId,
  uploads: readonly string[],
): Promise<void> {
  await sql`
    delete from coming_file
    where school_id = ${tx.school}
      and account_id = ${account}
      and upload = any(${[...uploads]}::uuid[])
  `.execute(tx.db);
}

/** Erases files that came no further. */
export async function dropOldComing(tx: SchoolTx, before: Date): Promise<void> {
  await own(tx).deleteFrom('coming_file').where('came_at', '<', before).execute();
}
