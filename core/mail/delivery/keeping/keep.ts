import { Fault } from '../../../ground/fault.ts';
import { TOWN, type AccountId, type MessageId, type SchoolId } from '../../../ground/ids.ts';
import { postNotice } from '../../../store/boards/notices.ts';
import { claimAbsenceReply } from '../../../store/mail/absence-replies.ts';
import { eraseEntries } from '../../../store/mail/erasing.ts';
import { noteHeldElsewhere } from '../../../store/mail/held-elsewhere.ts';
import { noteTrusted } from '../../../store/mail/known-writers.ts';
import { insertOutboxAhead, type NewOutboxRow } from '../../../store/mail/outbox-owed.ts';
import { outsideTrafficAhead, type OutsideTraffic } from '../../../store/mail/outside-stops.ts';
import { requireRoom } from '../../../store/mail/quota.ts';
import {
  countSendings,
  rememberContacts,
  reserveSending,
  takeTurnsToSend,
} from '../../../store/mail/recent-activity.ts';
import { claimPaper } from '../../../store/papers/staging.ts';
import {
  Rollback,
  type SchoolWriteTx,
  type Store,
  type TownWriteTx,
} from '../../../store/store.ts';
import type { AnswerAhead } from '../../../store/writing.ts';
import type { Judgement } from '../judging/judge.ts';
import type { Limit } from '../judging/recent-activity.ts';
import { allowanceOf } from '../limits.ts';
import {
  contactsBeside,
  contactsIn,
  namedIn,
  pupilsNamed,
  rememberWriter,
  trustsOf,
} from './acquaintance.ts';
import { arrive } from './arrive.ts';
import {
  changedIn,
  direct,
  isKeptIn,
  isWritten,
  outsideOf,
  reversePathOf,
  type JudgedLetter,
  type WrittenLetter,
} from './judged-letter.ts';
import type { RememberedWriters } from './remembered-writers.ts';
import { arrivalIn, heldElsewhere } from './shares.ts';

export interface KeptLetter {
  readonly kind: 'kept';
  readonly message: MessageId;
  readonly changed: ReadonlyMap<SchoolId, readonly AccountId[]>;
  /** What leaves for outside, and what its writer sent there of late; null: nothing does. */
  readonly outside: {
    readonly leaving: readonly NewOutboxRow[];
    readonly traffic: OutsideTraffic;
  } | null;
}

/** Why one isn't stored. */
type NotKept =
  /** It would be more than its sender may send in an hour, or to so many new people in a day. */
  | { readonly kind: 'over-limit'; readonly limit: Limit }
  /**
   * The draft is no longer there: somebody has sent it, or thrown it away. Or an absence that was
   * to be told has been.
   */
  | { readonly kind: 'draft-gone' };

/** Bytes of letters in one transaction, where they are several. */
export const MOST_BYTES_TOGETHER = 1024 * 1024;

/** Takes back all of a transaction in which a letter can't be kept. */
export class CantKeep extends Rollback {
  readonly why: NotKept;

  constructor(why: NotKept) {
    super(why.kind);
    this.why = why;
  }
}

/** What letters are stored by. */
export interface KeepParts {
  readonly store: Pick<Store, 'delivery' | 'town'>;
  readonly remembered: RememberedWriters;
}

/** What letters of one school owe to recipients outside, known once it is committed. */
interface Owed {
  readonly leaving: AnswerAhead<NewOutboxRow>;
  readonly traffic: AnswerAhead<OutsideTraffic & { readonly account: AccountId }>;
}

/**
 * Stores letters to the same schools in one transaction: in each school the bytes once and one
 * narrow row a mailbox, held recipients, what leaves for outside, the sender's copy. Throws
 * `roster-moved` (transient) where a roster that one was decided on has changed, `mailbox-full`
 * where there is no room, or `CantKeep`. Schools come in the order of their ids, in each all
 * mailboxes in the order of theirs, so that no two of these wait for one another in a ring.
 */
