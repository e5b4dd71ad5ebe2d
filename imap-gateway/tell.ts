import type { ListedMailbox } from '../core/mail/mailboxes/contract/listed.ts';
import type { MailboxChanges } from '../core/mail/mailboxes/contract/opened.ts';
import type { Tells } from './commands/handler.ts';
import { planOf } from './fetch-plan.ts';
import { writeMessages } from './fetch-write.ts';
import { attributesOf } from './list-names.ts';
import { flagsText, type SelectedMailbox } from './selected.ts';
import type { ImapSession } from './session.ts';
import { advance, numberOf, uidsIn, type ViewStep } from './view.ts';
import {
  annotationsOf,
  changesOf,
  learnMarks,
  learnMessages,
  learnNames,
  ownersOf,
  annotatedOf,
  selectedGroup,
  type MailboxWatch,
} from './watch.ts';
import { encodeName } from './wire/names.ts';
import { rangesOf, setOf } from './wire/ranges.ts';
import { mailboxList } from './wire/write.ts';

/** Past so many flag changes the rest waits until the client has taken some. */
const FLAGS_AT_ONCE = 500;

/**
 * Brings a session's view up to date and writes what the client must know (RFC 9051 §7.5.1, RFC
 * 7162 §3.2.10). The event said only that something happened: what, is read from the store. False:
 * the mailbox is gone, or no longer this person's.
 */
export async function tellSelected(
  session: ImapSession,
  tells: Exclude<Tells, 'nothing'>,
): Promise<boolean> {
  const news = await lookAt(session, tells, { inAnyCase: tells === 'all', withFlags: true });
  if (news === 'gone') return false;
  if (news !== null && session.watch) await writeArrivals(session, session.watch, news);
  writeCountFrom(session);
  return true;
}

/**
 * Between commands, for a client that waits: all that is new, or what NOTIFY asked for (RFC 5465
 * §5, §6.1). False as above.
 */
export async function tellWaiting(session: ImapSession): Promise<boolean> {
  const { watch, selected } = session;
  const group = watch && selectedGroup(watch.groups);
  if (watch && !group) session.isStale ||= selected !== null; // told with the next command
  else if (selected) {
    const news = await lookAt(
      session,
      group?.mailboxes.kind === 'selected-delayed' ? 'no-expunge' : 'all',
      { inAnyCase: true, withFlags: !group || group.events.includes('FlagChange') },
    );
    if (news === 'gone') return false;
    if (news !== null && watch && session.selected === selected)
      await writeArrivals(session, watch, news);
  }
  if (watch) await tellOthers(session, watch);
  return true;
}

/**
 * What MessageNew brings along of each message that is new, those aside that this client has put
 * there itself (RFC 5465 §5.2).
 */
async function writeArrivals(
  session: ImapSession,
  { groups }: MailboxWatch,
  newFrom: number,
): Promise<void> {
  const items = selectedGroup(groups)?.fetch ?? [];
  const {
    view: { uids },
    own,
  } = session.box;
  const arrived = uidsIn(uids, [
    { from: newFrom, to: own.from - 1 },
    { from: Math.max(newFrom, own.to + 1), to: Infinity },
  ]);
  if (items.length > 0 && arrived.length > 0)
    await writeMessages(
      session,
      planOf(items, {
        withUid: true,
        withModseq: session.enabled.condstore && session.box.hasModseq,
      }),
      { uids: rangesOf(arrived), changedSince: null, marked: new Map() },
    );
}

/**
 * Mailboxes that aren't selected: their counts, names, subscriptions and annotations (RFC 5465 §5.1
 * to §5.7).
 */
