import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FetchMessageObject, ImapFlow, ListResponse } from 'imapflow';
import type { MailboxId } from '../../core/ground/ids.ts';
import type { WithMailboxes } from '../../core/mail/mailboxes/contract.ts';
import type { MailboxStop } from '../../core/mail/mailboxes/contract/stop.ts';
import type { BroughtMessage, WithOldMail } from '../../core/mail/mailboxes/old-mail/contract.ts';
import type { Viewer } from '../../core/rules/viewer.ts';
import { saysNo, type Doubts } from './doubts.ts';
import { isOthers, keptDate, keptFlags, destinationOf, type Destination } from './folders.ts';
import type { Journey } from './map-file.ts';
import { openOld, type OldServer } from './old-server.ts';

/** A message that stayed where it was. */
export interface UnbroughtMessage {
  readonly address: string;
  readonly folder: string;
  /** 0: the whole folder. */
  readonly uid: number;
  readonly at: Date | null;
  /**
   * `closed`: the old server doesn't open the folder, or doesn't say what lies in it; `unreadable`:
   * it says no, or breaks off, where it is asked for this message.
   */
  readonly why: MailboxStop | { readonly kind: 'gone' | 'closed' | 'unreadable' };
}

export interface AccountTally {
  readonly folders: number;
  readonly brought: number;
  /** Were here already, from a run before. */
  readonly known: number;
  readonly bytes: number;
  readonly refused: readonly UnbroughtMessage[];
}

/**
 * What is counted while an account is brought, in one try or, where the old server breaks off, in
 * several.
 */
export interface BringCounts {
  folders: number;
  brought: number;
  known: number;
  bytes: number;
  refused: UnbroughtMessage[];
}

export const nothingYet = (): BringCounts => ({
  folders: 0,
  brought: 0,
  known: 0,
  bytes: 0,
  refused: [],
});

export interface BringParts {
  readonly core: WithMailboxes & WithOldMail;
  readonly server: OldServer;
  /** Looks and counts, and brings nothing. */
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  /** The old server has let somebody in. */
  readonly reached: () => void;
  /** Told after each portion. */
  readonly progress: (messages: number) => void;
  /** Counted up as it goes: what came stays counted where the old server breaks off. */
  readonly tally: BringCounts;
  /** What is known of an earlier try, and added to. */
  readonly doubts: Doubts;
}

/** Messages that are fetched and stored together: one answer, one transaction. */
const PORTION_MESSAGES = 50;
const PORTION_BYTES = 4_194_304;
/** How many are asked about at once. */
const ASKED = 1_000;

interface OldMessage {
  readonly uid: number;
  readonly size: number;
  readonly flags: readonly string[];
  readonly at: Date | null;
  readonly source: Buffer;
}

/**
 * Brings the mail of one account: every folder of its own, each message once, however often it is
 * asked for and wherever it was cut. The old server is only read (EXAMINE). Throws what the old
 * server's connection throws.
 */
export async function bringAccount(
  bringing: BringParts,
  journey: Journey,
  viewer: Viewer,
): Promise<void> {
  const client = await openOld(bringing.server, journey);
  bringing.reached();
  try {
    for (const folder of await client.list()) {
      if (isOthers(folder.path, client.namespaces)) continue;
      const destination = destinationOf({
        path: folder.path,
        delimiter: folder.delimiter ?? '',
        flags: folder.flags,
        specialUse: folder.specialUse ?? null,
        useSaidBy: folder.specialUseSource === 'name' ? 'name' : 'server',
      });
      if (destination === null) continue;
      bringing.signal.throwIfAborted();
      await bringFolder({ ...bringing, client, viewer, user: journey.user }, folder, destination);
      bringing.tally.folders += 1;
    }
  } finally {
    await client.logout().catch(() => client.close());
  }
}

interface Account extends BringParts {
  readonly client: ImapFlow;
  readonly viewer: Viewer;
  /** Whose the mail was on the old server. */
  readonly user: string;
}

