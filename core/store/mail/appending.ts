import { sql } from 'kysely';
import type { MailboxId, MessageId } from '../../core.ts';
import type { SchoolTx } from '../store.ts';

/** A stored message on its way into a mailbox of its owner's own: it was never received. */
export interface NewEntry {
  readonly message: MessageId;
  readonly sizeBytes: number;
  readonly flags: { readonly seen: boolean; readonly flagged: boolean; readonly answered: boolean; readonly draft: boolean; readonly deleted: boolean };
  readonly keywords: readonly string[];
  /** Null is now. */
  readonly internalDate: Date | null;
}

/** Puts messages into a mailbox in their order, at once; gives their UIDs. */
export async function appendEntries(tx: SchoolTx, mailbox: MailboxId, entries: readonly NewEntry[]): Promise<number[]> {
  const rows = entries.map(({ message, sizeBytes, flags, keywords, internalDate }, place) => ({
    place, message, size: sizeBytes, ...flags, keywords: keywords.length > 0 ? keywords.toSorted() : null, at: internalDate?.toISOString() ?? null,
  }));
  const unseen = entries.filter(({ flags }) => !flags.seen).length;
  const words = [...new Set(entries.flatMap(({ keywords }) => keywords))];
  const { rows: inserted } = await sql<{ uid: number }>`
    with box as (
      update mailbox b set uid_next = uid_next + ${rows.length}, modseq = modseq + 1, total = total + ${rows.length}, unseen = unseen + ${unseen},
        bytes = bytes + ${rows.reduce((sum, { size }) => sum + size, 0)},
        keywords = case when ${words.length} = 0 then b.keywords else (select array_agg(distinct w) from unnest(coalesce(b.keywords, '{}') || ${words}::text[]) w) end
      where school_id = ${tx.school} and id = ${mailbox} returning uid_next - ${rows.length} as first, modseq
    )
    insert into entry (school_id, mailbox_id, uid, message_id, seen, flagged, answered, draft, deleted, keywords, modseq, internal_date, size_bytes)
    select ${tx.school}, ${mailbox}, box.first + r.place, r.message, r.seen, r.flagged, r.answered, r.draft, r.deleted, r.keywords, box.modseq, coalesce(r.at, now()), r.size
    from box cross join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (place integer, message bigint, size integer, seen boolean, flagged boolean, answered boolean,
      draft boolean, deleted boolean, keywords text[], at timestamptz)
    returning uid`.execute(tx.db);
  return inserted.map(({ uid }) => uid).sort((one, other) => one - other);
}
