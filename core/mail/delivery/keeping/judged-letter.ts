import type { AccountId, AddressId, SchoolId, Uid, MailboxId } from '../../../ground/ids.ts';
import type { JunkSign } from '../../../letters/junk/signs.ts';
import type { To } from '../../../roster/relate.ts';
import type { Role } from '../../../rules/facts.ts';
import type { NoticeWords } from '../../../store/boards/notices.ts';
import type { Origin } from '../../../store/columns.ts';
import type { DsnRequest } from '../../../store/mail/contract.ts';
import type { NewHold } from '../../../store/mail/holds.ts';
import type { HandoverNotes } from '../../../store/mail/messages.ts';
import type { PaperWords } from '../../../store/papers/papers.ts';
import type { JudgedRecipient, Judgement } from '../judging/judge.ts';
import type { Letter } from '../letter.ts';
import type { LetterReader } from './arrive.ts';

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

/** Says which readers of a school find a letter in Indésirables, and what speaks against it. */
export interface JunkSorting {
  readonly readers: ReadonlySet<AccountId>;
  readonly signs: readonly JunkSign[];
}

export const NO_JUNK: JunkSorting = { readers: new Set(), signs: [] };

/** A letter of somebody of ours. */
export type WrittenLetter = JudgedLetter & { readonly account: Writing };

export const isWritten = (letter: JudgedLetter): letter is WrittenLetter => letter.account !== null;

/** Whether somebody of the school finds it there, or waits for it. */
export function isReadIn(school: SchoolId, { shares, account }: JudgedLetter): boolean {
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

/**
 * Only who is named themselves can be too full: one child's full mailbox must not stop the mail of
 * the class.
 */
export function direct(school: SchoolId, { shares }: JudgedLetter): readonly AccountId[] {
  const inboxes = shares.get(school)?.inboxes ?? [];
  return inboxes.filter((one) => one.direct).map(({ account }) => account);
}

export function outsideOf({ judgement }: Pick<JudgedLetter, 'judgement'>): string[] {
  return judgement.judged
    .filter((one) => one.to?.kind === 'outside' && one.verdict.kind === 'allow')
    .map(({ address }) => address);
}

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
