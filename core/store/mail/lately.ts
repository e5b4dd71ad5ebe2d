import { sql } from 'kysely';
import type { AccountId, AddressId } from '../../core.ts';
import type { SchoolTx } from '../store.ts';

/** What one sender did and received lately, in their home school. */
export interface LatelyRow {
  /** Messages sent within the last hour; a list counts once. */
  readonly sentLastHour: number;
  /** With how many the sender began to write within the last day. */
  readonly begunToday: number;
  readonly wroteToSender: readonly AddressId[];
  readonly inContact: readonly AddressId[];
}

const ANSWER_DAYS = 30;

/**
 * In one query: how much the sender has sent within the hour, with how many they began within the day, which of `adults` wrote to them within the last 30 days, and
 * with which of `others` (people and lists) they were ever in contact.
 */
export async function readLately(
  tx: SchoolTx,
  sender: { readonly account: AccountId; readonly address: AddressId },
  about: { readonly adults: readonly AddressId[]; readonly others: readonly AddressId[] },
): Promise<LatelyRow> {
  const { rows: [row] } = await sql<{ sent: number; begun: number; wrote: number[] | null; contacts: number[] | null }>`
    select
      (select coalesce(sum(recipients), 0) from sending
       where school_id = ${tx.school} and account_id = ${sender.account} and at > now() - interval '1 hour') as sent,
      (select count(*) from contact
       where school_id = ${tx.school} and from_address_id = ${sender.address} and first_at > now() - interval '1 day') as begun,
      case when ${about.adults.length} = 0 then null else (
        select array_agg(distinct m.sender_address_id)
        from mailbox b join entry e on e.school_id = b.school_id and e.mailbox_id = b.id
        join message m on m.school_id = e.school_id and m.id = e.message_id
        where b.school_id = ${tx.school} and b.account_id = ${sender.account} and m.sender_address_id = any(${about.adults}::bigint[])
          and m.received_at > now() - make_interval(days => ${ANSWER_DAYS})) end as wrote,
      case when ${about.others.length} = 0 then null else (
        select array_agg(distinct case when from_address_id = ${sender.address} then to_address_id else from_address_id end)
        from contact
        where school_id = ${tx.school} and (
          (from_address_id = ${sender.address} and to_address_id = any(${about.others}::bigint[]))
          or (to_address_id = ${sender.address} and from_address_id = any(${about.others}::bigint[])))) end as contacts
  `.execute(tx.db);
  return {
    sentLastHour: Number(row?.sent ?? 0),
    begunToday: Number(row?.begun ?? 0),
    wroteToSender: (row?.wrote ?? []).map((id) => Number(id) as AddressId),
    inContact: (row?.contacts ?? []).map((id) => Number(id) as AddressId),
  };
}

/** Counts a message that was just sent towards the hour's rate. */
export async function countSending(tx: SchoolTx, account: AccountId, recipients: number): Promise<void> {
  await tx.db.insertInto('sending').values({ school_id: tx.school, account_id: account, recipients }).execute();
}

/** Somebody wrote to a person or a list; one of the two is a pupil of the school that remembers it. */
export interface Contact {
  readonly from: AddressId;
  readonly to: AddressId;
}

export async function rememberContacts(tx: SchoolTx, contacts: readonly Contact[]): Promise<void> {
  if (contacts.length === 0) return;
  await tx.db.insertInto('contact').values(contacts.map(({ from, to }) => ({ school_id: tx.school, from_address_id: from, to_address_id: to })))
    .onConflict((conflict) => conflict.doNothing()).execute();
}
