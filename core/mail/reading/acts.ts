import type { AccountId, MailboxId, MessageId, Uid } from '../../ground/ids.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { moveSet } from '../../store/mail/carrying.ts';
import type { ActChange, Mailbox, SpecialUse } from '../../store/mail/contract.ts';
import { lockMailbox, setOf } from '../../store/mail/entries.ts';
import { eraseEntries } from '../../store/mail/erasing.ts';
import { changeFlags } from '../../store/mail/flags.ts';
import { actNamed, dropAct, keepAct } from '../../store/mail/last-act.ts';
import { uidsOfConversations } from '../../store/mail/list-page.ts';
import { belongingOf, placesOf, uidsBelow } from '../../store/mail/listing.ts';
import type { SchoolTx } from '../../store/store.ts';
import { throwingAwayTold, waitOnceMore } from '../delivery/holding/withdraw.ts';
import type { MailActOutcome, Deed, MessageSelection, PutOffOutcome } from './contract.ts';
import {
  bringBackNow,
  giveHoursAgain,
  hoursElsewhere,
  laterTrouble,
  putOffIn,
  TooManyPutOff,
  tomorrowMorning,
} from './later.ts';
import type { ReadingParts } from './rows.ts';

/** One act never touches more messages than this: a whole mailbox of ten years. */
const MAX_ACTED = 10_000;
/** How long an act can be taken back: the toast stays for ten seconds, its page may stay longer. */
const UNDO_MS = 10 * 60_000;

/** What a deed makes of a flag. */
const FLAGS = {
  seen: { flag: 'seen', to: true },
  unseen: { flag: 'seen', to: false },
  flagged: { flag: 'flagged', to: true },
  unflagged: { flag: 'flagged', to: false },
} as const;
/** Of a conversation its newest message alone becomes unread, or is kept. */
const NEWEST_ALONE: ReadonlySet<Deed['kind']> = new Set(['unseen', 'flagged']);

/** Does one thing with all that was chosen, in one transaction; null where nothing is there. */
export async function act(
  { parts: { store, mailEvents, clock }, viewer }: RoomVisit<ReadingParts>,
  selected: MessageSelection,
  deed: Deed,
): Promise<MailActOutcome | null> {
  const acted = await throwingAwayTold(store, viewer, {
    change: (tx) => carryOut(tx, viewer, { selected, deed, now: clock() }),
    settle: async (tx, done, letters) =>
      done && kept(tx, viewer, { ...done, letters, deed: deed.kind, at: clock() }),
  });
  if (acted !== null) mailEvents.announce(viewer.school, [viewer.account]);
  return acted;
}

/** The same with what is to come back at an hour. */
export async function putOff(
  { parts, viewer }: RoomVisit<ReadingParts>,
  selected: MessageSelection,
  until: Date,
): Promise<PutOffOutcome> {
  const trouble = laterTrouble(until, parts.clock());
  if (trouble !== null) return { kind: trouble };
  if (viewer.role === 'pupil') return { kind: 'nothing' };
  try {
    const acted = await act({ parts, viewer }, selected, { kind: 'put-off', until });
    return acted === null ? { kind: 'nothing' } : { kind: 'done', acted };
  } catch (error) {
    if (error instanceof TooManyPutOff) return { kind: 'too-many' };
    throw error;
  }
}

interface CarriedOut extends Pick<MailActOutcome, 'rows' | 'by'> {
  readonly changes: readonly ActChange[];
}

/** What is done to which messages, and when. */
interface SelectedDeed {
  readonly selected: MessageSelection;
  readonly deed: Deed;
  readonly now: Date;
}

async function carryOut(
  tx: SchoolTx,
  viewer: Viewer,
  { selected, deed, now }: SelectedDeed,
): Promise<CarriedOut | null> {
  const mailboxes = await placesOf(tx, viewer.account);
  const chosen = await chosenUids(tx, mailboxes, selected);
  const rows = chosen.reduce((sum, { uids }) => sum + uids.length, 0);
  if (rows === 0) return null;
  const by = selected.which.kind === 'all' ? 'message' : selected.by;
  const changes: ActChange[] = [];
  for (const { mailbox, uids } of chosen) {
    const whole =
      by === 'message' || NEWEST_ALONE.has(deed.kind)
        ? uids
        : await uidsOfConversations(tx, mailbox, uids);
    changes.push(...(await change(tx, { viewer, mailbox, uids: whole, mailboxes, now }, deed)));
  }
  return deed.kind !== 'erase' && changes.length === 0 ? null : { changes, rows, by };
}

