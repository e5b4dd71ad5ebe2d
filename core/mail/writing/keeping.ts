import { randomUUID } from 'node:crypto';
import { Fault } from '../../ground/fault.ts';
import { type LetterId, newLetterId } from '../../ground/ids.ts';
import type { ReadMessage } from '../../letters/message/message.ts';
import { placeless } from '../../letters/message/picture-place.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import type { DraftRef } from '../../store/mail/contract.ts';
import { draftOfLetter, draftState, sentLetter } from '../../store/mail/drafts.ts';
import { lockMailbox, mailboxOf } from '../../store/mail/entries.ts';
import { eraseEntries } from '../../store/mail/erasing.ts';
import { endWaitingOf } from '../../store/mail/leaving-drafts.ts';
import { messageBytes } from '../../store/mail/message-bytes.ts';
import { append, insertMessage } from '../../store/mail/messages.ts';
import type { SchoolTx } from '../../store/store.ts';
import { isOwnAddress } from '../groups/own-addresses.ts';
import { readLetter } from '../parsing/letters.ts';
import type { Hand, DraftOutcome, OmittedFile, Upload, Writing } from './contract.ts';
import { letterMessageId, slipIn, windowOf } from './draft-form.ts';
import {
  filesOf,
  keptDraft,
  keptHtml,
  writingOf,
  type Kept,
  type StoredDraft,
} from './kept-draft.ts';
import type { WritingParts } from './parts.ts';
import { deniedFile, judgeUpload } from './upload.ts';
import { write } from './written.ts';

/**
 * How often a draft that other windows keep changing is read again before the page is told to come
 * back.
 */
const MAX_TRIES = 4;

interface Files {
  readonly add: readonly Upload[];
  readonly drop: readonly string[];
  /** In place of what went with the draft before. */
  readonly slip?: string;
}

/**
 * Keeps a draft in place of the one before, in one transaction: there is never none, and never two
 * of one window.
 *
 * A window that saves over what another one kept since would lose that one's words, so what it
 * brings becomes a draft of its own (`apart`). A save that was overtaken by a later one of its own
 * window changes nothing, nor does one without a change: each new UID is something that a mail
 * program fetches. What has been sent meanwhile is not kept once more.
 */
export async function keep(
  { parts, viewer }: RoomVisit<WritingParts>,
  writing: Writing,
  { hand, add, drop, slip }: Files & { readonly hand: Hand },
): Promise<DraftOutcome> {
  const first = await stateOf(parts, viewer, hand);
  const judged = await judgeFiles(
    { parts, viewer },
    add,
    first.kept === null ? 0 : bytesIn(first.kept, drop),
  );
  const files = { add: judged.taken, drop, ...(slip !== undefined && { slip }) };
  for (let tries = 1, state = first; tries <= MAX_TRIES; tries += 1) {
    const done = await keepOnce(parts, viewer, { writing, hand, files, state });
    if (done !== null)
      return done.kind === 'sent'
        ? done
        : { ...done, leftOut: [...judged.leftOut, ...done.leftOut] };
    state = await stateOf(parts, viewer, hand);
  }
  throw new Fault('store-down', 'a draft that changes all the time', { transient: true });
}

/** What there is of a letter at one moment. */
interface LetterState {
  /** Its draft. */
  readonly kept: StoredDraft | null;
  /** Its copy in Sent, or wherever its writer has put it since. */
  readonly sent: Kept | null;
  /**
   * Whether the draft is what this window knows, an older save of it, a later one, or another
   * window's.
   */
  readonly whose: 'nobodys' | 'known' | 'later' | 'others';
}

async function stateOf(parts: WritingParts, viewer: Viewer, hand: Hand): Promise<LetterState> {
  const messageId = letterMessageId(hand.letter, parts.domain);
  const { own, sent } = await parts.store.read(viewer.school, async (tx) => {
    const drafts = await mailboxOf(tx, viewer.account, 'drafts');
    const uid = drafts === null ? null : await draftOfLetter(tx, drafts, messageId);
    const gone = uid === null ? await sentLetter(tx, viewer.account, messageId) : null;
    return {
      own: drafts === null || uid === null ? hand.previous : { mailbox: drafts, uid },
      sent: gone && (await messageBytes(tx, viewer.account, gone)),
    };
  });
  const read = sent && (await readLetter(sent.raw));
  const kept = own === null ? null : await keptDraft(parts, viewer, own);
  return {
    kept,
    sent: sent && read?.kind === 'read' ? await keptOf(sent.raw, read.message) : null,
    whose: whoseIs(kept, hand),
  };
}

