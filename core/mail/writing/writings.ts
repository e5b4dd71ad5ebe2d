import { randomUUID } from 'node:crypto';
import { domainOf, isWithin } from '../../ground/address.ts';
import { Fault } from '../../ground/fault.ts';
import { type LetterId, newLetterId } from '../../ground/ids.ts';
import { answersOf } from '../../letters/message/answers.ts';
import { readBody } from '../../letters/message/body.ts';
import { answerSubject, quote } from '../../letters/message/compose.ts';
import type { Envelope, HeaderAddress, ReadMessage } from '../../letters/message/message.ts';
import { EMPTY } from '../../roster/relate.ts';
import type { Refusal } from '../../rules/outcome.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import type { DraftRef } from '../../store/mail/contract.ts';
import { draftOfLetter, sentLetter } from '../../store/mail/drafts.ts';
import { mailboxOf } from '../../store/mail/entries.ts';
import { draftInConversation } from '../../store/mail/list-page.ts';
import { listedRow, type ListedRow } from '../../store/mail/listing.ts';
import { messageBytes } from '../../store/mail/message-bytes.ts';
import { membersOf } from '../delivery/judging/expand.ts';
import { readLetter } from '../parsing/letters.ts';
import { addressedOf } from '../reading/addressed.ts';
import type { AnswerTo, Draft, Writing, Writings } from './contract.ts';
import { strangers } from './correspondents.ts';
import { letterMessageId, slipIn, windowOf } from './draft-form.ts';
import { markedDrawing } from './drawing.ts';
import { headcount } from './headcount.ts';
import { judgedNow } from './judged.ts';
import { keep } from './keeping.ts';
import { keptDraft, letterOf, writingOf } from './kept-draft.ts';
import { callBack, handIn, leaving, scheduled } from './leaving.ts';
import type { WritingParts } from './parts.ts';
import { among, familiesOf, findInTown, listsOf, reachOf } from './reach.ts';
import { markedRecording } from './recording.ts';
import { nextOpeningFor } from './school-hours.ts';
import { scribesOf } from './scribes.ts';
import { secondLook } from './second-look.ts';
import { seenBy } from './seen-by.ts';
import { send } from './sending.ts';
import { signatureBelow } from './signature.ts';
import { fileRoomOf } from './upload.ts';
import { ADDRESS } from './written.ts';

export function openWritings(parts: WritingParts): Writings {
  return {
    reach: (viewer) => reachOf(parts, viewer),
    lists: (viewer) => listsOf(parts, viewer),
    scribes: (viewer) => scribesOf(parts, viewer),
    among: (viewer, addresses) => among(parts, viewer, addresses),
    familiesOf: (viewer, addresses) => familiesOf(parts, viewer, addresses),
    seenBy: (viewer, letter) => seenBy(parts, viewer, letter),
    headcount: (viewer, letter) => headcount(parts, viewer, letter),
    strangers: (viewer, addresses) => strangers(parts, viewer, addresses),
    find: (viewer, text) => findInTown(parts, viewer, text),
    signature: (viewer, around) => signatureBelow(parts, viewer, around),
    answer: (viewer, to, whom) => answer({ parts, viewer }, to, whom),
    begun: (viewer, to) => begun(parts, viewer, to),
    draft: (viewer, ref) => draft(parts, viewer, ref),
    draftOfLetter: (viewer, letter) => ofLetter(parts, viewer, letter),
    keep: (viewer, writing, from) => keep({ parts, viewer }, writing, from),
    save: (viewer, writing, files) => save({ parts, viewer }, writing, files),
    hasLeft: (viewer, letter) => hasLeft(parts, viewer, letter),
    send: (viewer, ref) => send({ parts, viewer }, ref),
    handIn: (viewer, ref, at) =>
      handIn(parts, viewer, { ref, at, send: () => send({ parts, viewer }, ref) }),
    leaving: (viewer, letter) => leaving(parts, viewer, letter),
    callBack: (viewer, letter) => callBack(parts, viewer, letter),
    fileRoom: (viewer) => fileRoomOf(viewer),
    opensAt: (viewer) => nextOpeningFor(parts, viewer),
    scheduled: (viewer) => scheduled(parts, viewer),
    drawing: (file) => markedDrawing(file, parts.secret),
    recording: (file) => markedRecording(file, parts.secret),
    secondLook: (viewer, writing) => secondLook(parts, viewer, writing),
  };
}

async function draft(parts: WritingParts, viewer: Viewer, ref: DraftRef): Promise<Draft | null> {
  const kept = await keptDraft(parts, viewer, ref);
  if (kept === null) return null;
  const { message, at, waitsForScanner, leavesAt } = kept;
  return {
    ...writingOf(kept),
    ref,
    letter: letterOf(kept, parts.domain),
    attachments: message.attachments,
    at,
    by: windowOf(kept.raw),
    waitingForScanner: waitsForScanner,
    leavesAt,
    slip: slipIn(kept.raw),
  };
}

async function ofLetter(
  parts: WritingParts,
  viewer: Viewer,
  letter: LetterId,
): Promise<Draft | null> {
  const ref = await parts.store.read(viewer.school, async (tx) => {
    const mailbox = await mailboxOf(tx, viewer.account, 'drafts');
    const uid =
      mailbox === null
        ? null
        : await draftOfLetter(tx, mailbox, letterMessageId(letter, parts.domain));
    return mailbox === null || uid === null ? null : { mailbox, uid };
  });
  return ref && draft(parts, viewer, ref);
}

