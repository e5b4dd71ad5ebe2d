import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Answers, Draft, DraftRef, Mail, Outcome, Refusal, Upload, Viewer, Writing, Writings } from '../core.ts';
import type { openDelivery } from '../delivery/accept.ts';
import { membersOf } from '../delivery/expand.ts';
import { judge } from '../delivery/judge.ts';
import { Fault } from '../fault.ts';
import { offeredFile } from '../message/attachments.ts';
import { partsOf, readBody } from '../message/body.ts';
import { answerSubject, compose, quote, type ComposedFile } from '../message/compose.ts';
import type { Attachment, Envelope, Mailbox, ReadMessage } from '../message/message.ts';
import { readAnySize } from '../message/reading-pool.ts';
import { openFaces } from '../reading/faces.ts';
import { NOTHING_LATELY } from '../roster/relate.ts';
import { FINE } from '../rules/facts.ts';
import type { Scanner } from '../scan/clamd.ts';
import type { Bell } from '../store/bell.ts';
import { draftState, waitForScanner } from '../store/mail/drafts.ts';
import { eraseEntries, mailboxOf } from '../store/mail/entries.ts';
import { messageBytes } from '../store/mail/listing.ts';
import { append, insertMessage } from '../store/mail/messages.ts';
import { ANSWERS_FIELD, answersOf, answerToOf, draftFields } from './draft-form.ts';
import { findInTown, reachOf, type ReachParts } from './reach.ts';
import { judgeUpload } from './upload.ts';

export interface WritingParts extends ReachParts {
  readonly delivery: ReturnType<typeof openDelivery>;
  readonly mail: Mail;
  readonly scanner: Scanner;
  readonly bell: Bell;
}

/** How long a draft waits before the scanner is asked again. */
const SCANNER_RETRY_MS = 20_000;
/** Longer subjects are cut: RFC 5322 allows more, no list shows it. */
const MAX_SUBJECT = 255;

export function openWritings(parts: WritingParts): Writings {
  return {
    reach: (viewer) => reachOf(parts, viewer),
    find: (viewer, text) => findInTown(parts, viewer, text),
    answer: (viewer, to, everyone) => answer(parts, viewer, to, everyone),
    draft: (viewer, ref) => draft(parts, viewer, ref),
    save: (viewer, writing, files) => save(parts, viewer, writing, files),
    send: (viewer, ref) => send(parts, viewer, ref),
  };
}

/** A draft as it lies in the store. */
interface Kept {
  readonly raw: Buffer;
  readonly message: ReadMessage;
  readonly at: Date;
  readonly waiting: boolean;
}

async function keptDraft({ store }: WritingParts, viewer: Viewer, ref: DraftRef): Promise<Kept | null> {
  const found = await store.read(viewer.school, async (tx) => {
    const state = await draftState(tx, viewer.account, ref);
    const bytes = state && await messageBytes(tx, viewer.account, ref.mailbox, ref.uid);
    return state && bytes ? { ...state, raw: bytes.raw } : null;
  });
  if (!found) return null;
  const read = await readAnySize(found.raw);
  return read.kind === 'read' ? { ...found, message: read.message } : null;
}

function writingOf({ raw, message }: Kept): Writing {
  return {
    to: message.envelope.to.map(({ address }) => address), subject: message.envelope.subject ?? '',
    text: readBody(raw, message.structure).text ?? '', answers: answersOf(raw) ?? 'sender', answerTo: answerToOf(raw),
  };
}

async function draft(parts: WritingParts, viewer: Viewer, ref: DraftRef): Promise<Draft | null> {
  const kept = await keptDraft(parts, viewer, ref);
  return kept && { ...writingOf(kept), ref, attachments: kept.message.attachments, at: kept.at, waitingForScanner: kept.waiting };
}

async function save(parts: WritingParts, viewer: Viewer, writing: Writing, files: Parameters<Writings['save']>[2]): ReturnType<Writings['save']> {
  const before = files.previous ? await keptDraft(parts, viewer, files.previous) : null;
  const stay = before ? filesOf(before, files.drop) : [];
  const leftOut: { name: string; outcome: Outcome }[] = [];
  const added: Upload[] = [];
  let bytes = stay.reduce((sum, file) => sum + file.bytes.length, 0);
  for (const file of files.add) {
    const outcome = await judgeUpload(parts, viewer, file, bytes);
    if (outcome.kind !== 'accepted') {
      leftOut.push({ name: file.name, outcome });
      continue;
    }
    bytes += file.bytes.length;
    added.push(file);
  }
  const raw = await write(parts, viewer, writing, { files: [...stay, ...added], isDraft: true });
  return { ref: await keepDraft(parts, viewer, raw, files.previous), leftOut };
}

