import { openFaces } from '../../directory/faces.ts';
import type { AddressId, MessageId, SchoolId } from '../../ground/ids.ts';
import type { RoomVisit, Face, Viewer } from '../../rules/viewer.ts';
import { waitingOfWriter, waitsElsewhere } from '../../store/mail/held-elsewhere.ts';
import { waitingNamed, type WaitingNamed } from '../../store/mail/holds.ts';
import type { SentLetter } from '../../store/mail/sent-letters.ts';
import { withdrawWaiting } from '../delivery/holding/withdraw.ts';
import { deciders } from '../delivery/judging/asking.ts';
import { tellDeciders } from '../delivery/telling/tell-deciders.ts';
import type { OwnHeld, StillHeld } from './contract.ts';
import { ownLetter, type At, type SentParts } from './parts.ts';

/** For whom a letter still waits, since when and for whose word; null where it waits for nobody. */
export async function stillHeld(
  parts: SentParts,
  viewer: Viewer,
  letter: Pick<SentLetter, 'message'>,
): Promise<StillHeld | null> {
  const waiting = await waitingAnywhere(parts, viewer, letter);
  const [first] = waiting;
  if (!first) return null;
  const named = new Set(waiting.map((one) => one.named));
  const asked = new Set(await askedAbout(parts, viewer, waiting));
  const entries = await parts.directory.byId([...named, ...asked], { maxAgeMs: 1_000 });
  const faces = await openFaces(parts.directory, viewer, {
    addresses: [...entries.values()].map(({ address }) => address),
    ids: [],
    now: parts.clock(),
  });
  const facesOf = (ids: ReadonlySet<AddressId>): Face[] =>
    [...ids].flatMap((id) => faces.known(entries.get(id)?.address ?? '') ?? []);
  return {
    to: facesOf(named),
    by: facesOf(asked),
    isOwn: waiting.some(({ decider }) => decider === 'writer'),
    brings: waiting.every(({ isOnRoad }) => isOnRoad) ? first.until : null,
    since: waiting.reduce((least, { since }) => (since < least ? since : least), first.since),
  };
}

type Waiting = WaitingNamed & { readonly school: SchoolId };

/**
 * Whose word it waits for by now: of a class, whoever it has been put before. Of another school a
 * child knows the teachers of the class that theirs is linked with, and not the head.
 */
async function askedAbout(
  { directory, clock }: SentParts,
  { addressId: own, school: home, role }: Viewer,
  waiting: readonly Waiting[],
): Promise<AddressId[]> {
  const rosters = await directory.rosters(
    waiting.map(({ school }) => school),
    { maxAgeMs: 1_000 },
  );
  return waiting.flatMap(({ school, named: recipient, ...hold }) => {
    const roster = rosters.get(school);
    if (!roster) return [];
    const isUnknown = hold.asked === 2 && role === 'pupil' && school !== home;
    const asked = isUnknown ? 1 : hold.asked;
    return deciders(roster, { ...hold, asked, recipient }, { writer: own, now: clock() });
  });
}

/** In the writer's own school, and in those that hold it besides. */
function waitingAnywhere(
  { store }: SentParts,
  { school: home }: Viewer,
  { message }: Pick<SentLetter, 'message'>,
): Promise<Waiting[]> {
  return store.readTown(async (tx) => {
    const here = await tx.in(home);
    const waiting = (await waitingNamed(here, message)).map((one) => ({ ...one, school: home }));
    for (const { school, message: there } of await waitsElsewhere(here, message)) {
      const found = await waitingNamed(await tx.in(school), there);
      waiting.push(...found.map((one) => ({ ...one, school })));
    }
    return waiting;
  });
}

/** Letters of one writer that a page shows; the oldest first. */
const MAX_WAITING = 50;

/** What the viewer wrote and what still waits, with or without a copy in Sent. */
export async function ownWaiting(parts: SentParts, viewer: Viewer): Promise<OwnHeld[]> {
  const letters = await parts.store.read(viewer.school, (tx) =>
    waitingOfWriter(tx, viewer.addressId, MAX_WAITING),
  );
  const own: OwnHeld[] = [];
  for (const { message, subject } of letters) {
    const held = await stillHeld(parts, viewer, { message });
    if (held !== null) own.push({ ...held, letter: message, subject });
  }
  return own;
}

/** Whether it is among what the viewer wrote and what still waits. */
async function isOwnWaiting(parts: SentParts, viewer: Viewer, letter: MessageId): Promise<boolean> {
  const { school, addressId } = viewer;
  const own = await parts.store.read(school, (tx) => waitingOfWriter(tx, addressId, MAX_WAITING));
  return own.some(({ message }) => message === letter);
}

/** Gives for how many it waited; 0 where nothing does any more, or it isn't theirs. */
export async function withdrawLetter(
  parts: SentParts,
  viewer: Viewer,
  message: MessageId,
): Promise<number> {
  return (await isOwnWaiting(parts, viewer, message)) ? takeBack(parts, viewer, { message }) : 0;
}

/** False where nothing of theirs waits for their own word, or they give no reason. */
export async function releaseLetter(
  { parts, viewer }: RoomVisit<SentParts>,
  letter: MessageId,
  reason: string,
): Promise<boolean> {
  const done = await parts.releaseOwn(viewer, letter, reason);
  if (done) parts.mailEvents.announce(viewer.school, [viewer.account]);
  return done;
}

/** Gives for how many it waited: 0 where nothing does any more, null where it isn't theirs. */
export async function withdraw(parts: SentParts, viewer: Viewer, at: At): Promise<number | null> {
  const letter = await parts.store.read(viewer.school, (tx) => ownLetter(tx, viewer, at));
  return letter && takeBack(parts, viewer, letter);
}

async function takeBack(
  parts: SentParts,
  viewer: Viewer,
  letter: Pick<SentLetter, 'message'>,
): Promise<number> {
  const { school: home, account, addressId: by } = viewer;
  const waited = await waitingAnywhere(parts, viewer, letter);
  const withdrawn = await parts.store.town((tx) =>
    withdrawWaiting(tx, { home, message: letter.message, by }),
  );
  if (withdrawn === 0) return 0;
  parts.mailEvents.announce(home, [account]);
  await tellDeciders(
    parts,
    waited.map(({ named, ...where }) => ({ ...where, recipient: named })),
  );
  return withdrawn;
}

/** False where nothing waits for their own word any more; null where it isn't theirs. */
export async function release(
  { parts, viewer }: RoomVisit<SentParts>,
  at: At,
  reason: string,
): Promise<boolean | null> {
  const letter = await parts.store.read(viewer.school, (tx) => ownLetter(tx, viewer, at));
  if (letter === null) return null;
  return releaseLetter({ parts, viewer }, letter.message, reason);
}
