/**
 * A mailbox's UIDs at a MODSEQ, kept once a process for all its sessions, and brought up to date by
 * what changed since: a SELECT of ten thousand messages costs a look at one row. What is kept only
 * saves work: each use compares MODSEQs in its transaction.
 */
import { LRUCache } from 'lru-cache';
import type { Uid } from '../../ground/ids.ts';
import type { UidSet } from '../../store/mail/contract.ts';
import type { SeenMailbox } from '../../store/mail/mailbox-access.ts';
import { expungedSince, firstUnseen, uidsFrom } from '../../store/mail/mailbox-view.ts';
import { updated } from '../../store/mail/uid-set.ts';
import type { SchoolTx } from '../../store/store.ts';
import { KEPT_STATES, KEPT_UIDS } from './limits.ts';

interface View {
  readonly modseq: number;
  readonly uidNext: number;
  /** Shared: nobody writes into it. */
  readonly uids: Uint32Array;
  /** Former states, the newest last: messages that came after a MODSEQ have at least this UID. */
  readonly before: readonly { readonly modseq: number; readonly uidNext: number }[];
  /** Looked for when first asked; undefined until then. */
  unseen: Uid | null | undefined;
}

export interface Views {
  /**
   * The view as of the mailbox's row, which was read in the same moment of the database
   * (`readMoment`).
   */
  at(tx: SchoolTx, seen: SeenMailbox): Promise<View>;
  firstUnseen(tx: SchoolTx, seen: SeenMailbox): Promise<Uid | null>;
}

/** So many UIDs of all mailboxes together stay in memory; the views used longest ago go first. */
export function openViews(): Views {
  const views = new LRUCache<string, View>({
    maxSize: KEPT_UIDS,
    sizeCalculation: ({ uids }) => uids.length + 1,
  });

  function remember(key: string, view: View): void {
    const old = views.get(key);
    if (old && old.modseq > view.modseq) return; // somebody has seen a later moment
    views.set(key, view);
  }

  async function at(tx: SchoolTx, seen: SeenMailbox): Promise<View> {
    const key = `${tx.school}/${seen.id}`;
    const known = views.get(key);
    if (known?.modseq === seen.modseq) return known;
    const view =
      (known && known.modseq < seen.modseq ? await next(tx, seen, known) : null) ??
      (await whole(tx, seen));
    remember(key, view);
    return view;
  }

  return {
    at,
    async firstUnseen(tx, seen) {
      if (seen.unseen === 0) return null;
      const view = await at(tx, seen);
      view.unseen ??= await firstUnseen(tx, seen.id);
      return view.unseen;
    },
  };
}

async function whole(tx: SchoolTx, seen: SeenMailbox): Promise<View> {
  return {
    modseq: seen.modseq,
    uidNext: seen.uidNext,
    uids: Uint32Array.from(await uidsFrom(tx, seen.id, 0)),
    before: [],
    unseen: undefined,
  };
}

/**
 * The view before it, less what was expunged, plus what came; null where that is not remembered, or
 * doesn't add up.
 */
async function next(tx: SchoolTx, seen: SeenMailbox, known: View): Promise<View | null> {
  if (known.modseq < seen.tombstonesFrom) return null;
  const added = seen.uidNext > known.uidNext ? await uidsFrom(tx, seen.id, known.uidNext) : [];
  const gone: UidSet =
    known.uids.length + added.length > seen.total
      ? await expungedSince(tx, seen.id, known.modseq)
      : [];
  const uids =
    added.length === 0 && gone.length === 0 ? known.uids : updated(known.uids, gone, added);
  if (uids.length !== seen.total) return null;
  const before = [...known.before, { modseq: known.modseq, uidNext: known.uidNext }].slice(
    -KEPT_STATES,
  );
  return { modseq: seen.modseq, uidNext: seen.uidNext, uids, before, unseen: undefined };
}

/** The first UID that a message which came after this MODSEQ can have; 0 where it isn't known. */
export function newFrom(view: View, modseq: number): number {
  return view.before.find((state) => state.modseq === modseq)?.uidNext ?? 0;
}
