import { namesakeOf } from '../../directory/namesake.ts';
import { domainOf } from '../../ground/address.ts';
import { dayAt } from '../../ground/clock.ts';
import type { MailboxId, Uid } from '../../ground/ids.ts';
import type { Afar } from '../../letters/message/afar.ts';
import { answersOf } from '../../letters/message/answers.ts';
import { offeredFile } from '../../letters/message/attachments.ts';
import { htmlBytes, partsOf } from '../../letters/message/body.ts';
import type { Attachment, Part } from '../../letters/message/message.ts';
import {
  PICTURE_HEAD_BYTES,
  pictureSize,
  type PictureSize,
} from '../../letters/message/picture-size.ts';
import { beginningOf, type ViewRequest } from '../../letters/message/shown.ts';
import { NEARLY_FULL } from '../../roster/quotas.ts';
import { type RoomVisit, audienceOf, type Namesake, type Viewer } from '../../rules/viewer.ts';
import type { Mailbox, SpecialUse } from '../../store/mail/contract.ts';
import { markEntries, moveEntries } from '../../store/mail/entries.ts';
import { eraseEntries } from '../../store/mail/erasing.ts';
import {
  flaggedRows,
  holdOfSent,
  listedRow,
  listRows,
  placesOf,
  uidsBelow,
  type ListedRow,
} from '../../store/mail/listing.ts';
import { messageBytes, messageStructure, partBytes } from '../../store/mail/message-bytes.ts';
import { roomOf } from '../../store/mail/quota.ts';
import type { SchoolTx } from '../../store/store.ts';
import { throwingAway } from '../delivery/holding/withdraw.ts';
import { isPlainPdfInSandbox } from '../parsing/letters.ts';
import { drawnPdfPage, pdfPage } from '../parsing/pdf-pages.ts';
import { LATE, showInTurn, textInTurn } from '../parsing/turns.ts';
import { act, lastAct, putOff, undo } from './acts.ts';
import { addressedOf } from './addressed.ts';
import { afarOf, wantPictures } from './afar-pictures.ts';
import { becauseOf } from './because.ts';
import { EVENT_BYTES, eventIn, type CalendarEvent } from './calendar-event.ts';
import type {
  Download,
  FormattedBody,
  Mail,
  MessageRow,
  MessageView,
  UsedSpace,
  AttachedFileRef,
} from './contract.ts';
import { conversation } from './conversation.ts';
import { notJunk, type JunkParts } from './junk.ts';
import { laterTimes, returns } from './later.ts';
import { listPage } from './list-page.ts';
import { markRead } from './mark-read.ts';
import { isDayOver, ownDay } from './own-day.ts';
import { facesOf, rowOf, type ReadingParts } from './rows.ts';
import { search, writers } from './search.ts';

/** A page never shows more rows than this, whatever is asked. */
const MAX_ROWS = 200;
/** One act never touches more messages than this. */
const MAX_UIDS = 1_000;

/**
 * What a person reads. A mailbox or a message that isn't the viewer's is not there: all queries go
 * by account.
 */
export function openMail(parts: JunkParts): Mail {
  const { store } = parts;
  return {
    mailboxes: (viewer) => store.read(viewer.school, (tx) => placesOf(tx, viewer.account)),
    room: (viewer) => room(parts, viewer),
    list: (viewer, mailbox, { before, limit }) =>
      rowsTo(parts, viewer, (tx) => {
        const page = { before, limit: Math.min(limit, MAX_ROWS) };
        return listRows(tx, { account: viewer.account, mailbox }, page);
      }),
    page: (viewer, mailbox, wish) =>
      listPage({ parts, viewer }, mailbox, { ...wish, limit: Math.min(wish.limit, MAX_ROWS) }),
    starred: (viewer) => rowsTo(parts, viewer, (tx) => flaggedRows(tx, viewer.account, MAX_ROWS)),
    read: (viewer, mailbox, uid) => read({ parts, viewer }, mailbox, uid),
    formatted: (viewer, message) => formatted(parts, viewer, message),
    wantPictures: (viewer, message) => wantPictures(parts, viewer, message),
    notJunk: (viewer, mailbox, uid) => notJunk(parts, viewer, { mailbox, uid }),
    conversation: (viewer, mailbox, uid) => conversation({ parts, viewer }, mailbox, uid),
    search: (viewer, query) => search(parts, viewer, query),
    writers: (viewer, words) => writers(parts, viewer, words),
    download: (viewer, file) => download(parts, viewer, file),
    ...pdfReading(parts),
    async original(viewer, mailbox, uid) {
      const found = await store.read(viewer.school, (tx) =>
        messageBytes(tx, viewer.account, { mailbox, uid }),
      );
      return found?.raw ?? null;
    },
    markRead: (viewer, message) => markRead(parts, viewer, message),
    mark: (viewer, mailbox, { uids, marks }) =>
      changeOne({ parts, viewer }, { mailbox, uids }, async (tx, some) => {
        await markEntries(tx, { mailbox, uids: some }, marks);
      }),
    move: (viewer, mailbox, { uids, to }) =>
      changeOne({ parts, viewer }, { mailbox, uids }, (tx, some, mailboxes) =>
        moveTo(tx, { from: mailbox, uids: some, to, mailboxes }),
      ),
    erase: (viewer, mailbox, uids) =>
      changeOne({ parts, viewer }, { mailbox, uids }, async (tx, some) => {
        await eraseEntries(tx, mailbox, some);
      }),
    act: (viewer, selected, deed) => act({ parts, viewer }, selected, deed),
    ...putOffReading(parts),
    lastAct: (viewer, id) => lastAct(parts, viewer, id),
    undo: (viewer, id) => undo(parts, viewer, id),
    emptyTrash: (viewer) => emptyTrash(parts, viewer),
  };
}

