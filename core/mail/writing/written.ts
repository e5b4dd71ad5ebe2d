import { openFaces } from '../../directory/faces.ts';
import { Fault } from '../../ground/fault.ts';
import type { LetterId } from '../../ground/ids.ts';
import { compose, type ComposedFile, type Composition } from '../../letters/message/compose.ts';
import { fitted, isFormatted, linesOf, plainOf } from '../../letters/message/format/words.ts';
import { writeHtml } from '../../letters/message/format/write-html.ts';
import type { Envelope, HeaderAddress } from '../../letters/message/message.ts';
import { pictureSize } from '../../letters/message/picture-size.ts';
import { writtenDate } from '../../letters/message/prepare.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import type { DraftRef } from '../../store/mail/contract.ts';
import { messageBytes } from '../../store/mail/message-bytes.ts';
import { ownGroupsOf } from '../../store/people/own-groups.ts';
import { COLLEAGUES, groupAddress, isOwnAddress } from '../groups/own-addresses.ts';
import { MOST_GROUPS } from '../groups/parts.ts';
import { asWritten, oneLine } from '../parsing/alone.ts';
import { formattedIn, readLetter } from '../parsing/letters.ts';
import type { Writing, LetterWindow } from './contract.ts';
import { draftFields, letterMessageId } from './draft-form.ts';
import type { WritingParts } from './parts.ts';

/** Longer subjects are cut: RFC 5322 allows more, no list shows it. */
const MAX_SUBJECT = 255;
/** What can be an address at all; whether it leads somewhere is the rules' to say. */
export const ADDRESS = /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@[^\s@<>()[\]\\,;:"\p{Cc}]{1,253}$/u;

interface Form {
  readonly letter: LetterId;
  readonly files: readonly ComposedFile[];
  /** Files of the service's own, whose types stand as they are. */
  readonly ours?: readonly ComposedFile[];
  /** What goes with a draft besides, in words of whoever asks for it. */
  readonly slip?: string | null;
  /** The window that a draft is kept from; null for what leaves, which bears no field of ours. */
  readonly draftOf: LetterWindow | null;
  /** The letter that this one stands in the place of (RFC 4021 §2.1.46). */
  readonly supersedes?: LetterId | null;
  /** When it means nothing any more (RFC 4021 §2.1.50). */
  readonly expires?: Date | null;
  /** What stands below its words. */
  readonly below?: string;
  /** What its readers are called where none of them is named. */
  readonly readers?: string;
}

/** The bytes of what was written. */
export async function write(
  { parts, viewer }: RoomVisit<WritingParts>,
  writing: Writing,
  form: Form,
): Promise<Buffer> {
  const words = await wordsOf(viewer, writing, form);
  const answered = writing.answerTo ? await envelopeOf(parts, viewer, writing.answerTo) : null;
  const composed = await compose({
    from: { name: viewer.displayName, address: viewer.address },
    to:
      form.readers === undefined ? await named(parts, viewer, writing.to) : { group: form.readers },
    cc: await named(parts, viewer, writing.cc),
    subject: oneLine(writing.subject).slice(0, MAX_SUBJECT),
    // Without a text there would be no part for it, and the files would be counted anew once there
    // is one.
    ...words,
    text: words.text === '' && form.files.length > 0 ? '\n' : words.text,
    attachments: [...form.files.map(asWritten), ...(form.ours ?? [])],
    inReplyTo: answered?.messageId ?? null,
    references: answered ? referencesTo(answered) : [],
    date: parts.clock(),
    messageId: letterMessageId(form.letter, parts.domain),
    headers: {
      ...(form.draftOf === null ? {} : draftFields(writing, form.draftOf, form.slip ?? null)),
      ...(form.expires ? { Expires: writtenDate(form.expires) } : {}),
      ...(form.supersedes ? { Supersedes: letterMessageId(form.supersedes, parts.domain) } : {}),
    },
  });
  if (composed.kind === 'refused') {
    throw new Fault('row-missing', `what was written can't be composed: ${composed.field}`, {
      transient: false,
    });
  }
  return composed.raw;
}

/**
 * What the letter says: formatted only where an adult has formatted some of it, and in plain text
 * always.
 */
async function wordsOf(
  { role }: Viewer,
  { text, html }: Pick<Writing, 'text' | 'html'>,
  { below = '', files }: Pick<Form, 'below' | 'files'>,
): Promise<Pick<Composition, 'text' | 'html'>> {
  if (html === undefined || role === 'pupil') return { text: `${text}${below}` };
  const formatted = await formattedIn(html);
  // What can't be read within limits has its plain words to fall back on.
  if (formatted.length === 0) return { text: `${text}${below}` };
  if (!isFormatted(formatted)) return { text: `${plainOf(formatted)}${below}` };
  const shown = fitted(formatted, (contentId) => widthOf(files, contentId));
  const whole = below === '' ? shown : [...shown, ...linesOf(below)];
  return { text: plainOf(whole), html: writeHtml(whole) };
}

/** How wide a picture of the letter is, in its own pixels. */
function widthOf(files: readonly ComposedFile[], contentId: string): number | null {
  const bytes = files.find((file) => file.contentId === contentId)?.bytes;
  return bytes === undefined ? null : (pictureSize(bytes)?.width ?? null);
}

type Answered = Pick<Envelope, 'messageId'> & { readonly references: readonly string[] };

/** RFC 5322 §3.6.4; the last fifty, since each answer adds one. */
function referencesTo({ references, messageId }: Answered): string[] {
  return [...references, ...(messageId ? [messageId] : [])].slice(-50);
}

/**
 * What stands in To or Cc: addresses that can be written there, with the names that the roster
 * knows.
 */
async function named(
  { directory, store, clock }: WritingParts,
  viewer: Viewer,
  to: readonly string[],
): Promise<HeaderAddress[]> {
  const good = [...new Set(to.map((address) => address.trim().toLowerCase()))].filter((address) =>
    ADDRESS.test(address),
  );
  const faces = await openFaces(directory, viewer, { addresses: good, ids: [], now: clock() });
  const names = await ownNames(store, viewer, good);
  return good
    .map((address) => faces.named({ name: names.get(address) ?? '', address }))
    .map(({ name, address }) => ({ name: name === address ? '' : name, address }));
}

/** What a draft calls its writer's own groups, for the list of drafts and for mail programs. */
async function ownNames(
  store: WritingParts['store'],
  viewer: Viewer,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (!addresses.some(isOwnAddress)) return new Map();
  const rows = await store.read(viewer.school, (tx) =>
    ownGroupsOf(tx, viewer.account, MOST_GROUPS),
  );
  return new Map([
    [COLLEAGUES, viewer.language === 'fr' ? 'Les autres enseignants' : 'The other teachers'],
    ...rows.map(({ id, name }) => [groupAddress(id), name] as const),
  ]);
}

async function envelopeOf(
  { store }: WritingParts,
  viewer: Viewer,
  ref: DraftRef,
): Promise<Answered | null> {
  const bytes = await store.read(viewer.school, (tx) => messageBytes(tx, viewer.account, ref));
  const read = bytes && (await readLetter(bytes.raw));
  if (read?.kind !== 'read') return null;
  return { messageId: read.message.envelope.messageId, references: read.message.references };
}