function filesOf({ raw, message }: Kept, drop: readonly string[]): ComposedFile[] {
  const parts = [...partsOf(message.structure)];
  return message.attachments.filter(({ path }) => !drop.includes(path)).flatMap((attachment: Attachment) => {
    const part = parts.find((one) => one.path === attachment.path);
    return part ? [offeredFile(attachment, part, raw.subarray(part.bodyStart, part.bodyEnd))] : [];
  });
}

/** Puts a draft in place of the one before, in one transaction: there is never none, and never two. */
async function keepDraft({ store, bell }: WritingParts, viewer: Viewer, raw: Buffer, previous: DraftRef | null): Promise<DraftRef> {
  const read = await readAnySize(raw);
  if (read.kind === 'refused') throw new Fault('row-missing', `a draft of ours can't be read: ${read.why}`, { transient: false });
  const ref = await store.write(viewer.school, async (tx) => {
    const mailbox = await mailboxOf(tx, viewer.account, 'drafts');
    if (mailbox === null) throw new Fault('row-missing', `drafts of account ${viewer.account}`, { transient: false });
    const message = await insertMessage(tx, { sender: { addressId: viewer.addressId, role: viewer.role }, origin: 'web', read: read.message, raw });
    const uid = await append(tx, mailbox, { message, sizeBytes: raw.length, draft: true });
    if (previous && previous.mailbox === mailbox) await eraseEntries(tx, mailbox, [previous.uid]);
    return { mailbox, uid };
  });
  bell.ring(viewer.school, [viewer.account]);
  return ref;
}

interface Form {
  readonly files: readonly ComposedFile[];
  readonly isDraft: boolean;
}

