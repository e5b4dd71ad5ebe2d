import { sql, type RawBuilder } from 'kysely';
import type { MessageId } from '../../ground/ids.ts';
import type { SchoolTx } from '../store.ts';

/**
 * The copies of letters in everybody's mailboxes of a school, for what their writer is told of
 * them, as rows of `account_id`, `seen` and `is_reported`. What a child reported has left their
 * mailboxes and counts as it stood: its writer, who may be whom the report is about, sees nothing
 * of it.
 */
export const allCopies = (tx: SchoolTx, messages: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  (
    select b.account_id, e.seen, false as is_reported
    from entry e
      join mailbox b on b.school_id = e.school_id
      and b.id = e.mailbox_id
    where e.school_id = ${tx.school} and e.message_id in (${messages})
    union all
    select r.account_id, (copy ->> 'seen')::boolean, true
    from report r cross join lateral jsonb_array_elements(r.came_from) copy
    where r.school_id = ${tx.school} and (copy ->> 'message')::bigint in (${messages})
  )
`;

/** One letter, for `allCopies`. */
export const oneLetter = (message: MessageId): RawBuilder<unknown> => sql`${message}::bigint`;
