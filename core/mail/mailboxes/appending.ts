/**
 * APPEND and REPLACE (RFC 9051 §6.3.12, RFC 3502, RFC 8508). A message that somebody puts into a
 * mailbox was never sent by it and never received: its origin is `added`, whatever its header says.
 * It is scanned like any other, and what a pupil may not send, they may not keep.
 */
import type { Readable } from 'node:stream';
import { Fault } from '../../ground/fault.ts';
import type { MailboxId, Uid } from '../../ground/ids.ts';
import type { ReadMessage } from '../../letters/message/message.ts';
import type { Scan, ScanResult } from '../../letters/scan/clamd.ts';
import { FINE } from '../../rules/facts.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { appendEntries, appendOwn, type NewEntry } from '../../store/mail/appending.ts';
import { erase } from '../../store/mail/erasing.ts';
import type { SystemFlag } from '../../store/mail/flag-columns.ts';
import type { SeenMailbox } from '../../store/mail/mailbox-access.ts';
import { insertMessage, type NewMessage } from '../../store/mail/messages.ts';
import { requireRoomFor } from '../../store/mail/quota.ts';
import type { SchoolWriteTx } from '../../store/store.ts';
import { deniedContent } from '../delivery/judging/content-alone.ts';
import { scanWhole } from '../delivery/judging/scan-whole.ts';
import { allowanceOf } from '../delivery/limits.ts';
import { receive as receiveBytes } from '../delivery/receive.ts';
import { readInTurn } from '../parsing/turns.ts';
import { lacks, ownRights, rightsOf } from './access.ts';
import { act, actAway, arrive, Undo } from './acts.ts';
import type {
  AppendRequest,
  CopiedUids,
  ExpungedUids,
  AppendedLetter,
} from './contract/changes.ts';
import type { Seer } from './contract/seer.ts';
import type { MailboxOutcome, MailboxStop } from './contract/stop.ts';
import { waitTillTomorrow } from './for-later.ts';
import { keywordsStop, splitFlags } from './keywords.ts';
import { MAX_APPENDED } from './limits.ts';
import { find } from './names.ts';
import { rightFor, type OpenedParts } from './opened.ts';
import { done, type MailboxParts } from './parts.ts';
import { normalPath } from './paths.ts';
import { asOfToday } from './todays-reach.ts';

export function appendLimit({ maxMessageBytes }: MailboxParts, viewer: Viewer): number {
  return Math.min(maxMessageBytes, allowanceOf(viewer.role).messageBytes);
}

export async function receive(
  parts: MailboxParts,
  viewer: Viewer,
  raw: Readable,
): Promise<MailboxOutcome<AppendedLetter>> {
  const limitBytes = appendLimit(parts, viewer);
  const own = { kind: 'own', school: viewer.school, account: viewer.account } as const;
  const scanOwn: Scan = (message) => parts.scanner.scan(message, own);
  const received = await receiveBytes(raw, limitBytes);
  if (received === null) return { kind: 'too-big', limitBytes };
  const read = await readInTurn(parts, received.bytes, own);
  if (read === null) return { kind: 'scanner-silent' };
  if (read.kind === 'refused') return { kind: 'malformed', why: read.why };
  const scan = await scanWhole(scanOwn, received.bytes, read.message);
  const stop = contentStop(viewer, scan, read.message);
  return stop ?? done({ raw: received.bytes, read: read.message });
}

/**
 * An adult may keep what nobody could look into, as they may be sent it; nobody may keep a virus.
 */
function contentStop(
  viewer: Viewer,
  scan: ScanResult,
  { danger }: ReadMessage,
): MailboxStop | null {
  if (scan.kind === 'silent') return { kind: 'scanner-silent' };
  if (scan.kind === 'infected') return { kind: 'infected', signature: scan.signature };
  const denied = deniedContent(viewer, {
    ...FINE,
    unscannable: scan.kind === 'unscannable',
    attachments: danger,
  });
  if (denied === null) return null;
  return scan.kind === 'unscannable' && denied === 'locked-archive'
    ? { kind: 'unscannable', signature: scan.signature }
    : { kind: 'file-kind', rule: denied };
}

/**
 * One message for one's own mailbox waits for the database twice; several, those with keywords, and
 * those for somebody else's mailbox some times more.
 */