export async function keepTogether(
  { store, remembered }: KeepParts,
  letters: readonly JudgedLetter[],
): Promise<readonly KeptLetter[]> {
  const messages = new Map(letters.map((letter) => [letter, new Map<SchoolId, MessageId>()]));
  const written = letters.filter(isWritten).toSorted(bySchools);
  const homes = Map.groupBy(written, ({ account }) => account.school);
  const owed = await store.delivery(async (tx) => {
    for (const [school, own] of homes) takeTurnsToSend(await tx.in(school), own.map(writerOf));
    const judgements = letters.map(({ judgement }) => judgement);
    checkRosters(tx, judgements);
    for (const letter of written) await claim(tx, letter);
    const counts: (() => void)[] = [];
    for (const [school, own] of homes) counts.push(count(await tx.in(school), own));
    for (const school of letters[0]?.shares.keys() ?? []) {
      const here = await tx.in(school);
      const coming = letters.filter((letter) => isKeptIn(school, letter));
      for (const big of coming.filter(({ raw }) => raw.length > MOST_BYTES_TOGETHER))
        requireRoom(here, direct(school, big), big.raw.length); // or it is written in vain
      const arrivals = coming.map((letter) => arrivalIn(school, letter, remembered));
      for (const [at, message] of (await arrive(here, arrivals)).entries()) {
        const letter = coming[at];
        if (letter !== undefined) messages.get(letter)?.set(school, message);
      }
      for (const letter of coming.filter(hangsUp))
        await hangUp(here, letter, messages.get(letter)?.get(school));
      const ofAll = <T>(each: (school: SchoolId, letter: JudgedLetter) => readonly T[]) =>
        letters.flatMap((letter) => each(school, letter));
      // These mailboxes are locked by now: before, each of many would be told that there is room.
      requireRoom(here, ofAll(direct), 0);
      noteTrusted(here, ofAll(trustsOf));
      await rememberContacts(here, ofAll(contactsBeside));
    }
    for (const [letter, stored] of messages)
      for (const { home, there, own, held } of heldElsewhere(letter, stored))
        await noteHeldElsewhere(await tx.in(home), there, { message: own, held });
    for (const [letter, stored] of messages) messageOf(letter, stored); // each lies somewhere
    for (const requireCounted of counts) requireCounted();
    const all: Owed[] = [];
    for (const [school, own] of homes) all.push(...owe(await tx.in(school), own, messages));
    return all;
  });
  for (const letter of letters) rememberWriter(letter, remembered);
  const leaving = owed.flatMap((one) => one.leaving.rows() ?? []);
  const traffic = owed.flatMap((one) => one.traffic.rows() ?? []);
  return letters.map((letter) =>
    keptOf(letter, messages.get(letter) ?? NONE, { leaving, traffic }),
  );
}

type Messages = ReadonlyMap<SchoolId, MessageId>;

const NONE: Messages = new Map();

/** By which a letter is known: in its writer's school, if it lies there. */
function messageOf({ account: writer }: JudgedLetter, stored: Messages): MessageId {
  const message = stored.get(writer?.school ?? TOWN) ?? [...stored.values()].at(-1);
  if (message !== undefined) return message;
  throw new Fault('row-missing', 'a message for nobody', { transient: false });
}

const bySchools = ({ account: one }: WrittenLetter, { account: other }: WrittenLetter): number =>
  one.school - other.school;

const writerOf = ({ account: { account } }: WrittenLetter): AccountId => account;

/**
 * A draft leaves once, an absence is told once, a paper asked once: of two who do so, the second
 * finds it done.
 */
async function claim(
  tx: TownWriteTx,
  { account: { school, addressId, draft, absenceReply, paper }, now }: WrittenLetter,
): Promise<void> {
  const isThere =
    (draft === null || (await eraseEntries(await tx.in(school), draft.mailbox, [draft.uid])) > 0) &&
    (absenceReply === null || (await claimAbsenceReply(await tx.in(school), absenceReply, now))) &&
    (paper === null ||
      (await claimPaper(await tx.in(paper.school), paper, { by: addressId, at: now })));
  if (!isThere) throw new CantKeep({ kind: 'draft-gone' });
}

