import type {
  AccountId,
  AddressId,
  MessageId,
  SchoolId,
  Uid,
  MailboxId,
} from '../../../ground/ids.ts';
import type { JunkSign } from '../../../letters/junk/signs.ts';
import type { From, To } from '../../../roster/relate.ts';
import type { PersonStanding } from '../../../roster/standing.ts';
import type { Verdict } from '../../../rules/decide.ts';
import type { Role } from '../../../rules/facts.ts';
import type { NoticeWords } from '../../../store/boards/notices.ts';
import type { Origin } from '../../../store/columns.ts';
import type { DsnRequest, ProvedBy } from '../../../store/mail/contract.ts';
import type { NewHold } from '../../../store/mail/holds.ts';
import { writerOf, type Trust, type Writer } from '../../../store/mail/known-writers.ts';
import type { HandoverNotes } from '../../../store/mail/messages.ts';
import type { Contact } from '../../../store/mail/recent-activity.ts';
import type { PaperWords } from '../../../store/papers/papers.ts';
import type { JudgedRecipient, Judgement } from '../judging/judge.ts';
import { whereHeld } from '../judging/where-held.ts';
import type { Letter } from '../letter.ts';
import type { WaitingAt } from '../telling/tell-deciders.ts';
import { absentOf } from './absences.ts';
import type { Arrival, LetterReader } from './arrive.ts';
import { isClassMail } from './copies.ts';
import type { RememberedWriters } from './remembered-writers.ts';

/** A letter that is decided about, as it is to be stored. */
export interface JudgedLetter extends Pick<Letter, 'read' | 'raw' | 'into'> {
  readonly judgement: Judgement;
  /** What each school gets of it, in the order of their ids. */
  readonly shares: ReadonlyMap<SchoolId, SchoolShare>;
  readonly origin: Origin;
  readonly sender: { readonly addressId: AddressId | null; readonly role: Role };
  /** What speaks against it stands with each share. */
  readonly handed: Omit<HandoverNotes, 'junkSigns'>;
  /** Null for a stranger and the service. */
  readonly account: Writing | null;
  readonly now: Date;
}

/** The sending account, with whether Sent gets a copy and which draft the message was. */
interface Writing {
  readonly school: SchoolId;
  readonly account: AccountId;
  readonly addressId: AddressId;
  readonly address: string;
  readonly keepCopy: boolean;
  readonly draft: { readonly mailbox: MailboxId; readonly uid: Uid } | null;
  /** The row that this tells of an absence; null for what somebody wrote. */
  readonly absenceReply: number | null;
  /** The paper's words that it brings, which are asked from its commit on. */
  readonly paper: PaperWords | null;
  /** The notice that it is: it hangs on a board, and comes to nobody's mailbox. */
  readonly notice: NoticeWords | null;
  readonly dsnRequests: ReadonlyMap<string, DsnRequest>;
  /** What leaves for outside is this process's own until then; null: it is for whoever looks. */
  readonly begunUntil: Date | null;
}

/**
 * The reverse-path of what its account's letter sends outside. Null: nobody wrote it, and it must
 * not bounce (RFC 3834 §3.3).
 */
export function reversePathOf({ absenceReply, address }: Writing): string | null {
  return absenceReply === null ? address : null;
}

/** What one school gets of a letter. */
export interface SchoolShare {
  readonly inboxes: (LetterReader & {
    readonly address: string;
    readonly direct: boolean;
    /** An adult who didn't get it as the town's postmaster: it may be junk to them. */
    readonly isSorted: boolean;
  })[];
  readonly holds: Omit<NewHold, 'message'>[];
  readonly junk: JunkSorting;
}

/** Who of a school's readers finds a letter in Indésirables, and what speaks against it. */
export interface JunkSorting {
  readonly readers: ReadonlySet<AccountId>;
  readonly signs: readonly JunkSign[];
}

export const NO_JUNK: JunkSorting = { readers: new Set(), signs: [] };

const NO_SHARE: SchoolShare = { inboxes: [], holds: [], junk: NO_JUNK };

/** A letter of somebody of ours. */
export type WrittenLetter = JudgedLetter & { readonly account: Writing };

export const isWritten = (letter: JudgedLetter): letter is WrittenLetter => letter.account !== null;

/** Whether somebody of the school finds it there, or waits for it. */
function isReadIn(school: SchoolId, { shares, account }: JudgedLetter): boolean {
  const { inboxes = [], holds = [] } = shares.get(school) ?? {};
  const keepsCopy = account?.school === school && account.keepCopy;
  const hangs = account?.notice?.school === school;
  return inboxes.length + holds.length > 0 || keepsCopy || hangs;
}

/**
 * Whether it is stored in a school: where somebody reads it, and at its sender's where some of it
 * leaves from there, or waits in another school and is to be seen and taken back by its writer. It
 * isn't where nobody of the sender's school is written to and the mail program keeps the copy.
 */
