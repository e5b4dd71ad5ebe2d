/**
 * Where a message leads: every http(s) link of its subject, its texts, the messages in it and the
 * files that can be read, for the list of forbidden sites. Pictures are not looked at, nor the
 * codes in them.
 */
import { decodedParts, partsOf, type TextOf } from './body.ts';
import { readHtml } from './html-text.ts';
import { BODY_CHARACTERS, FILE_LINK_BYTES, HEAD_BYTES, LINKS, TARGETS } from './limits.ts';
import { linksIn, normaliseLink, spelledLinksIn } from './links.ts';
import { isText } from './magic.ts';
import type { FoundLinks, Part } from './message.ts';
import { isPdf, targetsInPdf, type FileSearch } from './pdf-links.ts';

/** Takes what is read of a message, piece by piece. */
interface LinkCollector {
  takeText(text: string): void;
  /** Whether a picture stands in it. */
  takeHtml(html: string): boolean;
  /** A file, or one in an archive or a document, by the media type that its start tells. */
  takeFile(bytes: Buffer, mediaType: string): void;
  /** A text goes on beyond what is read of it. */
  missSome(): void;
  found(): FoundLinks;
}

/** Looks for pictures alone. */
export const NO_LINKS: LinkCollector = {
  takeText() {},
  takeHtml: (html) => readHtml(html).holdsPictures,
  takeFile() {},
  missSome() {},
  found: () => ({ links: [], areMore: false, filesCut: false }),
};

/** Nothing found yet; of files so many bytes are searched. */
export function collectLinks(fileBytes: number): LinkCollector {
  const links = new Set<string>();
  const tried = new Set<string>();
  const search: FileSearch = { bytesLeft: fileBytes, isCut: false };
  let areMore = false;

  function take(targets: Iterable<string>): void {
    for (const target of targets) {
      if (tried.has(target)) continue;
      if (links.size >= LINKS || tried.size >= TARGETS) {
        areMore = true;
        return;
      }
      tried.add(target);
      const link = normaliseLink(target);
      if (link !== null) links.add(link);
    }
  }

  function takeText(text: string): void {
    if (text.length > BODY_CHARACTERS) areMore = true;
    take(linksIn(text.slice(0, BODY_CHARACTERS)));
  }

  return {
    takeText,
    takeHtml(html) {
      const read = readHtml(html);
      if (read.links.length >= LINKS) areMore = true;
      take(read.links);
      takeText(read.text);
      // What stands in styles, comments and attributes of any name.
      take(spelledLinksIn(plainAmpersands(html.slice(0, BODY_CHARACTERS))));
      return read.holdsPictures;
    },
    takeFile(bytes, mediaType) {
      if (/^(?:image|audio|video)\//.test(mediaType)) return;
      if (isPdf(bytes) && search.bytesLeft > 0) return take(targetsInPdf(bytes, search));
      const start = bytes.subarray(0, Math.min(FILE_LINK_BYTES, search.bytesLeft));
      search.bytesLeft -= start.length;
      if (start.length < bytes.length) search.isCut = true;
      take(linksInFile(start));
    },
    missSome() {
      areMore = true;
    },
    found: () => ({ links: [...links], areMore, filesCut: search.isCut }),
  };
}

/** UTF-16 reads as ASCII once its zeros are gone. */
function* linksInFile(bytes: Buffer): Generator<string> {
  const source = bytes.toString('utf8').replaceAll('\0', '');
  if (!source.includes('</')) {
    yield* isText(bytes.subarray(0, HEAD_BYTES)) ? linksIn(source) : spelledLinksIn(source);
    return;
  }
  yield* spelledLinksIn(plainAmpersands(source));
  yield* linksIn(source.replace(TAG, ''));
}

const TAG = /<[^<>]{0,4096}>/g;

const plainAmpersands = (source: string): string => source.replaceAll('&amp;', '&');

interface SearchedTexts {
  readonly subject: string | null;
  readonly structure: Part;
  readonly doubtful: readonly string[];
  readonly textOf: TextOf;
}

/**
 * Gives the collector the subject and the texts of a message and of those in it. Gives back the
 * formatted texts in which pictures stand, or that go on where nobody has read.
 */
export function takeTexts(
  collector: LinkCollector,
  raw: Buffer,
  { subject, structure, doubtful, textOf }: SearchedTexts,
): ReadonlySet<Part> {
  const pictured = new Set<Part>();
  collector.takeText(subject ?? '');
  for (const part of partsOf(structure)) {
    if (part.message) collector.takeText(part.message.envelope.subject ?? '');
    if (part.type !== 'text' || part.parts.length > 0) continue;
    const { text, goesOn } = textOf(part);
    if (goesOn) collector.missSome();
    if (part.subtype !== 'html') collector.takeText(text);
    else if (collector.takeHtml(text) || goesOn) pictured.add(part);
  }
  for (const bytes of decodedParts(raw, { structure, doubtful })) collector.takeFile(bytes, '');
  return pictured;
}
