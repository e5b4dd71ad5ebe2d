import { viewerOf } from '../../../directory/viewer-of.ts';
import type { MailboxId } from '../../../ground/ids.ts';
import type { RoomVisit } from '../../../rules/viewer.ts';
import { brought, noteBrought } from '../../../store/mail/brought.ts';
import { act, Undo } from '../acts.ts';
import { appendInto } from '../appending.ts';
import type { Seer } from '../contract/seer.ts';
import { fittingFlags } from '../keywords.ts';
import { done, type MailboxParts } from '../parts.ts';
import { asOfToday } from '../todays-reach.ts';
import type { BroughtMessage, OldMail } from './contract.ts';

export function openOldMail(parts: MailboxParts): OldMail {
  const { store, directory, clock } = parts;
  return {
    async owner(address) {
      const entry = (await directory.resolve([address], { maxAgeMs: 0 })).get(address);
      return entry?.kind === 'account'
        ? viewerOf(directory, { home: entry.school, addressId: entry.id }, clock())
        : null;
    },
    known: (viewer, sources) =>
      store.read(viewer.school, (tx) => brought(tx, viewer.account, sources)),
    bring: async (viewer, mailbox, messages) =>
      bring({ parts, viewer: await asOfToday(parts, viewer) }, mailbox, messages),
  };
}

/**
 * What is noted first is appended in the same transaction: of two that bring the same, one waits
 * and then finds it known. What is not appended is not noted either, or the next run would pass it
 * over. Keywords that have no place are left away: the message is worth more.
 */
function bring(
  { parts, viewer }: RoomVisit<MailboxParts, Seer>,
  mailbox: MailboxId,
  messages: readonly BroughtMessage[],
): ReturnType<OldMail['bring']> {
  return act({ parts, viewer }, { mailboxes: [mailbox] }, async (tx, seen) => {
    const fresh = await noteBrought(
      tx,
      viewer.account,
      messages.map(({ source }) => source),
    );
    const left = messages.filter(({ source }) => fresh.has(source.toString('hex')));
    const fitting = fittingFlags(
      left.map(({ flags }) => flags),
      seen.get(mailbox)?.keywords ?? [],
    );
    const appended = await appendInto(tx, {
      viewer,
      seen: seen.get(mailbox),
      messages: left.map((one, at) => ({ ...one, flags: fitting[at] ?? [] })),
      origin: 'brought',
    });
    if (appended.kind !== 'done') throw new Undo(appended);
    return done({ brought: left.length, known: messages.length - left.length });
  });
}