export function isKeptIn(school: SchoolId, letter: JudgedLetter): boolean {
  if (letter.account?.school !== school || isReadIn(school, letter))
    return isReadIn(school, letter);
  return (
    outsideOf(letter).length > 0 ||
    [...letter.shares.values()].some(({ holds }) => holds.length > 0)
  );
}

/** As it comes to a school in which it is kept. */
export function arrivalIn(
  school: SchoolId,
  letter: JudgedLetter,
  remembered: RememberedWriters,
): Arrival {
  const { sender, origin, read, raw, into, handed, account, now } = letter;
  const { inboxes, holds, junk } = letter.shares.get(school) ?? NO_SHARE;
  const readers = inboxes.filter((one) => !junk.readers.has(one.account));
  const writer = writerIn(school, letter);
  return {
    letter: {
      sender,
      origin,
      read,
      raw,
      handed: { ...handed, junkSigns: junk.signs },
      isSearched: isReadIn(school, letter),
    },
    readers,
    boxes: {
      into: into === 'archive' ? 'archive' : 'inbox',
      junk: [...junk.readers],
      sentOf: account?.school === school && account.keepCopy ? account.account : null,
      stranger:
        writer === null
          ? null
          : {
              writer,
              newTo: remembered.unknownTo(
                writer,
                readers.map(({ account: one }) => one),
              ),
            },
    },
    holds,
    now,
  };
}

/** Whom the readers of a school meet by it, where its writer isn't of the school. */
function writerIn(
  school: SchoolId,
  { into, judgement, read, handed: { provedBy } }: JudgedLetter,
): Writer | null {
  const author = read.envelope.from[0]?.address;
  return into === 'inbox' ? strangerIn(school, judgement.from, { author, provedBy }) : null;
}

/** Whom the readers of a letter that is stored know from now on. */
export function rememberWriter(letter: JudgedLetter, remembered: RememberedWriters): void {
  for (const [school, { inboxes, junk }] of letter.shares) {
    const writer = writerIn(school, letter);
    const readers = inboxes.flatMap(({ account }) => (junk.readers.has(account) ? [] : [account]));
    if (writer !== null) remembered.remember(writer, readers);
  }
}

/** Where it waits in other schools than its sender's, to be noted beside the copy there. */
export function heldElsewhere(
  { account, shares }: JudgedLetter,
  messages: ReadonlyMap<SchoolId, MessageId>,
) {
  const home = account?.school;
  const own = home === undefined ? undefined : messages.get(home);
  if (home === undefined || own === undefined) return [];
  return [...shares].flatMap(
    ([
      school,
      {
        holds: [first],
      },
    ]) => {
      const message = messages.get(school);
      if (school === home || first === undefined || message === undefined) return [];
      const held = { state: 'waiting', rule: first.rule, until: first.until, note: null } as const;
      return [{ home, own, there: { school, message }, held }];
    },
  );
}

/**
 * In the order of the schools' ids, so that two deliveries never wait for one another in a ring.
 */
export function sharesOf({
  judgement,
  account,
  sender,
  read,
  now,
}: Omit<JudgedLetter, 'shares'>): ReadonlyMap<SchoolId, SchoolShare> {
  const shares = new Map<SchoolId, SchoolShare>();
  const shareOf = (school: SchoolId): SchoolShare => {
    const share = shares.get(school) ?? { inboxes: [], holds: [], junk: NO_JUNK };
    shares.set(school, share);
    return share;
  };
  if (account) shareOf(account.school);
  const notice = account?.notice ?? null;
  if (notice !== null) shareOf(notice.school);
  for (const { verdict, to, named, site } of judgement.judged) {
    if (to?.kind !== 'person' || !named) continue;
    if (verdict.kind === 'allow' && notice === null) {
      const { person, home } = to.standing;
      const isDirect = to.through === null;
      shareOf(home).inboxes.push({
        account: person.account,
        address: person.address,
        direct: isDirect,
        isClassMail: isClassMail(to.through, { writer: sender.role, automatic: read.automatic }),
        isSorted: person.role !== 'pupil' && to.through?.kind !== 'postmaster',
        absent: isDirect ? absentOf(person, judgement.rosters.get(home), now) : null,
      });
    }
    if (verdict.kind === 'hold' && notice === null) {
      const { school, ...where } = whereHeld(verdict.rule, judgement.from, to, {
        rosters: judgement.rosters,
        now,
      });
      shareOf(school).holds.push({
        ...where,
        rule: verdict.rule,
        named: named.id,
        recipient: to.standing.person.addressId,
        lifted: [],
        site,
      });
    }
  }
  return new Map([...shares].sort(([one], [other]) => one - other));
}

/** Where a letter waits for somebody's word, each place once; what the clock lets go is none. */
export function holdsOf({ shares }: JudgedLetter): WaitingAt[] {
  const waiting = [...shares].flatMap(([school, { holds }]) =>
    holds.filter(({ until }) => until === null).map((hold) => ({ ...hold, school })),
  );
  return [
    ...new Map(
      waiting.map((one) => [`${one.school} ${one.classId ?? one.recipient}`, one]),
    ).values(),
  ];
}

