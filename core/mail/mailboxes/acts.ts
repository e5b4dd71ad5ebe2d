import { Fault } from '../../ground/fault.ts';
import type { AccountId, MailboxId } from '../../ground/ids.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { copySet, moveSet, type CarriedSet } from '../../store/mail/carrying.ts';
import type { OneMailbox, UidSet } from '../../store/mail/contract.ts';
import { erase } from '../../store/mail/erasing.ts';
import { FLAG_COLUMN, SYSTEM_FLAGS, type SystemFlag } from '../../store/mail/flag-columns.ts';
import { changeFlagsAtLast, changeOwnFlags, type NewFlags } from '../../store/mail/flags.ts';
import { lockMailboxes, type SeenMailbox } from '../../store/mail/mailbox-access.ts';
import { isOverQuota } from '../../store/mail/quota.ts';
import { Rollback, type SchoolTx, type SchoolWriteTx } from '../../store/store.ts';
import { throwingAway } from '../delivery/holding/withdraw.ts';
import { lacks, ownRights, rightsOf } from './access.ts';
import type { CopiedUids, ExpungedUids, FlagChange, FlagsChanged } from './contract/changes.ts';
import type { Seer } from './contract/seer.ts';
import type { MailboxOutcome, MailboxStop } from './contract/stop.ts';
import { waitTillTomorrow } from './for-later.ts';
import { keywordsStop, splitFlags } from './keywords.ts';
import { learnFromCarrying, learnFromKeywords } from './learning.ts';
import { rightFor } from './opened.ts';
import { done, type MailboxParts } from './parts.ts';
import { asOfLastLook } from './todays-reach.ts';

/** Thrown within a transaction to take back what was done in it. */
export class Undo extends Rollback {
  readonly stop: MailboxStop;

  constructor(stop: MailboxStop) {
    super(stop.kind);
    this.stop = stop;
  }
}

type Change<T> = (
  tx: SchoolWriteTx,
  seen: ReadonlyMap<MailboxId, SeenMailbox>,
) => Promise<MailboxOutcome<T>>;
type Transaction = <T>(fn: (tx: SchoolWriteTx) => Promise<T>) => Promise<T>;

/** What is locked for a change. */
interface Locked<T> {
  readonly mailboxes: readonly MailboxId[];
  /** Where the change's value says all that has changed. */
  readonly only?: (value: T) => OneMailbox;
}

/** A transaction over locked mailboxes, announced to their owners where something was done. */
export function act<T>(
  { parts, viewer }: RoomVisit<MailboxParts, Seer>,
  locked: Locked<T>,
  change: Change<T>,
): Promise<MailboxOutcome<T>> {
  const run: Transaction = (fn) => parts.store.write(viewer.school, fn);
  return announced(parts, viewer, { ...locked, run, change });
}

/** The same where messages leave a mailbox: a letter that waits may be thrown away so. */
export function actAway<T>(
  { parts, viewer }: RoomVisit<MailboxParts, Seer>,
  locked: Locked<T>,
  change: Change<T>,
): Promise<MailboxOutcome<T>> {
  const run: Transaction = (fn) => throwingAway(parts.store, viewer, fn);
  return announced(parts, viewer, { ...locked, run, change });
}

interface LockedChange<T> extends Locked<T> {
  readonly run: Transaction;
  readonly change: Change<T>;
}

async function announced<T>(
  parts: MailboxParts,
  viewer: Seer,
  { mailboxes, only, run, change }: LockedChange<T>,
): Promise<MailboxOutcome<T>> {
  const owners = new Set<AccountId>();
  const result = await run(async (tx) => {
    const seen = await lockMailboxes(tx, viewer.account, mailboxes);
    for (const { owner } of seen.values()) owners.add(owner);
    return change(tx, seen);
  }).catch((error: unknown): MailboxStop => {
    if (error instanceof Undo) return error.stop;
    if (error instanceof Fault && error.code === 'mailbox-full') return { kind: 'over-quota' };
    throw error;
  });
  if (result.kind === 'done')
    parts.mailEvents.announce(viewer.school, [...owners], only?.(result.value));
  return result;
}

/**
 * Of one's own mailbox system flags are changed in one exchange with the database; what turns out
 * to be more than that, in two.
 */
export async function store(
  { parts, viewer }: RoomVisit<MailboxParts, Viewer | Seer>,
  mailbox: MailboxId,
  change: FlagChange,
): Promise<MailboxOutcome<FlagsChanged>> {
  return (
    (await storeOwn({ parts, viewer }, mailbox, change)) ??
    storeAny({ parts, viewer: await asOfLastLook(parts, viewer) }, mailbox, change)
  );
}

/**
 * What is taken for granted here, that it is the viewer's own, the statement makes sure of; null
 * where it isn't.
 */