export async function append(
  { parts, viewer }: RoomVisit<OpenedParts>,
  where: string | MailboxId,
  messages: readonly AppendRequest[],
): Promise<MailboxOutcome<CopiedUids>> {
  const [one, ...more] = messages;
  const own = one && more.length === 0 ? await appendToOwn({ parts, viewer }, where, one) : null;
  if (own) return own;
  const seer = await asOfToday(parts, viewer);
  const mailbox = typeof where === 'string' ? (await find(parts, seer, where))?.id : where;
  return mailbox === undefined
    ? { kind: 'nonexistent' }
    : appendToAny({ parts, viewer: seer }, mailbox, messages);
}

/**
 * That it is one's own is taken for granted, the statement makes sure of it; null where it isn't.
 * Stored as deliveries are: else the question for room is planned anew each time.
 * What listings ask of it is known here, and isn't read again by the next of them.
 */
async function appendToOwn(
  { parts: { store, mailEvents, texts, clock }, viewer }: RoomVisit<OpenedParts>,
  where: string | MailboxId,
  { letter, flags, internalDate }: AppendRequest,
): Promise<MailboxOutcome<CopiedUids> | null> {
  const { system, keywords } = splitFlags(flags, []);
  if (keywords.length > 0) return null;
  const mailbox = typeof where === 'string' ? normalPath(where) : where;
  const added = await store
    .delivery(async (town) => {
      const tx = await town.in(viewer.school);
      const entry = await appendOwn(
        tx,
        { mailbox, owner: viewer.account },
        {
          message: newMessage(viewer, letter),
          internalDate,
          flags: flagsOf(system, ownRights(viewer.role, null)),
        },
      );
      if (!entry) throw new Undo({ kind: 'nonexistent' });
      const to = { id: entry.mailbox, use: entry.use, owner: viewer.account };
      const arrived = { from: null, to, uids: [entry.uid], now: clock() };
      const stop = await waitTillTomorrow(tx, viewer, arrived);
      if (stop) throw new Undo(stop);
      return entry;
    })
    .catch((error: unknown) => {
      if (error instanceof Undo) return error.stop.kind === 'nonexistent' ? null : error.stop;
      if (error instanceof Fault && error.code === 'mailbox-full')
        return { kind: 'over-quota' } as const;
      throw error;
    });
  if (!added || 'kind' in added) return added;
  const { wire } = letter.read;
  texts.remember('envelope', [added.message], [wire.envelope]);
  texts.remember('bodyStructure', [added.message], [wire.bodyStructure]);
  mailEvents.announce(viewer.school, [viewer.account], {
    mailbox: added.mailbox,
    modseq: added.modseq,
  });
  return done({ uidValidity: added.uidValidity, from: [], to: [added.uid] });
}

function appendToAny(
  { parts, viewer }: RoomVisit<MailboxParts, Seer>,
  mailbox: MailboxId,
  messages: readonly AppendRequest[],
): Promise<MailboxOutcome<CopiedUids>> {
  return act({ parts, viewer }, { mailboxes: [mailbox] }, (tx, all) =>
    appendAdded({ parts, viewer }, tx, { seen: all.get(mailbox), messages }),
  );
}

/** By a program: what lands among what comes back later is given its hour. */
async function appendAdded(
  { parts, viewer }: RoomVisit<MailboxParts, Seer>,
  tx: SchoolWriteTx,
  {
    seen,
    messages,
  }: { readonly seen: SeenMailbox | undefined; readonly messages: readonly AppendRequest[] },
): Promise<MailboxOutcome<CopiedUids>> {
  const added = await appendInto(tx, { viewer, seen, messages, origin: 'added' });
  if (seen && added.kind === 'done')
    await arrive({ parts, viewer }, tx, { from: null, to: seen, uids: added.value.to });
  return added;
}

/** By whom messages come: the owner's mail program, or the town, from an older server. */
interface Coming {
  readonly viewer: Seer;
  readonly messages: readonly AppendRequest[];
  readonly origin: 'added' | 'brought';
}

/**
 * Appends within a transaction that has locked the mailbox; fails with `mailbox-full` where there
 * is no room.
 */
