import { NOBODY, type MailboxId, type SchoolId, type Uid } from '../../../ground/ids.ts';
import type { RoomVisit, Viewer } from '../../../rules/viewer.ts';
import {
  boardMailboxes,
  placesOn,
  type BoardMailbox,
} from '../../../store/boards/board-mailboxes.ts';
import type { FlagBatch } from '../../../store/mail/contract.ts';
import type { SchoolTx } from '../../../store/store.ts';
import { READER_RIGHTS } from '../access.ts';
import type { ListedMailbox } from '../contract/listed.ts';
import type { MailboxParts } from '../parts.ts';
import { namedBoards, type NamedBoard } from './named-boards.ts';

/** A board as one of its readers sees it. */
export interface ShownBoard {
  readonly school: SchoolId;
  readonly row: BoardMailbox;
  readonly mailbox: ListedMailbox;
}

/** Every board that somebody reads today and where something hangs or has hung. */
export async function shownBoards(
  parts: MailboxParts,
  viewer: Viewer,
): Promise<readonly ShownBoard[]> {
  const named = Map.groupBy(await namedBoards(parts, viewer), ({ school }) => school);
  const shown = [...named].map(([school, some]) =>
    parts.store.read(school, (tx) => shownIn(tx, viewer, some)),
  );
  return (await Promise.all(shown)).flat();
}

async function shownIn(
  tx: SchoolTx,
  viewer: Viewer,
  named: readonly NamedBoard[],
): Promise<readonly ShownBoard[]> {
  const rows = await boardMailboxes(tx, named, viewer.addressId);
  return named.flatMap(({ classId, readers, path }) =>
    rows
      .filter((row) => row.classId === classId && row.readers === readers)
      .map((row) => ({ school: tx.school, row, mailbox: listedOf(row, tx.school, path) })),
  );
}

/** RFC 7162 §3.1.2.2: a MODSEQ would be one for all who read it, and \Seen is each one's own. */
const NO_MODSEQ = 0;

function listedOf(
  { id, uidValidity, uidNext, total, unseen, bytes }: BoardMailbox,
  school: SchoolId,
  path: string,
): ListedMailbox {
  return {
    kind: 'mailbox',
    id,
    path,
    use: null,
    subscribed: true,
    hasChildren: false,
    rights: READER_RIGHTS,
    owner: null,
    news: { school, account: NOBODY },
    isOwn: false,
    objectId: `M${id}`,
    uidValidity,
    uidNext,
    highestModseq: NO_MODSEQ,
    total,
    unseen,
    bytes,
  };
}

/**
 * Looks at a board at one moment of the database; null where it isn't the viewer's to read today.
 * Asked anew each time: who has left the class an hour ago reads no more.
 */
export async function atBoard<T>(
  { parts, viewer }: RoomVisit<MailboxParts>,
  board: string | MailboxId,
  look: (tx: SchoolTx, shown: ShownBoard) => Promise<T>,
): Promise<T | null> {
  const all = await namedBoards(parts, viewer);
  const named = typeof board === 'string' ? all.filter(({ path }) => path === board) : all;
  // One of the home school comes first, and most boards are of that.
  for (const [school, some] of Map.groupBy(named, (one) => one.school)) {
    const found = await parts.store.readMoment(school, async (tx) => {
      const shown = (await shownIn(tx, viewer, some)).find(
        ({ mailbox }) => mailbox.id === board || mailbox.path === board,
      );
      return shown === undefined ? null : { seen: await look(tx, shown) };
    });
    if (found !== null) return found.seen;
  }
  return null;
}

/** What somebody has seen of a board, and what not, ascending. */
export interface SeenPlaces {
  readonly seen: ReadonlySet<number>;
  readonly unseen: readonly Uid[];
}

export async function seenPlaces(
  tx: SchoolTx,
  { row: { id } }: ShownBoard,
  viewer: Viewer,
): Promise<SeenPlaces> {
  const places = await placesOn(tx, id, viewer.addressId);
  const uidsOf = (some: typeof places): Uid[] => some.map(({ uid }) => uid);
  return {
    seen: new Set(uidsOf(places.filter(({ isSeen }) => isSeen))),
    unseen: uidsOf(places.filter(({ isSeen }) => !isSeen)),
  };
}

/** The flags of these messages for one reader: \Seen is theirs, \Flagged says what is pinned. */
export const flagsFor = (
  { uids, flags }: Pick<FlagBatch, 'uids' | 'flags'>,
  seen: ReadonlySet<number>,
): string[] =>
  flags.map((text, row) => (seen.has(uids[row] ?? 0) ? `${text} \\Seen`.trimStart() : text));