async function storeOwn(
  {
    parts: {
      store: { write },
      mailEvents,
    },
    viewer,
  }: RoomVisit<MailboxParts>,
  mailbox: MailboxId,
  change: FlagChange,
): Promise<MailboxOutcome<FlagsChanged> | null> {
  const { system, keywords } = splitFlags(change.flags, []);
  const flags =
    keywords.length > 0
      ? null
      : allowedFlags(change.change, { system, keywords }, ownRights(viewer.role, null));
  if (!flags) return null;
  const flagged = await write(viewer.school, (tx) =>
    changeOwnFlags(
      tx,
      { mailbox, owner: viewer.account },
      { uids: change.uids, flags, unchangedSince: change.unchangedSince },
    ),
  );
  if (!flagged) return null;
  if (flagged.changed.length > 0)
    mailEvents.announce(viewer.school, [viewer.account], { mailbox, modseq: flagged.modseq });
  return done({ ...flagged, changed: new Set(flagged.changed) });
}

async function storeAny(
  { parts, viewer }: RoomVisit<MailboxParts, Seer>,
  mailbox: MailboxId,
  change: FlagChange,
): Promise<MailboxOutcome<FlagsChanged>> {
  let changedIn: SeenMailbox | null = null;
  const stored = await act<FlagsChanged>(
    { parts, viewer },
    { mailboxes: [mailbox], only: ({ modseq }) => ({ mailbox, modseq }) },
    async (tx, all) => {
      const seen = all.get(mailbox);
      changedIn = seen ?? null;
      const { system, keywords } = splitFlags(change.flags, seen?.keywords ?? []);
      const stop =
        lacks(seen, viewer, 'r') ??
        // any may be taken away
        (change.change === 'remove' ? null : keywordsStop(keywords, seen?.keywords ?? []));
      if (!seen || stop) return stop ?? { kind: 'nonexistent' };
      const flags = allowedFlags(change.change, { system, keywords }, rightsOf(seen, viewer));
      if (!flags)
        return {
          kind: 'no-permission',
          right: system.length > 0 ? rightFor(system[0] ?? '') : 'w',
        };
      const { modseq, now, changed, modified } = await changeFlagsAtLast(tx, mailbox, {
        uids: change.uids,
        flags,
        unchangedSince: change.unchangedSince,
      });
      // of what nothing has changed for, the mailbox knows no keyword
      const isNew = change.change !== 'remove' && changed.length > 0;
      return done({
        modseq,
        now,
        changed: new Set(changed),
        modified,
        keywords: [...new Set([...seen.keywords, ...(isNew ? keywords : [])])],
      });
    },
  );
  const saysNotJunk = change.change !== 'remove' && change.flags.includes('$NotJunk');
  if (saysNotJunk && changedIn !== null && stored.kind === 'done')
    await learnFromKeywords(parts, viewer, {
      mailbox: changedIn,
      uids: [...stored.value.changed],
    });
  return stored;
}

/**
 * Flags that the rights allow to change; null where they allow none of those named (RFC 4314 §4:
 * then NO, else the rest is done).
 */
function allowedFlags(
  change: FlagChange['change'],
  {
    system,
    keywords,
  }: { readonly system: readonly SystemFlag[]; readonly keywords: readonly string[] },
  rights: string,
): NewFlags | null {
  const may = (flag: string): boolean => rights.includes(rightFor(flag));
  const touched = change === 'set' ? SYSTEM_FLAGS.filter(may) : system.filter(may);
  const named = system.length + keywords.length;
  const allowed = system.filter(may).length + (may('') ? keywords.length : 0);
  if (named > 0 ? allowed === 0 : touched.length === 0 && !may('')) return null;
  const columns = Object.fromEntries(
    touched.map((flag) => [
      FLAG_COLUMN[flag],
      change === 'set' ? system.includes(flag) : change === 'add',
    ]),
  );
  const words =
    change === 'set' || keywords.length > 0 ? { how: change, words: keywords } : undefined;
  return { ...columns, keywords: may('') ? words : undefined };
}

export async function copy(
  { parts, viewer }: RoomVisit<MailboxParts, Seer>,
  { from, uids, to }: CarriedSet,
): Promise<MailboxOutcome<CopiedUids>> {
  let between: Between | null = null;
  const copied = await act(
    { parts, viewer },
    { mailboxes: [from, to] },
    async (tx, all): Promise<MailboxOutcome<CopiedUids>> => {
      const [source, target] = [all.get(from), all.get(to)];
      between = source && target ? { from: source, to: target } : null;
      const stop = lacks(source, viewer, 'r') ?? lacks(target, viewer, 'i');
      if (!source || !target || stop) return stop ?? { kind: 'nonexistent' };
      const carried = await copySet(tx, { from, uids, to });
      await requireRoom(tx, target.owner, carried.to.length);
      await arrive({ parts, viewer }, tx, { from: source, to: target, uids: carried.to });
      return done({ uidValidity: target.uidValidity, from: carried.from, to: carried.to });
    },
  );
  await learnFrom({ parts, viewer }, between, copied);
  return copied;
}