/** Most letters are none, and wait for nothing here. */
const hangsUp = (letter: JudgedLetter): letter is WrittenLetter =>
  isWritten(letter) && letter.account.notice !== null;

/** A notice hangs on its boards from the commit on that stores its letter. */
async function hangUp(
  here: SchoolWriteTx,
  { account: { notice }, raw, now }: WrittenLetter,
  message: MessageId | undefined,
): Promise<void> {
  if (notice?.school !== here.school || message === undefined) return;
  const letter = { message, sizeBytes: raw.length, now };
  if (!(await postNotice(here, notice, letter))) throw new CantKeep({ kind: 'draft-gone' });
}

/**
 * Counts letters in their senders' school, with whom they bring into contact there, ahead of the
 * next statement; what is given back takes all back where a sender may not send so many. What tells
 * of an absence counts by itself: a storm must not use up what its owner may send.
 */
function count(home: SchoolWriteTx, written: readonly WrittenLetter[]): () => void {
  const sendings = written.filter(({ account }) => account.absenceReply === null).map(sendingOf);
  const plain = sendings.filter(({ contacts }) => contacts.length === 0);
  const counted = plain.length === 0 ? null : countSendings(home, plain);
  const reservations = sendings
    .filter(({ contacts }) => contacts.length > 0)
    .map((one) => reserveSending(home, one));
  return () => {
    const all = reservations.map((reserved) => reserved());
    if (counted !== null && counted.rows()?.length !== plain.length) all.push('over-rate');
    for (const limit of all)
      if (limit !== 'reserved') throw new CantKeep({ kind: 'over-limit', limit });
  };
}

function sendingOf(letter: WrittenLetter) {
  const { account, sender } = letter;
  const { sendingsAnHour: recipientsAnHour, newPeopleADay } = allowanceOf(sender.role);
  const pupils = pupilsNamed(letter);
  const contacts = new Set(contactsIn(account.school, letter).map(({ to }) => to));
  return {
    account: account.account,
    from: account.addressId,
    recipients: namedIn(letter).size + outsideOf(letter).length,
    recipientsAnHour,
    contacts: [...contacts].map((to) => ({ to, limited: pupils.has(to) })),
    newPeopleADay,
  };
}

/** Writes down what letters owe to recipients outside, ahead of the commit. */
function owe(
  home: SchoolWriteTx,
  written: readonly WrittenLetter[],
  messages: ReadonlyMap<JudgedLetter, Messages>,
): readonly Owed[] {
  const owed = written.flatMap((letter) => {
    const message = messages.get(letter)?.get(home.school);
    const recipients = outsideOf(letter);
    if (message === undefined || recipients.length === 0) return [];
    const { account, dsnRequests, begunUntil } = letter.account;
    const sender = reversePathOf(letter.account);
    return [{ message, account, sender, recipients, dsnRequests, begunUntil }];
  });
  if (owed.length === 0) return [];
  const leaving = insertOutboxAhead(home, owed);
  const accounts = owed.map(({ account }) => account);
  return [{ leaving, traffic: outsideTrafficAhead(home, accounts) }];
}

interface OwedRows {
  readonly leaving: readonly NewOutboxRow[];
  readonly traffic: readonly (OutsideTraffic & { readonly account: AccountId })[];
}

/** Nothing owed too where the commit went through unheard: the sweeper finds what is due. */
function keptOf(
  letter: JudgedLetter,
  messages: Messages,
  { leaving, traffic }: OwedRows,
): KeptLetter {
  const { account: writer, shares } = letter;
  const message = messageOf(letter, messages);
  const changed = [...shares.keys()].map((school) => [school, changedIn(school, letter)] as const);
  const rows = leaving.filter((one) => one.message === message && writer !== null);
  const sent = traffic.find(({ account }) => account === writer?.account);
  return {
    kind: 'kept',
    message,
    changed: new Map(changed.filter(([, accounts]) => accounts.length > 0)),
    outside: rows.length > 0 && sent ? { leaving: rows, traffic: sent } : null,
  };
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
