import { sql, type RawBuilder } from 'kysely';
import type {
  AccountId,
  AddressId,
  MailboxId,
  MessageId,
  SchoolId,
  Uid,
} from '../../ground/ids.ts';
import type { Attachment, Envelope } from '../../letters/message/message.ts';
import type { Role } from '../../rules/facts.ts';
import type { Refusal } from '../../rules/outcome.ts';
import type { RuleName } from '../../rules/verdict.ts';
import { compiledOnce } from '../compiled-once.ts';
import type { SchoolTx } from '../store.ts';
import type { Mailbox, ProvedBy, LetterState, MessageRef } from './contract.ts';

/** What a row stands for: one message by itself, or a conversation seen from one mailbox. */
interface StandsFor {
  /**
   * Those that lie in the mailbox, or in another of the account's own that is no place for drafts,
   * junk or what is thrown away.
   */
  readonly messages: number;
  /** Whether one of them lies unread in this mailbox. */
  readonly unread: boolean;
  /** Whether the account's owner has written one of them. */
  readonly withOwn: boolean;
}

/** One line of a list: nothing of it is made from the message's bytes. */
export interface ListedRow extends StandsFor {
  readonly mailbox: MailboxId;
  readonly uid: Uid;
  readonly message: MessageId;
  readonly senderAddressId: AddressId | null;
  readonly senderRole: Role;
  readonly from: Envelope['from'];
  readonly to: Envelope['to'];
  readonly cc: Envelope['cc'];
  /**
   * The addresses that it was handed over for, in lower case; null for what never was, and for mail
   * from before they were kept.
   */
  readonly recipients: readonly string[] | null;
  readonly subject: string;
  readonly preview: string;
  readonly at: Date;
  /** When it first came, of what was put off and has come back. */
  readonly firstAt: Date | null;
  readonly seen: boolean;
  readonly flagged: boolean;
  readonly answered: boolean;
  readonly isDraft: boolean;
  /** The first letter of somebody who isn't of the school. */
  readonly firstTime: boolean;
  /** What proved a stranger's From address; null: nothing did, or somebody of the town wrote it. */
  readonly provedBy: ProvedBy | null;
  /** Its owner put it there; it was never received. */
  readonly added: 'added' | 'brought' | null;
  readonly attachments: readonly Attachment[];
  readonly state: LetterState;
}

/** The mailboxes of an account, in the order in which they are shown. */
export async function placesOf(tx: SchoolTx, account: AccountId): Promise<readonly Mailbox[]> {
  const asked = places({ school: tx.school, account });
  return (await tx.kept.executeQuery(asked)).rows;
}

/** Every page asks for them. */
const places = compiledOnce<{ school: SchoolId; account: AccountId }, Mailbox>(
  (at) => sql`
    select id, name, use, total, unseen
    from mailbox
    where school_id = ${at.school} and account_id = ${at.account}
    order by id
  `,
);

/**
 * Newest first, older than `before`; a mailbox that is not this account's lists nothing. By the
 * date of each message, which goes with it from mailbox to mailbox (RFC 9051 §6.4.8), not by its
 * UID, which says when it came to lie in this one.
 *
 * The rows of a page are found among the narrow entries alone, and only they are joined. Where the
 * row that the page before ended with is gone, the page goes on from where it would have been: from
 * the one that came into the mailbox just before it.
 */
export function listRows(
  tx: SchoolTx,
  { account, mailbox }: { readonly account: AccountId; readonly mailbox: MailboxId },
  page: { readonly before: Uid | null; readonly limit: number },
): Promise<ListedRow[]> {
  const from =
    page.before === null
      ? sql`true`
      : sql`
        (internal_date, uid) < (
          select internal_date, ${page.before}::bigint
          from entry
          where school_id = ${tx.school}
            and mailbox_id = ${mailbox}
            and uid <= ${page.before}::bigint
          order by uid desc
          limit 1
        )
      `;
  return rowsWhere(
    tx,
    account,
    sql`b.id = ${mailbox} and e.uid = any(array(
      select uid from entry where school_id = ${tx.school} and mailbox_id = ${mailbox} and ${from}
      order by internal_date desc, uid desc limit ${page.limit}))
    order by e.internal_date desc, e.uid desc`,
  );
}

/** UIDs of one mailbox below another, the highest first. */
export async function uidsBelow(
  tx: SchoolTx,
  mailbox: MailboxId,
  { before, limit }: { readonly before: Uid | null; readonly limit: number },
): Promise<Uid[]> {
  const { rows } = await sql<{ uid: Uid }>`
    select uid
    from entry
    where school_id = ${tx.school}
      and mailbox_id = ${mailbox}
      and uid < coalesce(${before}::bigint, 9223372036854775807)
    order by uid desc
    limit ${limit}
  `.execute(tx.kept);
  return rows.map(({ uid }) => uid);
}

