import { Fault } from '../../fault.ts';
import { TOWN, type AccountId, type MessageId, type SchoolId } from '../../ids.ts';
import { claimAbsenceReply } from '../../store/mail/absence-replies.ts';
import { eraseEntries } from '../../store/mail/erasing.ts';
import { insertHolds } from '../../store/mail/holds.ts';
import { noteTrusted } from '../../store/mail/known-writers.ts';
import { deliver, place } from '../../store/mail/messages.ts';
import { insertOutboxAhead, type Leaving } from '../../store/mail/outbox-owed.ts';
import { outsideTrafficAhead, type OutsideTraffic } from '../../store/mail/outside-stops.ts';
import { fullAccounts, requireRoom } from '../../store/mail/quota.ts';
import {
  rememberContacts,
  reserveSending,
  takeTurnsToSend,
  type Reservation,
} from '../../store/mail/recent-activity.ts';
import {
  TakenBack,
  type SchoolTx,
  type SchoolWriteTx,
  type Store,
  type TownTx,
  type TownWriteTx,
} from '../../store/store.ts';
import type { AnswerAhead } from '../../store/writing.ts';
import type { Judgement } from '../judging/judge.ts';
import type { Limit } from '../judging/recent-activity.ts';
import { allowanceOf } from '../limits.ts';
import { isProved, noteAbsences } from './absences.ts';
import { noteCopies } from './copies.ts';
import { junkIn, type Sorted } from './junk.ts';
import {
  type Parcel,
  type Share,
  reversePathOf,
  sharesOf,
  direct,
  heldCopies,
  outsideOf,
  namedIn,
  pupilsNamed,
  contactsIn,
  changedIn,
  strangerIn,
  waitsSomewhere,
  trustsOf,
  type Writing,
} from './parcel.ts';
import { noteSent } from './sent-state.ts';

export type Kept =
  | {
      readonly kind: 'kept';
      readonly message: MessageId;
      readonly changed: ReadonlyMap<SchoolId, readonly AccountId[]>;
      /** What leaves for outside, and what its writer sent there of late; null: nothing does. */
      readonly outside: {
        readonly leaving: readonly Leaving[];
        readonly traffic: OutsideTraffic;
      } | null;
    }
  | {
      readonly kind: 'full';
      readonly address: string;
      readonly school: SchoolId;
      readonly account: AccountId;
      readonly since: Date;
    }
  /** It would be more than its sender may send in an hour, or to so many new people in a day. */
  | { readonly kind: 'over-limit'; readonly limit: Limit }
  /**
   * The draft is no longer there: somebody has sent it, or thrown it away. Or an absence that was
   * to be told has been.
   */
  | { readonly kind: 'draft-gone' };

type IsKept = Extract<Kept, { kind: 'kept' }>;
type NotKept = Exclude<Kept, IsKept>;
/** As long as its transaction goes on. */
type Keeping = NotKept | (Omit<IsKept, 'outside'> & { readonly outside: Owed | null });

/** What is owed to recipients outside, known once it is committed. */
interface Owed {
  readonly leaving: AnswerAhead<Leaving>;
  readonly traffic: AnswerAhead<OutsideTraffic>;
}

export class OverLimit extends TakenBack {
  readonly limit: Limit;

  constructor(limit: Limit) {
    super(limit);
    this.limit = limit;
  }
}

/**
 * Stores a whole message in one transaction: in each school its bytes once and one narrow row a
 * mailbox, held recipients, what leaves for outside, the sender's copy. Throws `roster-moved`
 * (transient) when a roster it was decided on has changed.
 */
export async function keep(store: Store, parcel: Parcel): Promise<Kept> {
  const shares = sharesOf(parcel);
  try {
    const kept = await store.delivery((tx) => keepShares(tx, shares, parcel));
    return kept.kind === 'kept' ? { ...kept, outside: owedAt(kept.outside) } : kept;
  } catch (error) {
    if (error instanceof OverLimit) return { kind: 'over-limit', limit: error.limit };
    if (!(error instanceof Fault) || error.code !== 'mailbox-full') throw error;
    const full = await store.town((tx) => firstFull(tx, shares, parcel));
    if (full === null) throw error; // there is room meanwhile: the same may succeed at once
    return full;
  }
}

/** Null too where the commit went through unheard: the sweeper finds what is due. */
function owedAt(owed: Owed | null): IsKept['outside'] {
  const leaving = owed?.leaving.rows() ?? [];
  const [traffic] = owed?.traffic.rows() ?? [];
  return leaving.length > 0 && traffic !== undefined ? { leaving, traffic } : null;
}