/** Rows of one's own mail, with the faces of those who wrote. */
async function rowsTo(
  parts: ReadingParts,
  viewer: Viewer,
  look: (tx: SchoolTx) => Promise<readonly ListedRow[]>,
): Promise<readonly MessageRow[]> {
  const rows = await parts.store.read(viewer.school, look);
  const faces = await facesOf(parts, viewer, rows);
  return rows.map((row) => rowOf(row, faces, viewer));
}

/** What comes back later, and what is left of a day. */
function putOffReading(
  parts: ReadingParts,
): Pick<Mail, 'putOff' | 'laterTimes' | 'returns' | 'ownDay' | 'isDayOver'> {
  return {
    putOff: (viewer, selected, until) => putOff({ parts, viewer }, selected, until),
    laterTimes: (viewer) => laterTimes(parts, viewer),
    ownDay: (viewer) => ownDay(parts, viewer),
    isDayOver: (viewer) => isDayOver(parts, viewer),
    returns: (viewer, mailbox, uids) => returns({ parts, viewer }, mailbox, uids),
  };
}

/** PDFs among the files of a message: in a page by the browser's viewer, or page by page drawn. */
function pdfReading(parts: ReadingParts): Pick<Mail, 'plainPdf' | 'pdfPage' | 'drawnPdfPage'> {
  const whose = ({ school, account }: Viewer): string => `${school}.${account}`;
  const pdfAt = async (viewer: Viewer, which: AttachedFileRef): Promise<Download | null> => {
    const file = await download(parts, viewer, which);
    return file?.mediaType === 'application/pdf' ? file : null;
  };
  return {
    async plainPdf(viewer, which) {
      const file = await pdfAt(viewer, which);
      if (file === null) return null;
      return (await isPlainPdfInSandbox(file.bytes, audienceOf(viewer))) ? file : null;
    },
    async pdfPage(viewer, which) {
      const file = await pdfAt(viewer, which);
      return file && pdfPage(whose(viewer), file.bytes, which.page);
    },
    async drawnPdfPage(viewer, which) {
      const file = await pdfAt(viewer, which);
      return file && drawnPdfPage(whose(viewer), file.bytes, which.page);
    },
  };
}

/** Too little is left for an everyday message. */
const NEXT_BYTES = 20_000;

async function room({ store }: ReadingParts, viewer: Viewer): Promise<UsedSpace> {
  const { usedBytes, quotaBytes, isFull } = await store.read(viewer.school, (tx) =>
    roomOf(tx, viewer.account),
  );
  const full = isFull || usedBytes + NEXT_BYTES > quotaBytes;
  const left = usedBytes >= quotaBytes * NEARLY_FULL ? 'near' : 'enough';
  return {
    usedBytes,
    quotaBytes,
    state: full ? 'full' : left,
  };
}

/**
 * Portion by portion, so that a big bin locks nobody out for long; what is thrown away meanwhile
 * stays.
 */
async function emptyTrash({ store, mailEvents }: ReadingParts, viewer: Viewer): Promise<void> {
  for (let before: Uid | null = null; ;) {
    const erased: readonly Uid[] = await throwingAway(store, viewer, async (tx) => {
      const trash = (await placesOf(tx, viewer.account)).find(({ use }) => use === 'trash')?.id;
      const uids =
        trash === undefined ? [] : await uidsBelow(tx, trash, { before, limit: MAX_UIDS });
      if (trash !== undefined) await eraseEntries(tx, trash, uids);
      return uids;
    });
    before = erased.at(-1) ?? null;
    if (erased.length < MAX_UIDS) break;
  }
  mailEvents.announce(viewer.school, [viewer.account]);
}

