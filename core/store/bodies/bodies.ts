import { createHash } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import { Fault } from '../../ground/fault.ts';
import type { SchoolId } from '../../ground/ids.ts';
import { fullPieces, PIECE_BYTES, type Pieces } from '../../ground/pieces.ts';
import { own, ownKept } from '../own.ts';
import type { AsideTx, SchoolTx } from '../store.ts';
import { fileElsewhere } from './elsewhere.ts';

/** A file's bytes by their hash: each lies once in a school, whoever has it. */
export interface StoredBody {
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** A file's bytes as they come to be kept. */
interface BroughtBody {
  readonly sha256: string;
  readonly pieces: Pieces;
  /** Gives them to that hash where they lie, as they are to lie, in the database already. */
  readonly claim?: ((tx: SchoolTx, sha256: string) => Promise<void>) | undefined;
}

/**
 * Keeps the bytes of a file, unless the school has them already, each piece as it is read. What
 * names them follows in another transaction: they stay for a day though nothing does.
 */
export async function keepBody(
  tx: SchoolTx,
  { sha256, pieces, claim }: BroughtBody,
  now: Date,
): Promise<void> {
  const { numUpdatedRows } = await own(tx)
    .updateTable('stored_body', { sha256 })
    .set({ kept_at: now })
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return;
  const { numInsertedOrUpdatedRows } = await own(tx)
    .insertInto('stored_body', { sha256, size_bytes: pieces.sizeBytes, kept_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  // Of two who bring the same at once the other has brought it.
  if (numInsertedOrUpdatedRows === 0n) return;
  await (claim === undefined ? keepPieces(tx, sha256, pieces) : claim(tx, sha256));
}

/**
 * Writes a file's bytes, piece by piece. Throws a `Fault` where they aren't those of the hash: who
 * judged them read them before, and others find these by it.
 */
export async function keepPieces(tx: SchoolTx, sha256: string, pieces: Pieces): Promise<void> {
  const hash = createHash('sha256');
  let place = 0;
  for await (const bytes of fullPieces(pieces)) {
    hash.update(bytes);
    await own(tx)
      .insertInto('stored_body_piece', { sha256, place, bytes })
      // Of a body that comes back from elsewhere some may be here already.
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    place += 1;
  }
  if (hash.digest('hex') !== sha256)
    throw new Fault('row-missing', 'a body is not what came', { transient: false });
}

/** One piece of a file, by its place from 0 on, in chunks; null: it has no such piece. */
export async function bodyPiece(
  tx: AsideTx,
  sha256: string,
  place: number,
): Promise<readonly Buffer[] | null> {
  const here = await tx.large(pieceOfBody(tx.school, sha256, place));
  if (here !== null) return here;
  const span = { start: place * PIECE_BYTES, end: (place + 1) * PIECE_BYTES };
  const away = await fileElsewhere(tx, sha256, span);
  return away && [away];
}

/** The statement for one piece that the database has, without parameters: COPY takes none. */
export const pieceOfBody = (
  school: SchoolId,
  sha256: string,
  place: number,
): RawBuilder<unknown> => sql`
  select bytes
  from stored_body_piece
  where school_id = ${sql.lit(school)}
    and sha256 = ${sql.lit(sha256)}
    and place = ${sql.lit(place)}
`;

/** All of a file's bytes. */
export async function wholeBody(tx: SchoolTx, sha256: string): Promise<Buffer> {
  const here = await bytesInPieces(tx, sha256);
  return here ?? (await fileElsewhere(tx, sha256, null)) ?? Buffer.alloc(0);
}

/** The same of what the database has; null: it has nothing of it. */
export async function bytesInPieces(tx: SchoolTx, sha256: string): Promise<Buffer | null> {
  const rows = await ownKept(tx)
    .selectFrom('stored_body_piece', { sha256 })
    .select('bytes')
    .orderBy('place')
    .execute();
  return rows.length === 0 ? null : Buffer.concat(rows.map(({ bytes }) => bytes));
}

/** Keeps a small picture beside the bytes of a picture. */
export async function keepSmall(tx: SchoolTx, sha256: string, small: Buffer): Promise<void> {
  await own(tx).updateTable('stored_body', { sha256 }).set({ small }).execute();
}

/** It; null: there is none. */
export async function smallBody(tx: SchoolTx, sha256: string): Promise<Buffer | null> {
  const row = await ownKept(tx)
    .selectFrom('stored_body', { sha256 })
    .select('small')
    .executeTakeFirst();
  return row?.small ?? null;
}

/** What no file has, none that was handed in or given back, and no earlier version. */
const IS_UNUSED = sql`
  not exists (select from cupboard_item i where i.school_id = b.school_id and i.sha256 = b.sha256)
  and not exists (
    select from cupboard_version v where v.school_id = b.school_id and v.sha256 = b.sha256
  )
  and not exists (select from hand_in_file f where f.school_id = b.school_id and f.sha256 = b.sha256)
  and not exists (select from notebook_page p where p.school_id = b.school_id and p.sha256 = b.sha256)
`;

/** Erases bytes that nothing has and nobody has brought since; how many files they were. */
export async function dropUnusedBodies(tx: SchoolTx, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from stored_body b
    where b.school_id = ${tx.school} and b.kept_at < ${before} and ${IS_UNUSED}
  `.execute(tx.db);
  return Number(numAffectedRows ?? 0n);
}
