import type { UidSet } from '../../core/store/mail/contract.ts';
import { planOf } from '../fetch-plan.ts';
import { writeMessages, type ChangedFlags } from '../fetch-write.ts';
import { bad, no, ok } from '../responses.ts';
import type { ImapSession } from '../session.ts';
import { countIn, resolve, uidsIn } from '../view.ts';
import type { CommandOf } from '../wire/command.ts';
import type { PartialRange } from '../wire/number-set.ts';
import { rangesOf, setOfRanges } from '../wire/ranges.ts';
import { enableCondstore, NO_MODSEQ } from './enable.ts';
import { SELECTED, type Handler } from './handler.ts';
import { changeFlags } from './own-change.ts';

/** What a client's UIDs mean where they may be gone: every number, `*` being the greatest. */
const EVERY = { uids: Uint32Array.of(0xff_ff_ff_ff), modseq: 0, hasGhosts: false };

/**
 * RFC 9051 §6.4.5, with CHANGEDSINCE and VANISHED (RFC 7162 §3.1.4.1, §3.2.6) and PARTIAL (RFC 9394
 * §3.2). Rows and bytes come from the store as the client takes them.
 */
export const fetch: Handler<'FETCH'> = {
  states: SELECTED,
  tells: ({ byUid }) => (byUid ? 'news' : 'no-expunge'),
  async run(session, command) {
    const { byUid, items, changedSince, vanished } = command;
    const { view, saved } = session.box;
    if (vanished && !(session.enabled.qresync && byUid && changedSince !== null))
      return bad('VANISHED is for UID FETCH with CHANGEDSINCE after ENABLE QRESYNC');
    const set = resolve(view, command.set, { byUid, saved });
    if (!set) return bad('There is no such message');
    const plan = planOf(items, {
      withUid: byUid || session.enabled.qresync,
      withModseq: changedSince !== null,
    });
    if (plan.columns.modseq && !session.box.hasModseq) return bad(NO_MODSEQ);
    if (plan.columns.modseq) enableCondstore(session);
    if (vanished) await writeVanished(session, command);
    const named = command.partial ? portionOf(uidsIn(view.uids, set), command.partial) : set;
    const wanted =
      plan.marksSeen && changedSince !== null
        ? await changedAmong(session, named, changedSince)
        : named;
    if (wanted.length === 0) return ok('FETCH done');
    const marked =
      plan.marksSeen && session.box.keepsFlags
        ? await markSeen(session, wanted)
        : new Map<number, string>();
    const told =
      marked.size > 0 && session.enabled.condstore && session.box.hasModseq
        ? planOf(items, { withUid: true, withModseq: true })
        : plan; // RFC 7162 §3.2.4
    const written = await writeMessages(session, told, { uids: wanted, changedSince, marked });
    if (written.unknownEncoding) return no('unknown-cte', session.me);
    const missing =
      changedSince === null && !byUid && written.messages < countIn(view.uids, wanted);
    // RFC 5530 §3
    return missing ? ok('FETCH done, but some are gone', 'EXPUNGEISSUED') : ok('FETCH done');
  },
};

/** RFC 7162 §3.2.6: of the UIDs asked for, those that are gone since; told before all else. */
async function writeVanished(
  session: ImapSession,
  { set, changedSince }: CommandOf<'FETCH'>,
): Promise<void> {
  const known = resolve(EVERY, set, { byUid: true, saved: session.box.saved });
  const changes = await session.core.mailboxes.resync(session.me, session.box.id, {
    modseq: changedSince ?? 0,
    known,
  });
  if (changes && changes.vanished.length > 0)
    session.untagged(`VANISHED (EARLIER) ${setOfRanges(changes.vanished)}`);
}

/** RFC 9394 §3.1: positions from 1, or both negative from the end. */
function portionOf(uids: Uint32Array, { from, to }: PartialRange): UidSet {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  return rangesOf(
    from > 0
      ? uids.subarray(low - 1, high)
      : uids.subarray(Math.max(0, uids.length + low), Math.max(0, uids.length + high + 1)),
  );
}

/** Which of them have changed: what isn't sent is not marked as read, which would change it. */
async function changedAmong(
  session: ImapSession,
  uids: UidSet,
  changedSince: number,
): Promise<UidSet> {
  const { id, viewer } = session.box;
  const changed: number[] = [];
  const asked = { uids, columns: { modseq: true }, changedSince } as const;
  for await (const batch of session.core.mailboxes.fetch(viewer, id, asked))
    changed.push(...batch.uids);
  return rangesOf(changed);
}

/** Sets \Seen before the bytes are read; without the right to, it stays as it is (RFC 4314 §4). */
async function markSeen(session: ImapSession, uids: UidSet): Promise<ChangedFlags> {
  const marked = await changeFlags(session, {
    uids,
    change: 'add',
    flags: ['\\Seen'],
    unchangedSince: null,
  });
  if (marked.kind !== 'done') return new Map();
  const { now, changed } = marked.value;
  return new Map(
    now.uids.flatMap((uid, row) =>
      changed.has(uid) ? [[uid, now.flags[row] ?? ''] as const] : [],
    ),
  );
}