/** What arrives among what comes back later is given its hour; takes all back where it can't be. */
export async function arrive(
  { parts: { clock }, viewer }: RoomVisit<MailboxParts, Seer>,
  tx: SchoolTx,
  arrived: Omit<Parameters<typeof waitTillTomorrow>[2], 'now'>,
): Promise<void> {
  const stop = await waitTillTomorrow(tx, viewer, { ...arrived, now: clock() });
  if (stop) throw new Undo(stop);
}

/** The two mailboxes of a COPY or MOVE. */
interface Between {
  readonly from: SeenMailbox;
  readonly to: SeenMailbox;
}

async function learnFrom(
  { parts, viewer }: RoomVisit<MailboxParts, Seer>,
  between: Between | null,
  carried: MailboxOutcome<CopiedUids>,
): Promise<void> {
  if (between !== null && carried.kind === 'done')
    await learnFromCarrying(parts, viewer, { ...between, uids: carried.value.to });
}

export async function move(
  { parts, viewer }: RoomVisit<MailboxParts, Seer>,
  { from, uids, to }: CarriedSet,
): Promise<MailboxOutcome<CopiedUids & { readonly expunged: ExpungedUids }>> {
  let between: Between | null = null;
  const moved = await actAway(
    { parts, viewer },
    { mailboxes: [from, to] },
    async (tx, all): Promise<MailboxOutcome<CopiedUids & { readonly expunged: ExpungedUids }>> => {
      const [source, target] = [all.get(from), all.get(to)];
      const stop =
        lacks(source, viewer, 'r') ??
        lacks(source, viewer, 't') ??
        lacks(source, viewer, 'e') ??
        lacks(target, viewer, 'i');
      if (!source || !target || stop) return stop ?? { kind: 'nonexistent' };
      between = { from: source, to: target };
      if (from === to) return done(await moveWithin({ parts, viewer }, tx, { seen: source, uids }));
      const carried = await moveSet(tx, { from, uids, to });
      if (source.owner !== target.owner) await requireRoom(tx, target.owner, carried.to.length);
      await arrive({ parts, viewer }, tx, { from: source, to: target, uids: carried.to });
      return done({
        uidValidity: target.uidValidity,
        from: carried.from,
        to: carried.to,
        expunged: { uids: carried.from, modseq: carried.modseq },
      });
    },
  );
  await learnFrom({ parts, viewer }, between, moved);
  return moved;
}

/** To where it is already: a new UID (RFC 6851 §4.3 leaves it open). */
async function moveWithin(
  { parts, viewer }: RoomVisit<MailboxParts, Seer>,
  tx: SchoolTx,
  { seen, uids }: { readonly seen: SeenMailbox; readonly uids: UidSet },
): Promise<CopiedUids & { readonly expunged: ExpungedUids }> {
  const carried = await copySet(tx, { from: seen.id, uids, to: seen.id });
  const gone = await erase(tx, seen.id, {
    uids: carried.from.map((uid) => ({ from: uid, to: uid })),
    onlyDeleted: false,
  });
  await arrive({ parts, viewer }, tx, { from: null, to: seen, uids: carried.to });
  return {
    uidValidity: seen.uidValidity,
    from: carried.from,
    to: carried.to,
    expunged: { uids: gone.uids, modseq: gone.modseq },
  };
}

/**
 * Asked after the rows are there, within their transaction; the account's row is locked, so that
 * two that come at once are both counted.
 */
export async function requireRoom(tx: SchoolTx, owner: AccountId, added: number): Promise<void> {
  if (added > 0 && (await isOverQuota(tx, owner))) throw new Undo({ kind: 'over-quota' });
}

export function expunge(
  { parts, viewer }: RoomVisit<MailboxParts, Seer>,
  mailbox: MailboxId,
  uids: UidSet,
): Promise<MailboxOutcome<ExpungedUids>> {
  return actAway(
    { parts, viewer },
    { mailboxes: [mailbox], only: ({ modseq }) => ({ mailbox, modseq }) },
    async (tx, all): Promise<MailboxOutcome<ExpungedUids>> => {
      const stop = lacks(all.get(mailbox), viewer, 'e');
      if (stop) return stop;
      const gone = await erase(tx, mailbox, { uids, onlyDeleted: true });
      return done({ uids: gone.uids, modseq: gone.modseq });
    },
  );
}