async function read(
  { parts, viewer }: RoomVisit<ReadingParts>,
  mailbox: MailboxId,
  uid: Uid,
): Promise<MessageView | null> {
  const found = await parts.store.read(viewer.school, async (tx) => {
    const [row, bytes] = await Promise.all([
      listedRow(tx, viewer.account, { mailbox, uid }),
      messageBytes(tx, viewer.account, { mailbox, uid }),
    ]);
    const hold = row && row.state !== 'normal' ? await holdOfSent(tx, row.message) : null;
    return row && bytes ? { row, bytes, hold } : null;
  });
  if (!found) return null;
  const { row, bytes, hold } = found;
  const faces = await facesOf(parts, viewer, [row]);
  const showing = showingOf(viewer, row, bytes);
  const said = await textInTurn(showing, viewer);
  const { text, formattedCharacters, formatted, afarPictures } =
    said === LATE
      ? {
          text: beginningOf(showing),
          formattedCharacters: htmlBytes(showing.structure),
          formatted: null,
          afarPictures: 0,
        }
      : said;
  const shown = rowOf(row, faces, viewer);
  const because = await whyItCame(parts, viewer, { row, state: shown.state });
  const { cc, claimed } = addressedOf(row, domainOf(viewer.address));
  return {
    ...shown,
    isDraft: row.isDraft,
    text,
    formattedCharacters,
    formatted,
    cc: cc.map((address) => faces.named(address)),
    claimed: claimed.map((address) => faces.named(address)),
    junkSigns: viewer.role === 'pupil' ? [] : (bytes.junkSigns ?? []),
    namesake: await namesake(parts, viewer, row),
    afar: await afarOf({ parts, viewer }, row, afarPictures),
    pictureSizes: sizesOf(row, bytes),
    events: eventsOf(row, bytes, viewer.timeZone),
    answers: answersOf(bytes.raw) ?? 'everyone',
    because,
    travelledFrom: because.kind === 'link' ? travelledFrom(viewer, row, bytes.writtenAt) : null,
    refusal: hold?.refusal ?? null,
    note: hold?.note ?? null,
  };
}

/** What joins its sender and the viewer; of what wasn't received, how it came to lie there. */
function whyItCame(
  { directory, clock }: ReadingParts,
  viewer: Viewer,
  { row, state }: { readonly row: ListedRow; readonly state: MessageView['state'] },
): Promise<MessageView['because']> {
  if (state === 'added' || state === 'brought') return Promise.resolve({ kind: state, name: '' });
  const { senderAddressId: addressId, senderRole: role } = row;
  return becauseOf(directory, viewer, { addressId, role, now: clock() });
}

/**
 * Of one pupil's letter to another that took a night or more, when it left. It is reckoned from its
 * two dates: nothing is kept of a road.
 */
function travelledFrom(
  { role, timeZone, addressId }: Viewer,
  { senderRole, senderAddressId, at }: ListedRow,
  left: Date | null,
): Date | null {
  const isReceived = role === 'pupil' && senderRole === 'pupil' && senderAddressId !== addressId;
  if (!isReceived || left === null) return null;
  return dayAt(left, timeZone) < dayAt(at, timeZone) ? left : null;
}

interface WholeMessage {
  readonly raw: Buffer;
  readonly structure: Part;
}

/** How big the pictures among its files are, by their first bytes. */
function sizesOf(row: ListedRow, whole: WholeMessage): ReadonlyMap<string, PictureSize> {
  return foundIn(row, whole, {
    of: ({ mediaType }) => mediaType.startsWith('image/'),
    most: PICTURE_HEAD_BYTES,
    read: pictureSize,
  });
}

/** What its calendar files invite to; they are text by their content. */
function eventsOf(
  row: ListedRow,
  whole: WholeMessage,
  timeZone: string,
): ReadonlyMap<string, CalendarEvent> {
  return foundIn(row, whole, {
    of: ({ mediaType, sizeBytes }) => mediaType === 'text/plain' && sizeBytes <= EVENT_BYTES,
    most: 2 * EVENT_BYTES,
    read: (bytes) => eventIn(bytes, timeZone),
  });
}

interface FileReading<Found> {
  readonly of: (file: Attachment) => boolean;
  /** Bytes of a part, as they are sent. */
  readonly most: number;
  readonly read: (bytes: Buffer) => Found | null;
}

