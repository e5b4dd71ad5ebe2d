import { withdrawWaiting } from '../delivery/withdraw.ts';
import { openFaces } from '../directory/faces.ts';
import { waitsElsewhere } from '../store/mail/held-elsewhere.ts';
import { waitingNamed, type WaitingNamed } from '../store/mail/holds.ts';
import type { SentLetter } from '../store/mail/sent-letters.ts';
import type { Viewer } from '../viewer.ts';
import type { StillHeld } from './contract.ts';
import { ownLetter, type At, type SentParts } from './parts.ts';

/** For whom a letter still waits, and since when; null where it waits for nobody. */
export async function stillHeld(
  parts: SentParts,
  viewer: Viewer,
  letter: SentLetter,
): Promise<StillHeld | null> {
  const waiting = await waitingAnywhere(parts, viewer, letter);
  const [first] = waiting;
  if (!first) return null;
  const ids = [...new Set(waiting.map(({ named }) => named))];
  const entries = await parts.directory.byId(ids, { maxAgeMs: 1_000 });
  const addresses = [...entries.values()].map(({ address }) => address);
  const faces = await openFaces(parts.directory, viewer, {
    addresses,
    ids: [],
    now: parts.clock(),
  });
  return {
    to: addresses.flatMap((address) => faces.known(address) ?? []),
    since: waiting.reduce((least, { since }) => (since < least ? since : least), first.since),
  };
}

/** In the writer's own school, and in those that hold it besides. */
function waitingAnywhere(
  { store }: SentParts,
  { school: home }: Viewer,
  { message }: SentLetter,
): Promise<WaitingNamed[]> {
  return store.readTown(async (tx) => {
    const here = await tx.in(home);
    const waiting = await waitingNamed(here, message);
    for (const there of await waitsElsewhere(here, message))
      waiting.push(...(await waitingNamed(await tx.in(there.school), there.message)));
    return waiting;
  });
}

/** Gives for how many it waited: 0 where nothing does any more, null where it isn't theirs. */
export async function withdraw(parts: SentParts, viewer: Viewer, at: At): Promise<number | null> {
  const { school: home, account, addressId: by } = viewer;
  const withdrawn = await parts.store.town(async (tx) => {
    const letter = await ownLetter(await tx.in(home), viewer, at);
    return letter && withdrawWaiting(tx, { home, message: letter.message, by });
  });
  if (withdrawn) parts.mailEvents.announce(home, [account]);
  return withdrawn;
}
