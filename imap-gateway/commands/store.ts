import type { FlagsChanged } from '../../core/mail/mailboxes/contract/changes.ts';
import { bad, no, ok, replyToStop } from '../responses.ts';
import { flagsText } from '../selected.ts';
import type { ImapSession } from '../session.ts';
import { flagsOf } from '../tell.ts';
import { numberOf, resolve } from '../view.ts';
import type { CommandOf } from '../wire/command.ts';
import { setOf } from '../wire/ranges.ts';
import { enableCondstore, NO_MODSEQ } from './enable.ts';
import { SELECTED, type Handler } from './handler.ts';
import { changeFlags } from './own-change.ts';

/** RFC 9051 §6.4.6, with UNCHANGEDSINCE (RFC 7162 §3.1.3). */
export const store: Handler<'STORE'> = {
  states: SELECTED,
  tells: ({ byUid }) => (byUid ? 'news' : 'no-expunge'),
  async run(session, command) {
    const { byUid, change, flags, unchangedSince } = command;
    const { keepsFlags, hasModseq, view, saved } = session.box;
    if (!keepsFlags) return no('read-only', session.me);
    if (unchangedSince !== null && !hasModseq) return bad(NO_MODSEQ);
    const uids = resolve(view, command.set, { byUid, saved });
    if (!uids) return bad('There is no such message');
    if (unchangedSince !== null) enableCondstore(session);
    if (uids.length === 0) return ok('STORE done');
    const stored = await changeFlags(session, { uids, change, flags, unchangedSince });
    if (stored.kind !== 'done') return replyToStop(stored, session.me);
    const { modified, keywords } = stored.value;
    writeNewKeywords(session, keywords);
    await writeNow(session, command, stored.value);
    return ok(
      'STORE done',
      modified.length > 0 ? `MODIFIED ${numbersOf(session, command, modified)}` : null,
    );
  },
};

/** A keyword must be known before a message has it (RFC 9051 §7.3.5). */
function writeNewKeywords(session: ImapSession, keywords: readonly string[]): void {
  if (keywords.every((keyword) => session.box.keywords.includes(keyword))) return;
  session.box.keywords = keywords;
  session.untagged(`FLAGS (${flagsText(keywords)})`);
}

/**
 * The flags as they are now; with .SILENT only UID and MODSEQ, and only after CONDSTORE (RFC 7162
 * §3.1.3, §3.2.4).
 */
async function writeNow(
  session: ImapSession,
  { silent, byUid }: CommandOf<'STORE'>,
  { now, changed }: FlagsChanged,
): Promise<void> {
  const { view } = session.box;
  if (silent && !(session.enabled.condstore && session.box.hasModseq)) return;
  for (const [row, uid] of now.uids.entries()) {
    const number = numberOf(view.uids, uid);
    const modseq = now.modseqs[row] ?? 0;
    if (number === 0 || (silent && !changed.has(uid))) continue;
    const flags = now.flags[row] ?? '';
    session.untagged(
      silent
        ? `${number} FETCH (UID ${uid} MODSEQ (${modseq}))`
        : flagsOf(session, { number, uid, flags, modseq, byUid }),
    );
    if (session.output.isFull) await session.room();
  }
}

/** MODIFIED names them as the command did: by sequence number or by UID. */
function numbersOf(
  { box }: ImapSession,
  { byUid }: CommandOf<'STORE'>,
  uids: readonly number[],
): string {
  return setOf(
    byUid ? uids : uids.map((uid) => numberOf(box.view.uids, uid)).filter((number) => number > 0),
  );
}
