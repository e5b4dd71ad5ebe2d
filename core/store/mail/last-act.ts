import { sql } from 'kysely';
import type { AccountId } from '../../ground/ids.ts';
import type { SchoolTx } from '../store.ts';
import type { ActChange, DeedName, ListedBy } from './contract.ts';

/** What somebody has just done with some of their messages. */
interface LastAct {
  readonly id: string;
  readonly deed: DeedName;
  /** What a row was. */
  readonly by: ListedBy;
  /** Rows of the list that it was done with. */
  readonly rows: number;
  readonly changes: readonly ActChange[];
  readonly at: Date;
}

/** Keeps what was done in place of what was done before; gives its name. */
export async function keepAct(
  tx: SchoolTx,
  account: AccountId,
  { deed, by, rows, changes, at }: Omit<LastAct, 'id'>,
): Promise<string> {
  const {
    rows: [row],
  } = await sql<{ id: string }>`
    insert into last_act (school_id, account_id, at, deed, by, rows, changes)
    values (${tx.school}, ${account}, ${at}, ${deed}, ${by}, ${rows}, ${JSON.stringify(changes)}::jsonb)
    on conflict (school_id, account_id) do update
    set id = gen_random_uuid(), at = excluded.at, deed = excluded.deed, by = excluded.by, rows = excluded.rows,
      changes = excluded.changes
    returning id
  `.execute(tx.kept);
  return row?.id ?? '';
}

/** The last act of an account, where it has this name; null for any other. */
export async function actNamed(
  tx: SchoolTx,
  account: AccountId,
  id: string,
): Promise<LastAct | null> {
  const {
    rows: [row],
  } = await sql<LastAct>`
    select id, deed, by, rows, changes, at
    from last_act
    where school_id = ${tx.school} and account_id = ${account} and id::text = ${id}
  `.execute(tx.kept);
  return row ?? null;
}

/** It can be taken back once. */
export async function dropAct(tx: SchoolTx, account: AccountId): Promise<void> {
  await sql`
    delete from last_act
    where school_id = ${tx.school} and account_id = ${account}
  `.execute(tx.kept);
}
