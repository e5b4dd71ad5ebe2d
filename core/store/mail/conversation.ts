import type { MessageId } from '../../ground/ids.ts';
import type { Part } from '../../letters/message/message.ts';
import { anyOf } from '../any-of.ts';
import type { SchoolTx } from '../store.ts';

/** Bytes and structure of those that are no longer than `maxBytes`. */
export async function shortBodies(
  tx: SchoolTx,
  messages: readonly MessageId[],
  maxBytes: number,
): Promise<Map<MessageId, { readonly raw: Buffer; readonly structure: Part }>> {
  if (messages.length === 0) return new Map();
  const rows = await tx.kept
    .selectFrom('message')
    .select(['id', 'raw', 'structure'])
    .where('school_id', '=', tx.school)
    .where('id', '=', anyOf(messages))
    .where('size_bytes', '<=', maxBytes)
    .execute();
  return new Map(rows.map(({ id, raw, structure }) => [id, { raw, structure }]));
}