async function bringFolder(
  account: Account,
  folder: ListResponse,
  destination: Destination,
): Promise<void> {
  const { client, viewer, tally } = account;
  const messages = await client
    .mailboxOpen(folder.path, { readOnly: true })
    .then((opened) => messagesOf(account, folder.path, String(opened.uidValidity)))
    .catch((error: unknown) => {
      if (saysNo(error)) return null;
      throw error;
    });
  if (messages === null) {
    tally.refused.push({
      address: viewer.address,
      folder: folder.path,
      uid: 0,
      at: null,
      why: { kind: 'closed' },
    });
    return;
  }
  const fresh = await unknownOf(account, messages);
  if (account.dryRun) {
    const small = smallOf(account, folder.path, fresh);
    tally.brought += small.length;
    tally.bytes += small.reduce((sum, { size }) => sum + size, 0);
    return;
  }
  const mailbox =
    fresh.length > 0 || destination.kind === 'path' ? await mailboxFor(account, destination) : null;
  if (mailbox === null) return;
  if (typeof mailbox === 'object') {
    tally.refused.push({
      address: viewer.address,
      folder: folder.path,
      uid: 0,
      at: null,
      why: mailbox,
    });
    return;
  }
  for (const portion of portionsOf(fresh, account.doubts)) {
    account.signal.throwIfAborted();
    await bringPortion(account, { folder: folder.path, mailbox }, portion);
    account.progress(portion.length);
  }
}

/**
 * Every message of the folder, named so that it is the same on every run (RFC 9051 §2.3.1.1:
 * folder, UIDVALIDITY, UID). The old account is part of it: two that were made in one second have
 * the same UIDVALIDITY, and both may come to one address.
 */
async function messagesOf(
  { client, user }: Account,
  path: string,
  validity: string,
): Promise<OldMessage[]> {
  const messages: OldMessage[] = [];
  for await (const one of client.fetch(
    '1:*',
    { uid: true, flags: true, internalDate: true, size: true },
    { uid: true },
  )) {
    const source = hash(
      'sha256',
      `${user.toLowerCase()}\0${path}\0${validity}\0${one.uid}`,
      'buffer',
    );
    messages.push({
      uid: one.uid,
      size: one.size ?? 0,
      flags: keptFlags(one.flags ?? []),
      at: keptDate(one.internalDate),
      source,
    });
  }
  return messages;
}

async function unknownOf(
  { core, viewer, tally }: Account,
  messages: readonly OldMessage[],
): Promise<OldMessage[]> {
  const fresh: OldMessage[] = [];
  for (let at = 0; at < messages.length; at += ASKED) {
    const asked = messages.slice(at, at + ASKED);
    const known = await core.oldMail.known(
      viewer,
      asked.map(({ source }) => source),
    );
    fresh.push(...asked.filter(({ source }) => !known.has(source.toString('hex'))));
  }
  tally.known += messages.length - fresh.length;
  return fresh;
}

async function mailboxFor(
  { core, viewer }: Account,
  destination: Destination,
): Promise<MailboxId | MailboxStop> {
  const listed = await core.mailboxes.list(viewer);
  if (destination.kind === 'use') {
    const own = listed.find(
      (one) => one.kind === 'mailbox' && one.isOwn && one.use === destination.use,
    );
    return own?.kind === 'mailbox' ? own.id : { kind: 'nonexistent' };
  }
  const there = await core.mailboxes.find(viewer, destination.path);
  if (there) return there.id;
  const made = await core.mailboxes.create(viewer, destination.path, null);
  if (made.kind === 'already-exists')
    // made by another run meanwhile
    return (await core.mailboxes.find(viewer, destination.path))?.id ?? made;
  if (made.kind !== 'done') return made;
  await core.mailboxes.subscribe(viewer, destination.path, 'on');
  return made.value.id;
}

/** What is in doubt comes last, each by itself. */
function portionsOf(messages: readonly OldMessage[], doubts: Doubts): OldMessage[][] {
  const portions: OldMessage[][] = [];
  let bytes = Infinity;
  for (const message of messages) {
    if (doubts.isAbout(message.source)) continue;
    const last = portions.at(-1);
    if (
      last === undefined ||
      last.length >= PORTION_MESSAGES ||
      bytes + message.size > PORTION_BYTES
    ) {
      portions.push([message]);
      bytes = message.size;
    } else {
      last.push(message);
      bytes += message.size;
    }
  }
  for (const message of messages) if (doubts.isAbout(message.source)) portions.push([message]);
  return portions;
}

