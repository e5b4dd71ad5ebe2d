import type { MailboxId, Uid } from '../../ground/ids.ts';
import type { RoomVisit } from '../../rules/viewer.ts';
import { acknowledge, acknowledged } from './acknowledge.ts';
import { awaitedUntil, awaitOpen, forgetOpen } from './awaited.ts';
import type { SentFate, SentLetters } from './contract.ts';
import { ownWaiting, release, releaseLetter, stillHeld, withdraw, withdrawLetter } from './held.ts';
import { ownLetter, type SentParts } from './parts.ts';
import { beforeItCame, readLately } from './read-first.ts';
import { readState } from './read-state.ts';
import { recall, recallFate } from './recall.ts';
import { remind } from './remind.ts';
import { stampsOf } from './stamps.ts';

/** What becomes of letters after they were sent. Each act asks first whose letter it is. */
export function openSent(parts: SentParts): SentLetters {
  return {
    fate: (viewer, mailbox, uid) => fate({ parts, viewer }, mailbox, uid),
    readLately: (viewer) => readLately(parts, viewer),
    stamps: (viewer) => stampsOf(parts, viewer),
    recall: (viewer, mailbox, uid) => recall(parts, viewer, { mailbox, uid }),
    withdraw: (viewer, mailbox, uid) => withdraw(parts, viewer, { mailbox, uid }),
    release: (viewer, { reason, ...ref }) => release({ parts, viewer }, ref, reason),
    waiting: (viewer) => ownWaiting(parts, viewer),
    withdrawLetter: (viewer, letter) => withdrawLetter(parts, viewer, letter),
    releaseLetter: (viewer, letter, reason) => releaseLetter({ parts, viewer }, letter, reason),
    remind: (viewer, mailbox, uid) => remind(parts, viewer, { mailbox, uid }),
    awaitAnswer: (viewer, { day, ...ref }) => awaitOpen({ parts, viewer }, ref, day),
    awaitNoMore: (viewer, mailbox, uid) => forgetOpen(parts, viewer, { mailbox, uid }),
    acknowledged: (viewer, mailbox, uid) => acknowledged(parts, viewer, { mailbox, uid }),
    acknowledge: (viewer, mailbox, uid) => acknowledge(parts, viewer, { mailbox, uid }),
  };
}

async function fate(
  { parts, viewer }: RoomVisit<SentParts>,
  mailbox: MailboxId,
  uid: Uid,
): Promise<SentFate | null> {
  const letter = await parts.store.read(viewer.school, (tx) =>
    ownLetter(tx, viewer, { mailbox, uid }),
  );
  if (letter === null) return null;
  return {
    recall: recallFate(viewer, letter),
    read: await readState(parts, viewer, letter),
    held: await stillHeld(parts, viewer, letter),
    awaited: await awaitedUntil(parts, viewer, letter),
    ...(await beforeItCame(parts, viewer, letter)),
  };
}
