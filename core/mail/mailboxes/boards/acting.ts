import { Readable } from 'node:stream';
import type { MailboxId, Uid } from '../../../ground/ids.ts';
import type { Passage } from '../../../ground/passage.ts';
import type { RoomVisit } from '../../../rules/viewer.ts';
import { lettersOn, placesOn, type LetterOn } from '../../../store/boards/board-mailboxes.ts';
import { markSeen, markUnseen } from '../../../store/boards/seen.ts';
import { copySet } from '../../../store/mail/carrying.ts';
import { piecesOf } from '../../../store/mail/fetching.ts';
import { changeFlags } from '../../../store/mail/flags.ts';
import { rangesOf } from '../../../store/mail/uid-set.ts';
import { lacks } from '../access.ts';
import { act, requireRoom } from '../acts.ts';
import type { Mailboxes } from '../contract.ts';
import type { AppendRequest, CopiedUids, FlagChange, FlagsChanged } from '../contract/changes.ts';
import type { Seer } from '../contract/seer.ts';
import type { MailboxOutcome, MailboxStop, Right } from '../contract/stop.ts';
import type { UidsTo } from '../contract/wishes.ts';
import { splitFlags } from '../keywords.ts';
import { BROUGHT_BYTES, MAX_APPENDED } from '../limits.ts';
import { rightFor, type OpenedParts } from '../opened.ts';
import { done, type MailboxParts } from '../parts.ts';
import { groupsOf } from '../sections.ts';
import { atBoard, seenPlaces, type SeenPlaces } from './at-board.ts';
import { fetch } from './reading.ts';

/** What a board's readers may not do, as in any mailbox where they have `lrs`. */
export async function refused(
  { parts, viewer }: RoomVisit<MailboxParts>,
  board: string | MailboxId,
  right: Right,
): Promise<MailboxStop> {
  const isTheirs = await atBoard({ parts, viewer }, board, () => Promise.resolve(true));
  return isTheirs === null ? { kind: 'nonexistent' } : { kind: 'no-permission', right };
}

