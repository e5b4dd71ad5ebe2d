/**
 * The files of a message, each with its name, its kind and its danger; and the danger of the whole.
 */
import type { ArchiveWork } from './archive/work.ts';
import { attachedParts, bodyTexts, decodedPart, decodedParts, partsOf } from './body.ts';
import { dangerOfNames, offeredName } from './file-names.ts';
import { kindOf, kindOfContent, worst } from './kinds.ts';
import { HEAD_BYTES } from './limits.ts';
import { isText, kindOfStart, OCTETS } from './magic.ts';
import type { Attachment, FileDanger, OfferedFile, Part } from './message.ts';
import { isPictured, isPlainPng } from './photographs.ts';
import { markIn } from './picture-mark.ts';
import { soundMarkIn } from './sound-mark.ts';
import { decodeTransfer, encodingOf } from './transfer.ts';

/** By part path, every name that the part bears. */
type NamesOfParts = ReadonlyMap<string, readonly string[]>;

/**
 * What the files of a message are judged with: names, and what of its archives may still be read.
 */
interface Judging {
  readonly names: NamesOfParts;
  readonly work: ArchiveWork;
}

/**
 * The attachments in their order. A message within the message is one file, as dangerous as the
 * worst inside it.
 */
export function readAttachments(raw: Buffer, structure: Part, judging: Judging): Attachment[] {
  return attachedParts(structure).map((part) =>
    part.message ? messageFile(raw, part, judging) : plainFile(raw, part, judging),
  );
}

/**
 * A file, its transfer encoding undone, under the name that it is offered with.
 *
 * @param body the bytes of the part as they stand in the message, `bodyStart` to `bodyEnd`
 */
export function offeredFile(
  { name, mediaType }: Attachment,
  part: Part,
  body: Buffer,
): OfferedFile {
  const bytes = decodeTransfer(body, encodingOf(part.encoding));
  return { name: part.message ? nameOfMessage(part.message) : name, mediaType, bytes };
}

/**
 * The worst of a message: of its files, and of every other part that a mail program may save, by
 * its names and by what it is, in every way that it may be decoded. Of what we show as text only
 * the dangerous counts: HTML is no file there.
 */
export function dangerOf(raw: Buffer, structure: Part, judged: Judged): FileDanger {
  const { names, doubtful, attachments, work } = judged;
  const isDangerous =
    [...names.values()].some((own) => dangerOfNames(own) === 'dangerous') ||
    [...shownParts(structure)].some((part) => isProgram(raw, part, work)) ||
    runsInAReading(decodedParts(raw, { structure, doubtful }), work);
  return isDangerous ? 'dangerous' : worst(attachments.map(({ danger }) => danger));
}

interface Judged extends Judging {
  readonly doubtful: readonly string[];
  readonly attachments: readonly Attachment[];
}

/** The texts of the message and of every message in it. */
function* shownParts(structure: Part): Generator<Part> {
  yield* bodyTexts(structure);
  for (const { message } of partsOf(structure)) if (message) yield* bodyTexts(message.structure);
}

function runsInAReading(readings: Iterable<Buffer>, work: ArchiveWork): boolean {
  for (const bytes of readings) if (kindOfContent(bytes, work).danger === 'dangerous') return true;
  return false;
}

const UUENCODED = /^begin [0-7]{3,4} (.+)$/gm;

/**
 * A text that is none: bytes behind an encoding, or a file within the text, as mail programs still
 * take them out.
 */
function isProgram(raw: Buffer, part: Part, work: ArchiveWork): boolean {
  const encoding = encodingOf(part.encoding);
  if (encoding === 'identity') {
    const text = raw.subarray(part.bodyStart, part.bodyEnd);
    if (!text.includes('begin ')) return false;
    const named = [...text.toString('latin1').matchAll(UUENCODED)].map(([, name = '']) => name);
    return dangerOfNames(named) === 'dangerous';
  }
  const start = raw.subarray(
    part.bodyStart,
    Math.min(part.bodyEnd, part.bodyStart + 2 * HEAD_BYTES),
  );
  if (isText(decodeTransfer(start, encoding))) return false;
  return kindOfContent(decodedPart(raw, part), work).danger === 'dangerous';
}

function plainFile(raw: Buffer, part: Part, { names, work }: Judging): Attachment {
  const bytes = decodedPart(raw, part);
  const own = names.get(part.path) ?? [];
  const kind = kindOf(bytes, own, work);
  const mark = markIn(bytes) ?? soundMarkIn(bytes);
  return {
    ...attachment(part, offeredName(own, kind.ending), { ...kind, sizeBytes: bytes.length }),
    ...(mark === null ? {} : { mark }),
    ...(isPlainPng(bytes) ? { isDrawn: true } : {}),
  };
}

/** Its own name is judged, by `dangerOf`, and never offered: what is a message is saved as one. */
function messageFile(raw: Buffer, part: Part, judging: Judging): Attachment {
  const inner = part.message ? readAttachments(raw, part.message.structure, judging) : [];
  const names = judging.names.get(part.path) ?? [];
  const own = [
    dangerOfNames(names),
    kindOfStart(raw.subarray(part.bodyStart, part.bodyEnd)).danger,
  ];
  const danger = own.includes('dangerous') ? 'dangerous' : worst(inner.map((file) => file.danger));
  const isOfPictures = inner.some(
    ({ mediaType, isDrawn, holdsPictures }) =>
      holdsPictures === true || (isPictured(mediaType) && isDrawn !== true),
  );
  return {
    ...attachment(part, nameOfMessage(part.message), {
      danger,
      mediaType: OCTETS,
      sizeBytes: part.bodyEnd - part.bodyStart,
    }),
    ...(isOfPictures ? { holdsPictures: true } : {}),
  };
}

/** A name of ours for a message within a message: its subject, and that it is a message. */
function nameOfMessage(message: Part['message']): string {
  const subject = message?.envelope.subject ?? '';
  return offeredName(subject === '' ? [] : [`${subject.replace(/[/\\]/g, '-')}.eml`], 'eml');
}

function attachment(
  part: Part,
  name: string,
  { mediaType, sizeBytes, danger }: Pick<Attachment, 'mediaType' | 'sizeBytes' | 'danger'>,
): Attachment {
  const contentId = part.id?.replace(/^\s*<|>\s*$/g, '') || null;
  return { path: part.path, name, mediaType, sizeBytes, danger, contentId };
}
