import { sql, type RawBuilder } from 'kysely';
import type { AccountId, MessageId, SchoolId } from '../../ground/ids.ts';
import { compiledOnce, type Placeholders } from '../compiled-once.ts';
import type { SchoolTx, SchoolWriteTx } from '../store.ts';
import type { AnswerAhead } from '../writing.ts';
import type { DsnRequest } from './contract.ts';
import { DEAD_DAYS, NO_SUCH_ADDRESS } from './outbox.ts';
import { takeTurnToSend } from './recent-activity.ts';

/** What a message owes to recipients outside. */
interface Owed {
  readonly message: MessageId;
  readonly account: AccountId;
  /** Null: nobody wrote it, and it must not bounce (RFC 3834 §3.3). */
  readonly sender: string | null;
  readonly recipients: readonly string[];
  /** By recipient; of who isn't there nothing was asked. */
  readonly dsnRequests?: ReadonlyMap<string, DsnRequest>;
  /** Nobody of the town wrote it: it counts as nothing that the account sends. */
  readonly isCopy?: boolean;
  /**
   * Until when the first attempt is this process's own, which begins it once this is committed;
   * null or not there: whoever looks first begins it.
   */
  readonly begunUntil?: Date | null;
}

/** A new row that may leave. */
export interface NewOutboxRow {
  readonly message: MessageId;
  readonly id: number;
  readonly recipient: string;
  /** Its first attempt is begun, and nobody else's. */
  readonly isBegun: boolean;
}

/**
 * Writes what a message owes to recipients outside, due at once, in the transaction that stores the
 * message. Idempotent by (message, recipient): a recipient who already has a row gets no second
 * one. What comes of a message from before a restore may have left already, in the time that was
 * lost: it stands still, and so does what a stopped account writes, whoever stops it or lets it go
 * at this moment. Returns the ids of the new rows that may leave.
 */
export async function insertOutbox(tx: SchoolTx, owed: Owed): Promise<readonly number[]> {
  if (owed.recipients.length === 0) return [];
  await takeTurnToSend(tx, owed.account);
  const { rows } = await tx.kept.executeQuery(inserting(owedValues(tx, [owed])));
  return rows.map(({ id }) => id);
}

/** The same for several messages, ahead of the next statement, in turn (`takeTurnsToSend`). */
export function insertOutboxAhead(
  tx: SchoolWriteTx,
  owed: readonly Owed[],
): AnswerAhead<NewOutboxRow> {
  return tx.line.askAhead(inserting(owedValues(tx, owed)));
}

interface Values {
  readonly school: SchoolId;
  /** JSON: a recipient each, of which message, and what was asked of it. */
  readonly rows: string;
}

const owedValues = ({ school }: SchoolTx, owed: readonly Owed[]): Values => ({
  school,
  rows: JSON.stringify(
    owed.flatMap(({ message, account, sender, recipients, dsnRequests, ...one }) =>
      [...new Set(recipients)].map((recipient) => ({
        message,
        account,
        sender,
        is_copy: one.isCopy ?? false,
        begun_until: one.begunUntil ?? null,
        recipient,
        ...dsnRequests?.get(recipient),
      })),
    ),
  ),
});

/**
 * A message stored before the last restore, and what a stopped account writes, stands still. What
 * goes to an address that was called dead of late isn't begun here: whoever looks at the row says
 * so. Written so that no plan reads whole tables, whatever is known of their sizes: a connection
 * keeps the plan that it made when they were empty, and where many rows are expected an `exists`
 * may be asked of all at once.
 */
const inserting = compiledOnce<Values, NewOutboxRow>(
  (at) => sql`
    with
      owed as materialized (
        select one.*,
          (
            select true
            from restoration r
            where r.at > (
              select m.received_at
              from message m
              where m.school_id = ${at.school}::integer and m.id = one.message
            )
            limit 1
          ) is not null or (
            select outside_stopped_at
            from account
            where school_id = ${at.school}::integer and id = one.account
          ) is not null as still
        from json_to_recordset(${at.rows}::json)
          as one (message bigint, account bigint, sender text, is_copy boolean,
            begun_until timestamptz, recipient text, ret text, envid text, orcpt text,
            notify text[])
      ),
      wanted as (
        select one.*, begun_until is not null and not still and not ${calledDead(at)} as begun
        from owed one
      ),
      added as (
        insert into outbox (
          school_id, message_id, account_id, sender, recipient, ret, envid, orcpt, notify,
          is_copy, stands_still, attempts
        )
        select ${at.school}::integer, message, account, sender, recipient, ret, envid, orcpt, notify,
          is_copy, still, begun::integer
        from wanted
        on conflict (school_id, message_id, recipient) do nothing
        returning id, message_id, recipient, stands_still, attempts
      ),
      listed as (
        insert into due (kind, school_id, row_id, at)
        select 'outbox', ${at.school}::integer, id,
          case when attempts > 0 then begun_until else now() end
        from added
          join wanted on message = message_id and wanted.recipient = added.recipient
        where not stands_still
      )
    select id, message_id as message, recipient, attempts > 0 as "isBegun"
    from added
    where not stands_still
  `,
);

/** Whether the server of the recipient `one` told its writer of late that there is none such. */
function calledDead(at: Placeholders<Values>): RawBuilder<boolean> {
  return sql`
    (
      select true
      from outbox o
      where o.school_id = ${at.school}::integer
        and o.account_id = one.account
        and o.domain = split_part(one.recipient, '@', 2)
        and o.created_at > now() - make_interval(days => ${sql.lit(DEAD_DAYS)})
        and o.recipient = one.recipient
        and o.state = 'failed'
        and not o.is_copy
        and o.last_reply ~ ${sql.lit(NO_SUCH_ADDRESS)}
      limit 1
    ) is not null
  `;
}
