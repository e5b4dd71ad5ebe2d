import type { MailboxId } from '../../../ground/ids.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import { placesOn } from '../../../store/boards/board-mailboxes.ts';
import { markSeen, markUnseen } from '../../../store/boards/seen.ts';
import { copySet } from '../../../store/mail/carrying.ts';
import type { UidSet } from '../../../store/mail/contract.ts';
import { changeFlags } from '../../../store/mail/flags.ts';
import { rangesOf } from '../../../store/mail/uid-set.ts';
import { lacks } from '../access.ts';
import { act, requireRoom } from '../acts.ts';
import type { CopiedUids, FlagChange, FlagsChanged } from '../contract/changes.ts';
import type { Seer } from '../contract/seer.ts';
import type { MailboxOutcome, MailboxStop, Right } from '../contract/stop.ts';
import { splitFlags } from '../keywords.ts';
import { rightFor, type OpenedParts } from '../opened.ts';
import { done, type MailboxParts } from '../parts.ts';
import { atBoard, seenPlaces } from './at-board.ts';
import { fetch } from './reading.ts';

/** What a board's readers may not do, as in any mailbox where they have `lrs`. */
export async function refused(
  parts: MailboxParts,
  viewer: Viewer,
  board: string | MailboxId,
  right: Right,
): Promise<MailboxStop> {
  const isTheirs = await atBoard(parts, viewer, board, () => Promise.resolve(true));
  return isTheirs === null ? { kind: 'nonexistent' } : { kind: 'no-permission', right };
}

/** Sets \Seen or takes it away, for this reader alone; other flags are what they are for all. */
export async function store(
  parts: OpenedParts,
  viewer: Viewer,
  board: MailboxId,
  change: FlagChange,
): Promise<MailboxOutcome<FlagsChanged>> {
  const { system, keywords } = splitFlags(change.flags, []);
  const namesSeen = system.includes('\\Seen');
  const isCleared = change.change === 'set' && system.length + keywords.length === 0;
  if (!namesSeen && !isCleared)
    return refused(parts, viewer, board, rightFor(system[0] ?? keywords[0] ?? ''));
  const isSeen = change.change !== 'remove' && namesSeen;
  const before = await atBoard(parts, viewer, board, async (tx, { row }) => ({
    modseq: row.modseq,
    places: (await placesOn(tx, row.id, viewer.addressId)).filter(({ uid }) =>
      change.uids.some(({ from, to }) => from <= uid && uid <= to),
    ),
  }));
  if (before === null) return { kind: 'nonexistent' };
  const others = before.places.filter((one) => one.isSeen !== isSeen);
  if (others.length > 0)
    await parts.store.write(viewer.school, (tx) =>
      isSeen
        ? markSeen(tx, viewer.addressId, others, parts.clock())
        : markUnseen(
            tx,
            viewer.addressId,
            others.map(({ id }) => id),
          ),
    );
  const now = { uids: [] as number[], flags: [] as string[], modseqs: [] as number[] };
  const columns = { flags: true, modseq: true };
  const asked = rangesOf(before.places.map(({ uid }) => uid));
  for await (const { uids, flags, modseqs } of fetch(parts, viewer, board, asked, columns)) {
    now.uids.push(...uids);
    now.flags.push(...flags);
    now.modseqs.push(...modseqs);
  }
  return done({
    modseq: before.modseq,
    now,
    changed: new Set(others.map(({ uid }) => uid)),
    modified: [],
    keywords: [],
  });
}

/**
 * From a board to a mailbox of one's own: what one may read one may keep (RFC 4314 §4 COPY). Seen
 * there is what this reader has seen.
 */
export async function copyFrom(
  parts: MailboxParts,
  viewer: Seer,
  board: MailboxId,
  uids: UidSet,
  to: MailboxId,
): Promise<MailboxOutcome<CopiedUids>> {
  const places = await atBoard(parts, viewer, board, (tx, shown) => seenPlaces(tx, shown, viewer));
  if (places === null) return { kind: 'nonexistent' };
  return act(parts, viewer, [to], async (tx, all): Promise<MailboxOutcome<CopiedUids>> => {
    const target = all.get(to);
    const stop = lacks(target, viewer, 'i');
    if (!target || stop) return stop ?? { kind: 'nonexistent' };
    const carried = await copySet(tx, board, uids, to);
    await requireRoom(tx, target.owner, carried.to.length);
    const seen = carried.to.filter((_, at) => places.seen.has(carried.from[at] ?? 0));
    if (seen.length > 0) await changeFlags(tx, to, rangesOf(seen), { seen: true }, null);
    return done({ uidValidity: target.uidValidity, from: carried.from, to: carried.to });
  });
}