interface DoneDeed extends CarriedOut {
  readonly letters: readonly MessageId[];
  readonly deed: Deed['kind'];
  readonly at: Date;
}

/** What was done is kept, so that it can be taken back; what is gone for good can't be. */
async function kept(tx: SchoolTx, { account }: Viewer, done: DoneDeed): Promise<MailActOutcome> {
  const { changes, rows, by, letters, deed, at } = done;
  if (deed === 'erase') {
    await dropAct(tx, account);
    return { id: null, deed, to: null, until: null, rows, by, withdrawn: letters.length };
  }
  const withdrawn: ActChange[] = letters.length === 0 ? [] : [{ kind: 'withdrawn', letters }];
  const id = await keepAct(tx, account, {
    deed,
    by,
    rows,
    changes: [...changes, ...withdrawn],
    at,
  });
  return { id, deed, ...targetOf(changes), rows, by, withdrawn: letters.length };
}

/** What was chosen, mailbox by mailbox, of this account's own. */
async function chosenUids(
  tx: SchoolTx,
  mailboxes: readonly Mailbox[],
  { which }: MessageSelection,
): Promise<{ readonly mailbox: MailboxId; readonly uids: readonly Uid[] }[]> {
  const own = new Set(mailboxes.map(({ id }) => id));
  if (which.kind === 'all') {
    if (!own.has(which.mailbox)) return [];
    const uids = await uidsBelow(tx, which.mailbox, { before: null, limit: MAX_ACTED });
    return [{ mailbox: which.mailbox, uids }];
  }
  const byMailbox = new Map<MailboxId, Uid[]>();
  for (const { mailbox, uid } of which.messages.slice(0, MAX_ACTED))
    if (own.has(mailbox)) byMailbox.set(mailbox, [...(byMailbox.get(mailbox) ?? []), uid]);
  return [...byMailbox].map(([mailbox, uids]) => ({ mailbox, uids }));
}

interface ChangeOn {
  readonly viewer: Viewer;
  readonly mailbox: MailboxId;
  readonly uids: readonly Uid[];
  readonly mailboxes: readonly Mailbox[];
  readonly now: Date;
}

async function change(tx: SchoolTx, on: ChangeOn, deed: Deed): Promise<ActChange[]> {
  if (deed.kind === 'erase') {
    await eraseEntries(tx, on.mailbox, on.uids);
    return [];
  }
  if (deed.kind === 'put-off') return putOffIn(tx, { ...on, until: deed.until });
  if (deed.kind === 'move') return deed.to === 'back' ? movedBack(tx, on) : moved(tx, on, deed.to);
  const { flag, to } = FLAGS[deed.kind];
  return marked(tx, on, { flag, to });
}

async function movedBack(tx: SchoolTx, on: ChangeOn): Promise<ActChange[]> {
  if (isForLater(on, on.mailbox)) return bringBackNow(tx, on);
  const changes: ActChange[] = [];
  for (const [to, uids] of await belongingOf(
    tx,
    { account: on.viewer.account, mailbox: on.mailbox },
    on.uids,
  ))
    changes.push(...(await moved(tx, { ...on, uids }, to)));
  return changes;
}

const isForLater = ({ mailboxes }: Pick<ChangeOn, 'mailboxes'>, mailbox: MailboxId): boolean =>
  mailboxes.some(({ id, use }) => id === mailbox && use === 'later');

async function moved(
  tx: SchoolTx,
  on: ChangeOn,
  where: SpecialUse | MailboxId,
): Promise<ActChange[]> {
  const { mailbox: from, uids, mailboxes } = on;
  const to = mailboxes.find((one) =>
    typeof where === 'number' ? one.id === where : one.use === where,
  )?.id;
  if (to === undefined || to === from) return [];
  if (isForLater(on, to)) return putOffIn(tx, { ...on, until: tomorrowMorning(on.viewer, on.now) });
  const hoursOf = isForLater(on, from) ? await hoursElsewhere(tx, on) : null;
  const carried = await moveSet(tx, { from, uids: setOf(uids), to });
  const hours = hoursOf === null ? {} : { hours: hoursOf(carried) };
  return carried.to.length === 0 ? [] : [{ kind: 'moved', from, to, uids: carried.to, ...hours }];
}