/**
 * Only who is named themselves can be too full: one child's full mailbox must not stop the mail of
 * the class.
 */
export function direct(school: SchoolId, { shares }: JudgedLetter): readonly AccountId[] {
  const inboxes = shares.get(school)?.inboxes ?? [];
  return inboxes.filter((one) => one.direct).map(({ account }) => account);
}

/** The children written to by name, whom the rule of new people is about. */
export function pupilsNamed({ judgement }: JudgedLetter): ReadonlySet<AddressId> {
  return new Set(
    judgement.judged.filter(isInside).flatMap(
      ({
        to: {
          through,
          standing: { person },
        },
      }) => (through === null && person.role === 'pupil' ? [person.addressId] : []),
    ),
  );
}

export function outsideOf({ judgement }: Pick<JudgedLetter, 'judgement'>): string[] {
  return judgement.judged
    .filter((one) => one.to?.kind === 'outside' && one.verdict.kind === 'allow')
    .map(({ address }) => address);
}

/**
 * Who wrote a letter, as those know them who are of a school that the writer is not of; null where
 * the writer is one of them, or no person.
 */
export function strangerIn(
  school: SchoolId,
  from: From,
  letter: { readonly author: string | undefined; readonly provedBy: ProvedBy | null },
): Writer | null {
  if (from.kind === 'system') return null;
  if (from.kind === 'outside')
    return letter.author === undefined ? null : writerOf(letter.author, letter);
  const { person } = from.standing;
  return person.role === 'agent' || isOf(school, from.standing)
    ? null
    : writerOf(person.address, { provedBy: 'account' });
}

/** Those elsewhere to whom an adult writes by name: they are no strangers to them any more. */
export function trustsOf(
  school: SchoolId,
  { judgement, account, sender }: JudgedLetter,
): readonly Trust[] {
  if (account?.school !== school || sender.role === 'pupil') return [];
  const addresses = judgement.judged.flatMap(({ address, to, verdict }) => {
    if (verdict.kind === 'deny' || to === null || to.kind === 'list') return [];
    if (to.kind === 'outside') return [address];
    return to.through === null && !isOf(account.school, to.standing)
      ? [to.standing.person.address]
      : [];
  });
  return addresses.map((address) => ({
    account: account.account,
    writer: writerOf(address, { provedBy: 'account' }),
  }));
}

const isOf = (school: SchoolId, { schools, childrensSchools }: PersonStanding): boolean =>
  schools.has(school) || childrensSchools.has(school);

export function namedIn({ judgement }: JudgedLetter): ReadonlyMap<AddressId, Verdict['kind']> {
  return new Map(
    judgement.judged.flatMap((one) => (one.named ? [[one.named.id, one.verdict.kind]] : [])),
  );
}

/**
 * Who is now in contact with a pupil of this school: whom the pupil wrote to (a list is one), and
 * who wrote to the pupil by name. A first message that is held is no contact yet: the next one
 * waits for the teacher too.
 */
export function contactsIn(school: SchoolId, letter: JudgedLetter): Contact[] {
  const {
    sender: { addressId: from, role },
    judgement,
    account,
  } = letter;
  if (from === null) return [];
  const own =
    role === 'pupil' && account?.school === school
      ? [...namedIn(letter)].flatMap(([to, kind]) => (kind === 'allow' ? [{ from, to }] : []))
      : [];
  const theirs = judgement.judged.filter(isInside).filter(
    ({
      verdict,
      to: {
        through,
        standing: { home, person },
      },
    }) =>
      verdict.kind === 'allow' && through === null && home === school && person.role === 'pupil',
  );
  return [...own, ...theirs.map(({ to }) => ({ from, to: to.standing.person.addressId }))];
}

/** The same, where they aren't counted with what its sender sends. */
export const contactsBeside = (school: SchoolId, letter: JudgedLetter): readonly Contact[] =>
  letter.account?.school === school ? [] : contactsIn(school, letter);

/** Whose mailboxes, or what of theirs waits, a letter changes in a school. */
export function changedIn(
  school: SchoolId,
  { account, judgement, shares }: JudgedLetter,
): AccountId[] {
  const accounts = (shares.get(school)?.inboxes ?? []).map((one) => one.account);
  if (account === null || account.school !== school) return accounts;
  const waits = judgement.judged.some(({ verdict }) => verdict.kind === 'hold');
  const isChanged = account.keepCopy || account.draft !== null || waits;
  return isChanged ? [...accounts, account.account] : accounts;
}

/** Whether somebody is a final recipient inside the town. */
export function isInside(
  judged: JudgedRecipient,
): judged is JudgedRecipient & { to: To & { kind: 'person' } } {
  return judged.to?.kind === 'person';
}
