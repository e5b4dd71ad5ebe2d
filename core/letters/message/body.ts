/** A message is text to be read, and files that are attached to it: here they are told apart. */
import { decodeText, isShifty } from './charset.ts';
import { cleanText, cut } from './clean.ts';
import { readHtml } from './html-text.ts';
import { BODY_CHARACTERS } from './limits.ts';
import type { Part, ReadMessage } from './message.ts';
import {
  decodePastPadding,
  decodeTransfer,
  decodeUuencode,
  encodingOf,
  goesOnAfterPadding,
} from './transfer.ts';

export interface Body {
  /** Plain text with LF line ends; null where the message has only HTML. */
  readonly text: string | null;
  /** HTML as it came, not to be shown before it is sanitised; null where there is none. */
  readonly html: string | null;
}

const NOTHING: Body = { text: null, html: null };

/** A text of a message as far as it is read, fit to be shown: at most `BODY_CHARACTERS`. */
interface ReadText {
  readonly text: string;
  /** There is more of it. */
  readonly goesOn: boolean;
}

/** Gives the text of a part of type `text`. */
export type TextOf = (part: Part) => ReadText;

/** Bytes of a text that are decoded: in any charset enough for one character more than is read. */
const TEXT_BYTES = 4 * (BODY_CHARACTERS + 1);

/** The bytes of a part, its transfer encoding undone. Big ones cost time: 2 ms for 2 MB. */
export function decodedPart(raw: Buffer, part: Part): Buffer {
  return decodeTransfer(inMessage(raw)(part), encodingOf(part.encoding));
}

/**
 * Text and HTML of the message: of alternatives the plainest and the richest, of several texts all,
 * one after the other.
 */
export function readBody(raw: Buffer, structure: Part): Body {
  return bodyFrom(readTexts(inMessage(raw)), structure);
}

/**
 * The same for who has only the bytes of `bodyTexts` at hand, not those of the files between them.
 */
export function readBodyOf(bytesOf: BytesOf, structure: Part): Body {
  return bodyFrom(readTexts(bytesOf), structure);
}

/** The same for who reads these texts for something else besides. */
export function bodyFrom(textOf: TextOf, structure: Part): Body {
  return isBodyText(structure, structure)
    ? leafBody(textOf, structure)
    : bodyOf(textOf, structure, structure);
}

/** Reads texts when they are asked for, and each only once. */
export function readTexts(bytesOf: BytesOf): TextOf {
  const known = new Map<Part, ReadText>();
  return (part) => {
    const read = known.get(part) ?? readText(bytesOf(part), part);
    known.set(part, read);
    return read;
  };
}

function readText(bytes: Buffer, { encoding, params }: Part): ReadText {
  const decoded = decodeTransfer(bytes, encodingOf(encoding));
  const text = decodeText(decoded.subarray(0, TEXT_BYTES), params['charset']);
  return {
    text: cut(cleanText(text), BODY_CHARACTERS),
    goesOn: decoded.length > TEXT_BYTES || text.length > BODY_CHARACTERS,
  };
}

/** Bytes of the formatted texts of a message, as they stand in it. */
export function htmlBytes(structure: Part): number {
  return bodyTexts(structure)
    .filter(({ subtype }) => subtype === 'html')
    .reduce((sum, { bodyStart, bodyEnd }) => sum + bodyEnd - bodyStart, 0);
}

/** The parts whose bytes `readBodyOf` asks for. */
export function bodyTexts(structure: Part): Part[] {
  if (isBodyText(structure, structure)) return [structure];
  const visit = (part: Part): Part[] => {
    if (part.parts.length > 0) return part.parts.flatMap(visit);
    return isBodyText(part, structure) ? [part] : [];
  };
  return visit(structure);
}

/** The bytes of a part as they stand in the message, its transfer encoding not undone. */
type BytesOf = (part: Part) => Buffer;

/** Those of a whole message. */
export const inMessage =
  (raw: Buffer): BytesOf =>
  ({ bodyStart, bodyEnd }) =>
    raw.subarray(bodyStart, bodyEnd);

