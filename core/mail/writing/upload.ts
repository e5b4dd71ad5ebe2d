import { compose, type ComposedFile } from '../../letters/message/compose.ts';
import type { ReadMessage } from '../../letters/message/message.ts';
import { hasPhotograph } from '../../letters/message/photographs.ts';
import { withoutPlace } from '../../letters/message/picture-place.ts';
import type { Scan, Scanner, ScanResult } from '../../letters/scan/clamd.ts';
import { FINE, type ContentFacts, type Role } from '../../rules/facts.ts';
import type { Outcome } from '../../rules/outcome.ts';
import type { RuleName } from '../../rules/verdict.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { deniedContent } from '../delivery/judging/content-alone.ts';
import { scanWhole } from '../delivery/judging/scan-whole.ts';
import { allowanceOf } from '../delivery/limits.ts';
import { readLetter } from '../parsing/letters.ts';
import type { Upload } from './contract.ts';

/** base64 makes three bytes four, and lines of them. */
const ENCODED = 1.37;

/** How many bytes of files fit into a letter of somebody. */
export const fileRoomOf = ({ role }: Pick<Viewer, 'role'>): number =>
  Math.floor(allowanceOf(role).messageBytes / ENCODED);

/** A picture goes without the place where it was taken; any other file as it is. */
export function placeless<File extends ComposedFile>(file: File): File {
  return file.mediaType.startsWith('image/') || JPEG.equals(file.bytes.subarray(0, JPEG.length))
    ? { ...file, bytes: withoutPlace(file.bytes) }
    : file;
}
/** What a JPEG begins with, whatever its sender calls it. */
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

/**
 * Looks at a file when it is attached, so that a child hears at once and not when everything is
 * written. Asked again when the message leaves, with everything else.
 */
export async function judgeUpload(
  { scanner, secret }: { readonly scanner: Pick<Scanner, 'scan'>; readonly secret: Buffer },
  viewer: Viewer,
  file: Upload,
  bytesBefore: number,
): Promise<Outcome> {
  if (bytesBefore + file.bytes.length > fileRoomOf(viewer))
    return { kind: 'too-big', limitBytes: allowanceOf(viewer.role).messageBytes };
  const attached = await asAttached(file);
  if (attached === null) return deniedFile(file, 'file-kind');
  const { raw, message } = attached;
  const scanned = await scanWhole(scanFor(scanner, viewer), raw, message);
  return whyOut(viewer, file, { message, scanned, secret }) ?? { kind: 'accepted', message: null };
}

/** A file that may be put away, under its name and as what it is; or why it may not. */
type StoredJudgement =
  | { readonly kind: 'fine'; readonly name: string; readonly mediaType: string }
  | { readonly kind: 'refused'; readonly outcome: Outcome };

/**
 * The same of a file that is put where children read it, and not sent: nobody looks at it again, so
 * that what is held of a letter has no place there.
 */
export async function judgeStored(
  { scanner, secret }: { readonly scanner: Pick<Scanner, 'scan'>; readonly secret: Buffer },
  viewer: Viewer,
  file: Upload,
): Promise<StoredJudgement> {
  const message = (await asAttached(file))?.message;
  const found = message?.attachments[0];
  if (message === undefined || found === undefined)
    return { kind: 'refused', outcome: deniedFile(file, 'file-kind') };
  // The file as it will lie there: encoded it would be more than clamd takes.
  const whole = { ...message, doubtful: [] };
  const scanned = await scanWhole(scanFor(scanner, viewer), file.bytes, whole);
  const outcome = whyOut(viewer, file, { message, scanned, secret, to: 'pupil' });
  return outcome === null
    ? { kind: 'fine', name: found.name, mediaType: found.mediaType }
    : { kind: 'refused', outcome };
}

const scanFor =
  (scanner: Pick<Scanner, 'scan'>, { school, account }: Viewer): Scan =>
  (bytes) =>
    scanner.scan(bytes, { kind: 'own', school, account });

/** What keeps a file out by what it is; null where nothing does. */
function whyOut(
  viewer: Viewer,
  file: Upload,
  found: {
    readonly message: ReadMessage;
    readonly scanned: ScanResult;
    readonly secret: Buffer;
    readonly to?: Role;
  },
): Outcome | null {
  const { message, scanned, secret, to } = found;
  if (scanned.kind === 'infected') return scanned;
  if (scanned.kind === 'silent') return { kind: 'scanner-silent' };
  const content: ContentFacts = {
    ...FINE,
    unscannable: scanned.kind === 'unscannable',
    attachments: message.danger,
    photograph: hasPhotograph(message, secret),
  };
  const denied = deniedContent(viewer, content, to);
  return denied === null ? null : deniedFile(file, denied);
}

/** Why a file stays out, by the rule that says so. */
export function deniedFile({ name }: Pick<Upload, 'name'>, rule: RuleName): Outcome {
  return { kind: 'denied', refusals: [{ address: '', rule, words: { file: name } }] };
}

/**
 * A file as it stands in a message: its name on one line, and the type that its sender gave where
 * that is one.
 */
export function asWritten({ name, mediaType, bytes, contentId }: ComposedFile): ComposedFile {
  const isType = /^[\w.+-]+\/[\w.+-]+$/.test(mediaType);
  const type = isType ? mediaType : 'application/octet-stream';
  return { name: oneLine(name), mediaType: type, bytes, contentId: contentId ?? null };
}

/** Without what ends a header line (RFC 5322 §2.2). */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

/**
 * By its name, its type and its content, as the whole message will be read; null for what can be
 * attached to none.
 */
async function asAttached(
  file: Upload,
): Promise<{ readonly raw: Buffer; readonly message: ReadMessage } | null> {
  const composed = await compose({
    from: { name: '', address: 'file@preau.invalid' },
    to: [],
    cc: [],
    subject: '',
    text: '',
    inReplyTo: null,
    references: [],
    date: new Date(0),
    messageId: '<file@preau.invalid>',
    headers: {},
    attachments: [asWritten(file)],
  });
  if (composed.kind === 'refused') return null;
  const read = await readLetter(composed.raw);
  return read.kind === 'read' ? { raw: composed.raw, message: read.message } : null;
}
