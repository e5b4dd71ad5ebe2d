import { sql } from 'kysely';
import type { AddressId, CupboardItemId } from '../../ground/ids.ts';
import { own } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import type { ItemRow } from './items.ts';

/** Throws something away, with all that lies in it; false where it has been already. */
export async function throwItem(
  tx: SchoolTx,
  { id, cupboard }: Pick<ItemRow, 'id' | 'cupboard'>,
  at: Date,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update cupboard_item
    set thrown_at = ${at}, thrown_with = ${id}
    where school_id = ${tx.school}
      and cupboard_id = ${cupboard}
      and thrown_at is null
      and (id = ${id} or path @> array[${id}::bigint])
  `.execute(tx.db);
  return (numAffectedRows ?? 0n) > 0n;
}

/** Where something thrown away lies again, and how it is called there. */
interface PlaceOutOfBin {
  readonly name: string;
  readonly key: string;
  readonly path: readonly CupboardItemId[];
}

/** What was thrown away comes back under a name that is free, into these folders. */
export async function takeOutOfBin(
  tx: SchoolTx,
  { id, cupboard, path: before }: Pick<ItemRow, 'id' | 'cupboard' | 'path'>,
  { name, key, path }: PlaceOutOfBin,
): Promise<void> {
  // What lies in it keeps its own way from there on.
  await sql`
    update cupboard_item
    set path = ${[...path]}::bigint[] || path[${before.length + 1}:],
      parent_id = case when id = ${id} then ${path.at(-1) ?? null}::bigint else parent_id end,
      name = case when id = ${id} then ${name} else name end,
      name_key = case when id = ${id} then ${key} else name_key end,
      thrown_at = null,
      thrown_with = null
    where school_id = ${tx.school} and cupboard_id = ${cupboard} and thrown_with = ${id}
  `.execute(tx.db);
}

/** Erases what was thrown away before this moment, and what files were before it. */
export async function emptyBins(tx: SchoolTx, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from cupboard_item
    where school_id = ${tx.school} and thrown_at < ${before}
  `.execute(tx.db);
  await own(tx).deleteFrom('cupboard_version').where('replaced_at', '<', before).execute();
  return Number(numAffectedRows ?? 0n);
}

/**
 * Takes what somebody has put into cupboards of a school out of them: all of a child's, and what
 * nobody but its author has seen. What a grown-up has put there for others is the class's, without
 * their name.
 */
export async function eraseFilesOf(
  tx: SchoolTx,
  { author, isChild }: { readonly author: AddressId; readonly isChild: boolean },
): Promise<void> {
  await sql`
    delete from cupboard_item i
    where i.school_id = ${tx.school}
      and i.author_address_id = ${author}
      and i.kind = 'file'
      and (i.sees = 'author' or ${isChild})
  `.execute(tx.db);
  await own(tx).deleteFrom('hand_in', { pupil_address_id: author }).execute();
  await own(tx)
    .updateTable('cupboard_item', { author_address_id: author })
    .set({ author_address_id: null })
    .execute();
}
