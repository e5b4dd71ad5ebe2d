import { type LetterId, newLetterId } from '../../ground/ids.ts';
import { answersOf } from '../../letters/message/answers.ts';
import { offeredFile } from '../../letters/message/attachments.ts';
import { partsOf, readBody } from '../../letters/message/body.ts';
import type { ComposedFile } from '../../letters/message/compose.ts';
import { isFormatted } from '../../letters/message/format/words.ts';
import { htmlFragment } from '../../letters/message/format/write-html.ts';
import type { Attachment, ReadMessage } from '../../letters/message/message.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { DraftRef } from '../../store/mail/contract.ts';
import { draftState } from '../../store/mail/drafts.ts';
import { messageBytes } from '../../store/mail/message-bytes.ts';
import { formattedIn, readLetter } from '../parsing/letters.ts';
import type { Writing } from './contract.ts';
import { answerToOf, awaitUntilOf, drawnOnOf, letterIn, noticeOf } from './draft-form.ts';
import type { WritingParts } from './parts.ts';

/** A draft as it lies in the store. */
export interface StoredDraft {
  readonly ref: DraftRef;
  readonly raw: Buffer;
  readonly message: ReadMessage;
  /** Its formatted words, that little alone that we keep; null for plain ones. */
  readonly html: string | null;
  readonly at: Date;
  /** Whether it leaves once the scanner answers again. */
  readonly waitsForScanner: boolean;
  /** When it leaves by itself; null for a draft like any other. */
  readonly leavesAt: Date | null;
}

/** One of the viewer's drafts; null where there is none, or it is somebody else's. */
export async function keptDraft(
  { store }: WritingParts,
  viewer: Viewer,
  ref: DraftRef,
): Promise<StoredDraft | null> {
  const found = await store.read(viewer.school, async (tx) => {
    const state = await draftState(tx, viewer.account, ref);
    const bytes = state && (await messageBytes(tx, viewer.account, ref));
    return state && bytes ? { state, raw: bytes.raw } : null;
  });
  if (!found) return null;
  const read = await readLetter(found.raw);
  if (read.kind !== 'read') return null;
  const { state, raw } = found;
  return {
    ref,
    raw,
    message: read.message,
    html: await keptHtml(raw, read.message),
    at: state.at,
    waitsForScanner: state.waitsFor === 'scanner',
    leavesAt: state.leavesAt,
  };
}

/** What a draft says. */
export type Kept = Pick<StoredDraft, 'raw' | 'message' | 'html'>;

/** The formatted words of a message, a program's of one's own too, as far as we keep any. */
export async function keptHtml(raw: Buffer, { structure }: ReadMessage): Promise<string | null> {
  const { html } = readBody(raw, structure);
  const formatted = html === null ? [] : await formattedIn(html);
  return isFormatted(formatted) ? htmlFragment(formatted) : null;
}

/** What somebody wrote, out of the message that it was made. */
export function writingOf({ raw, message, html }: Kept): Writing {
  const notice = noticeOf(raw);
  const awaitUntil = awaitUntilOf(raw);
  const drawnOn = drawnOnOf(raw);
  return {
    ...(awaitUntil === null ? {} : { awaitUntil }),
    ...(drawnOn === null ? {} : { drawnOn }),
    ...(notice === null ? {} : { notice }),
    to: message.envelope.to.map(({ address }) => address),
    cc: message.envelope.cc.map(({ address }) => address),
    subject: message.envelope.subject ?? '',
    text: withoutLastEnd(readBody(raw, message.structure).text ?? ''),
    ...(html === null ? {} : { html }),
    answers: answersOf(raw) ?? 'sender',
    answerTo: answerToOf(raw),
  };
}

/**
 * The last line of a message has an end (RFC 5322 §2.1), that of a text that somebody writes has
 * none.
 */
const withoutLastEnd = (text: string): string => text.replace(/\r?\n$/, '');

/** Which letter a draft is; one that a mail program began is given a name of its own. */
export function letterOf({ message }: Pick<StoredDraft, 'message'>, domain: string): LetterId {
  return letterIn(message.envelope.messageId, domain) ?? newLetterId();
}

/** What a Content-ID of ours is of, and those of most programs (RFC 2392 §2). */
const CONTENT_ID = /^[^\s<>]{1,200}$/;

/** The files of a draft but those whose paths `drop` names. */
export function filesOf(
  { raw, message }: Pick<Kept, 'raw' | 'message'>,
  drop: readonly string[],
): ComposedFile[] {
  const parts = [...partsOf(message.structure)];
  return message.attachments
    .filter(({ path }) => !drop.includes(path))
    .flatMap((attachment: Attachment) => {
      const part = parts.find((one) => one.path === attachment.path);
      if (!part) return [];
      const file = offeredFile(attachment, part, raw.subarray(part.bodyStart, part.bodyEnd));
      const { contentId } = attachment;
      return [contentId !== null && CONTENT_ID.test(contentId) ? { ...file, contentId } : file];
    });
}