async function begun(parts: WritingParts, viewer: Viewer, to: DraftRef): Promise<Draft | null> {
  const ref = await parts.store.read(viewer.school, (tx) =>
    draftInConversation(tx, viewer.account, to),
  );
  const found = ref && (await draft(parts, viewer, ref));
  return found === null || found.leavesAt !== null ? null : found;
}

async function save(
  { parts, viewer }: RoomVisit<WritingParts>,
  writing: Writing,
  { previous, add, drop }: Parameters<Writings['save']>[2],
): ReturnType<Writings['save']> {
  const hand = { letter: newLetterId(), window: randomUUID(), turn: 0, previous };
  const kept = await keep({ parts, viewer }, writing, { hand, add, drop });
  if (kept.kind === 'sent')
    throw new Fault('row-missing', 'a letter just begun has been sent', { transient: false });
  return { ref: kept.ref, leftOut: kept.leftOut };
}

async function hasLeft(
  { store, domain }: WritingParts,
  viewer: Viewer,
  letter: LetterId,
): Promise<boolean> {
  const sent = await store.read(viewer.school, (tx) =>
    sentLetter(tx, viewer.account, letterMessageId(letter, domain)),
  );
  return sent !== null;
}

async function answer(
  { parts, viewer }: RoomVisit<WritingParts>,
  to: DraftRef,
  whom: AnswerTo,
): ReturnType<Writings['answer']> {
  const found = await parts.store.read(viewer.school, async (tx) => {
    const row = await listedRow(tx, viewer.account, to);
    const bytes = row && (await messageBytes(tx, viewer.account, to));
    return row && bytes ? { row, bytes } : null;
  });
  const read = found && (await readLetter(found.bytes.raw));
  if (!found || read?.kind !== 'read') return null;
  const { row, bytes } = found;
  const { envelope } = read.message;
  const isOwn = row.senderAddressId === viewer.addressId;
  if (!isOwn && answersOf(bytes.raw) === 'none') return null;
  const recipients = recipientsOf(
    { envelope, row },
    viewer,
    (answersOf(bytes.raw) ?? 'everyone') === 'everyone' ? whom : 'writer',
  );
  const refusals = await refused(parts, viewer, recipients);
  const denied = new Set(refusals.map(({ address }) => address));
  return {
    refusals,
    writing: {
      to: await onceEach(
        parts,
        recipients.filter((address) => !denied.has(address)),
      ),
      cc: [],
      subject: answerSubject(envelope.subject ?? ''),
      ...(await signatureBelow(parts, viewer, { below: quoted(bytes.raw, read.message, viewer) })),
      answers: 'sender',
      answerTo: to,
    },
  };
}

/** A message that is answered: what it says, and where it lies. */
interface Answered {
  readonly envelope: Envelope;
  readonly row: ListedRow;
}

/**
 * A message of one's own is answered to those it went to; any other to its sender, or to all whom
 * it went to. Who is only named in it gets no answer: a stranger could bring their words before a
 * child by naming it to a teacher who answers all, or by asking for answers there.
 */
function recipientsOf(
  { envelope: { from, replyTo }, row }: Answered,
  viewer: Viewer,
  whom: AnswerTo,
): string[] {
  const ours = domainOf(viewer.address);
  const { to, cc } = addressedOf(row, ours);
  const isOwn = from.some(({ address }) => address.toLowerCase() === viewer.address);
  const isTheirs = ({ address }: HeaderAddress): boolean => !isWithin(domainOf(address), ours);
  const asked = row.senderRole === 'outside' ? replyTo.filter(isTheirs) : replyTo;
  const theirs = asked.length > 0 ? asked : from;
  const first = isOwn ? to : theirs;
  const all = whom === 'everyone' ? [...first, ...to, ...cc] : first;
  return [...new Set(all.map(({ address }) => address.toLowerCase()))].filter(
    (address) => address !== viewer.address && ADDRESS.test(address),
  );
}

/**
 * Whoever is in a list that is answered gets the answer through it: named beside it they would be
 * counted twice.
 */
async function onceEach(
  { directory, clock }: WritingParts,
  addresses: readonly string[],
): Promise<string[]> {
  const entries = await directory.resolve(addresses, { maxAgeMs: 0 });
  const lists = [...entries.values()].filter(({ kind }) => kind !== 'account');
  const rosters = await directory.rosters(
    lists.map(({ school }) => school),
    { maxAgeMs: 0 },
  );
  const members = new Set(lists.flatMap((list) => membersOf(list, rosters, clock())));
  return addresses.filter((address) => {
    const entry = entries.get(address);
    return entry?.kind !== 'account' || !members.has(entry.id);
  });
}

/** Asked again against today's rules, whatever the old message says. */
async function refused(
  parts: WritingParts,
  viewer: Viewer,
  recipients: readonly string[],
): Promise<Refusal[]> {
  const { judged } = await judgedNow(parts, viewer, { recipients, content: EMPTY });
  const denied = judged.flatMap(({ verdict, refusal, named, address }) =>
    verdict.kind === 'deny' && refusal ? [{ ...refusal, address: named?.address ?? address }] : [],
  );
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
