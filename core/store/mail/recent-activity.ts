import { sql, type RawBuilder } from 'kysely';
import type { AccountId, AddressId, SchoolId } from '../../ground/ids.ts';
import { compiledOnce, type Placeholders } from '../compiled-once.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx, SchoolWriteTx } from '../store.ts';
import type { AnswerAhead } from '../writing.ts';

/** What one sender did and received recently, in their home school. */
interface RecentActivityRow {
  /** Messages sent within the last hour; a list counts once. */
  readonly sentLastHour: number;
  /** With how many the sender began to write within the last day. */
  readonly begunToday: number;
  readonly wroteToSender: readonly AddressId[];
  readonly inContact: readonly AddressId[];
}

const ANSWER_DAYS = 30;

interface SendersKeys {
  readonly account: AccountId;
  readonly address: AddressId;
}

/**
 * In one query: how much the sender has sent within the hour, with how many they began within the
 * day, which of `adults` wrote to them within the last 30 days (what tells of an absence nobody
 * wrote), and with which of `others` (people
 * and lists) they were ever in contact.
 */
export async function readRecentActivity(
  tx: SchoolTx,
  sender: SendersKeys,
  about: { readonly adults: readonly AddressId[]; readonly others: readonly AddressId[] },
): Promise<RecentActivityRow> {
  const {
    rows: [row],
  } = await sql<{
    sent: number;
    begun: number;
    wrote: AddressId[] | null;
    contacts: AddressId[] | null;
  }>`
    select (
      select coalesce(sum(recipients), 0)
      from sending
      where school_id = ${tx.school}
        and account_id = ${sender.account}
        and at > now() - interval '1 hour'
    ) as sent,
      (
        select count(*)
        from contact
        where school_id = ${tx.school}
          and from_address_id = ${sender.address}
          and first_at > now() - interval '1 day'
      ) as begun,
      case when ${about.adults.length} = 0 then null
        else (${whoWroteTo(tx, sender, about.adults)})
      end as wrote,
      case when ${about.others.length} = 0 then null
        else (${inContactWith(tx, sender, about.others)})
      end as contacts
  `.execute(tx.kept);
  return {
    sentLastHour: row?.sent ?? 0,
    begunToday: row?.begun ?? 0,
    wroteToSender: row?.wrote ?? [],
    inContact: row?.contacts ?? [],
  };
}

const whoWroteTo = ({ school }: SchoolTx, to: SendersKeys, adults: readonly AddressId[]) => sql`
  select array_agg(distinct m.sender_address_id)
  from mailbox b
    join entry e on e.school_id = b.school_id
    and e.mailbox_id = b.id
    join message m on m.school_id = e.school_id
    and m.id = e.message_id
  where b.school_id = ${school}
    and b.account_id = ${to.account}
    and m.sender_address_id = any(${adults}::bigint[])
    and not m.automatic
    and m.received_at > now() - make_interval(days => ${ANSWER_DAYS})
`;

const inContactWith = (
  { school }: SchoolTx,
  { address }: SendersKeys,
  others: readonly AddressId[],
) => sql`
  select array_agg(
    distinct case when from_address_id = ${address} then to_address_id
      else from_address_id
    end
  )
  from contact
  where school_id = ${school}
    and (
      (from_address_id = ${address} and to_address_id = any(${others}::bigint[]))
      or (to_address_id = ${address} and from_address_id = any(${others}::bigint[]))
    )
`;