/** Where messages belong that come out of a trash or an archive. */
export async function belongingOf(
  tx: SchoolTx,
  { account, mailbox }: { readonly account: AccountId; readonly mailbox: MailboxId },
  uids: readonly Uid[],
): Promise<ReadonlyMap<'drafts' | 'sent' | 'inbox', readonly Uid[]>> {
  const { rows } = await sql<{ uid: Uid; belongs: 'drafts' | 'sent' | 'inbox' }>`
    select e.uid,
      case
        when e.draft then 'drafts'
        when m.sender_address_id = a.address_id and lower(m.envelope #>> '{from,0,address}') = d.address
        then 'sent'
        else 'inbox'
      end as belongs
    from account a
      join lateral (
        select local || '@' || domain as address
        from address
        where id = a.address_id
      ) d on true
      join entry e on e.school_id = a.school_id
      and e.mailbox_id = ${mailbox}
      and e.uid = any(${[...uids]}::bigint[])
      join message m on m.school_id = e.school_id
      and m.id = e.message_id
    where a.school_id = ${tx.school} and a.id = ${account}
    order by e.uid
  `.execute(tx.kept);
  const found = Map.groupBy(rows, ({ belongs }) => belongs);
  return new Map([...found].map(([where, those]) => [where, those.map(({ uid }) => uid)]));
}

/** Flagged rows of every mailbox but the trash, newest first. */
export function flaggedRows(tx: SchoolTx, account: AccountId, limit: number): Promise<ListedRow[]> {
  return rowsWhere(
    tx,
    account,
    sql`
      e.flagged
      and b.use is distinct from 'trash'
      order by e.internal_date desc, e.uid desc
      limit ${limit}
    `,
  );
}

/** The rows of these entries of an account's own, newest first. */
export function rowsAt(
  tx: SchoolTx,
  account: AccountId,
  entries: readonly { readonly mailbox: MailboxId; readonly uid: Uid }[],
): Promise<ListedRow[]> {
  const [mailboxes, uids] = [entries.map(({ mailbox }) => mailbox), entries.map(({ uid }) => uid)];
  return entries.length === 0
    ? Promise.resolve([])
    : rowsWhere(
        tx,
        account,
        sql`
          (b.id, e.uid) in (select * from unnest(${mailboxes}::bigint[], ${uids}::bigint[]))
          order by e.internal_date desc, m.id desc, b.id
        `,
      );
}

export async function listedRow(
  tx: SchoolTx,
  account: AccountId,
  { mailbox, uid }: MessageRef,
): Promise<ListedRow | null> {
  const [row] = await rowsWhere(tx, account, sql`b.id = ${mailbox} and e.uid = ${uid}`);
  return row ?? null;
}

/**
 * What became of a sent message of the account's own: 4 something was given back, 3 it waits, 2 it
 * is on the road, 1 its writer took back what waited.
 */
const HELD_OF_SENT = sql`
  select max(case
      when h.state = 'given-back' then 4
      when h.state = 'waiting' and h.rule <> 'on-the-road' then 3
      when h.state = 'waiting' then 2
      when h.state = 'withdrawn' then 1
      else 0
    end)
  from (
    select h.state, h.rule
    from hold h
    where h.school_id = m.school_id and h.message_id = m.id
    union all
    select o.state, o.rule
    from held_elsewhere o
    where o.school_id = m.school_id and o.message_id = m.id
  ) h
  where b.use is distinct from 'inbox'
    and m.sender_address_id = (
      select a.address_id
      from account a
      where a.school_id = b.school_id and a.id = b.account_id
    )
`;

/** How a row counts what it stands for: columns of `StandsFor`, and what they are taken from. */
export interface RowCounts {
  readonly columns: RawBuilder<unknown>;
  readonly join: RawBuilder<unknown>;
}
const ALONE: RowCounts = {
  columns: sql`1 as messages, not e.seen as unread, false as "withOwn"`,
  join: sql``,
};

/**
 * Rows of an account's own: those of mailbox `b`, entry `e` and message `m` for which `which`
 * holds, in the order that it names. Each stands for its message alone where nothing else is said.
 */