/** Sets \Seen or takes it away, for this reader alone; other flags are what they are for all. */
export async function store(
  { parts, viewer }: RoomVisit<OpenedParts>,
  board: MailboxId,
  change: FlagChange,
): Promise<MailboxOutcome<FlagsChanged>> {
  const { system, keywords } = splitFlags(change.flags, []);
  const namesSeen = system.includes('\\Seen');
  const isCleared = change.change === 'set' && system.length + keywords.length === 0;
  if (!namesSeen && !isCleared)
    return refused({ parts, viewer }, board, rightFor(system[0] ?? keywords[0] ?? ''));
  const isSeen = change.change !== 'remove' && namesSeen;
  const before = await atBoard({ parts, viewer }, board, async (tx, { school, row }) => ({
    school,
    modseq: row.modseq,
    places: (await placesOn(tx, row.id, viewer.addressId)).filter(({ uid }) =>
      change.uids.some(({ from, to }) => from <= uid && uid <= to),
    ),
  }));
  if (before === null) return { kind: 'nonexistent' };
  const others = before.places.filter((one) => one.isSeen !== isSeen);
  if (others.length > 0)
    await parts.store.write(before.school, (tx) =>
      isSeen
        ? markSeen(tx, viewer.addressId, { seen: others, now: parts.clock() })
        : markUnseen(
            tx,
            viewer.addressId,
            others.map(({ id }) => id),
          ),
    );
  const now: { uids: number[]; flags: string[]; modseqs: number[] } = {
    uids: [],
    flags: [],
    modseqs: [],
  };
  const columns = { flags: true, modseq: true };
  const wish = { uids: rangesOf(before.places.map(({ uid }) => uid)), columns };
  for await (const { uids, flags, modseqs } of fetch({ parts, viewer }, board, wish)) {
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

interface CopiedFrom extends UidsTo {
  readonly board: MailboxId;
  readonly bringing: Passage;
}

/**
 * From a board to a mailbox of one's own: what one may read one may keep (RFC 4314 §4 COPY). Seen
 * there is what this reader has seen. What hangs in another school is brought as letters are, by
 * one after another in a process.
 */
export async function copyFrom(
  { parts, viewer }: RoomVisit<MailboxParts, Seer>,
  mailboxes: Pick<Mailboxes, 'receive' | 'append'>,
  { board, uids, to, bringing }: CopiedFrom,
): Promise<MailboxOutcome<CopiedUids>> {
  const places = await atBoard({ parts, viewer }, board, async (tx, shown) => ({
    ...(await seenPlaces(tx, shown, viewer)),
    away:
      tx.school === viewer.school
        ? null
        : await lettersOn(tx, shown.row.id, { uids, limit: MAX_APPENDED + 1 }),
  }));
  if (places === null) return { kind: 'nonexistent' };
  const { away: letters, seen } = places;
  if (letters !== null)
    return bringing.pass(() => bring({ parts, viewer }, mailboxes, { letters, seen, board, to }));
  return act(
    { parts, viewer },
    { mailboxes: [to] },
    async (tx, all): Promise<MailboxOutcome<CopiedUids>> => {
      const target = all.get(to);
      const stop = lacks(target, viewer, 'i');
      if (!target || stop) return stop ?? { kind: 'nonexistent' };
      const carried = await copySet(tx, { from: board, uids, to });
      await requireRoom(tx, target.owner, carried.to.length);
      const read = carried.to.filter((_, at) => seen.has(carried.from[at] ?? 0));
      if (read.length > 0)
        await changeFlags(tx, to, {
          uids: rangesOf(read),
          flags: { seen: true },
          unchangedSince: null,
        });
      return done({ uidValidity: target.uidValidity, from: carried.from, to: carried.to });
    },
  );
}

/** Letters of another school, and which of them their reader has seen. */
interface Brought extends Pick<SeenPlaces, 'seen'> {
  readonly letters: readonly LetterOn[];
  readonly board: MailboxId;
  readonly to: MailboxId;
}

/**
 * As many of them are read as fit a turn, in that school, and asked for anew each time; all are
 * added in their reader's own, in one step.
 */
async function bring(
  { parts, viewer }: RoomVisit<MailboxParts, Seer>,
  mailboxes: Pick<Mailboxes, 'receive' | 'append'>,
  { letters, seen, board, to }: Brought,
): Promise<MailboxOutcome<CopiedUids>> {
  const stop = tooMuch(letters);
  if (stop) return stop;
  const all: AppendRequest[] = [];
  const from: Uid[] = [];
  for (const turn of groupsOf(letters)) {
    const pieces = turn.map(({ uid, bytes }) => ({ uid, start: 0, end: bytes }));
    const read = await atBoard({ parts, viewer }, board, (tx) => piecesOf(tx, board, pieces));
    if (read === null) return { kind: 'nonexistent' };
    for (const [at, raw] of read.entries()) {
      const letter = turn[at];
      if (!letter || raw === null) continue; // it was taken down meanwhile
      const received = await mailboxes.receive(viewer, Readable.from([raw]));
      if (received.kind !== 'done') return received;
      const flags = seen.has(letter.uid) ? ['\\Seen'] : [];
      all.push({ letter: received.value, flags, internalDate: letter.at });
      from.push(letter.uid);
    }
  }
  const added = await mailboxes.append(viewer, to, all);
  return added.kind === 'done' ? done({ ...added.value, from }) : added;
}

/** All that is brought is in memory before it is added. */
function tooMuch(letters: readonly LetterOn[]): MailboxStop | null {
  if (letters.length > MAX_APPENDED)
    return { kind: 'limit', what: 'messages', limit: MAX_APPENDED };
  const bytes = letters.reduce((sum, one) => sum + one.bytes, 0);
  return bytes > BROUGHT_BYTES ? { kind: 'too-big', limitBytes: BROUGHT_BYTES } : null;
}
