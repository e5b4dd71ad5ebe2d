import type { AddressId } from '../../ground/ids.ts';
import { own } from '../own.ts';
import type { SchoolTx } from '../store.ts';

/** Two pupils whom an adult keeps apart, and since when. */
export interface ApartRow {
  readonly one: AddressId;
  readonly other: AddressId;
  readonly by: AddressId;
  readonly at: Date;
}

type Pair = readonly [AddressId, AddressId];

const ordered = ([one, other]: Pair): Pair => (one < other ? [one, other] : [other, one]);

/** False: they are kept apart already. */
export async function keepApart(
  tx: SchoolTx,
  pair: Pair,
  { by, at }: Pick<ApartRow, 'by' | 'at'>,
): Promise<boolean> {
  const [one, other] = ordered(pair);
  const { numInsertedOrUpdatedRows } = await own(tx)
    .insertInto('kept_apart', {
      one_address_id: one,
      other_address_id: other,
      by_address_id: by,
      at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** False: nobody kept them apart. */
export async function letTogether(tx: SchoolTx, pair: Pair): Promise<boolean> {
  const [one, other] = ordered(pair);
  const { numDeletedRows } = await own(tx)
    .deleteFrom('kept_apart', { one_address_id: one, other_address_id: other })
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Every pair of the school, the latest first. */
export function apartRows(tx: SchoolTx, limit: number): Promise<ApartRow[]> {
  return own(tx)
    .selectFrom('kept_apart')
    .select(['one_address_id as one', 'other_address_id as other', 'by_address_id as by', 'at'])
    .orderBy('at', 'desc')
    .limit(limit)
    .execute();
}
