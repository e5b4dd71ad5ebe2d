import type { MailboxChanges } from '../../core/mail/mailboxes/contract/opened.ts';
import { attributesOf } from '../list-names.ts';
import { bad, no, ok } from '../responses.ts';
import { flagsText, selectedFrom, type SelectedMailbox } from '../selected.ts';
import type { ImapSession } from '../session.ts';
import { writeFlags } from '../tell.ts';
import { numberOf, resolve } from '../view.ts';
import type { CommandOf, Resync } from '../wire/command.ts';
import { setOfRanges } from '../wire/ranges.ts';
import { mailboxList } from '../wire/write.ts';
import { SIGNED_IN, type Handler } from './handler.ts';

/** RFC 9051 §6.3.2 and §6.3.3, with CONDSTORE and QRESYNC (RFC 7162 §3.1.8, §3.2.5). */
export const select: Handler<'SELECT' | 'EXAMINE'> = {
  states: SIGNED_IN,
  tells: () => 'nothing',
  async run(session, command) {
    if (command.resync && !session.enabled.qresync)
      return bad('QRESYNC comes after ENABLE QRESYNC'); // RFC 7162 §3.2.5; what was selected stays
    // RFC 9051 §7.1
    if (session.selected) session.untagged('OK [CLOSED] The mailbox selected before is closed');
    session.select(null);
    session.isStale = false; // before opening: what changes from here on may be too late for it
    if (command.mailbox === null) return no('no-name', session.me);
    const opened = await session.core.mailboxes.open(session.me, command.mailbox);
    if (!opened) return no('no-mailbox', session.me);
    if (command.condstore || command.resync)
      session.enabled = { ...session.enabled, condstore: true };
    const selected = selectedFrom(opened, command.name);
    const changes = await missed(session, selected, command);
    if (changes) selected.view = { uids: changes.uids, modseq: changes.modseq, hasGhosts: false };
    session.select(selected);
    // Its owner's events are heard only from here on.
    if (!selected.mailbox.isOwn) session.isStale = true;
    writeState(session, selected, opened.firstUnseen);
    if (changes) await writeMissed(session, selected, changes);
    return ok(
      selected.readOnly ? 'Open read-only' : 'Open',
      selected.readOnly ? 'READ-ONLY' : 'READ-WRITE',
    );
  },
};

/**
 * What the client missed; null where it didn't ask, or knows another mailbox of that name, or where
 * there is nothing to count by (RFC 7162 §3.2.5.1).
 */
async function missed(
  session: ImapSession,
  { id, mailbox, view, hasModseq }: SelectedMailbox,
  { resync }: CommandOf<'SELECT' | 'EXAMINE'>,
): Promise<MailboxChanges | null> {
  if (!resync || !hasModseq || resync.uidValidity !== mailbox.uidValidity) return null;
  const known = resync.knownUids && resolveKnown(resync);
  return session.core.mailboxes.resync(session.me, id, {
    modseq: Math.min(resync.modseq, view.modseq),
    known,
  });
}

/** UIDs that the client remembers, whether or not they are still there. */
function resolveKnown({ knownUids }: Resync) {
  const EVERY = { uids: new Uint32Array([0xff_ff_ff_ff]), modseq: 0, hasGhosts: false };
  return knownUids && resolve(EVERY, knownUids, { byUid: true, saved: null });
}

/** RFC 9051 §6.3.2 (and RFC 3501 §6.3.1: RECENT, UNSEEN), RFC 7162 §3.1.2.1, RFC 8474 §4.2. */
function writeState(
  session: ImapSession,
  { view, keywords, permanentFlags, mailbox, hasModseq }: SelectedMailbox,
  firstUnseen: number | null,
): void {
  const { rev2 } = session.enabled;
  session.untagged(`FLAGS (${flagsText(keywords)})`);
  session.untagged(`${view.uids.length} EXISTS`);
  if (!rev2) session.untagged('0 RECENT');
  const unseen = firstUnseen === null ? 0 : numberOf(view.uids, firstUnseen);
  if (!rev2 && unseen > 0) session.untagged(`OK [UNSEEN ${unseen}] The first one not seen`);
  session.untagged(`OK [PERMANENTFLAGS (${permanentFlags.join(' ')})] Kept`);
  session.untagged(`OK [UIDVALIDITY ${mailbox.uidValidity}] UIDs are good`);
  session.untagged(
    `OK [UIDNEXT ${Math.max(mailbox.uidNext, (view.uids.at(-1) ?? 0) + 1)}] The next UID, at least`,
  );
  session.untagged(
    hasModseq
      ? `OK [HIGHESTMODSEQ ${view.modseq}] Highest`
      : 'OK [NOMODSEQ] \\Seen is by person here',
  );
  session.untagged(`OK [MAILBOXID (${mailbox.objectId})] The mailbox's own`);
  if (rev2)
    session.output.write(
      mailboxList('LIST', mailbox.path, {
        attributes: attributesOf(mailbox),
        utf8: session.intake.state.utf8,
      }),
    );
}

/** RFC 7162 §3.2.5.2: what is gone first, then what changed, with UID and MODSEQ. */
async function writeMissed(
  session: ImapSession,
  selected: SelectedMailbox,
  changes: MailboxChanges,
): Promise<void> {
  if (changes.vanished.length > 0)
    session.untagged(`VANISHED (EARLIER) ${setOfRanges(changes.vanished)}`);
  await writeFlags(session, selected, changes);
}