/** Where messages of one folder lie, and where they go. */
interface Way {
  readonly folder: string;
  readonly mailbox: MailboxId;
}

/** All at once; where the old server says no to that, one after the other. */
async function bringPortion(
  account: Account,
  way: Way,
  portion: readonly OldMessage[],
): Promise<void> {
  const asked = smallOf(account, way.folder, portion).filter((message) => {
    const isUnreadable = account.doubts.isUnreadable(message.source);
    if (isUnreadable) refuseIn(account, { ...way, message, why: { kind: 'unreadable' } });
    return !isUnreadable;
  });
  if (asked.length === 0) return;
  const given = await fetchOf(account, asked);
  if (given !== null) return takeGiven(account, way, { asked, given });
  for (const message of asked) await bringPortion(account, way, [message]);
}

/** What the old server gives; null where it says no. */
async function fetchOf(
  { client, doubts }: Account,
  asked: readonly OldMessage[],
): Promise<readonly FetchMessageObject[] | null> {
  try {
    return await client.fetchAll(
      asked.map(({ uid }) => uid).join(','),
      { uid: true, source: true },
      { uid: true },
    );
  } catch (error) {
    doubts.add(asked.map(({ source }) => source));
    if (saysNo(error)) return null;
    throw error;
  }
}

async function takeGiven(
  account: Account,
  { folder, mailbox }: Way,
  {
    asked,
    given,
  }: { readonly asked: readonly OldMessage[]; readonly given: readonly FetchMessageObject[] },
): Promise<void> {
  const { core, viewer } = account;
  const refuse = (message: OldMessage, why: UnbroughtMessage['why']) =>
    refuseIn(account, { folder, message, why });
  const letters: BroughtMessage[] = [];
  const left = new Map(asked.map((message) => [message.uid, message]));
  for (const { uid, source } of given) {
    const message = left.get(uid);
    if (!message || source === undefined) continue;
    left.delete(uid);
    const letter = await core.mailboxes.receive(viewer, Readable.from([source]));
    if (letter.kind === 'done')
      letters.push({
        letter: letter.value,
        flags: message.flags,
        internalDate: message.at,
        source: message.source,
      });
    else refuse(message, letter);
  }
  for (const message of left.values()) refuse(message, { kind: 'gone' });
  await store(account, { mailbox, letters }, (source, why) => {
    const message = asked.find((one) => one.source.equals(source));
    if (message) refuse(message, why);
  });
}

/** Those that their new owner may keep; the others are refused unread. */
function smallOf(account: Account, folder: string, messages: readonly OldMessage[]): OldMessage[] {
  const limitBytes = account.core.mailboxes.appendLimit(account.viewer);
  for (const message of messages)
    if (message.size > limitBytes)
      refuseIn(account, { folder, message, why: { kind: 'too-big', limitBytes } });
  return messages.filter(({ size }) => size <= limitBytes);
}

/** A message of a folder that is not brought. */
interface RefusedMessage {
  readonly folder: string;
  readonly message: OldMessage;
  readonly why: UnbroughtMessage['why'];
}

function refuseIn(
  { viewer, tally }: Account,
  { folder, message: { uid, at }, why }: RefusedMessage,
): void {
  tally.refused.push({ address: viewer.address, folder, uid, at, why });
}

/**
 * All together; where that is refused (a full mailbox), one after the other, so that what fits
 * comes.
 */
async function store(
  account: Account,
  {
    mailbox,
    letters,
  }: { readonly mailbox: MailboxId; readonly letters: readonly BroughtMessage[] },
  refuse: (source: Buffer, why: MailboxStop) => void,
): Promise<void> {
  if (letters.length === 0) return;
  const { core, viewer, tally } = account;
  const done = await core.oldMail.bring(viewer, mailbox, letters);
  if (done.kind === 'done') {
    tally.brought += done.value.brought;
    tally.known += done.value.known;
    tally.bytes += letters.reduce((sum, { letter }) => sum + letter.raw.length, 0);
  } else if (letters.length === 1 && letters[0]) refuse(letters[0].source, done);
  else for (const letter of letters) await store(account, { mailbox, letters: [letter] }, refuse);
}