async function marked(
  tx: SchoolTx,
  { mailbox, uids }: { readonly mailbox: MailboxId; readonly uids: readonly Uid[] },
  { flag, to }: { readonly flag: 'seen' | 'flagged'; readonly to: boolean },
): Promise<ActChange[]> {
  await lockMailbox(tx, mailbox);
  const { changed } = await changeFlags(tx, mailbox, {
    uids: setOf(uids),
    flags: { [flag]: to },
    unchangedSince: null,
  });
  return changed.length === 0 ? [] : [{ kind: 'marked', mailbox, uids: changed, flag, was: !to }];
}

/** What an act has done, while it can be taken back. */
export async function lastAct(
  { store, clock }: ReadingParts,
  viewer: Viewer,
  id: string,
): Promise<MailActOutcome | null> {
  const found = await store.read(viewer.school, (tx) => actNamed(tx, viewer.account, id));
  if (found === null || clock().getTime() - found.at.getTime() > UNDO_MS) return null;
  return {
    id: found.id,
    deed: found.deed,
    ...targetOf(found.changes),
    rows: found.rows,
    by: found.by,
    withdrawn: found.changes.reduce(
      (sum, one) => sum + (one.kind === 'withdrawn' ? one.letters.length : 0),
      0,
    ),
  };
}

function targetOf(changes: readonly ActChange[]): Pick<MailActOutcome, 'to' | 'until'> {
  const moved = changes.find((one) => one.kind === 'moved');
  const anew = changes.find((one) => one.kind === 'put-off-anew');
  const until = moved?.until ?? anew?.until;
  return { to: moved?.to ?? null, until: until === undefined ? null : new Date(until) };
}

/**
 * Takes an act back, once: what was moved goes where it came from, what was marked has the mark
 * that it had. What is no longer where the act put it stays where it is.
 */
export async function undo(
  { store, mailEvents, clock }: ReadingParts,
  viewer: Viewer,
  id: string,
): Promise<boolean> {
  const undone = await store.town(async (tx) => {
    const here = await tx.in(viewer.school);
    const found = await actNamed(here, viewer.account, id);
    if (found === null || clock().getTime() - found.at.getTime() > UNDO_MS) return false;
    const own = new Set((await placesOf(here, viewer.account)).map((one) => one.id));
    for (const one of found.changes)
      if (one.kind === 'withdrawn') await waitOnceMore(tx, viewer, one.letters);
      else await takeBack(await tx.in(viewer.school), { account: viewer.account, own }, one);
    await dropAct(await tx.in(viewer.school), viewer.account);
    return true;
  });
  if (undone) mailEvents.announce(viewer.school, [viewer.account]);
  return undone;
}

async function takeBack(
  tx: SchoolTx,
  { account, own }: { readonly account: AccountId; readonly own: ReadonlySet<MailboxId> },
  one: Exclude<ActChange, { kind: 'withdrawn' }>,
): Promise<void> {
  if (one.kind === 'put-off-anew') {
    if (own.has(one.mailbox))
      await giveHoursAgain(tx, { account, mailbox: one.mailbox }, one.hours);
    return;
  }
  if (one.kind === 'marked') {
    if (own.has(one.mailbox)) await marked(tx, one, { flag: one.flag, to: one.was });
  } else if (own.has(one.to) && own.has(one.from)) await carryBack(tx, account, one);
}

/** What waited for its hour waits for it again. */
async function carryBack(
  tx: SchoolTx,
  account: AccountId,
  { from, to, uids, hours = [] }: Extract<ActChange, { kind: 'moved' }>,
): Promise<void> {
  const carried = await moveSet(tx, { from: to, uids: setOf(uids), to: from });
  const now = new Map(carried.from.map((old, at) => [old, carried.to[at]]));
  await giveHoursAgain(
    tx,
    { account, mailbox: from },
    hours.flatMap((one) => {
      const uid = now.get(one.uid);
      return uid === undefined ? [] : [{ ...one, uid }];
    }),
  );
}
