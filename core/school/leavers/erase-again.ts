import { isId, type AccountId, type AddressId, type SchoolId } from '../../ground/ids.ts';
import { writeAudit } from '../../store/audit.ts';
import { leaverRow, saveLeaver } from '../../store/people/leavers.ts';
import { openStore, type Store, type TownTx } from '../../store/store.ts';
import { eraseWhole } from './erase-whole.ts';
import type { Erasure } from './erasures.ts';
import { endStay } from './leaver-due.ts';

/**
 * Erases once more whom a database that came back from a backup still has, though they were erased
 * after its moment. As the owner, before it is opened to anybody; a second time changes nothing.
 * Gives how many they were. What of it was due anyway is not due any more.
 */
export async function eraseAgain(adminUrl: string, erasures: readonly Erasure[]): Promise<number> {
  if (erasures.length === 0) return 0;
  const store = openStore(adminUrl, { poolSize: 1, onError: () => {} });
  try {
    let erased = 0;
    for (const one of erasures) erased += await eraseOne(store, one);
    return erased;
  } finally {
    await store.close();
  }
}

/**
 * 1, or 0 where nothing of them is there: who came later than the backup, is erased already, or has
 * come back since, with another account.
 */
async function eraseOne(store: Store, { person, account: noted, left }: Erasure): Promise<0 | 1> {
  const home = await store.town(async (tx) => {
    const found = await accountOf(tx, person);
    if (found === null || (noted !== null && noted !== found.account)) return null;
    await leave(tx, found, left);
    return found;
  });
  if (home === null) return 0;
  const { school, account } = home;
  const done = await eraseWhole(store, school, {
    account,
    look: (tx) => leaverRow(tx, account, { lock: true }),
    beforeCommit: (tx, { role }, total) =>
      writeAudit(tx, null, 'erase-leaver', { role, left, ...total }),
  });
  return done === null ? 0 : 1;
}

interface Home {
  readonly school: SchoolId;
  readonly account: AccountId;
}

async function accountOf(tx: TownTx, person: AddressId): Promise<Home | null> {
  const row = await tx.db
    .selectFrom('address')
    .select(['school_id', 'target_id'])
    .where('id', '=', person)
    .where('kind', '=', 'account')
    .executeTakeFirst();
  return row !== undefined && isId<AccountId>(row.target_id)
    ? { school: row.school_id, account: row.target_id }
    : null;
}

/** Their stay ends as it ended then, where it hasn't yet: classes, posts, families. */
async function leave(tx: TownTx, { school, account }: Home, left: string): Promise<void> {
  await saveLeaver(await tx.in(school), account, left);
  const leaver = await leaverRow(await tx.in(school), account, { lock: true });
  if (leaver?.isActive) await endStay(tx, { school, leaver });
}
