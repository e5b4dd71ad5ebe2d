import type { MessageId, SchoolId } from '../../../ground/ids.ts';
import type { From } from '../../../roster/relate.ts';
import { eraseOrphans } from '../../../store/mail/erasing.ts';
import {
  heldStateOf,
  noteHeldElsewhere,
  ownCopyOf,
  updateHeldElsewhere,
  type HeldThere,
} from '../../../store/mail/held-elsewhere.ts';
import type { TownTx } from '../../../store/store.ts';

/** The school where a sender's own copy lies; null for a stranger and the service. */
export function homeOf(from: From): SchoolId | null {
  return from.kind === 'person' ? from.standing.home : null;
}

async function noteOne(
  tx: TownTx,
  home: SchoolId,
  { own, there }: { readonly own: MessageId; readonly there: HeldThere },
): Promise<void> {
  const held = await heldStateOf(await tx.in(there.school), there.message);
  if (held) await noteHeldElsewhere(await tx.in(home), there, { message: own, held });
}

/**
 * After a decision about a held message: its sender's Sent says what became of it, in whatever
 * school that is. Where a mail program keeps the copy, what waited there goes once it is decided.
 */
export async function tellSent(tx: TownTx, home: SchoolId | null, there: HeldThere): Promise<void> {
  if (home === null || home === there.school) return;
  const held = await heldStateOf(await tx.in(there.school), there.message);
  if (!held) return;
  const here = await tx.in(home);
  await updateHeldElsewhere(here, there, held);
  if (held.state === 'waiting' || held.state === 'withdrawn') return; // it may wait once more
  const own = await ownCopyOf(here, there);
  if (own !== null) await eraseOrphans(here, [own]);
}

/** A hold that moved on to a third school: the sender's copy is the same. */
export async function passOnSent(
  tx: TownTx,
  home: SchoolId | null,
  { from, to }: { readonly from: HeldThere; readonly to: HeldThere },
): Promise<void> {
  if (home === null || home === to.school) return;
  const own = home === from.school ? from.message : await ownCopyOf(await tx.in(home), from);
  if (own !== null) await noteOne(tx, home, { own, there: to });
}
