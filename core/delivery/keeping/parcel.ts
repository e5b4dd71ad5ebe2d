import type { AccountId, AddressId, MessageId, SchoolId, Uid, MailboxId } from '../../ids.ts';
import type { LetterFacts } from '../../junk/facts.ts';
import type { ReadMessage } from '../../message/message.ts';
import type { From, To } from '../../roster/relate.ts';
import type { Standing } from '../../roster/standing.ts';
import type { Verdict } from '../../rules/decide.ts';
import type { Role } from '../../rules/facts.ts';
import type { Origin } from '../../store/columns.ts';
import type { DsnRequest, ProvedBy } from '../../store/mail/contract.ts';
import type { NewHold } from '../../store/mail/holds.ts';
import { writerOf, type Trust, type Writer } from '../../store/mail/known-writers.ts';
import type { Handed } from '../../store/mail/messages.ts';
import type { Contact } from '../../store/mail/recent-activity.ts';
import { whereHeld } from '../judging/holding.ts';
import type { Judged, Judgement } from '../judging/judge.ts';
import type { WaitsAt } from '../telling/tell-deciders.ts';
import { absentOf, type Absent } from './absences.ts';
import { isClassMail } from './copies.ts';

/** What is to be stored once everything is decided. */
export interface Parcel {
  readonly judgement: Judgement;
  readonly read: ReadMessage;
  readonly raw: Buffer;
  readonly origin: Origin;
  readonly sender: { readonly addressId: AddressId | null; readonly role: Role };
  /** What speaks against it is known once its readers are. */
  readonly handed: Omit<Handed, 'junkSigns'>;
  /** What a stranger's letter says against itself; null for nobody's and our own. */
  readonly facts: LetterFacts | null;
  /**
   * Where it comes: into Indésirables what the domain in From asks to set apart, into Archives the
   * reports that machines send. Who wrote these is nobody known by it.
   */
  readonly into: 'inbox' | 'junk' | 'archive';
  /** Null for a stranger and the service. */
  readonly account: Writing | null;
  readonly now: Date;
}

/** The sending account, with whether Sent gets a copy and which draft the message was. */
export interface Writing {
  readonly school: SchoolId;
  readonly account: AccountId;
  readonly address: string;
  readonly keepCopy: boolean;
  readonly draft: { readonly mailbox: MailboxId; readonly uid: Uid } | null;
  /** The row that this tells of an absence; null for what somebody wrote. */
  readonly absenceReply: number | null;
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

/** What one school gets of a parcel. */
export interface Share {
  readonly inboxes: {
    readonly account: AccountId;
    readonly address: string;
    readonly direct: boolean;
    /** An adult who didn't get it as the town's postmaster: it may be junk to them. */
    readonly isSorted: boolean;
    /** It is class mail: who asked for copies of it gets one. */
    readonly isClassMail: boolean;
    /** They are away, and it was to them that somebody wrote. */
    readonly absent: Absent | null;
  }[];
  readonly holds: Omit<NewHold, 'message'>[];
}

/** The sender's own copy, and those of the schools where recipients are held. */
export function heldCopies(
  shares: ReadonlyMap<SchoolId, Share>,
  messages: ReadonlyMap<SchoolId, MessageId>,
  home: SchoolId,
): Map<SchoolId, MessageId> {
  return new Map(
    [...messages].filter(
      ([school]) => school === home || (shares.get(school)?.holds.length ?? 0) > 0,
    ),
  );
}

/** Whether some of it waits for somebody's word, in whatever school. */
export const waitsSomewhere = ({ judgement }: Parcel): boolean =>
  judgement.judged.some(
    ({ verdict, to, named }) => verdict.kind === 'hold' && to?.kind === 'person' && named !== null,
  );

/**
 * In the order of the schools' ids, so that two deliveries never wait for one another in a ring.
 */
export function sharesOf({
  judgement,
  account,
  sender,
  read,
  now,
}: Parcel): ReadonlyMap<SchoolId, Share> {
  const shares = new Map<SchoolId, Share>();
  const shareOf = (school: SchoolId): Share => {
    const share = shares.get(school) ?? { inboxes: [], holds: [] };
    shares.set(school, share);
    return share;
  };
  if (account) shareOf(account.school);
  for (const { verdict, to, named, site } of judgement.judged) {
    if (to?.kind !== 'person' || !named) continue;
    if (verdict.kind === 'allow') {
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
    if (verdict.kind === 'hold') {
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

/** Where a parcel waits for somebody's word, each place once; what the clock lets go is none. */
export function holdsOf(parcel: Parcel): WaitsAt[] {
  if (parcel.judgement.judged.every(({ verdict }) => verdict.kind !== 'hold')) return [];
  const waiting = [...sharesOf(parcel)].flatMap(([school, { holds }]) =>
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
export function direct({ inboxes }: Share): AccountId[] {
  return inboxes.filter((one) => one.direct).map(({ account }) => account);
}

/** The children written to by name, whom the rule of new people is about. */
export function pupilsNamed({ judgement }: Parcel): ReadonlySet<AddressId> {
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

export function outsideOf({ judgement }: Pick<Parcel, 'judgement'>): string[] {
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
export function trustsOf({ judgement, account, sender }: Parcel): readonly Trust[] {
  if (account === null || sender.role === 'pupil') return [];
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

const isOf = (school: SchoolId, { schools, childrensSchools }: Standing): boolean =>
  schools.has(school) || childrensSchools.has(school);

export function namedIn({ judgement }: Parcel): ReadonlyMap<AddressId, Verdict['kind']> {
  return new Map(
    judgement.judged.flatMap((one) => (one.named ? [[one.named.id, one.verdict.kind]] : [])),
  );
}

/**
 * Who is now in contact with a pupil of this school: whom the pupil wrote to (a list is one), and
 * who wrote to the pupil by name. A first message that is held is no contact yet: the next one
 * waits for the teacher too.
 */
export function contactsIn(school: SchoolId, parcel: Parcel): Contact[] {
  const {
    sender: { addressId: from, role },
    judgement,
    account,
  } = parcel;
  if (from === null) return [];
  const own =
    role === 'pupil' && account?.school === school
      ? [...namedIn(parcel)].flatMap(([to, kind]) => (kind === 'allow' ? [{ from, to }] : []))
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

/** Whose mailboxes, or what of theirs waits, a share of a parcel changes. */
export function changedIn(
  school: SchoolId,
  { inboxes }: Share,
  { account, judgement }: Parcel,
): AccountId[] {
  const accounts = inboxes.map((one) => one.account);
  if (account === null || account.school !== school) return accounts;
  const waits = judgement.judged.some(({ verdict }) => verdict.kind === 'hold');
  const isChanged = account.keepCopy || account.draft !== null || waits;
  return isChanged ? [...accounts, account.account] : accounts;
}

/** Whether somebody is a final recipient inside the town. */
export function isInside(judged: Judged): judged is Judged & { to: To & { kind: 'person' } } {
  return judged.to?.kind === 'person';
}