/** To whom somebody has ever written, people and lists, at most `limit`; the first one first. */
export async function writtenTo(
  tx: SchoolTx,
  from: AddressId,
  limit: number,
): Promise<readonly AddressId[]> {
  const rows = await ownKept(tx)
    .selectFrom('contact', { from_address_id: from })
    .select('to_address_id')
    .orderBy('first_at')
    .orderBy('to_address_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.to_address_id);
}

/**
 * Ahead of the next statement: whoever sends from one account takes turns until the commit, so that
 * two messages at once don't both find room for the last one. Of several accounts in the order of
 * their ids, so that nobody waits in a ring. No lock of the account's row: who changes a roster
 * locks rows of accounts and schools in an order of their own, and would wait for a delivery that
 * waits for them.
 */
export function takeTurnsToSend(tx: SchoolWriteTx, accounts: readonly AccountId[]): void {
  const inOrder = accounts.toSorted((one, other) => one - other);
  tx.line.ahead(takingTurns({ keys: inOrder.map((account) => turnOf(tx, account)) }));
}

/** The same for one account, for whatever must not happen beside what it sends. */
export async function takeTurnToSend(tx: SchoolTx, account: AccountId): Promise<void> {
  await tx.kept.executeQuery(takingTurns({ keys: [turnOf(tx, account)] }));
}

const turnOf = ({ school }: SchoolTx, account: AccountId): string =>
  `sending of ${school}/${account}`;

const takingTurns = compiledOnce<{ readonly keys: readonly string[] }, unknown>(
  (at) => sql`
    select pg_advisory_xact_lock(hashtextextended(key, 0))
    from unnest(${at.keys}::text[]) key
  `,
);

/** A message about to be stored, as the limit of its sender's hour sees it. */
interface Counted {
  readonly account: AccountId;
  /** Whom it names: each address outside, a list once. */
  readonly recipients: number;
  readonly recipientsAnHour: number;
}

/**
 * Counts messages towards the hours of their senders, themselves included: ahead of the next
 * statement, and answered by the accounts whose limit bears it. Call it in turn
 * (`takeTurnsToSend`), with one message of an account; take all back unless each is answered.
 */
export function countSendings(
  tx: SchoolWriteTx,
  sendings: readonly Counted[],
): AnswerAhead<{ readonly account: AccountId }> {
  return tx.line.askAhead(counting({ school: tx.school, ...countedIn(sendings) }));
}

const countedIn = (sendings: readonly Counted[]) => ({
  accounts: sendings.map(({ account }) => account),
  recipients: sendings.map(({ recipients }) => recipients),
  recipientsAnHour: sendings.map(({ recipientsAnHour }) => recipientsAnHour),
});

type Counting = { readonly school: SchoolId } & ReturnType<typeof countedIn>;

const counting = compiledOnce<Counting, { account: AccountId }>(
  (at) => sql`
    with counted as (${countingEach(at)})
    select account from counted
  `,
);

/** Counts messages, for a `with`: it gives `account` for each whose limit bears it. */
function countingEach(at: Placeholders<Counting>): RawBuilder<unknown> {
  return sql`
    insert into sending (school_id, account_id, recipients)
    select ${at.school}::integer, account, recipients
    from unnest(
      ${at.accounts}::bigint[], ${at.recipients}::integer[], ${at.recipientsAnHour}::integer[]
    ) as one (account, recipients, most)
    where recipients <= most - (
      select coalesce(sum(before.recipients), 0)
      from sending before
      where before.school_id = ${at.school}::integer
        and before.account_id = account
        and before.at > now() - interval '1 hour'
    )
    returning account_id as account
  `;
}

/** A message about to be stored, as its sender's limits see it. */
interface Sending extends Counted {
  /** The sender. */
  readonly from: AddressId;
  /** People and lists it makes contacts of, and which of them the limit of new people is about. */
  readonly contacts: readonly { readonly to: AddressId; readonly limited: boolean }[];
  readonly newPeopleADay: number;
}

export type ReservationOutcome = 'reserved' | 'over-rate' | 'over-new-people';
/** To be called once the next statement is answered. */
type Reservation = () => ReservationOutcome;

/**
 * Counts a message towards its sender's hour and day, itself included, and remembers whom it made
 * contact with; one statement, ahead of the next. Call it in turn (`takeTurnsToSend`); take all
 * back unless reserved.
 */
export function reserveSending(tx: SchoolWriteTx, sending: Sending): Reservation {
  const { from, contacts, newPeopleADay } = sending;
  const asked = tx.line.askAhead(
    reserving({
      school: tx.school,
      ...countedIn([sending]),
      from,
      newPeopleADay,
      to: contacts.map((one) => one.to),
      limited: contacts.map((one) => one.limited),
    }),
  );
  return () => {
    const [row] = asked.rows() ?? [];
    if (!row?.withinRate) return 'over-rate';
    return row.withinNewPeople ? 'reserved' : 'over-new-people';
  };
}

interface Reserving extends Counting {
  readonly from: AddressId;
  readonly newPeopleADay: number;
  readonly to: readonly AddressId[];
  readonly limited: readonly boolean[];
}

/** Whoever wrote to the sender first is nobody new: the rules see it so too. */
const reserving = compiledOnce<Reserving, { withinRate: boolean; withinNewPeople: boolean }>(
  (at) => sql`
    with
      counted as (${countingEach(at)}),
      named as (
        select address, limited
        from unnest(${at.to}::bigint[], ${at.limited}::boolean[]) as n (address, limited)
      ),
      added as (
        insert into contact (school_id, from_address_id, to_address_id)
        select ${at.school}::integer, ${at.from}::bigint, address
        from named
        on conflict do nothing
        returning to_address_id
      ),
      strangers as (
        select
        from added join named on address = to_address_id
        where limited
          and not exists (
            select
            from contact c
            where c.school_id = ${at.school}::integer
              and c.from_address_id = address
              and c.to_address_id = ${at.from}::bigint
          )
      )
    select exists (select from counted) as "withinRate",
      not exists (select from strangers)
      or (
        select count(*) from added
      ) <= ${at.newPeopleADay}::integer - (
        select count(*)
        from contact
        where school_id = ${at.school}::integer
          and from_address_id = ${at.from}::bigint
          and first_at > now() - interval '1 day'
      ) as "withinNewPeople"
  `,
);

/**
 * Somebody wrote to a person or a list; one of the two is a pupil of the school that remembers it.
 */
export interface Contact {
  readonly from: AddressId;
  readonly to: AddressId;
}

export async function rememberContacts(tx: SchoolTx, contacts: readonly Contact[]): Promise<void> {
  if (contacts.length === 0) return;
  await ownKept(tx)
    .insertInto(
      'contact',
      contacts.map(({ from, to }) => ({
        from_address_id: from,
        to_address_id: to,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