export async function appendInto(
  tx: SchoolWriteTx,
  { viewer, seen, messages, origin }: Coming & { readonly seen: SeenMailbox | undefined },
): Promise<MailboxOutcome<CopiedUids>> {
  const stop = appendStop(seen, viewer, messages);
  if (!seen || stop) return stop ?? { kind: 'nonexistent' };
  return done({
    uidValidity: seen.uidValidity,
    from: [],
    to: messages.length === 0 ? [] : await add(tx, { viewer, seen, messages, origin }),
  });
}

export function replace(
  { parts, viewer }: RoomVisit<MailboxParts, Seer>,
  { from, uid }: { readonly from: MailboxId; readonly uid: Uid },
  { to, message }: { readonly to: MailboxId; readonly message: AppendRequest },
): Promise<MailboxOutcome<CopiedUids & { readonly expunged: ExpungedUids }>> {
  return actAway(
    { parts, viewer },
    { mailboxes: [from, to] },
    async (tx, all): Promise<MailboxOutcome<CopiedUids & { readonly expunged: ExpungedUids }>> => {
      const [source, target] = [all.get(from), all.get(to)];
      const stop =
        lacks(source, viewer, 't') ??
        lacks(source, viewer, 'e') ??
        appendStop(target, viewer, [message]);
      if (!target || stop) return stop ?? { kind: 'nonexistent' };
      // First out, then in: who replaces a message in a full mailbox needs the room of the old one.
      const gone = await erase(tx, from, { uids: [{ from: uid, to: uid }], onlyDeleted: false });
      if (gone.uids.length === 0) throw new Undo({ kind: 'nonexistent' });
      const added = await add(tx, { viewer, seen: target, messages: [message], origin: 'added' });
      await arrive({ parts, viewer }, tx, { from: null, to: target, uids: added });
      return done({
        uidValidity: target.uidValidity,
        from: [],
        to: added,
        expunged: { uids: gone.uids, modseq: from === to ? gone.modseq + 1 : gone.modseq },
      });
    },
  );
}

function appendStop(
  seen: SeenMailbox | undefined,
  viewer: Seer,
  messages: readonly AppendRequest[],
): MailboxStop | null {
  const words = messages.flatMap(({ flags }) => splitFlags(flags, seen?.keywords ?? []).keywords);
  if (messages.length > MAX_APPENDED)
    return { kind: 'limit', what: 'messages', limit: MAX_APPENDED };
  const tooMany = messages
    .map(({ flags }) => keywordsStop(splitFlags(flags, []).keywords, []))
    .find((stop) => stop !== null);
  return (
    lacks(seen, viewer, 'i') ??
    tooMany ??
    keywordsStop([], [...new Set([...(seen?.keywords ?? []), ...words])])
  );
}

/** Flags that the viewer has no right to are left away (RFC 4314 §4 APPEND). */
async function add(
  tx: SchoolWriteTx,
  { viewer, seen, messages, origin }: Coming & { readonly seen: SeenMailbox },
): Promise<Uid[]> {
  const rights = rightsOf(seen, viewer);
  requireRoomFor(
    tx,
    seen.owner,
    messages.reduce((sum, { letter }) => sum + letter.raw.length, 0),
  );
  const entries: NewEntry[] = [];
  for (const { letter, flags, internalDate } of messages) {
    const message = await insertMessage(tx, { ...newMessage(viewer, letter), origin });
    const { system, keywords } = splitFlags(flags, seen.keywords);
    entries.push({
      message,
      sizeBytes: letter.raw.length,
      internalDate,
      keywords: rights.includes('w') ? keywords : [],
      flags: flagsOf(system, rights),
    });
  }
  return appendEntries(tx, seen.id, entries);
}

function newMessage(viewer: Viewer, { raw, read }: AppendedLetter): NewMessage {
  return {
    sender: { addressId: viewer.addressId, role: viewer.role },
    origin: 'added',
    read,
    raw,
    handed: null,
  };
}

function flagsOf(system: readonly SystemFlag[], rights: string): NewEntry['flags'] {
  const has = (flag: SystemFlag): boolean =>
    system.includes(flag) && rights.includes(rightFor(flag));
  return {
    seen: has('\\Seen'),
    flagged: has('\\Flagged'),
    answered: has('\\Answered'),
    draft: has('\\Draft'),
    deleted: has('\\Deleted'),
  };
}
