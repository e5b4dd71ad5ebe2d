import type { AddressId, HoldId, MessageId } from '../../ground/ids.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import { holdOf, type HoldRow } from './holds.ts';

/** What waits for somebody's word, oldest first, with who wrote it. */
export async function waitingForAWord(
  tx: SchoolTx,
  limit: number,
): Promise<readonly (HoldRow & { readonly writer: AddressId | null })[]> {
  const rows = await tx.kept
    .selectFrom('hold as h')
    .innerJoin('message as m', (join) =>
      join.onRef('m.school_id', '=', 'h.school_id').onRef('m.id', '=', 'h.message_id'),
    )
    .selectAll('h')
    .select('m.sender_address_id as writer')
    .where('h.school_id', '=', tx.school)
    .where('h.state', '=', 'waiting')
    .where('h.wish', 'is', null)
    .where('h.until', 'is', null)
    .orderBy('h.id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...holdOf(row), writer: row.writer }));
}

/** What has waited since before then for a grown-up's word, and for no class's. */
export function waitingTooLong(
  tx: SchoolTx,
  before: Date,
): Promise<{ readonly id: HoldId; readonly message: MessageId }[]> {
  return ownKept(tx)
    .selectFrom('hold', { state: 'waiting', class_id: null, until: null, wish: null })
    .select(['id', 'message_id as message'])
    .where('created_at', '<', before)
    .orderBy('id')
    .execute();
}
