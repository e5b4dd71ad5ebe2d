import type { Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import { RECALL_SECONDS, recallCopies, type SentLetter } from '../../store/mail/sent-letters.ts';
import { withdrawWaiting } from '../delivery/holding/withdraw.ts';
import type { RecallOutcome, RecallFate } from './contract.ts';
import { ownLetter, type At, type SentParts } from './parts.ts';

/** Whose letters may be recalled: a class's adults answer for what they wrote to it. */
const mayRecall = ({ role }: Viewer): boolean => role === 'teacher' || role === 'head';

export function recallFate(viewer: Viewer, letter: SentLetter): RecallFate {
  if (letter.recalled !== null) return { kind: 'recalled', ...letter.recalled };
  if (!mayRecall(viewer) || !letter.isFresh) return { kind: 'closed' };
  return {
    kind: 'open',
    until: new Date(letter.at.getTime() + RECALL_SECONDS * 1_000),
    elsewhere: letter.wentElsewhere,
  };
}

/** One transaction: whoever opens it at this moment either has read it, or never had it. */
export async function recall(parts: SentParts, viewer: Viewer, at: At): Promise<RecallOutcome> {
  if (!mayRecall(viewer)) return { kind: 'missing' };
  const { school: home, account, addressId: by } = viewer;
  const done = await parts.store.town(async (tx) => {
    const here = await tx.in(home);
    const letter = await ownLetter(here, viewer, at);
    if (letter === null) return { kind: 'missing' } as const;
    if (recallFate(viewer, letter).kind !== 'open') return { kind: 'too-late' } as const;
    await withdrawWaiting(tx, { home, message: letter.message, by });
    const back = await tx.in(home);
    const { taken, copies, read } = await recallCopies(back, letter, account);
    await writeAudit(back, by, 'recall', { copies, read });
    return { kind: 'recalled', taken, copies, read } as const;
  });
  if (done.kind !== 'recalled') return done;
  parts.mailEvents.announce(home, [account, ...done.taken]);
  return { kind: 'recalled', copies: done.copies, read: done.read };
}
