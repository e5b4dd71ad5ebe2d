import { sql } from 'kysely';
import type { AddressId, BoxId, ClassId, HandedFileId } from '../../ground/ids.ts';
import type { Day } from '../../roster/days.ts';
import { own, ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import type { Stamp } from './contract.ts';
import type { FileBody } from './items.ts';

/** A box into which the pupils of a class hand what they made, until a day. */
export interface BoxRow {
  readonly id: BoxId;
  readonly classId: ClassId;
  readonly name: string;
  /** What is asked, in the words that pupils read. */
  readonly asks: string;
  readonly untilDay: Day;
  readonly madeAt: Date;
  /** Null: it takes what is handed in. */
  readonly closedAt: Date | null;
}

/** What a teacher says of a box. */
type BoxWords = Pick<BoxRow, 'name' | 'asks' | 'untilDay'>;

const BOX = [
  'id',
  'class_id as classId',
  'name',
  'asks',
  'until_day as untilDay',
  'made_at as madeAt',
  'closed_at as closedAt',
] as const;

export async function boxAt(tx: SchoolTx, id: BoxId): Promise<BoxRow | null> {
  const row = await ownKept(tx).selectFrom('hand_in_box', { id }).select(BOX).executeTakeFirst();
  return row ?? null;
}

/** The boxes of a class, those that end soonest first, closed ones last. */
export async function boxesOf(
  tx: SchoolTx,
  classId: ClassId,
  limit: number,
): Promise<readonly BoxRow[]> {
  return ownKept(tx)
    .selectFrom('hand_in_box', { class_id: classId })
    .select(BOX)
    .orderBy(sql`closed_at is not null`)
    .orderBy('until_day')
    .orderBy('id')
    .limit(limit)
    .execute();
}

interface NewBox extends BoxWords {
  readonly classId: ClassId;
  readonly by: AddressId;
  readonly at: Date;
}

export async function insertBox(tx: SchoolTx, box: NewBox): Promise<BoxId> {
  const { id } = await own(tx)
    .insertInto('hand_in_box', {
      class_id: box.classId,
      name: box.name,
      asks: box.asks,
      until_day: box.untilDay,
      made_by: box.by,
      made_at: box.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** False where it has other words by now than it had. */
export async function changeBox(
  tx: SchoolTx,
  had: BoxWords & Pick<BoxRow, 'id'>,
  { name, asks, untilDay }: BoxWords,
): Promise<boolean> {
  const before = { id: had.id, name: had.name, asks: had.asks, until_day: had.untilDay };
  const changed = await own(tx)
    .updateTable('hand_in_box', before)
    .set({ name, asks, until_day: untilDay })
    .returning('id')
    .executeTakeFirst();
  return changed !== undefined;
}

/** Closes a box, or with null opens it again. */
export async function closeBox(tx: SchoolTx, id: BoxId, closedAt: Date | null): Promise<void> {
  await own(tx).updateTable('hand_in_box', { id }).set({ closed_at: closedAt }).execute();
}

/** What somebody handed in, and what a teacher said of it. */
export interface HandInRow {
  readonly box: BoxId;
  readonly pupil: AddressId;
  readonly handedAt: Date;
  readonly givenBack: {
    readonly at: Date;
    readonly by: AddressId | null;
    readonly stamp: Stamp;
    readonly word: string;
  } | null;
}

/** What these pupils handed into boxes. */
export async function handIns(
  tx: SchoolTx,
  boxes: readonly BoxId[],
  pupils: readonly AddressId[],
): Promise<readonly HandInRow[]> {
  if (boxes.length === 0 || pupils.length === 0) return [];
  const rows = await ownKept(tx)
    .selectFrom('hand_in')
    .where('box_id', '=', sql<BoxId>`any(${[...boxes]}::bigint[])`)
    .where('pupil_address_id', '=', sql<AddressId>`any(${[...pupils]}::bigint[])`)
    .select([
      'box_id as box',
      'pupil_address_id as pupil',
      'handed_at as handedAt',
      'given_back_at as at',
      'given_back_by as by',
      'stamp',
      'word',
    ])
    .execute();
  return rows.map(({ at, by, stamp, word, ...row }) => ({
    ...row,
    givenBack: at === null || stamp === null ? null : { at, by, stamp, word },
  }));
}

/** A file that was handed in. */
export interface HandedRow extends FileBody {
  readonly id: HandedFileId;
  readonly name: string;
}

const FILE = [
  'id',
  'name',
  'sha256',
  'media_type as mediaType',
  'size_bytes as sizeBytes',
] as const;

/** What one pupil handed into a box, in the order in which it came. */
export async function handedFiles(
  tx: SchoolTx,
  box: BoxId,
  pupil: AddressId,
): Promise<readonly HandedRow[]> {
  return ownKept(tx)
    .selectFrom('hand_in_file', { box_id: box, pupil_address_id: pupil })
    .select(FILE)
    .orderBy('id')
    .execute();
}

/** One of them, and whose it is. */
export async function handedFile(
  tx: SchoolTx,
  id: HandedFileId,
): Promise<(HandedRow & { readonly box: BoxId; readonly pupil: AddressId }) | null> {
  const row = await ownKept(tx)
    .selectFrom('hand_in_file', { id })
    .select([...FILE, 'box_id as box', 'pupil_address_id as pupil'])
    .executeTakeFirst();
  return row ?? null;
}

interface HandingMark {
  readonly box: BoxId;
  readonly pupil: AddressId;
  readonly at: Date;
}

/** A pupil hands in: what was given back to be finished is handed in anew. */
export async function markHanded(tx: SchoolTx, { box, pupil, at }: HandingMark): Promise<void> {
  const anew = { handed_at: at, given_back_at: null, given_back_by: null, stamp: null, word: '' };
  await own(tx)
    .insertInto('hand_in', { box_id: box, pupil_address_id: pupil, ...anew })
    .onConflict((conflict) =>
      conflict.columns(['school_id', 'box_id', 'pupil_address_id']).doUpdateSet(anew),
    )
    .execute();
}

/** A file that a pupil hands in. */
interface NewHandedFile {
  readonly box: BoxId;
  readonly pupil: AddressId;
  readonly name: string;
  readonly file: FileBody;
}

export async function insertHanded(
  tx: SchoolTx,
  { box, pupil, name, file }: NewHandedFile,
): Promise<void> {
  await own(tx)
    .insertInto('hand_in_file', {
      box_id: box,
      pupil_address_id: pupil,
      name,
      sha256: file.sha256,
      media_type: file.mediaType,
      size_bytes: file.sizeBytes,
    })
    .execute();
}

/** Whoever changes what a pupil handed in takes their turn here. */
export async function takeTurnInPart(
  tx: SchoolTx,
  { box, pupil }: Pick<HandInRow, 'box' | 'pupil'>,
): Promise<void> {
  await own(tx)
    .selectFrom('hand_in', { box_id: box, pupil_address_id: pupil })
    .select('handed_at')
    .forUpdate()
    .execute();
}

/** A file in somebody's part of a box. */
interface HandedFileAt {
  readonly id: HandedFileId;
  readonly box: BoxId;
  readonly pupil: AddressId;
}

/** A pupil takes one back; with the last one nothing is handed in any more. */
export async function takeHandedBack(
  tx: SchoolTx,
  { id, box, pupil }: HandedFileAt,
): Promise<void> {
  await own(tx).deleteFrom('hand_in_file', { id }).execute();
  await sql`
    delete from hand_in h
    where h.school_id = ${tx.school}
      and h.box_id = ${box}
      and h.pupil_address_id = ${pupil}
      and not exists (
        select from hand_in_file f
        where f.school_id = h.school_id and f.box_id = h.box_id
          and f.pupil_address_id = h.pupil_address_id
      )
  `.execute(tx.db);
}

/**
 * A teacher gives it back with a stamp and a word; false where it isn't there any more, or more was
 * handed in since, or another has given it back.
 */
export async function markGivenBack(
  tx: SchoolTx,
  { box, pupil, handedAt, givenBack }: HandInRow,
  { at, by, stamp, word }: NonNullable<HandInRow['givenBack']>,
): Promise<boolean> {
  const { numUpdatedRows } = await own(tx)
    .updateTable('hand_in', { box_id: box, pupil_address_id: pupil, handed_at: handedAt })
    .set({ given_back_at: at, given_back_by: by, stamp, word })
    .where('given_back_at', 'is not distinct from', givenBack?.at ?? null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Erases boxes that ended before this day, with what was handed in. */
export async function eraseBoxesBefore(tx: SchoolTx, day: Day): Promise<void> {
  await own(tx).deleteFrom('hand_in_box').where('until_day', '<', day).execute();
}
