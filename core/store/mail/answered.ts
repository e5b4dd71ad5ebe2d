import { sql } from 'kysely';
import type { AccountId, AddressId, MessageId } from '../../ground/ids.ts';
import type { Envelope } from '../../letters/message/message.ts';
import type { SchoolTx } from '../store.ts';
import type { DraftRef } from './contract.ts';
import { LYING } from './lying.ts';

/** A letter in somebody's mailboxes that they answer. */
interface AnsweredHead {
  readonly id: MessageId;
  readonly envelope: Envelope;
}

/**
 * The letter of somebody else that an account answers, by its Message-ID or by where it lies; null
 * where no mailbox of theirs has it. Null is also what they wrote themselves.
 */
export async function answeredLetter(
  tx: SchoolTx,
  { account, addressId }: { readonly account: AccountId; readonly addressId: AddressId },
  answered: string | DraftRef,
): Promise<AnsweredHead | null> {
  const isIt =
    typeof answered === 'string'
      ? sql`m.header_id = ${answered}`
      : sql`e.mailbox_id = ${answered.mailbox} and e.uid = ${answered.uid}`;
  const {
    rows: [row],
  } = await sql<AnsweredHead>`
    select m.id, m.envelope
    from ${LYING}
    where m.school_id = ${tx.school}
      and ${isIt}
      and not e.draft
      and b.account_id = ${account}
      and m.sender_address_id is distinct from ${addressId}
    limit 1
  `.execute(tx.kept);
  return row ?? null;
}