/**
 * The parts that are files, in their order: every leaf that isn't shown as text. A message in the
 * message is one file.
 */
export function attachedParts(structure: Part): Part[] {
  const found: Part[] = [];
  const visit = (part: Part): void => {
    if (part.parts.length > 0) part.parts.forEach(visit);
    else if (!isBodyText(part, structure)) found.push(part);
  };
  visit(structure);
  return found;
}

/**
 * Text is a body unless it says it is attached or has a name; the only part of a message is its
 * body by any name.
 */
function isBodyText(part: Part, root: Part): boolean {
  if (
    part.type !== 'text' ||
    (part.subtype !== 'plain' && part.subtype !== 'html') ||
    part.disposition?.type === 'attachment'
  )
    return false;
  return (
    part === root ||
    (part.params['name'] === undefined && part.disposition?.params['filename'] === undefined)
  );
}

function bodyOf(textOf: TextOf, part: Part, root: Part): Body {
  if (part.parts.length === 0) return isBodyText(part, root) ? leafBody(textOf, part) : NOTHING;
  const bodies = part.parts
    .map((child) => bodyOf(textOf, child, root))
    .filter((body) => body.text !== null || body.html !== null);
  if (part.subtype === 'alternative') {
    return {
      text: bodies.find((body) => body.text !== null)?.text ?? null,
      html: bodies.findLast((body) => body.html !== null)?.html ?? null,
    };
  }
  return bodies.length > 1 ? joined(bodies) : (bodies[0] ?? NOTHING);
}

function joined(bodies: readonly Body[]): Body {
  const onlyHtml = bodies.every((body) => body.text === null);
  const onlyText = bodies.every((body) => body.html === null);
  return {
    text: onlyHtml
      ? null
      : bodies.map((body) => body.text ?? readHtml(body.html ?? '').text).join('\n\n'),
    html: onlyText
      ? null
      : bodies
          .map((body) => body.html ?? `<pre>${escapeText(body.text ?? '')}</pre>`)
          .join('\n<hr>\n'),
  };
}

function leafBody(textOf: TextOf, part: Part): Body {
  const { text } = textOf(part);
  return part.subtype === 'html' ? { text: null, html: text } : { text, html: null };
}

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/**
 * The doubtful parts of a message, decoded in every way that a reader might.
 *
 * Bounded: each byte of the message is given at most as often as there are readings (five),
 * whatever the nesting, as a multipart inside a doubtful multipart is not given again.
 */
export function* decodedParts(
  raw: Buffer,
  message: Pick<ReadMessage, 'structure' | 'doubtful'>,
): Generator<Buffer> {
  if (message.doubtful.length === 0) return;
  const doubtful = new Set(message.doubtful);
  let coveredTo = -1;
  for (const part of partsOf(message.structure)) {
    if (!doubtful.has(part.path)) continue;
    const isLeaf = part.parts.length === 0 && !part.message;
    if (!isLeaf && part.bodyEnd <= coveredTo) continue;
    if (!isLeaf) coveredTo = part.bodyEnd;
    yield* readings(raw.subarray(part.bodyStart, part.bodyEnd), part);
  }
}

/** Every part, outer ones first, those of messages within the message too. */
export function* partsOf(part: Part): Generator<Part> {
  yield part;
  for (const child of part.parts) yield* partsOf(child);
  if (part.message) yield* partsOf(part.message.structure);
}

function* readings(body: Buffer, part: Part): Generator<Buffer> {
  const base64 = decodeTransfer(body, 'base64');
  const quoted = decodeTransfer(body, 'quoted-printable');
  const uuencoded = decodeUuencode(body);
  const candidates = [
    body,
    base64,
    quoted,
    ...(uuencoded ? [uuencoded] : []),
    ...(goesOnAfterPadding(body) ? [decodePastPadding(body)] : []),
  ];
  yield* candidates.filter((bytes) => bytes.length > 0);
  const charset = part.params['charset'];
  if (isShifty(charset))
    for (const bytes of candidates) yield Buffer.from(decodeText(bytes, charset));
}
