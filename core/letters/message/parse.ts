/**
 * Bytes to `ReadMessage`, once, at delivery: the one reading that the rules, the scanner, the index
 * and the pages share.
 */
import { ALL, startWork, type ArchiveLimits } from './archive/work.ts';
import { dangerOf, readAttachments } from './attachments.ts';
import { bodyFrom, inMessage, readTexts, type Body } from './body.ts';
import { cleanLine, cut } from './clean.ts';
import { isAutomatic, readEnvelope, readReferences } from './envelope.ts';
import { collectLinks, NO_LINKS, takeTexts } from './found-links.ts';
import { fieldValues, type Header } from './header.ts';
import { readHtml } from './html-text.ts';
import { readKeys } from './keys.ts';
import { HOPS, PREVIEW_CHARACTERS, SEARCH_CHARACTERS } from './limits.ts';
import type { Attachment, Envelope, Part, ReadMessage, ReadResult } from './message.ts';
import { walkMessage } from './structure.ts';
import { wireEnvelope } from './wire-envelope.ts';
import { wireStructure } from './wire-structure.ts';
import { checkBytes } from './wire.ts';

/**
 * Reads a message. Never throws, on any bytes; linear in their number, bounded by `limits.ts`.
 *
 * Give it what `normaliseBody` gave. A malformed message is still a message and is read in one
 * fixed way; only what can't be carried at all is refused, permanently: the same bytes are refused
 * the same way each time. Its archives are listed and taken apart within `limits`; where those are
 * met, `archiveLimit` says so.
 */
export function readMessage(raw: Buffer, limits: ArchiveLimits = ALL): ReadResult {
  const broken = checkBytes(raw);
  if (broken) return { kind: 'refused', why: broken };
  const result = walkMessage(raw);
  if (result.kind === 'refused') return result;
  const { header, structure, names, doubtful } = result.walked;
  // RFC 5321 §6.3: each hop adds a Received, and so many are a loop.
  if (fieldValues(header, 'received').length > HOPS)
    return { kind: 'refused', why: 'too-many-hops' };
  if (hidesFrom(header)) return { kind: 'refused', why: 'ambiguous-from' };
  const envelope = readEnvelope(header);
  const links = limits.linkBytes === null ? NO_LINKS : collectLinks(limits.linkBytes);
  const work = startWork(limits, (bytes, { mediaType }) => links.takeFile(bytes, mediaType));
  const attachments = readAttachments(raw, structure, { names, work });
  const danger = dangerOf(raw, structure, { names, doubtful, attachments, work });
  const textOf = readTexts(inMessage(raw));
  const pictured = takeTexts(links, raw, {
    subject: envelope.subject,
    structure,
    doubtful,
    textOf,
  });
  const text = shownText(bodyFrom(textOf, structure));
  return {
    kind: 'read',
    message: {
      envelope,
      structure: withPictures(structure, pictured),
      attachments,
      danger,
      archiveLimit: work.exceeded,
      doubtful,
      preview: previewOf(text),
      searchText: searchTextOf(envelope, text, attachments),
      references: readReferences(header),
      links: links.found(),
      automatic: isAutomatic(header),
      wire: { envelope: wireEnvelope(header), ...wireStructure(raw, structure) },
      headerBytes: header.bodyStart,
      keys: readKeys(header, envelope),
    } satisfies ReadMessage,
  };
}

/**
 * A line of only spaces ends the header for some readers: with a From beside it, two readers see
 * two senders.
 */
export function hidesFrom(header: Header): boolean {
  return (
    header.oddities.includes('space-line') && header.fields.some((field) => field.name === 'from')
  );
}

/** Says of these texts that pictures stand in them. */
function withPictures(part: Part, pictured: ReadonlySet<Part>): Part {
  if (pictured.size === 0) return part;
  const { message } = part;
  return {
    ...part,
    parts: part.parts.map((child) => withPictures(child, pictured)),
    message: message && { ...message, structure: withPictures(message.structure, pictured) },
    ...(pictured.has(part) ? { holdsPictures: true } : {}),
  };
}

/** What a reader would read. */
const shownText = ({ text, html }: Body): string =>
  text ?? (html === null ? '' : readHtml(html).text);

/**
 * Leaves quoted lines and a signature out, as long as something else is left to show. It stands in
 * a line of a list: direction marks would turn their neighbours.
 */
function previewOf(text: string): string {
  const lines = withoutSignature(text.slice(0, SEARCH_CHARACTERS).split('\n'));
  const own = lines
    .filter((line) => !line.startsWith('>'))
    .join(' ')
    .trim();
  return cut(cleanLine(firstWords(own === '' ? lines.join(' ') : own)), PREVIEW_CHARACTERS);
}

/** One line of the first words, with more than enough to take marks out of. */
function firstWords(text: string): string {
  const words: string[] = [];
  let left = 4 * PREVIEW_CHARACTERS;
  for (const [word] of text.matchAll(/\S+/g)) {
    words.push(word);
    left -= word.length + 1;
    if (left < 0) break;
  }
  return words.join(' ');
}

/** The lines above a signature (RFC 3676 §4.3); all of them where there is nothing above it. */
function withoutSignature(lines: readonly string[]): readonly string[] {
  const end = lines.indexOf('-- ');
  const above = lines.slice(0, Math.max(0, end));
  return above.some((line) => line.trim() !== '') ? above : lines;
}

function searchTextOf(
  envelope: Envelope,
  text: string,
  attachments: readonly Attachment[],
): string {
  const people = [envelope.from, envelope.to, envelope.cc]
    .flat()
    .slice(0, 200)
    .map(({ name, address }) => `${name} ${address}`);
  const files = attachments.slice(0, 200).map((file) => file.name);
  return cut([envelope.subject ?? '', ...people, ...files, text].join('\n'), SEARCH_CHARACTERS);
}