function whoseIs(kept: StoredDraft | null, hand: Hand): LetterState['whose'] {
  if (kept === null) return 'nobodys';
  const last = windowOf(kept.raw);
  if (last?.window === hand.window) return last.turn > hand.turn ? 'later' : 'known';
  return hand.previous?.uid === kept.ref.uid && hand.previous.mailbox === kept.ref.mailbox
    ? 'known'
    : 'others';
}

interface Try {
  readonly writing: Writing;
  readonly hand: Hand;
  readonly files: Files;
  readonly state: LetterState;
}

type Settled = { readonly kind: 'sent' } | Extract<DraftOutcome, { kind: 'kept' | 'apart' }>;

/** Null where the draft changed in between. */
async function keepOnce(
  parts: WritingParts,
  viewer: Viewer,
  { writing, hand, files, state }: Try,
): Promise<Settled | null> {
  const { kept, sent, whose } = state;
  if (kept && whose === 'later')
    return { kind: 'kept', letter: hand.letter, ref: kept.ref, leftOut: [] };
  const isApart = whose === 'others' || (kept === null && sent !== null);
  const letter = isApart ? newLetterId() : hand.letter;
  const stay = kept === null ? [] : filesOf(kept, files.drop);
  const slip = files.slip ?? (kept === null ? null : slipIn(kept.raw));
  const written = (added: readonly Upload[]) =>
    write({ parts, viewer }, writing, {
      letter,
      files: [...stay, ...added],
      slip,
      draftOf: hand,
    }).then(freshOf);
  const whole = await written(files.add);
  // Each file was good by itself, together they are more than can be read: what was typed is kept
  // without them.
  const fresh = whole ?? (await written([]));
  if (fresh === null)
    throw new Fault('row-missing', 'a draft of ours can’t be read', { transient: false });
  const leftOut =
    whole === null
      ? files.add.map((file) => ({ name: file.name, outcome: deniedFile(file, 'file-kind') }))
      : [];
  if (kept === null && sent !== null && wentAs(fresh, sent)) return { kind: 'sent' };
  if (kept && !isApart && isUnchanged(fresh, kept, files))
    return { kind: 'kept', letter, ref: kept.ref, leftOut };
  const ref = await put(parts, viewer, {
    fresh,
    letter: hand.letter,
    over: isApart ? null : (kept?.ref ?? null),
    isApart,
  });
  // Where the page's draft is gone, another program or window has kept it under another name, or
  // thrown it away.
  const wasTaken = kept === null && hand.previous !== null;
  return ref && { kind: isApart || wasTaken ? 'apart' : 'kept', letter, ref, leftOut };
}

/** A draft as it will lie in the store; null where it could not be read again. */
async function freshOf(raw: Buffer): Promise<Kept | null> {
  const read = await readLetter(raw);
  return read.kind === 'read' ? keptOf(raw, read.message) : null;
}

async function keptOf(raw: Buffer, message: ReadMessage): Promise<Kept> {
  return { raw, message, html: await keptHtml(raw, message) };
}

function isUnchanged(fresh: Kept, kept: StoredDraft, { add, drop }: Files): boolean {
  const [one, other] = [writingOf(fresh), writingOf(kept)];
  const sameAnswer =
    one.answers === other.answers &&
    one.answerTo?.uid === other.answerTo?.uid &&
    one.awaitUntil === other.awaitUntil;
  return (
    add.length === 0 &&
    drop.length === 0 &&
    sameAnswer &&
    slipIn(fresh.raw) === slipIn(kept.raw) &&
    saysTheSame(fresh, kept) &&
    fresh.message.envelope.messageId === kept.message.envelope.messageId
  );
}

function saysTheSame(one: Kept, other: Kept): boolean {
  const words = (fresh: Kept): string => {
    const { to, cc, subject, text, html, notice } = writingOf(fresh);
    const said = [subject, text.trimEnd(), html, notice];
    return JSON.stringify([[...to].sort(), [...cc].sort(), ...said]);
  };
  return words(one) === words(other);
}