async function tellOthers(session: ImapSession, watch: MailboxWatch): Promise<void> {
  if (watch.groups.length === 0) return;
  const now = await session.core.mailboxes.list(session.me);
  const { utf8 } = session.intake.state;
  for (const line of changesOf(watch, now, {
    utf8,
    selected: session.selected?.id ?? null,
    statusOf: (mailbox) => statusOf(mailbox, { utf8 }),
  }))
    session.output.write(line);
  watch.known = now;
  session.hearOwners(ownersOf(watch.groups, now));
  const annotated = annotatedOf(watch.groups, now);
  if (annotated.length === 0) return;
  const marks = await session.core.mailboxes.annotationMarks(session.me, annotated);
  for (const line of annotationsOf(watch, marks, { annotated, listed: now, utf8 }))
    session.output.write(line);
  watch.marks = marks;
}

/**
 * This client has made, renamed, removed, subscribed or unsubscribed what lies at these paths:
 * where it watches, it knows (RFC 5465 §5).
 */
export async function knowOwnNames(
  { watch, core, me }: ImapSession,
  paths: readonly string[],
): Promise<void> {
  if (watch && watch.groups.length > 0) learnNames(watch, await core.mailboxes.list(me), paths);
}

/**
 * This client has put messages into a mailbox, perhaps the selected one: where it watches, it knows
 * of them.
 */
export function knowOwnMessages(
  { watch, selected }: ImapSession,
  own: Parameters<typeof learnMessages>[1],
): void {
  if (!watch || watch.groups.length === 0) return;
  learnMessages(watch, own);
  const [from] = own.uids;
  if (from !== undefined && selected?.mailbox.path === own.path)
    selected.own = { from, to: own.uids.at(-1) ?? from };
}

/** This client has set annotations itself: where it watches, it knows of them. */
export async function knowOwnAnnotations(
  { watch, core, me }: ImapSession,
  own: Parameters<typeof learnMarks>[2],
): Promise<void> {
  if (!watch || watch.groups.length === 0) return;
  const isWatched = annotatedOf(watch.groups, watch.known).includes(own.mailbox);
  learnMarks(watch, isWatched ? await core.mailboxes.annotationMarks(me, [own.mailbox]) : [], own);
}

/** The counts of a mailbox that isn't selected, as NOTIFY tells them. */
export function statusOf(
  { path, total, uidNext, uidValidity, unseen, highestModseq }: ListedMailbox,
  { utf8 }: { readonly utf8: boolean },
): string {
  return `* STATUS ${encodeName(path, { utf8 })} (MESSAGES ${total} UIDNEXT ${uidNext} UIDVALIDITY ${uidValidity} UNSEEN ${unseen} HIGHESTMODSEQ ${highestModseq})\r\n`;
}

/** RFC 9051 §6.3.9.7 (OLDNAME): the name by which a client knew a mailbox is another one now. */
export function tellOldName(
  { output, intake }: ImapSession,
  mailbox: ListedMailbox,
  oldName: string,
): void {
  const { utf8 } = intake.state;
  output.write(
    mailboxList('LIST', mailbox.path, {
      attributes: attributesOf(mailbox),
      utf8,
      extended: `"OLDNAME" (${encodeName(oldName, { utf8 })})`,
    }),
  );
}

/** Gives the first UID that is new, null where nothing was looked at. */
async function lookAt(
  session: ImapSession,
  tells: Exclude<Tells, 'nothing'>,
  { inAnyCase, withFlags }: { readonly inAnyCase: boolean; readonly withFlags: boolean },
): Promise<number | 'gone' | null> {
  const { selected } = session;
  if (!selected) return null;
  const mayExpunge = tells !== 'no-expunge';
  const isHeard = selected.mailbox.owner !== null; // who reads a board is told by no event
  if (isHeard && !inAnyCase && !session.isStale && !(mayExpunge && selected.view.hasGhosts))
    return null;
  session.isStale = false; // before reading: what changes from here on may be too late for it
  const changes = await session.core.mailboxes.since(session.me, selected.id, selected.view.modseq);
  if (session.selected !== selected) return null;
  if (!changes) return 'gone';
  // the view has moved on by a change of its own
  if (changes.modseq < selected.view.modseq) return null;
  const step = advance(selected.view, changes, mayExpunge ? 'goes' : 'keeps-its-number');
  const before = selected.countFrom ?? selected.view.modseq;
  const caughtUp = selected.countFrom !== null && !step.view.hasGhosts;
  selected.view = step.view;
  selected.countFrom = step.view.hasGhosts ? before : null;
  writeStep(session, step);
  writeKeywords(session, selected, changes.keywords);
  if (withFlags) await writeFlags(session, selected, { ...changes, newFrom: step.newFrom });
  if (caughtUp && session.enabled.qresync && selected.hasModseq)
    session.untagged(`OK [HIGHESTMODSEQ ${step.view.modseq}] All is told`);
  return step.newFrom;
}

