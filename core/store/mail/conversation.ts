import type { MessageId } from '../../ground/ids.ts';
import type { Part } from '../../letters/message/message.ts';
import { anyOf } from '../any-of.ts';
import { withRaw } from '../bodies/elsewhere.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';

/** Bytes and structure of those that are no longer than `maxBytes`. */
export async function shortBodies(
  tx: SchoolTx,
  messages: readonly MessageId[],
  maxBytes: number,
): Promise<Map<MessageId, { readonly raw: Buffer; readonly structure: Part }>> {
  if (messages.length === 0) return new Map();
  const rows = await ownKept(tx)
    .selectFrom('message', { id: anyOf(messages) })
    .select(['id', 'raw', 'structure'])
    .where('size_bytes', '<=', maxBytes)
    .execute();
  const whole = await withRaw(tx, rows);
  return new Map(whole.map(({ id, raw, structure }) => [id, { raw, structure }]));
}
