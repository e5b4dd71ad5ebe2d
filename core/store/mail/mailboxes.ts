import { sql } from 'kysely';
import type { AccountId } from '../../ground/ids.ts';
import type { SchoolTx } from '../store.ts';
import type { SpecialUse } from './contract.ts';

/**
 * The mailboxes that every account has, in the order a mail program shows them, with their special
 * use (RFC 6154 §2). INBOX is IMAP's own name (RFC 9051 §5.1).
 */
const MAILBOXES: readonly { readonly name: string; readonly use: SpecialUse }[] = [
  { name: 'INBOX', use: 'inbox' },
  { name: 'Brouillons', use: 'drafts' },
  { name: 'Envoyés', use: 'sent' },
  { name: 'Corbeille', use: 'trash' },
  { name: 'Indésirables', use: 'junk' },
  { name: 'Archives', use: 'archive' },
];

/**
 * Makes the six mailboxes of each new account, in one statement.
 *
 * UIDVALIDITY is the second of making: a mailbox made again under an old name never repeats it (RFC
 * 9051 §2.3.1.1).
 */
export async function openMailboxes(tx: SchoolTx, accounts: readonly AccountId[]): Promise<void> {
  await sql`
    insert into mailbox (school_id, account_id, name, use, uid_validity)
    select ${tx.school}, a.id, m.name, m.use, extract(epoch from now())::bigint
    from unnest(${accounts}::bigint[]) with ordinality as a (id, ordinal)
      cross join unnest(${MAILBOXES.map(({ name }) => name)}::text[],
        ${MAILBOXES.map(({ use }) => use)}::text[]) with ordinality as m (name, use, ordinal)
    order by a.ordinal, m.ordinal
  `.execute(tx.kept);
}
