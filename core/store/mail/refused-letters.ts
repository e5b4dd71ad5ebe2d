import { sql } from 'kysely';
import type { AccountId } from '../../ground/ids.ts';
import { own } from '../own.ts';
import type { SchoolTx } from '../store.ts';

/** So many a day are noted for one person: a flood fills nothing. */
const MOST_A_DAY = 50;

/** Why a letter was refused, as its name in `rules/reasons.ts`. */
export interface NewRefusedLetter {
  readonly sender: string;
  readonly subject: string;
  readonly why: string;
  /** The scanner's name for it, or the site; empty for none. */
  readonly detail: string;
}

export interface RefusedLetter extends NewRefusedLetter {
  readonly account: AccountId;
  readonly at: Date;
}

/** Notes for these people that a letter to them was refused. */
export async function noteRefused(
  tx: SchoolTx,
  accounts: readonly AccountId[],
  { sender, subject, why, detail }: NewRefusedLetter,
): Promise<void> {
  await sql`
    insert into refused_letter (school_id, account_id, sender, subject, why, detail)
    select ${tx.school}, a.id, left(${sender}, 400), left(${subject}, 200), ${why},
      left(${detail}, 200)
    from account a
    where a.school_id = ${tx.school}
      and a.id = any(${[...accounts]}::bigint[])
      and ${MOST_A_DAY} > (
        select count(*)
        from refused_letter r
        where r.school_id = a.school_id and r.account_id = a.id and r.at > now() - interval '1 day'
      )
  `.execute(tx.db);
}

/** The latest first, at most `limit`; of these people, or with null of everybody in the school. */
export async function refusedLetters(
  tx: SchoolTx,
  accounts: readonly AccountId[] | null,
  limit: number,
): Promise<RefusedLetter[]> {
  const { rows } = await sql<RefusedLetter>`
    select account_id as account, sender, subject, why, detail, at
    from refused_letter
    where school_id = ${tx.school}
      and (${accounts === null} or account_id = any(${[...(accounts ?? [])]}::bigint[]))
    order by at desc, id desc
    limit ${limit}
  `.execute(tx.db);
  return rows;
}

/** What nobody was told of yet, and is told now. */
export async function takeUntold(tx: SchoolTx): Promise<RefusedLetter[]> {
  const { rows } = await sql<RefusedLetter>`
    update refused_letter
    set told_at = now()
    where school_id = ${tx.school} and told_at is null
    returning account_id as account, sender, subject, why, detail, at
  `.execute(tx.db);
  return rows;
}

/** Ends notes of what was refused before then. */
export async function endOldRefused(tx: SchoolTx, before: Date): Promise<void> {
  await own(tx).deleteFrom('refused_letter').where('at', '<', before).execute();
}
