import type { AddressId, HoldId, MessageId, SchoolId } from '../../../ground/ids.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import { waitsElsewhere, withdrawnElsewhere } from '../../../store/mail/held-elsewhere.ts';
import { decideHolds, lockWaiting, waitAgain } from '../../../store/mail/holds.ts';
import { keptWaiting, thrownOf } from '../../../store/mail/thrown-letters.ts';
import type { SchoolTx, SchoolWriteTx, Store, TownTx } from '../../../store/store.ts';
import { tellSent } from '../keeping/sent-state.ts';

/** A letter as its writer has it: their school, their own copy, and who they are. */
interface OwnLetter {
  readonly home: SchoolId;
  readonly message: MessageId;
  readonly by: AddressId;
}

/**
 * Takes back what still waits of a letter, for its writer: here and in every other school that
 * holds it. Whoever would have decided finds it gone. Gives how many recipients that were.
 */
export async function withdrawWaiting(
  tx: TownTx,
  { home, message, by }: OwnLetter,
): Promise<number> {
  const here = await tx.in(home);
  let withdrawn = await withdraw(here, message, by);
  for (const there of await waitsElsewhere(here, message)) {
    withdrawn += await withdraw(await tx.in(there.school), there.message, by);
    await tellSent(tx, home, there);
  }
  return withdrawn;
}

async function withdraw(tx: SchoolTx, message: MessageId, by: AddressId): Promise<number> {
  const ids: readonly HoldId[] = await lockWaiting(tx, message);
  await decideHolds(tx, ids, { state: 'withdrawn', by, note: null });
  return ids.length;
}

/** Whose messages are changed. */
type Owner = Pick<Viewer, 'school' | 'account' | 'addressId'>;

/**
 * A transaction of somebody's own school that may throw messages away, or erase them. A letter of
 * theirs that waits for a word, and that they then have nothing of but in the trash, is taken back
 * with it: nothing leaves that its writer has thrown away. Every way there goes by here, a page's
 * or a mail program's.
 */
export function throwingAway<T>(
  store: Store,
  owner: Owner,
  change: (tx: SchoolWriteTx) => Promise<T>,
): Promise<T> {
  return throwingAwayTold(store, owner, { change, settle: async (_tx, value) => value });
}

/** The same; `settle` ends the transaction, and is told which letters wait no more. */
export function throwingAwayTold<T, R>(
  store: Store,
  { school: home, account, addressId: by }: Owner,
  {
    change,
    settle,
  }: {
    readonly change: (tx: SchoolWriteTx) => Promise<T>;
    readonly settle: (tx: SchoolWriteTx, value: T, letters: readonly MessageId[]) => Promise<R>;
  },
): Promise<R> {
  return store.town(async (tx) => {
    const waiting = await keptWaiting(await tx.in(home), account);
    // Holds before mailboxes, as whoever lets one go locks them.
    for (const message of waiting) await lockWaiting(await tx.in(home), message);
    const value = await change(await tx.in(home));
    const thrown = waiting.length === 0 ? [] : await thrownOf(await tx.in(home), account, waiting);
    for (const message of thrown) await withdrawWaiting(tx, { home, message, by });
    return settle(await tx.in(home), value, thrown);
  });
}

/**
 * Lets letters wait again that their writer threw away and has brought back: the same recipients,
 * for the same word. Whatever has changed since is asked when that word is said. What is still in
 * the trash stays taken back.
 */
export async function waitOnceMore(
  tx: TownTx,
  { school: home, account, addressId: by }: Owner,
  letters: readonly MessageId[],
): Promise<void> {
  const thrown = new Set(await thrownOf(await tx.in(home), account, letters));
  for (const message of letters.filter((one) => !thrown.has(one))) {
    const here = await tx.in(home);
    await waitAgain(here, message, by);
    for (const there of await withdrawnElsewhere(here, message)) {
      await waitAgain(await tx.in(there.school), there.message, by);
      await tellSent(tx, home, there);
    }
  }
}