/**
 * Whether this is the letter that has gone. What means something to its writer alone stood in the
 * draft only: people went in its place.
 */
function wentAs(fresh: Kept, sent: Kept): boolean {
  const { to, cc } = writingOf(fresh);
  const named = [...to, ...cc].filter((address) => !isOwnAddress(address));
  if (named.length === to.length + cc.length) return saysTheSame(fresh, sent);
  const [one, other] = [writingOf(fresh), writingOf(sent)];
  const went = new Set([...other.to, ...other.cc]);
  return (
    named.every((address) => went.has(address)) &&
    one.subject === other.subject &&
    one.text.trimEnd() === other.text.trimEnd() &&
    one.html === other.html
  );
}

interface Placing {
  readonly fresh: { readonly raw: Buffer; readonly message: ReadMessage };
  readonly letter: LetterId;
  readonly over: DraftRef | null;
  readonly isApart: boolean;
}

async function put(
  { store, mailEvents, domain }: WritingParts,
  viewer: Viewer,
  { fresh, letter, over, isApart }: Placing,
): Promise<DraftRef | null> {
  const { raw, message: read } = fresh;
  const ref = await store.write(viewer.school, async (tx) => {
    const mailbox = await mailboxOf(tx, viewer.account, 'drafts');
    if (mailbox === null)
      throw new Fault('row-missing', `drafts of account ${viewer.account}`, { transient: false });
    await lockMailbox(tx, mailbox);
    const messageId = letterMessageId(letter, domain);
    const now = await draftOfLetter(tx, mailbox, messageId);
    if (!isApart && now !== null && now !== over?.uid) return null;
    // Sent since it was looked at, by the same button pressed twice: it would go a second time.
    const isGone =
      over === null
        ? !isApart && (await sentLetter(tx, viewer.account, messageId)) !== null
        : (await draftState(tx, viewer.account, over)) === null;
    if (isGone) return null;
    const message = await insertMessage(tx, {
      sender: { addressId: viewer.addressId, role: viewer.role },
      origin: 'web',
      read,
      raw,
      handed: null,
    });
    const uid = await append(tx, mailbox, { message, sizeBytes: raw.length, draft: true });
    if (over) await replace(tx, mailbox, over);
    return { mailbox, uid };
  });
  if (ref) mailEvents.announce(viewer.school, [viewer.account]);
  return ref;
}

/** The draft before goes; one that was to leave by itself is written again, and waits no longer. */
async function replace(tx: SchoolTx, mailbox: DraftRef['mailbox'], over: DraftRef): Promise<void> {
  if (over.mailbox !== mailbox) return;
  await eraseEntries(tx, mailbox, [over.uid]);
  await endWaitingOf(tx, over);
}

function bytesIn(kept: StoredDraft, drop: readonly string[]): number {
  return filesOf(kept, drop).reduce((sum, file) => sum + file.bytes.length, 0);
}

/** A picture that an adult's words may show in their midst. */
const showable = (file: Upload, domain: string): Upload =>
  PICTURE.test(file.mediaType) ? { ...file, contentId: `${randomUUID()}@${domain}` } : file;
const PICTURE = /^image\/(?:png|jpeg|gif|webp)$/;

/** New files are scanned and judged by kind at once; the outcome says why one was left out. */
async function judgeFiles(
  { parts, viewer }: RoomVisit<WritingParts>,
  add: readonly Upload[],
  before: number,
): Promise<{ readonly taken: Upload[]; readonly leftOut: OmittedFile[] }> {
  const leftOut: OmittedFile[] = [];
  const taken: Upload[] = [];
  let bytes = before;
  for (const brought of add) {
    const file = placeless(brought);
    const outcome = await judgeUpload(parts, viewer, { file, bytesBefore: bytes });
    if (outcome.kind !== 'accepted') {
      leftOut.push({ name: file.name, outcome });
      continue;
    }
    bytes += file.bytes.length;
    taken.push(viewer.role === 'pupil' ? file : showable(file, parts.domain));
  }
  return { taken, leftOut };
}
