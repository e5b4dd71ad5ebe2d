import type { MailboxId } from '../../ground/ids.ts';
import type { RoomVisit } from '../../rules/viewer.ts';
import type { FlagBatch, UidSet } from '../../store/mail/contract.ts';
import { SYSTEM_FLAGS } from '../../store/mail/flag-columns.ts';
import { seenMailbox, type SeenMailbox } from '../../store/mail/mailbox-access.ts';
import { changedSince, expungedSince } from '../../store/mail/mailbox-view.ts';
import type { ReadyTexts } from '../../store/mail/ready-texts.ts';
import { common, missing } from '../../store/mail/uid-set.ts';
import type { SchoolTx } from '../../store/store.ts';
import { rightsOf } from './access.ts';
import type { MailboxChanges, OpenMailbox } from './contract/opened.ts';
import type { Seer } from './contract/seer.ts';
import { spotAt, type Spot } from './names.ts';
import { toldMailbox, type MailboxParts } from './parts.ts';
import { newFrom, type Views } from './views.ts';

/** What a process keeps of what it has read. */
export interface OpenedParts extends MailboxParts {
  readonly views: Views;
  readonly texts: ReadyTexts;
}

const NOTHING: FlagBatch = { uids: [], flags: [], modseqs: [] };

export function open(
  { store, views }: OpenedParts,
  viewer: Seer,
  which: string | MailboxId,
): Promise<OpenMailbox | null> {
  return store.readMoment(viewer.school, async (tx) => {
    const spot =
      typeof which === 'string' ? await spotAt(tx, viewer, which) : await spotOf(tx, viewer, which);
    if (!spot?.mailbox.rights.includes('r')) return null;
    const { seen, mailbox } = spot;
    const { uids, modseq } = await views.at(tx, seen);
    const permanentFlags = permanentOf(seen, viewer);
    return {
      mailbox,
      viewer,
      uids,
      modseq,
      firstUnseen: await views.firstUnseen(tx, seen),
      keywords: seen.keywords,
      permanentFlags,
      readOnly: permanentFlags.length === 0 && !/[ie]/.test(mailbox.rights),
    };
  });
}

async function spotOf(tx: SchoolTx, viewer: Seer, mailbox: MailboxId): Promise<Spot | null> {
  const seen = await seenMailbox(tx, viewer.account, mailbox);
  return seen && { seen, mailbox: await toldMailbox(tx, viewer, seen) };
}

/** Only what the viewer may read. */
export async function readable(
  tx: SchoolTx,
  viewer: Seer,
  mailbox: MailboxId,
): Promise<SeenMailbox | null> {
  const seen = await seenMailbox(tx, viewer.account, mailbox);
  return seen && rightsOf(seen, viewer).includes('r') ? seen : null;
}

/** RFC 4314 §4 (PERMANENTFLAGS): `s` is for \Seen, `t` for \Deleted, `w` for all others. */
function permanentOf(seen: SeenMailbox, viewer: Seer): string[] {
  const rights = rightsOf(seen, viewer);
  const system = SYSTEM_FLAGS.filter((flag) => rights.includes(rightFor(flag)));
  return rights.includes('w') ? [...system, ...seen.keywords, '\\*'] : system;
}

/** The right that changes a flag. */
export function rightFor(flag: string): 's' | 't' | 'w' {
  if (flag === '\\Seen') return 's';
  return flag === '\\Deleted' ? 't' : 'w';
}

export function since(
  { parts, viewer }: RoomVisit<OpenedParts, Seer>,
  mailbox: MailboxId,
  modseq: number,
): Promise<MailboxChanges | null> {
  return resync({ parts, viewer }, mailbox, { modseq, known: null });
}

export function resync(
  { parts: { store, views }, viewer }: RoomVisit<OpenedParts, Seer>,
  mailbox: MailboxId,
  from: { readonly modseq: number; readonly known: UidSet | null },
): Promise<MailboxChanges | null> {
  return store.readMoment(viewer.school, async (tx) => {
    const seen = await readable(tx, viewer, mailbox);
    if (!seen) return null;
    const view = await views.at(tx, seen);
    const told = {
      mailbox: await toldMailbox(tx, viewer, seen),
      uids: view.uids,
      modseq: view.modseq,
      keywords: seen.keywords,
    };
    if (from.modseq >= seen.modseq) return { ...told, changed: NOTHING, vanished: [] };
    const changed = await changedSince(tx, mailbox, {
      modseq: from.modseq,
      newFrom: newFrom(view, from.modseq),
      flags: seen.flagsModseq > from.modseq,
    });
    const remembered = from.modseq >= seen.tombstonesFrom;
    const vanished = remembered
      ? await expungedSince(tx, mailbox, from.modseq)
      : missing(view.uids, seen.uidNext);
    return from.known === null
      ? { ...told, changed, vanished }
      : { ...told, changed: within(changed, from.known), vanished: common(vanished, from.known) };
  });
}

/** Rows of a batch whose UID is in a set. */
function within({ uids, flags, modseqs }: FlagBatch, set: UidSet): FlagBatch {
  let range = 0;
  const indexes = uids.flatMap((uid, index) => {
    while (range < set.length && (set[range]?.to ?? 0) < uid) range++;
    return (set[range]?.from ?? Infinity) <= uid ? [index] : [];
  });
  return {
    uids: indexes.map((index) => uids[index] ?? 0),
    flags: indexes.map((index) => flags[index] ?? ''),
    modseqs: indexes.map((index) => modseqs[index] ?? 0),
  };
}
