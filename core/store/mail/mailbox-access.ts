import { sql } from 'kysely';
import { MAILBOX_DOOR } from '../../ground/doors.ts';
import { TOWN, type AccountId, type MailboxId, type SchoolId } from '../../ground/ids.ts';
import { compiledOnce } from '../compiled-once.ts';
import type { SchoolTx, SchoolWriteTx } from '../store.ts';
import type { SpecialUse } from './contract.ts';

/** A mailbox, with what one person may do there. */
export interface SeenMailbox {
  readonly id: MailboxId;
  readonly owner: AccountId;
  /** Null for the owner. */
  readonly granted: string | null;
  readonly name: string;
  readonly use: SpecialUse | null;
  /** Given by its owner: tells mail programs something, and decides nothing. */
  readonly wishedUse: SpecialUse | null;
  readonly subscribed: boolean;
  readonly uidValidity: number;
  readonly uidNext: number;
  readonly modseq: number;
  /** The MODSEQ of the last flag change; 0 for none. */
  readonly flagsModseq: number;
  /** What was expunged at this MODSEQ or before is forgotten. */
  readonly tombstonesFrom: number;
  readonly total: number;
  readonly unseen: number;
  readonly bytes: number;
  readonly keywords: readonly string[];
  /** Of somebody else's: how the owner is called, and the local part of their address. */
  readonly ownerName: string;
  readonly ownerLocal: string;
}

interface Row {
  id: MailboxId;
  owner: AccountId;
  granted: string | null;
  name: string;
  use: SpecialUse | null;
  wished_use: SpecialUse | null;
  subscribed: boolean;
  uid_validity: number;
  uid_next: number;
  modseq: number;
  flags_modseq: number | null;
  tombstones_from: number | null;
  total: number;
  unseen: number;
  bytes: number;
  keywords: string[] | null;
  owner_name: string | null;
  owner_local: string | null;
}

const COLUMNS = sql`
  b.id,
  b.account_id as owner,
  r.rights as granted,
  b.name,
  b.use,
  b.wished_use,
  coalesce(r.subscribed, b.subscribed) as subscribed,
  b.uid_validity,
  b.uid_next,
  b.modseq,
  b.flags_modseq,
  b.tombstones_from,
  b.total,
  b.unseen,
  b.bytes,
  b.keywords
`;

/**
 * A right that counts: none does into a pupil's mailbox whose school, or the town, has closed that
 * way since a proof of the night found it open (decision 89).
 */
const COUNTS = sql`
  not exists (
    select
    from account o join school s on s.id in (o.school_id, ${sql.lit(TOWN)})
    where o.school_id = b.school_id
      and o.id = b.account_id
      and o.role = 'pupil'
      and s.closed_ways @> ${sql.lit(JSON.stringify([{ door: MAILBOX_DOOR }]))}
  )
`;

/** A mailbox as this account sees it; null where it isn't theirs, nor shared with them. */
export async function seenMailbox(
  tx: SchoolTx,
  account: AccountId,
  mailbox: MailboxId,
): Promise<SeenMailbox | null> {
  return (await seenAmong(tx, account, [mailbox])).get(mailbox) ?? null;
}

/** Those of these mailboxes that are theirs, or shared with them. */
async function seenAmong(
  tx: Pick<SchoolTx, 'kept' | 'school'>,
  account: AccountId,
  mailboxes: readonly MailboxId[],
): Promise<ReadonlyMap<MailboxId, SeenMailbox>> {
  const { rows } = await sql<Row>`
    select ${COLUMNS}, null as owner_name, null as owner_local
    from mailbox b
      left join mailbox_right r on r.school_id = b.school_id
      and r.mailbox_id = b.id
      and r.account_id = ${account}
      and ${COUNTS}
    where b.school_id = ${tx.school}
      and b.id = any(${[...mailboxes]}::bigint[])
      and (b.account_id = ${account} or r.rights is not null)
  `.execute(tx.kept);
  return new Map(rows.map((row) => [row.id, seenOf(row)]));
}

/** One of an account's own mailboxes by its name, and whether others lie below it. */
export async function ownMailbox(
  tx: SchoolTx,
  account: AccountId,
  name: string,
): Promise<{ readonly seen: SeenMailbox; readonly hasChildren: boolean } | null> {
  const {
    rows: [row],
  } = await sql<Row & { has_children: boolean }>`
    select ${COLUMNS},
      null as owner_name,
      null as owner_local,
      exists (
        select
        from mailbox c
        where c.school_id = b.school_id
          and c.account_id = b.account_id
          and starts_with(c.name, b.name || '/')
      ) as has_children
    from mailbox b left join mailbox_right r on false
    where b.school_id = ${tx.school} and b.account_id = ${account} and b.name = ${name}
  `.execute(tx.kept);
  return row ? { seen: seenOf(row), hasChildren: row.has_children } : null;
}

/**
 * Several as this account sees them, locked until the commit in the order of their ids: what
 * follows sees whatever others did before, and nobody changes these mailboxes meanwhile. What isn't
 * there is left out.
 */
export async function lockMailboxes(
  tx: SchoolWriteTx,
  account: AccountId,
  mailboxes: readonly MailboxId[],
): Promise<ReadonlyMap<MailboxId, SeenMailbox>> {
  tx.line.ahead(locking({ school: tx.school, mailboxes }));
  return seenAmong(tx, account, mailboxes);
}

const locking = compiledOnce<
  { readonly school: SchoolId; readonly mailboxes: readonly MailboxId[] },
  unknown
>(
  (at) => sql`
    select
    from mailbox
    where school_id = ${at.school} and id = any(${at.mailboxes}::bigint[])
    order by id
    for no key update
  `,
);

/**
 * Everything an account sees: its own in the order of their making, then what is shared with it, by
 * owner and name.
 */
export async function seenMailboxes(tx: SchoolTx, account: AccountId): Promise<SeenMailbox[]> {
  const { rows } = await sql<Row>`
    select ${COLUMNS}, null as owner_name, null as owner_local, 0 as shared from mailbox b
    left join mailbox_right r on false
    where b.school_id = ${tx.school} and b.account_id = ${account}
    union all
    select ${COLUMNS}, a.display_name, d.local, 1 from mailbox_right r
    join mailbox b on b.school_id = r.school_id and b.id = r.mailbox_id
    join account a on a.school_id = b.school_id and a.id = b.account_id
    join address d on d.id = a.address_id
    where r.school_id = ${tx.school} and r.account_id = ${account} and a.state = 'active'
      and ${COUNTS}
    order by shared, owner_name, owner, id`.execute(tx.kept);
  return rows.map(seenOf);
}

function seenOf(row: Row): SeenMailbox {
  return {
    id: row.id,
    owner: row.owner,
    granted: row.granted,
    name: row.name,
    use: row.use,
    wishedUse: row.wished_use,
    subscribed: row.subscribed,
    uidValidity: row.uid_validity,
    uidNext: row.uid_next,
    modseq: row.modseq,
    flagsModseq: row.flags_modseq ?? 0,
    tombstonesFrom: row.tombstones_from ?? 0,
    total: row.total,
    unseen: row.unseen,
    bytes: row.bytes,
    keywords: row.keywords ?? [],
    ownerName: row.owner_name ?? '',
    ownerLocal: row.owner_local ?? '',
  };
}