async function keepShares(
  tx: TownWriteTx,
  shares: ReadonlyMap<SchoolId, Share>,
  parcel: Parcel,
): Promise<Keeping> {
  const { account } = parcel;
  if (account) takeTurnsToSend(await tx.in(account.school), [account.account]);
  checkRosters(tx, [parcel.judgement]);
  for (const [school, share] of shares)
    requireRoom(await tx.in(school), direct(share), parcel.raw.length);
  const gone = (await eraseDraft(tx, parcel)) ?? (await claimReply(tx, parcel));
  if (gone) return gone;
  // What tells of an absence counts by itself: a storm must not use up what its owner may send.
  const reserved =
    account && account.absenceReply === null
      ? await reserve(await tx.in(account.school), account.account, parcel)
      : null;
  const changed = new Map<SchoolId, readonly AccountId[]>();
  const messages = new Map<SchoolId, MessageId>();
  for (const [school, share] of shares) {
    const inSchool = await tx.in(school);
    const message = await keepShare(inSchool, share, parcel);
    // Asked again, now that these mailboxes are locked: of many at once each was told that there is
    // room.
    requireRoom(inSchool, direct(share), 0);
    if (message !== null) messages.set(school, message);
    const accounts = changedIn(school, share, parcel);
    if (accounts.length > 0) changed.set(school, accounts);
  }
  if (account) await noteSent(tx, account.school, heldCopies(shares, messages, account.school));
  const message = messages.get(account?.school ?? TOWN) ?? [...messages.values()].at(-1);
  if (message === undefined)
    throw new Fault('row-missing', 'a message for nobody', { transient: false });
  requireReserved(reserved);
  return { kind: 'kept', message, changed, outside: await owe(tx, parcel, messages) };
}

/** Writes down what its sender's message owes to recipients outside. */
async function owe(
  tx: TownWriteTx,
  parcel: Parcel,
  messages: ReadonlyMap<SchoolId, MessageId>,
): Promise<Owed | null> {
  const { account } = parcel;
  const message = account === null ? undefined : messages.get(account.school);
  if (account === null || message === undefined) return null;
  const owed = owedBy({ judgement: parcel.judgement, account }, message);
  if (owed.recipients.length === 0) return null;
  const home = await tx.in(account.school);
  const leaving = insertOutboxAhead(home, [owed]);
  return { leaving, traffic: outsideTrafficAhead(home, [account.account]) };
}

/** What the stored message of an account owes to recipients outside. */
export const owedBy = (
  { judgement, account }: Pick<Parcel, 'judgement'> & { readonly account: Writing },
  message: MessageId,
) => ({
  message,
  account: account.account,
  sender: reversePathOf(account),
  recipients: outsideOf({ judgement }),
  dsnRequests: account.dsnRequests,
  begunUntil: account.begunUntil,
});

/** A draft leaves once: of two who send it, the second finds it gone. */
async function eraseDraft(tx: TownTx, { account }: Parcel): Promise<NotKept | null> {
  if (!account?.draft) return null;
  const erased = await eraseEntries(await tx.in(account.school), account.draft.mailbox, [
    account.draft.uid,
  ]);
  return erased === 0 ? { kind: 'draft-gone' } : null;
}

/** An absence is told once: of two who tell it, the second finds it told. */
async function claimReply(tx: TownTx, { account, now }: Parcel): Promise<NotKept | null> {
  if (account === null || account.absenceReply === null) return null;
  const claimed = await claimAbsenceReply(await tx.in(account.school), account.absenceReply, now);
  return claimed ? null : { kind: 'draft-gone' };
}

/**
 * The roster this was decided on must be the roster of the moment that it is stored in. Where
 * nobody has made the town yet, it is at 0.
 */
export function checkRosters(
  tx: TownWriteTx,
  judgements: readonly Pick<Judgement, 'rosters'>[],
): void {
  const schools = judgements.flatMap(({ rosters }) => [...rosters.values()]);
  const versions = schools.flatMap(({ school: { id, version, townVersion } }) => [
    { school: id, version },
    { school: TOWN, version: townVersion },
  ]);
  const each = new Map(versions.map((one) => [`${one.school} ${one.version}`, one]));
  tx.asOf([...each.values()]);
}

