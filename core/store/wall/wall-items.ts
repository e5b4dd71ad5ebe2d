import { sql } from 'kysely';
import type { AddressId, ClassId, WallItemId } from '../../ground/ids.ts';
import { anyOf } from '../any-of.ts';
import { own, ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import type { GiftSize } from './contract.ts';

/** The wall of a class in one school year. */
export interface WallName {
  readonly classId: ClassId;
  /** `2026-2027`. */
  readonly year: string;
}

/** How somebody's gift to the wall stands; without what it is made of. */
export interface WallItemRow extends WallName {
  readonly id: WallItemId;
  readonly author: AddressId;
  /** As it was called when it was given. */
  readonly givenName: string;
  readonly kind: 'drawing' | 'voice';
  /** Of it without our mark. */
  readonly sha256: string;
  /** Of a drawing. */
  readonly size: { readonly width: number; readonly height: number } | null;
  /** The child's yes. */
  readonly askedAt: Date;
  /** The teacher's tap. */
  readonly hungAt: Date | null;
  /** The teacher's « pas cette fois », with a word. */
  readonly refused: { readonly at: Date; readonly word: string } | null;
}

/** What it is made of. */
interface WallFile {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

const COLUMNS = [
  'id',
  'class_id as classId',
  'school_year as year',
  'author_address_id as author',
  'given_name as givenName',
  'kind',
  'sha256',
  'width',
  'height',
  'asked_at as askedAt',
  'hung_at as hungAt',
  'refused_at as refusedAt',
  'refused_word as refusedWord',
] as const;

interface Selected extends Omit<WallItemRow, 'size' | 'refused'> {
  readonly width: number | null;
  readonly height: number | null;
  readonly refusedAt: Date | null;
  readonly refusedWord: string | null;
}

const rowOf = ({ width, height, refusedAt, refusedWord, ...row }: Selected): WallItemRow => ({
  ...row,
  size: width === null || height === null ? null : { width, height },
  refused: refusedAt === null ? null : { at: refusedAt, word: refusedWord ?? '' },
});

/** Which gifts are looked for. */
type ItemsAsked =
  | { readonly of: 'item'; readonly item: WallItemId }
  /** On the wall, of these authors, the newest first; from one on, or from the newest. */
  | {
      readonly of: 'hung';
      readonly wall: WallName;
      readonly authors: readonly AddressId[];
      readonly before: WallItemId | null;
    }
  /** What waits for a teacher's tap, the oldest first. */
  | { readonly of: 'asked'; readonly wall: WallName; readonly authors: readonly AddressId[] }
  /** Whatever one child gave. */
  | { readonly of: 'author'; readonly wall: WallName; readonly author: AddressId };

/** Gifts to a wall, at most `limit`. */
export async function wallItems(
  tx: SchoolTx,
  asked: ItemsAsked,
  limit: number,
): Promise<readonly WallItemRow[]> {
  const rows = ownKept(tx).selectFrom('wall_item').select(COLUMNS).limit(limit);
  switch (asked.of) {
    case 'item':
      return (await rows.where('id', '=', asked.item).execute()).map(rowOf);
    case 'author': {
      const { classId, year } = asked.wall;
      const own = rows
        .where('class_id', '=', classId)
        .where('school_year', '=', year)
        .where('author_address_id', '=', asked.author);
      return (await own.orderBy('id', 'desc').execute()).map(rowOf);
    }
    case 'asked': {
      const { classId, year } = asked.wall;
      const waiting = rows
        .where('class_id', '=', classId)
        .where('school_year', '=', year)
        .where('author_address_id', '=', anyOf(asked.authors))
        .where('hung_at', 'is', null)
        .where('refused_at', 'is', null);
      return (await waiting.orderBy('id').execute()).map(rowOf);
    }
    case 'hung': {
      const { classId, year } = asked.wall;
      const hung = rows
        .where('class_id', '=', classId)
        .where('school_year', '=', year)
        .where('author_address_id', '=', anyOf(asked.authors))
        .where('hung_at', 'is not', null)
        .orderBy('hung_at', 'desc')
        .orderBy('id', 'desc');
      const { before } = asked;
      if (before === null) return (await hung.execute()).map(rowOf);
      const older = sql<boolean>`
        (hung_at, id) < (
          select b.hung_at, b.id from wall_item b where b.school_id = ${tx.school} and b.id = ${before}
        )
      `;
      return (await hung.where(older).execute()).map(rowOf);
    }
  }
}

/** Those who gave what is on a wall, each as often as they did. */
export async function hungOn(
  tx: SchoolTx,
  { classId, year }: WallName,
): Promise<readonly { readonly id: WallItemId; readonly author: AddressId }[]> {
  return ownKept(tx)
    .selectFrom('wall_item', { class_id: classId, school_year: year })
    .where('hung_at', 'is not', null)
    .select(['id', 'author_address_id as author'])
    .orderBy('hung_at')
    .orderBy('id')
    .execute();
}

/** Which of these things were given to a wall, however they stand there. */
export async function givenOf(
  tx: SchoolTx,
  { classId, year }: WallName,
  made: readonly Pick<WallItemRow, 'author' | 'sha256'>[],
): Promise<readonly Pick<WallItemRow, 'author' | 'sha256'>[]> {
  return ownKept(tx)
    .selectFrom('wall_item', { class_id: classId, school_year: year })
    .where('author_address_id', '=', anyOf(made.map(({ author }) => author)))
    .where('sha256', '=', anyOf(made.map(({ sha256 }) => sha256)))
    .select(['author_address_id as author', 'sha256'])
    .execute();
}

/** How many gifts of these authors hang on a wall. */
export async function hungCount(
  tx: SchoolTx,
  { classId, year }: WallName,
  authors: readonly AddressId[],
): Promise<number> {
  const { count } = await ownKept(tx)
    .selectFrom('wall_item', { class_id: classId, school_year: year })
    .where('author_address_id', '=', anyOf(authors))
    .where('hung_at', 'is not', null)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** Counts what hangs on a wall, and what waits for a teacher. */
interface WallTally {
  readonly classId: ClassId;
  readonly hung: number;
  readonly asked: number;
}

/** The same of several walls of one year by one statement, each by the pupils of its class. */
export async function wallTallies(
  tx: SchoolTx,
  year: string,
  pupils: readonly { readonly classId: ClassId; readonly pupil: AddressId }[],
): Promise<readonly WallTally[]> {
  const { rows } = await sql<WallTally>`
    select i.class_id as "classId",
      count(*) filter (where i.hung_at is not null)::integer as hung,
      count(*) filter (where i.hung_at is null and i.refused_at is null)::integer as asked
    from wall_item i
      join unnest(${pupils.map(({ classId }) => classId)}::bigint[],
        ${pupils.map(({ pupil }) => pupil)}::bigint[]) as p (class_id, author)
      on p.class_id = i.class_id
      and p.author = i.author_address_id
    where i.school_id = ${tx.school} and i.school_year = ${year}
    group by i.class_id
  `.execute(tx.kept);
  return rows;
}

/** What one of them is made of; or, where there is one, its small version. */
export async function wallFile(
  tx: SchoolTx,
  item: WallItemId,
  size: GiftSize,
): Promise<(WallFile & { readonly hasSmall: boolean }) | null> {
  const row = await ownKept(tx)
    .selectFrom('wall_item', { id: item })
    .select((eb) => [
      'media_type as mediaType',
      eb('small', 'is not', null).$castTo<boolean>().as('hasSmall'),
      size === 'whole' ? 'bytes' : eb.fn.coalesce('small', 'bytes').as('bytes'),
    ])
    .executeTakeFirst();
  return row ?? null;
}

/** The small version of a drawing that was given before there were any. */
export async function keepSmall(tx: SchoolTx, item: WallItemId, small: Buffer): Promise<void> {
  await own(tx).updateTable('wall_item', { id: item }).set({ small }).execute();
}

/** A child's yes: it waits for the teacher, also where it was refused before. */
export async function insertWallItem(
  tx: SchoolTx,
  item: Omit<WallItemRow, 'id' | 'hungAt' | 'refused'> &
    WallFile & { readonly small: Buffer | null },
): Promise<void> {
  await own(tx)
    .insertInto('wall_item', {
      class_id: item.classId,
      school_year: item.year,
      author_address_id: item.author,
      given_name: item.givenName,
      kind: item.kind,
      media_type: item.mediaType,
      sha256: item.sha256,
      bytes: item.bytes,
      small: item.small,
      width: item.size?.width ?? null,
      height: item.size?.height ?? null,
      asked_at: item.askedAt,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['school_id', 'class_id', 'school_year', 'author_address_id', 'sha256'])
        .doUpdateSet({ asked_at: item.askedAt, refused_at: null, refused_word: null })
        .where('wall_item.refused_at', 'is not', null),
    )
    .execute();
}

/** Puts it on the wall; false where it is there, or has been taken back. */
export async function hangItem(tx: SchoolTx, item: WallItemId, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await own(tx)
    .updateTable('wall_item', { id: item, hung_at: null })
    .set({ hung_at: now, refused_at: null, refused_word: null })
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** It isn't on the wall, or no more, and its author reads why. */
export async function refuseItem(
  tx: SchoolTx,
  item: WallItemId,
  { at, word }: { readonly at: Date; readonly word: string },
): Promise<boolean> {
  const { numUpdatedRows } = await own(tx)
    .updateTable('wall_item', { id: item, refused_at: null })
    .set({ hung_at: null, refused_at: at, refused_word: word })
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** It is gone, wherever it stood. */
export async function eraseItem(tx: SchoolTx, item: WallItemId): Promise<boolean> {
  const { numDeletedRows } = await own(tx).deleteFrom('wall_item', { id: item }).executeTakeFirst();
  return numDeletedRows > 0n;
}

/** How many of somebody's gifts wait, and how many hang on the whole wall. */
export async function wallCounts(
  tx: SchoolTx,
  { classId, year }: WallName,
  author: AddressId,
): Promise<{ readonly waiting: number; readonly hung: number }> {
  return ownKept(tx)
    .selectFrom('wall_item', { class_id: classId, school_year: year })
    .select(({ fn }) => [
      fn
        .countAll<number>()
        .filterWhere('author_address_id', '=', author)
        .filterWhere('hung_at', 'is', null)
        .filterWhere('refused_at', 'is', null)
        .as('waiting'),
      fn.countAll<number>().filterWhere('hung_at', 'is not', null).as('hung'),
    ])
    .executeTakeFirstOrThrow();
}

/** Erases what was given in other school years than this one, with their books. */
export async function eraseOtherYears(tx: SchoolTx, year: string): Promise<number> {
  const { numDeletedRows } = await own(tx)
    .deleteFrom('wall_item')
    .where('school_year', '<>', year)
    .executeTakeFirst();
  await own(tx).deleteFrom('wall_book').where('school_year', '<>', year).execute();
  await own(tx).deleteFrom('wall_wish').where('school_year', '<>', year).execute();
  return Number(numDeletedRows);
}
