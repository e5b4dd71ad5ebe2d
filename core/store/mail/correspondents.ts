import { sql } from 'kysely';
import type { AccountId } from '../../ground/ids.ts';
import type { SchoolTx } from '../store.ts';

/** Somebody whom an account has written to, as its own letters name them. */
interface Correspondent {
  readonly name: string;
  readonly address: string;
}

/** Letters that are looked through, the newest. */
const LOOKED_AT = 500;

/**
 * Whom the newest letters in an account's Sent name in To or Cc, with this text in their name or
 * address, accents folded; whoever was written to last comes first.
 */
export async function writtenTo(
  tx: SchoolTx,
  account: AccountId,
  { text, limit }: { readonly text: string; readonly limit: number },
): Promise<readonly Correspondent[]> {
  const pattern = `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const { rows } = await sql<Correspondent>`
    select lower(r.address) as address, coalesce(max(r.name), '') as name
    from (
      select e.uid, m.envelope
      from mailbox b
        join entry e on e.school_id = b.school_id and e.mailbox_id = b.id
        join message m on m.school_id = e.school_id and m.id = e.message_id
      where b.school_id = ${tx.school} and b.account_id = ${account} and b.use = 'sent'
      order by e.uid desc
      limit ${LOOKED_AT}
    ) sent,
      jsonb_to_recordset((sent.envelope -> 'to') || (sent.envelope -> 'cc')) as r (name text, address text)
    where unaccent(lower(coalesce(r.name, '') || ' ' || r.address)) like unaccent(lower(${pattern}))
    group by lower(r.address)
    order by max(sent.uid) desc
    limit ${limit}
  `.execute(tx.kept);
  return rows;
}
