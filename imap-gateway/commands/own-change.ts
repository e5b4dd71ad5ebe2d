import type { FlagChange, FlagsChanged } from '../../core/mail/mailboxes/contract/changes.ts';
import type { MailboxOutcome } from '../../core/mail/mailboxes/contract/stop.ts';
import type { SelectedMailbox } from '../selected.ts';
import type { ImapSession } from '../session.ts';

/**
 * A change of flags that this session makes itself, and is told of in its answer. Where it is the
 * next one after those that the session knows, there is nothing more to tell, and the event that it
 * announces is no news; else the store is looked at.
 */
export async function changeFlags(
  session: ImapSession,
  change: FlagChange,
): Promise<MailboxOutcome<FlagsChanged>> {
  const { box, isStale: hadNews } = session;
  session.isStale = false; // before the change: what changes from here on may be too late for it
  let knowsAll = false;
  try {
    const stored = await session.core.mailboxes.store(box.viewer, box.id, change);
    knowsAll = stored.kind === 'done' && advanceBy(box, stored.value);
    if (stored.kind === 'done' && !knowsAll) session.isStale = true;
    return stored;
  } finally {
    if (!knowsAll && hadNews) session.isStale = true;
  }
}

/**
 * False: somebody else's change came between. So too where no flag really changed and there is a
 * next one: it isn't its own.
 */
function advanceBy(box: SelectedMailbox, { modseq, changed }: FlagsChanged): boolean {
  const isNext = changed.size > 0 && modseq === box.view.modseq + 1;
  if (isNext) box.view = { ...box.view, modseq };
  return isNext || modseq <= box.view.modseq;
}
