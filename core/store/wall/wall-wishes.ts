import type { AddressId } from '../../ground/ids.ts';
import { anyOf } from '../any-of.ts';
import { own, ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import type { WallName } from './wall-items.ts';

/** Something of a child's that a teacher has asked them for. */
interface WishRow {
  readonly author: AddressId;
  /** Of it without our mark; `ANYTHING`: whatever they like to give. */
  readonly sha256: string;
  readonly by: AddressId;
  readonly hasDeclined: boolean;
}

/** In place of the hash of one thing. */
export const ANYTHING = '';

/** This part of it names one thing of one child. */
type WishName = WallName & Pick<WishRow, 'author' | 'sha256'>;

const keyOf = ({ classId, year, author, sha256 }: WishName) => ({
  class_id: classId,
  school_year: year,
  author_address_id: author,
  sha256,
});

/** What these children have been asked for, and haven't given. */
export async function wishesOf(
  tx: SchoolTx,
  { classId, year }: WallName,
  authors: readonly AddressId[],
): Promise<readonly WishRow[]> {
  const rows = await ownKept(tx)
    .selectFrom('wall_wish', { class_id: classId, school_year: year })
    .where('author_address_id', '=', anyOf(authors))
    .select(['author_address_id', 'sha256', 'by_address_id', 'declined_at'])
    .execute();
  return rows.map((row) => ({
    author: row.author_address_id,
    sha256: row.sha256,
    by: row.by_address_id,
    hasDeclined: row.declined_at !== null,
  }));
}

/** A teacher asks for it, once: who has said no isn't asked again. */
export async function insertWish(
  tx: SchoolTx,
  wish: WishName & { readonly by: AddressId; readonly at: Date },
): Promise<void> {
  await own(tx)
    .insertInto('wall_wish', { ...keyOf(wish), by_address_id: wish.by, asked_at: wish.at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The child's no. */
export async function declineWish(tx: SchoolTx, wish: WishName, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await own(tx)
    .updateTable('wall_wish', { ...keyOf(wish), declined_at: null })
    .set({ declined_at: at })
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** It was given: what was asked for, or anything. */
export async function endWish(tx: SchoolTx, wish: WishName): Promise<void> {
  await own(tx).deleteFrom('wall_wish', keyOf(wish)).execute();
  await own(tx)
    .deleteFrom('wall_wish', keyOf({ ...wish, sha256: ANYTHING }))
    .execute();
}
