import type { MailboxId } from '../../../ground/ids.ts';
import type { RoomVisit, Viewer } from '../../../rules/viewer.ts';
import type { Batch, Criterion, ThreadSource, UidSet } from '../../../store/mail/contract.ts';
import { fetchBatch } from '../../../store/mail/fetching.ts';
import { changedSince, expungedSince, uidsFrom } from '../../../store/mail/mailbox-view.ts';
import { findUids, threadSources, type SearchIn } from '../../../store/mail/searching.ts';
import { after, rangesOf } from '../../../store/mail/uid-set.ts';
import type { SchoolTx } from '../../../store/store.ts';
import type { MailboxChanges, OpenMailbox, SearchResult } from '../contract/opened.ts';
import type { Sections } from '../contract/sections.ts';
import type { Seer } from '../contract/seer.ts';
import type { FetchWish, SearchWish, SectionsWish } from '../contract/wishes.ts';
import { leavesOf, searchIn } from '../finding.ts';
import { FIRST_BATCH_ROWS } from '../limits.ts';
import type { OpenedParts } from '../opened.ts';
import { sectionsFrom } from '../sections.ts';
import { atBoard, flagsFor, seenPlaces, type SeenPlaces, type ShownBoard } from './at-board.ts';

/**
 * By its path or its id. Nothing of it is kept for the next one who opens it: views are shared by
 * all sessions of a process, and what is unseen is each reader's own.
 */
export function open(
  parts: OpenedParts,
  viewer: Seer,
  board: string | MailboxId,
): Promise<OpenMailbox | null> {
  return atBoard({ parts, viewer }, board, async (tx, shown) => {
    const { unseen } = await seenPlaces(tx, shown, viewer);
    return {
      mailbox: shown.mailbox,
      viewer,
      uids: Uint32Array.from(await uidsFrom(tx, shown.row.id, 0)),
      modseq: shown.row.modseq,
      firstUnseen: unseen[0] ?? null,
      keywords: [],
      permanentFlags: ['\\Seen'],
      readOnly: true,
    };
  });
}

export function since(
  { parts, viewer }: RoomVisit<OpenedParts>,
  board: MailboxId,
  modseq: number,
): Promise<MailboxChanges | null> {
  return atBoard({ parts, viewer }, board, async (tx, shown) => {
    const { id } = shown.row;
    const { seen } = await seenPlaces(tx, shown, viewer);
    const changed = await changedSince(tx, id, { modseq, newFrom: 0, flags: true });
    return {
      mailbox: shown.mailbox,
      uids: Uint32Array.from(await uidsFrom(tx, id, 0)),
      modseq: shown.row.modseq,
      changed: { ...changed, flags: flagsFor(changed, seen) },
      vanished: await expungedSince(tx, id, modseq),
      keywords: [],
    };
  });
}

/** Rows in batches; a board asks who reads it before each. */
export async function* fetch(
  { parts, viewer }: RoomVisit<OpenedParts>,
  board: MailboxId,
  { uids, columns }: FetchWish,
): AsyncGenerator<Batch> {
  for (let rest = uids; rest.length > 0;) {
    const batch = await atBoard({ parts, viewer }, board, (tx, shown) =>
      batchFor(tx, { shown, viewer, texts: parts.texts }, { uids: rest, columns }),
    );
    if (!batch || batch.uids.length === 0) return;
    yield batch;
    rest = after(rest, batch.uids.at(-1) ?? Infinity);
  }
}

/** A board as it is shown to somebody. */
interface ShownTo {
  readonly shown: ShownBoard;
  readonly viewer: Viewer;
  readonly texts: OpenedParts['texts'];
}

/** The first rows of a set, with the flags that they have for this reader. */
async function batchFor(
  tx: SchoolTx,
  { shown, viewer, texts }: ShownTo,
  { uids, columns }: FetchWish,
): Promise<Batch | null> {
  const batch = await fetchBatch(
    tx,
    { mailbox: shown.row.id, owner: null },
    { uids, columns, limit: FIRST_BATCH_ROWS, changedSince: null, texts, heard: () => undefined },
  );
  if (!batch || !columns.flags) return batch;
  const { seen } = await seenPlaces(tx, shown, viewer);
  return { ...batch, flags: flagsFor(batch, seen) };
}

/** Whether it is theirs to read is asked once, before the first. */
export async function* sections(
  { parts, viewer }: RoomVisit<OpenedParts>,
  board: MailboxId,
  { uids, wishes }: SectionsWish,
): AsyncGenerator<Sections> {
  const school = await atBoard({ parts, viewer }, board, (tx) => Promise.resolve(tx.school));
  if (school === null) return;
  const mayRead = (): Promise<boolean> => Promise.resolve(true);
  const source = { store: parts.store, school, mailbox: board, mayRead };
  yield* sectionsFrom(source, uids, wishes);
}

export function search(
  { parts, viewer }: RoomVisit<OpenedParts>,
  board: MailboxId,
  { what, order = [] }: SearchWish,
): Promise<SearchResult | null> {
  return atBoard({ parts, viewer }, board, async (tx, shown) =>
    findUids(
      tx,
      { what, order },
      await searchOn(tx, { shown, viewer }, { what, now: parts.clock() }),
    ),
  );
}

export function threads(
  { parts, viewer }: RoomVisit<OpenedParts>,
  board: MailboxId,
  what: Criterion,
): Promise<readonly ThreadSource[] | null> {
  return atBoard({ parts, viewer }, board, async (tx, shown) =>
    threadSources(tx, what, await searchOn(tx, { shown, viewer }, { what, now: parts.clock() })),
  );
}

async function searchOn(
  tx: SchoolTx,
  { shown, viewer }: Pick<ShownTo, 'shown' | 'viewer'>,
  { what, now }: { readonly what: Criterion; readonly now: Date },
): Promise<SearchIn> {
  const answers = seenAnswers(what, await seenPlaces(tx, shown, viewer));
  return searchIn(tx, shown.row, { what, now, answers });
}

/** What SEEN and UNSEEN mean for this reader; the rows of the board know nothing of it. */
function seenAnswers(what: Criterion, { seen, unseen }: SeenPlaces): SearchIn['answers'] {
  const answers = new Map<Criterion, UidSet>();
  for (const one of leavesOf(what))
    if (one.kind === 'flag' && one.flag.toLowerCase() === '\\seen')
      answers.set(one, rangesOf(one.set ? seen : unseen));
  return answers;
}