/** Whose mailbox it was that had no room. */
async function firstFull(
  tx: TownTx,
  shares: ReadonlyMap<SchoolId, Share>,
  { raw, now }: Parcel,
): Promise<NotKept | null> {
  for (const [school, share] of shares) {
    const [full] = await fullAccounts(await tx.in(school), direct(share), raw.length);
    const who = share.inboxes.find(({ account }) => account === full?.account);
    if (full && who)
      return {
        kind: 'full',
        address: who.address,
        school,
        account: full.account,
        since: full.since ?? now,
      };
  }
  return null;
}

/**
 * The message in one school; null where none of it stays there: its sender's, when nobody of it is
 * written to and the mail program keeps the copy. What waits in another school stays there too,
 * where its writer sees it and takes it back.
 */
async function keepShare(
  tx: SchoolWriteTx,
  share: Share,
  parcel: Parcel,
): Promise<MessageId | null> {
  const { read, raw, sender, handed, into } = parcel;
  const account = parcel.account?.school === tx.school ? parcel.account : null;
  const sentOf = account?.keepCopy ? account.account : null;
  const outside = account ? outsideOf(parcel) : [];
  const junk = await junkIn(tx, share, parcel);
  const others = share.inboxes.filter((one) => !junk.readers.has(one.account));
  const inboxes = others.map((one) => one.account);
  const stranger =
    into === 'inbox'
      ? strangerIn(tx.school, parcel.judgement.from, {
          author: read.envelope.from[0]?.address,
          provedBy: handed.provedBy,
        })
      : null;
  const isReadHere = share.inboxes.length + share.holds.length > 0 || sentOf !== null;
  const isKept = isReadHere || outside.length > 0 || (account !== null && waitsSomewhere(parcel));
  const message = isKept
    ? await putInto(tx, parcel, { inboxes, sentOf, stranger, junk, isSearched: isReadHere })
    : null;
  if (message !== null)
    await insertHolds(
      tx,
      share.holds.map((hold) => ({ ...hold, message })),
    );
  if (message !== null)
    await noteAbsences(
      tx,
      others.flatMap(({ absent }) => absent ?? []),
      {
        message,
        raw,
        role: sender.role,
        isProved: isProved(sender.addressId, handed),
        now: parcel.now,
      },
    );
  if (message !== null) await noteCopies(tx, others, { message, now: parcel.now });
  if (account) noteTrusted(tx, trustsOf(parcel));
  else await rememberContacts(tx, contactsIn(tx.school, parcel)); // else reserved
  return message;
}

interface Into extends Pick<Parameters<typeof deliver>[2], 'inboxes' | 'sentOf' | 'stranger'> {
  readonly junk: Sorted;
  readonly isSearched: boolean;
}

/** Stores it, for whoever waits for it and for those to whom it is junk. */
async function putInto(
  tx: SchoolTx,
  { sender, origin, read, raw, handed, into }: Parcel,
  { junk, isSearched, ...boxes }: Into,
): Promise<MessageId> {
  const message = await deliver(
    tx,
    { sender, origin, read, raw, handed: { ...handed, junkSigns: junk.signs }, isSearched },
    { into, ...boxes },
  );
  if (junk.readers.size > 0)
    await place(tx, {
      message,
      sizeBytes: raw.length,
      role: sender.role,
      into: 'junk',
      inboxes: [...junk.readers],
      sentOf: null,
      stranger: null,
    });
  return message;
}

/**
 * Counts the message in its sender's school, with whom it brings into contact there, ahead of the
 * next statement.
 */
async function reserve(
  tx: SchoolWriteTx,
  account: AccountId,
  parcel: Parcel,
): Promise<Reservation | null> {
  const {
    sender: { addressId: from, role },
  } = parcel;
  if (from === null) return null;
  const { sendingsAnHour: recipientsAnHour, newPeopleADay } = allowanceOf(role);
  const pupils = pupilsNamed(parcel);
  const contacts = new Set(contactsIn(tx.school, parcel).map(({ to }) => to));
  return reserveSending(tx, {
    account,
    from,
    recipients: namedIn(parcel).size + outsideOf(parcel).length,
    contacts: [...contacts].map((to) => ({ to, limited: pupils.has(to) })),
    most: { recipientsAnHour, newPeopleADay },
  });
}

/** Takes all back where its sender may not send so many: asked once something was stored. */
function requireReserved(reservation: Reservation | null): void {
  const reserved = reservation?.() ?? 'reserved';
  if (reserved !== 'reserved') throw new OverLimit(reserved);
}
