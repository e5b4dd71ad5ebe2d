import { sql } from 'kysely';
import type { AccountId, AddressId, MailboxId, Uid } from '../../ground/ids.ts';
import type { DraftRef } from '../mail/contract.ts';
import { rootOf } from '../mail/list-page.ts';
import { LYING } from '../mail/lying.ts';
import type { SchoolTx } from '../store.ts';

/** What a family wrote in answer to a letter, and waits for a word. */
export interface QuestionRow {
  /** The Message-ID of the letter. */
  readonly letter: string;
  readonly by: AddressId;
  readonly mailbox: MailboxId;
  readonly uid: Uid;
  readonly at: Date;
  /** Its first words. */
  readonly words: string;
}

/** Lists of papers look at no more of them. */
const MOST_QUESTIONS = 500;

/**
 * What families wrote to an account about these letters, oldest first: it lies in the inbox, since
 * what is put away is done, and has not been answered.
 */
export async function openQuestions(
  tx: SchoolTx,
  account: AccountId,
  letters: readonly string[],
): Promise<readonly QuestionRow[]> {
  if (letters.length === 0) return [];
  const root = rootOf(sql.ref('m'));
  const { rows } = await sql<QuestionRow>`
    select ${root} as letter, m.sender_address_id as by, e.mailbox_id as mailbox, e.uid,
      m.received_at as at, m.preview as words
    from message m
      join entry e on e.school_id = m.school_id and e.message_id = m.id
      join mailbox b on b.school_id = e.school_id and b.id = e.mailbox_id
    where m.school_id = ${tx.school}
      and ${root} = any(${[...letters]}::text[])
      and m.sender_role = 'guardian'
      and not m.automatic
      and not e.answered
      and not e.draft
      and b.account_id = ${account}
      and b.use = 'inbox'
    order by m.received_at
    limit ${MOST_QUESTIONS}
  `.execute(tx.kept);
  return rows;
}

/** Where the newest of these letters lies among an account's mail; null: nowhere any more. */
export async function letterPlace(
  tx: SchoolTx,
  account: AccountId,
  letters: readonly string[],
): Promise<DraftRef | null> {
  const {
    rows: [row],
  } = await sql<DraftRef>`
    select e.mailbox_id as mailbox, e.uid
    from ${LYING}
    where m.school_id = ${tx.school}
      and m.header_id = any(${[...letters]}::text[])
      and not e.draft
      and b.account_id = ${account}
    order by m.received_at desc
    limit 1
  `.execute(tx.kept);
  return row ?? null;
}
