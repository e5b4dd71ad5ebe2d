import { sql } from 'kysely';
import type { AccountId, MailboxId, Uid } from '../../ground/ids.ts';
import type { SchoolTx } from '../store.ts';
import type { DraftRef } from './contract.ts';
import { LYING } from './lying.ts';

/**
 * The draft with this Message-ID in a mailbox of drafts; the latest, where a program has made a
 * copy.
 */
export async function draftOfLetter(
  tx: SchoolTx,
  mailbox: MailboxId,
  messageId: string,
): Promise<Uid | null> {
  const {
    rows: [row],
  } = await sql<{ uid: Uid }>`
    select e.uid
    from message m join entry e on e.school_id = m.school_id and e.message_id = m.id
    where m.school_id = ${tx.school}
      and m.header_id = ${messageId}
      and e.mailbox_id = ${mailbox}
      and e.draft
    order by e.uid desc
    limit 1
  `.execute(tx.kept);
  return row?.uid ?? null;
}

/** A draft that carries something besides its letter. */
interface CarryingDraft {
  readonly uid: Uid;
  readonly messageId: string;
  readonly subject: string;
  readonly at: Date;
  /** When it leaves, where its writer said so. */
  readonly leavesAt: Date | null;
  /** The beginning of its letter, with the field. */
  readonly header: Buffer;
}

/** Of a draft so much is looked at: a header of ours is no longer. */
const HEADER_BYTES = 65_536;
const MOST_DRAFTS = 50;

/** The drafts of an account whose header has a field of ours, the newest first. */
export async function draftsWith(
  tx: SchoolTx,
  account: AccountId,
  field: string,
): Promise<readonly CarryingDraft[]> {
  const { rows } = await sql<CarryingDraft>`
    select e.uid, m.header_id as "messageId", m.subject, e.internal_date as at,
      w.leaves_at as "leavesAt",
      substring(m.raw from 1 for least(m.header_bytes, ${HEADER_BYTES})) as header
    from mailbox b
      join entry e on e.school_id = b.school_id and e.mailbox_id = b.id
      join message m on m.school_id = e.school_id and m.id = e.message_id
      left join waiting_draft w on w.school_id = e.school_id
      and w.mailbox_id = e.mailbox_id
      and w.uid = e.uid
    where b.school_id = ${tx.school}
      and b.account_id = ${account}
      and b.use = 'drafts'
      and e.draft
      and m.header_id is not null
      and position(${Buffer.from(`\n${field}:`)}::bytea
        in substring(m.raw from 1 for least(m.header_bytes, ${HEADER_BYTES}))) > 0
    order by e.internal_date desc
    limit ${MOST_DRAFTS}
  `.execute(tx.kept);
  return rows;
}

/** What an account has sent with this Message-ID, wherever its copy lies. */
export async function sentLetter(
  tx: SchoolTx,
  account: AccountId,
  messageId: string,
): Promise<DraftRef | null> {
  const {
    rows: [row],
  } = await sql<DraftRef>`
    select e.mailbox_id as mailbox, e.uid
    from ${LYING}
      join account a on a.school_id = b.school_id
      and a.id = b.account_id
    where m.school_id = ${tx.school}
      and m.header_id = ${messageId}
      and m.origin = 'web'
      and not e.draft
      and b.account_id = ${account}
      and a.address_id = m.sender_address_id
      and b.use is distinct from 'drafts'
    limit 1
  `.execute(tx.kept);
  return row ?? null;
}

/** What a draft waits for, and when it was saved. */
interface DraftState {
  readonly at: Date;
  readonly waitsFor: 'scanner' | 'undo' | 'later' | null;
  /** When it leaves, where its writer said so. */
  readonly leavesAt: Date | null;
}

/** The state of a draft; null where it isn't one of this account. */
export async function draftState(
  tx: SchoolTx,
  account: AccountId,
  { mailbox, uid }: DraftRef,
): Promise<DraftState | null> {
  const {
    rows: [row],
  } = await sql<DraftState>`
    select e.internal_date as at, w.reason as "waitsFor", w.leaves_at as "leavesAt"
    from entry e
      join mailbox b on b.school_id = e.school_id and b.id = e.mailbox_id
      left join waiting_draft w on w.school_id = e.school_id
      and w.mailbox_id = e.mailbox_id
      and w.uid = e.uid
    where e.school_id = ${tx.school}
      and e.mailbox_id = ${mailbox}
      and e.uid = ${uid}
      and e.draft
      and b.account_id = ${account}
  `.execute(tx.kept);
  return row ?? null;
}