/** The bytes of what was written. A draft bears fields of ours. */
async function write(parts: WritingParts, viewer: Viewer, writing: Writing, { files, isDraft }: Form): Promise<Buffer> {
  const answered = writing.answerTo ? await envelopeOf(parts, viewer, writing.answerTo) : null;
  const composed = await compose({
    from: { name: viewer.displayName, address: viewer.address }, to: await named(parts, viewer, writing.to), cc: [],
    subject: oneLine(writing.subject).slice(0, MAX_SUBJECT), text: writing.text, attachments: files.map(withoutControls),
    inReplyTo: answered?.messageId ?? null, references: answered ? [...answered.references, ...(answered.messageId ? [answered.messageId] : [])].slice(-50) : [],
    date: parts.clock(), messageId: `<${randomUUID()}@${parts.domain}>`, headers: isDraft ? draftFields(writing) : {},
  });
  if (composed.kind === 'refused') throw new Fault('row-missing', `what was written can't be composed: ${composed.field}`, { transient: false });
  return composed.raw;
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

function withoutControls(file: ComposedFile): ComposedFile {
  const isType = /^[\w.+-]+\/[\w.+-]+$/.test(file.mediaType);
  return { ...file, name: oneLine(file.name), mediaType: isType ? file.mediaType : 'application/octet-stream' };
}

/** What stands in To: addresses that can be written there, with the names that the roster knows. */
async function named({ directory, clock }: WritingParts, viewer: Viewer, to: readonly string[]): Promise<Mailbox[]> {
  const good = [...new Set(to.map((address) => address.trim().toLowerCase()))].filter((address) => ADDRESS.test(address));
  const faces = await openFaces(directory, viewer, { addresses: good, ids: [], now: clock() });
  return good.map((address) => faces.named({ name: '', address })).map(({ name, address }) => ({ name: name === address ? '' : name, address }));
}

/** What can be an address at all; whether it leads somewhere is the rules' to say. */
const ADDRESS = /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@[^\s@<>()[\]\\,;:"\p{Cc}]{1,253}$/u;

async function envelopeOf({ store }: WritingParts, viewer: Viewer, ref: DraftRef): Promise<(Pick<Envelope, 'messageId'> & { references: readonly string[] }) | null> {
  const bytes = await store.read(viewer.school, (tx) => messageBytes(tx, viewer.account, ref.mailbox, ref.uid));
  const read = bytes && await readAnySize(bytes.raw);
  return read?.kind === 'read' ? { messageId: read.message.envelope.messageId, references: read.message.references } : null;
}

async function send(parts: WritingParts, viewer: Viewer, ref: DraftRef): Promise<Outcome> {
  const kept = await keptDraft(parts, viewer, ref);
  if (!kept) return { kind: 'no-recipient' };
  const writing = writingOf(kept);
  if (writing.to.length === 0) return { kind: 'no-recipient' };
  const raw = await write(parts, viewer, writing, { files: filesOf(kept, []), isDraft: false });
  // Who gets the answers is a mark of ours, which delivery takes out of whatever a sender writes: it is put on top as ours.
  const outcome = await parts.delivery.acceptOwn({
    sender: { kind: 'account', viewer }, recipients: writing.to, via: 'web', session: 'web', trace: `${ANSWERS_FIELD}: ${await whoIsAnswered(parts, viewer, writing)}\r\n`, draft: ref,
  }, Readable.from([raw]));
  if (outcome.kind === 'scanner-silent') {
    const at = new Date(parts.clock().getTime() + SCANNER_RETRY_MS);
    await parts.store.write(viewer.school, (tx) => waitForScanner(tx, viewer.account, ref, at));
  }
  if ((outcome.kind === 'accepted' || outcome.kind === 'held') && writing.answerTo) {
    await parts.mail.mark(viewer, writing.answerTo.mailbox, [writing.answerTo.uid], { answered: true });
  }
  return outcome;
}

/** A list's answers would reach people whom nobody sees: an adult says who gets them. Whoever is named in a letter may be answered, and a child's class is its own. */
async function whoIsAnswered({ directory }: WritingParts, viewer: Viewer, { to, answers }: Writing): Promise<Answers> {
  if (viewer.role === 'pupil') return 'everyone';
  const entries = await directory.resolve(to, { maxAgeMs: KIND_AGE_MS });
  return [...entries.values()].some(({ kind }) => kind !== 'account') ? answers : 'everyone';
}
/** A list stays a list: what the names were looked up with will do. */
const KIND_AGE_MS = 60_000;

async function answer(parts: WritingParts, viewer: Viewer, to: DraftRef, everyone: boolean): ReturnType<Writings['answer']> {
  const bytes = await parts.store.read(viewer.school, (tx) => messageBytes(tx, viewer.account, to.mailbox, to.uid));
  const read = bytes && await readAnySize(bytes.raw);
  if (!bytes || read?.kind !== 'read') return null;
  const { envelope } = read.message;
  const recipients = recipientsOf(envelope, viewer, everyone && (answersOf(bytes.raw) ?? 'everyone') === 'everyone');
  const refusals = await refused(parts, viewer, recipients);
  const denied = new Set(refusals.map(({ address }) => address));
  return {
    refusals,
    writing: {
      to: await onceEach(parts, recipients.filter((address) => !denied.has(address))), subject: answerSubject(envelope.subject ?? ''), text: quoted(bytes.raw, read.message, viewer),
      answers: 'sender', answerTo: to,
    },
  };
}

/** A message of one's own is answered to those it went to; any other to its sender, or to all who are named in it. */
function recipientsOf({ from, replyTo, to, cc }: Envelope, viewer: Viewer, everyone: boolean): string[] {
  const isOwn = from.some(({ address }) => address.toLowerCase() === viewer.address);
  const first = isOwn ? to : replyTo.length > 0 ? replyTo : from;
  const all = everyone ? [...first, ...to, ...cc] : first;
  return [...new Set(all.map(({ address }) => address.toLowerCase()))].filter((address) => address !== viewer.address && ADDRESS.test(address));
}

/** Whoever is in a list that is answered gets the answer through it: named beside it they would be counted twice. */
async function onceEach({ directory, clock }: WritingParts, addresses: readonly string[]): Promise<string[]> {
  const entries = await directory.resolve(addresses, { maxAgeMs: 0 });
  const lists = [...entries.values()].filter(({ kind }) => kind !== 'account');
  const rosters = await directory.rosters(lists.map(({ school }) => school), { maxAgeMs: 0 });
  const members = new Set(lists.flatMap((list) => membersOf(list, rosters, clock())));
  return addresses.filter((address) => {
    const entry = entries.get(address);
    return entry?.kind !== 'account' || !members.has(entry.id);
  });
}

/** Asked again against today's rules, whatever the old message says. */
async function refused(parts: WritingParts, viewer: Viewer, recipients: readonly string[]): Promise<Refusal[]> {
  const entries = [...(await parts.directory.resolve(recipients, { maxAgeMs: 0 })).values()];
  const lately = viewer.role === 'pupil' ? await parts.lately(viewer, entries) : NOTHING_LATELY;
  const { judged } = await judge(parts.directory, {
    sender: { kind: 'account', viewer }, recipients, content: FINE, lifted: [], lately, now: parts.clock(), ourDomains: new Set([parts.domain]), maxAgeMs: 0,
  });
  const denied = judged.flatMap(({ verdict, refusal, named, address }) => (verdict.kind === 'deny' && refusal ? [{ ...refusal, address: named?.address ?? address }] : []));
  return [...new Map(denied.map((refusal) => [refusal.address, refusal])).values()];
}

/** A child answers on an empty page; a grown-up below what was written. */
function quoted(raw: Buffer, message: ReadMessage, viewer: Viewer): string {
  if (viewer.role === 'pupil') return '';
  const [from] = message.envelope.from;
  const who = from?.name || from?.address || '';
  const introduction = viewer.language === 'fr' ? `${who} a écrit :` : `${who} wrote:`;
  return `\n\n${quote(readBody(raw, message.structure).text ?? '', introduction)}`;
}