/**
 * RFC 7162 §3.2, §6: who is told of later changes while messages are gone untold must count from
 * before those, should the connection end now.
 */
function writeCountFrom(session: ImapSession): void {
  const { enabled, selected } = session;
  if (enabled.qresync && selected?.hasModseq && selected.countFrom !== null)
    session.untagged(
      `OK [HIGHESTMODSEQ ${selected.countFrom}] Some that are gone are not told yet`,
    );
}

function writeStep(session: ImapSession, { expunged, vanished, exists, view }: ViewStep): void {
  if (vanished.length > 0 && session.enabled.qresync)
    session.untagged(`VANISHED ${setOf(vanished)}`);
  else for (const number of expunged) session.untagged(`${number} EXPUNGE`);
  // RFC 7162 §3.2.10: VANISHED says which are gone; the count follows where it tells of new ones.
  if (exists !== null) session.untagged(`${exists} EXISTS`);
  else if (vanished.length > 0 && session.enabled.qresync)
    session.untagged(`${view.uids.length} EXISTS`);
}

/** A keyword used here for the first time (RFC 9051 §7.3.5). */
function writeKeywords(
  session: ImapSession,
  selected: SelectedMailbox,
  keywords: readonly string[],
): void {
  if (
    keywords.length === selected.keywords.length &&
    keywords.every((keyword, i) => keyword === selected.keywords[i])
  )
    return;
  const before = new Set(selected.keywords);
  const isMore = keywords.some((keyword) => !before.has(keyword));
  selected.keywords = keywords;
  if (isMore) session.untagged(`FLAGS (${flagsText(keywords)})`);
}

/** Flags that others changed; those of new messages the client asks for itself. */
export async function writeFlags(
  session: ImapSession,
  { view }: SelectedMailbox,
  { changed, newFrom = Infinity }: MailboxChanges & { readonly newFrom?: number },
): Promise<void> {
  for (let at = 0; at < changed.uids.length; at += 1) {
    const uid = changed.uids[at] ?? 0;
    const number = uid < newFrom ? numberOf(view.uids, uid) : 0;
    if (number > 0)
      session.untagged(
        flagsOf(session, {
          number,
          uid,
          flags: changed.flags[at] ?? '',
          modseq: changed.modseqs[at] ?? 0,
        }),
      );
    if (at % FLAGS_AT_ONCE === FLAGS_AT_ONCE - 1) await session.room();
  }
}

/** The flags of one message, as a FETCH tells them. */
interface FlagsNow {
  readonly number: number;
  readonly uid: number;
  readonly flags: string;
  readonly modseq: number;
  /** By a UID command, whose answers all name it (RFC 9051 §6.4.9). */
  readonly byUid?: boolean;
}

/**
 * A FETCH of flags that nobody asked for: with UID and MODSEQ after CONDSTORE (RFC 7162 §3.2.4),
 * with UID in IMAP4rev2 and where NOTIFY watches (RFC 5465 §5.1).
 */
export function flagsOf(
  { enabled, watch, selected }: ImapSession,
  { number, uid, flags, modseq, byUid = false }: FlagsNow,
): string {
  const counts = enabled.condstore && selected?.hasModseq === true;
  const isNamed = byUid || enabled.condstore || enabled.rev2 || watch;
  const named = isNamed ? `UID ${uid} ` : '';
  return `${number} FETCH (${named}FLAGS (${flags})${counts ? ` MODSEQ (${modseq})` : ''})`;
}
