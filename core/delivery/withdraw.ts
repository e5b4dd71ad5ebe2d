import type { AddressId, HoldId, MessageId, SchoolId } from '../ids.ts';
import { waitsElsewhere } from '../store/mail/held-elsewhere.ts';
import { decideHolds, lockWaiting } from '../store/mail/holds.ts';
import type { SchoolTx, TownTx } from '../store/store.ts';
import { tellSent } from './sent-state.ts';

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
