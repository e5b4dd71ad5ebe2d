import { sql } from 'kysely';
import type { SchoolId } from '../../ground/ids.ts';
import { NOTHING_BROUGHT } from '../bodies/brought.ts';
import { makeDue } from '../due.ts';
import type { SchoolTx, TownTx } from '../store.ts';

/** When to look at a school that closes; null: never. */
export async function setClosingDue(
  tx: Omit<TownTx, 'in'>,
  school: SchoolId,
  at: Date | null,
): Promise<void> {
  if (at !== null)
    return makeDue({ ...tx, school, brought: NOTHING_BROUGHT }, 'closing', [{ id: school, at }]);
  await tx.db
    .deleteFrom('due')
    .where('kind', '=', 'closing')
    .where('school_id', '=', school)
    .execute();
}

/**
 * Everybody whose account lives in a school leaves it on a day; who leaves or has left already
 * keeps their own. Gives how many that are; what is due follows by itself.
 */
export async function saveLeavers(tx: SchoolTx, leftOn: string): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into leaver (school_id, account_id, left_on)
    select school_id, id, ${leftOn}::date
    from account
    where school_id = ${tx.school}
    on conflict do nothing
  `.execute(tx.db);
  return Number(numAffectedRows ?? 0);
}
