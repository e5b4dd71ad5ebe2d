import type { SentLetters } from './contract.ts';
import { ownLetter, type SentParts } from './parts.ts';
import { recall, recallFate } from './recall.ts';

/** What becomes of letters after they were sent. Each act asks first whose letter it is. */
export function openSent(parts: SentParts): SentLetters {
  return {
    async fate(viewer, mailbox, uid) {
      const letter = await parts.store.read(viewer.school, (tx) =>
        ownLetter(tx, viewer, { mailbox, uid }),
      );
      return letter && { recall: recallFate(viewer, letter) };
    },
    recall: (viewer, mailbox, uid) => recall(parts, viewer, { mailbox, uid }),
  };
}