export async function rowsWhere(
  tx: SchoolTx,
  account: AccountId,
  which: RawBuilder<unknown>,
  counts: RowCounts = ALONE,
): Promise<ListedRow[]> {
  const { rows } = await sql<RawRow>`
    select b.id as mailbox,
      e.uid,
      m.id as message,
      m.sender_address_id,
      m.sender_role,
      m.envelope -> 'from' as "from",
      m.envelope -> 'to' as "to",
      m.envelope -> 'cc' as cc,
      m.recipients,
      m.subject,
      m.preview,
      e.internal_date as at,
      e.first_at as "firstAt",
      e.returned,
      e.seen,
      e.flagged,
      e.answered,
      e.draft,
      e.first_time,
      m.proved_by,
      m.attachments,
      b.use,
      case when m.origin in ('added', 'brought') then m.origin
      end as added,
      (${HELD_OF_SENT}) as held,
      m.recalled_at is not null as recalled,
      (
        select w.reason
        from waiting_draft w
        where e.draft
          and w.school_id = e.school_id
          and w.mailbox_id = e.mailbox_id
          and w.uid = e.uid
      ) as waiting,
      ${counts.columns}
    from mailbox b
      join entry e on e.school_id = b.school_id
      and e.mailbox_id = b.id
      join message m on m.school_id = e.school_id
      and m.id = e.message_id
      ${counts.join}
    where b.school_id = ${tx.school} and b.account_id = ${account} and ${which}
  `.execute(tx.kept);
  return rows.map(listedOf);
}

interface RawRow extends StandsFor {
  mailbox: MailboxId;
  uid: Uid;
  message: MessageId;
  sender_address_id: AddressId | null;
  sender_role: Role;
  from: Envelope['from'];
  to: Envelope['to'];
  cc: Envelope['cc'];
  recipients: readonly string[] | null;
  subject: string;
  preview: string;
  at: Date;
  firstAt: Date | null;
  returned: 'later' | 'unanswered' | null;
  seen: boolean;
  flagged: boolean;
  answered: boolean;
  draft: boolean;
  first_time: boolean;
  proved_by: ProvedBy | null;
  attachments: readonly Attachment[];
  added: 'added' | 'brought' | null;
  use: string | null;
  held: 0 | 1 | 2 | 3 | 4 | null;
  recalled: boolean;
  waiting: 'scanner' | 'undo' | 'later' | null;
}

function listedOf(row: RawRow): ListedRow {
  const {
    sender_address_id: senderAddressId,
    sender_role: senderRole,
    draft,
    first_time: firstTime,
    proved_by: provedBy,
    held,
    recalled,
    waiting,
    returned,
    use: _use,
    ...same
  } = row;
  return {
    ...same,
    senderAddressId,
    senderRole,
    isDraft: draft,
    firstTime,
    provedBy,
    state: stateOf({ held, recalled, waiting, returned }),
  };
}

/** What waits as a draft was never sent; what was recalled waits no more. */
function stateOf({
  held,
  recalled,
  waiting,
  returned,
}: Pick<RawRow, 'held' | 'recalled' | 'waiting' | 'returned'>): ListedRow['state'] {
  if (waiting !== null) return WAITING_STATE[waiting];
  if (recalled) return 'recalled';
  return returned === 'unanswered' ? 'unanswered' : HELD_STATE[held ?? 0];
}

const WAITING_STATE = {
  scanner: 'waiting-for-scanner',
  undo: 'leaving',
  later: 'leaving',
} as const;
const HELD_STATE = ['normal', 'withdrawn', 'travelling', 'waiting', 'given-back'] as const;

/**
 * Why a sent message waits or came back: the rule, and the teacher's word. The latest decision is
 * told.
 */
export async function holdOfSent(
  tx: SchoolTx,
  message: MessageId,
): Promise<{ readonly refusal: Refusal; readonly note: string | null } | null> {
  const {
    rows: [row],
  } = await sql<{ rule: RuleName; until: Date | null; note: string | null; site: string | null }>`
    select rule, until, note, site
    from (
      select state, id, rule, until, case when wish is null then note end as note, site
      from hold
      where school_id = ${tx.school} and message_id = ${message}
      union all
      select state, at_message_id, rule, until, note, null
      from held_elsewhere
      where school_id = ${tx.school} and message_id = ${message}
    ) h
    where state in ('waiting', 'given-back')
    order by state, id
    limit 1
  `.execute(tx.kept);
  if (!row) return null;
  const words: Record<string, string> = {
    ...(row.until ? { until: row.until.toISOString() } : {}),
    ...(row.site === null ? {} : { site: row.site }),
  };
  return { refusal: { address: '', rule: row.rule, words }, note: row.note };
}
