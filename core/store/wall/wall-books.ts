import { sql } from 'kysely';
import type { ClassId, WallItemId } from '../../ground/ids.ts';
import { own, ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import type { WallName } from './wall-items.ts';

/** The book of a wall: asked for, and made or not. */
export interface WallBookRow extends WallName {
  readonly forFamilies: boolean;
  readonly askedAt: Date;
  readonly madeAt: Date | null;
  /** Which of its printings can be had; 0: none yet. */
  readonly edition: number;
  /** What is in that printing. */
  readonly items: readonly WallItemId[];
  readonly sizeBytes: number;
}

const COLUMNS = [
  'class_id as classId',
  'school_year as year',
  'for_families as forFamilies',
  'asked_at as askedAt',
  'made_at as madeAt',
  'edition',
  'items',
  'size_bytes as sizeBytes',
] as const;

export async function wallBook(
  tx: SchoolTx,
  { classId, year }: WallName,
): Promise<WallBookRow | null> {
  const row = await ownKept(tx)
    .selectFrom('wall_book', { class_id: classId, school_year: year })
    .select(COLUMNS)
    .executeTakeFirst();
  return row ?? null;
}

/** A book is wanted; one that was made is made anew. */
export async function askWallBook(
  tx: SchoolTx,
  { classId, year }: WallName,
  at: Date,
): Promise<void> {
  await own(tx)
    .insertInto('wall_book', {
      class_id: classId,
      school_year: year,
      for_families: false,
      asked_at: at,
    })
    .onConflict((conflict) =>
      conflict.columns(['school_id', 'class_id', 'school_year']).doUpdateSet({ asked_at: at }),
    )
    .execute();
}

/** Whether families have it, too; false where nobody has asked for it. */
export async function shareWallBook(
  tx: SchoolTx,
  { classId, year }: WallName,
  { forFamilies }: { readonly forFamilies: boolean },
): Promise<boolean> {
  const { numUpdatedRows } = await own(tx)
    .updateTable('wall_book', { class_id: classId, school_year: year })
    .set({ for_families: forFamilies })
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** A printing of a book: the last one is what can be had. */
interface Printing extends WallName {
  readonly edition: number;
}

/** What a printing that was broken off has left. */
export async function dropUnfinished(
  tx: SchoolTx,
  { classId, year, edition }: Printing,
): Promise<void> {
  await own(tx)
    .deleteFrom('wall_book_piece', { class_id: classId, school_year: year })
    .where('edition', '>', edition)
    .execute();
}

/** Keeps the next piece of a printing. */
export async function keepPiece(
  tx: SchoolTx,
  { classId, year, edition }: Printing,
  { place, bytes }: { readonly place: number; readonly bytes: Buffer },
): Promise<void> {
  await own(tx)
    .insertInto('wall_book_piece', { class_id: classId, school_year: year, edition, place, bytes })
    .execute();
}

/** A printing is whole: it takes the place of the one before. */
export async function finishPrinting(
  tx: SchoolTx,
  { classId, year, edition }: Printing,
  made: Pick<WallBookRow, 'items' | 'sizeBytes'> & { readonly at: Date },
): Promise<void> {
  const { numUpdatedRows } = await own(tx)
    .updateTable('wall_book', { class_id: classId, school_year: year, edition: edition - 1 })
    .set({ edition, made_at: made.at, items: [...made.items], size_bytes: made.sizeBytes })
    .executeTakeFirst();
  // Else the year is over, and its book is gone.
  if (numUpdatedRows === 0n) return;
  await own(tx)
    .deleteFrom('wall_book_piece', { class_id: classId, school_year: year })
    .where('edition', '<', edition)
    .execute();
}

/** A piece of a printing; null behind its last one. */
export async function printedPiece(
  tx: SchoolTx,
  { classId, year, edition }: Printing,
  place: number,
): Promise<Buffer | null> {
  const row = await ownKept(tx)
    .selectFrom('wall_book_piece', { class_id: classId, school_year: year, edition, place })
    .select('bytes')
    .executeTakeFirst();
  return row?.bytes ?? null;
}

/** The classes of a school that have something on their wall, or a book of it. */
export async function classesWithWalls(tx: SchoolTx): Promise<readonly ClassId[]> {
  const { rows } = await sql<{ id: ClassId }>`
    select class_id as id
    from wall_item
    where school_id = ${tx.school}
    union
    select class_id
    from wall_book
    where school_id = ${tx.school}
    order by id
  `.execute(tx.db);
  return rows.map(({ id }) => id);
}