/** What is found at the beginning of some of its files, by the paths of their parts. */
function foundIn<Found>(
  { attachments }: ListedRow,
  { raw, structure }: WholeMessage,
  look: FileReading<Found>,
): ReadonlyMap<string, Found> {
  const parts = new Map([...partsOf(structure)].map((part) => [part.path, part]));
  return new Map(
    attachments.filter(look.of).flatMap((file) => {
      const part = parts.get(file.path);
      if (part === undefined) return [];
      const end = Math.min(part.bodyEnd, part.bodyStart + look.most);
      const found = look.read(offeredFile(file, part, raw.subarray(part.bodyStart, end)).bytes);
      return found === null ? [] : [[file.path, found] as const];
    }),
  );
}

/** Finds who in the reader's school bears the name that a stranger gives. */
async function namesake(
  { directory }: ReadingParts,
  viewer: Viewer,
  { senderRole, from: [from] }: ListedRow,
): Promise<Namesake | null> {
  if (senderRole !== 'outside' || from === undefined) return null;
  const roster = (await directory.rosters([viewer.school], { maxAgeMs: 1_000 })).get(viewer.school);
  return roster === undefined ? null : namesakeOf(from, roster.people);
}

/** A letter of a mailbox, and whether it shows pictures from afar. */
interface BodyWish {
  readonly mailbox: MailboxId;
  readonly uid: Uid;
  readonly afar: Afar;
}

async function formatted(
  { store }: ReadingParts,
  viewer: Viewer,
  { mailbox, uid, afar }: BodyWish,
): Promise<FormattedBody | null> {
  const found = await store.read(viewer.school, async (tx) => {
    const [row, bytes] = await Promise.all([
      listedRow(tx, viewer.account, { mailbox, uid }),
      messageBytes(tx, viewer.account, { mailbox, uid }),
    ]);
    return row && bytes ? { ...showingOf(viewer, row, bytes), afar } : null;
  });
  if (!found) return null;
  const html = await showInTurn(found, viewer);
  if (html === LATE) return { kind: 'late', text: beginningOf(found) };
  return html === null ? null : { kind: 'html', html };
}

function showingOf(
  viewer: Viewer,
  { attachments }: ListedRow,
  { raw, structure }: Pick<ViewRequest, 'structure'> & { readonly raw: Buffer },
): ViewRequest {
  return { raw, structure, attachments, audience: audienceOf(viewer), afar: 'left-out' };
}

async function download(
  { store }: ReadingParts,
  viewer: Viewer,
  { mailbox, uid, part: path }: AttachedFileRef,
): Promise<Download | null> {
  const found = await store.read(viewer.school, async (tx) => {
    const [row, structure] = await Promise.all([
      listedRow(tx, viewer.account, { mailbox, uid }),
      messageStructure(tx, viewer.account, { mailbox, uid }),
    ]);
    const attachment = row?.attachments.find((one) => one.path === path);
    const part = structure && [...partsOf(structure)].find((one) => one.path === path);
    const bytes =
      part &&
      (await partBytes(
        tx,
        { account: viewer.account, mailbox, uid },
        {
          start: part.bodyStart,
          end: part.bodyEnd,
        },
      ));
    return attachment && part && bytes ? { attachment, part, bytes } : null;
  });
  if (!found) return null;
  const { attachment, part, bytes } = found;
  return offeredFile(attachment, part, bytes);
}

async function changeOne(
  { parts: { store, mailEvents }, viewer }: RoomVisit<ReadingParts>,
  { mailbox, uids }: { readonly mailbox: MailboxId; readonly uids: readonly Uid[] },
  change: (tx: SchoolTx, uids: readonly Uid[], mailboxes: readonly Mailbox[]) => Promise<void>,
): Promise<void> {
  const changed = await throwingAway(store, viewer, async (tx) => {
    const mailboxes = await placesOf(tx, viewer.account);
    if (!mailboxes.some(({ id }) => id === mailbox)) return false;
    await change(tx, uids.slice(0, MAX_UIDS), mailboxes);
    return true;
  });
  if (changed) mailEvents.announce(viewer.school, [viewer.account]);
}

interface MailboxMove {
  readonly from: MailboxId;
  readonly uids: readonly Uid[];
  readonly to: SpecialUse | MailboxId;
  readonly mailboxes: readonly Mailbox[];
}

/** What is thrown away from the trash is gone. */
async function moveTo(tx: SchoolTx, { from, uids, to, mailboxes }: MailboxMove): Promise<void> {
  const target = mailboxes.find(({ use, id }) => use === to || id === to)?.id;
  if (target === undefined || target === from) {
    if (to === 'trash') await eraseEntries(tx, from, uids);
    return;
  }
  await moveEntries(tx, { from, uids, to: target });
}
