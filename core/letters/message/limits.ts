/**
 * Every limit on a message, in one place, each with where it comes from. At the limit a message
 * passes; one past it is refused (`Unreadable`) or cut (what only serves to show or to find). Sizes
 * in bytes unless the name says otherwise.
 */

/** The whole header of a message or of one part: Postfix `header_size_limit`. */
export const HEADER_BYTES = 102_400;
/**
 * Header fields of one message or part. Postfix has none; the most seen in honest mail (long ARC
 * chains) is below 300.
 */
export const HEADER_FIELDS = 1_000;
/**
 * `Received` fields before we call it a loop: Postfix `hopcount_limit` is 50; RFC 5321 §6.3 wants
 * 100 or more.
 */
export const HOPS = 100;
/**
 * One line, its CRLF left out. RFC 5322 §2.1.1 says 998, which honest mail breaks daily (base64 or
 * HTML in one line); Postfix takes such lines in pieces of `line_length_limit` 2,048. This one only
 * stops the line without an end.
 */
export const LINE_BYTES = 1_048_576;
/**
 * Parts of a message, multiparts and messages within messages counted. mailparser stops at 500; the
 * most seen is 120.
 */
export const PARTS = 1_000;
/**
 * Levels of multipart and message/rfc822. Postfix `mime_nesting_limit` is 100; nothing honest
 * passes 12.
 */
export const DEPTH = 32;
/**
 * A boundary: Postfix `mime_boundary_length_limit`; RFC 2046 §5.1.1 says 70. A longer one is none.
 */
export const BOUNDARY_BYTES = 2_048;
/**
 * Tokens read of one address header: Postfix `header_address_token_limit`. The rest of the header
 * is left unread.
 */
export const ADDRESS_TOKENS = 10_240;
/** Addresses kept of one header for ENVELOPE. */
export const ADDRESSES = 1_000;
/** Characters kept of one decoded header value (a subject, a display name). */
export const VALUE_CHARACTERS = 4_096;
/**
 * Characters of a charset's name: the longest of IANA's has 45. A longer one is one that nobody
 * knows.
 */
export const CHARSET_CHARACTERS = 64;
/** Characters of one display name that are kept. */
export const NAME_CHARACTERS = 256;
/** Parameters of one Content-Type or Content-Disposition, RFC 2231 pieces counted. */
export const PARAMETERS = 200;
/** Encoded words decoded in one value; the rest stays as it is written. */
export const ENCODED_WORDS = 1_000;
/** Message ids of References and In-Reply-To that are kept: the last ones. */
export const REFERENCES = 50;
/** Links that are looked up of one message: the largest newsletters have 200. */
export const LINKS = 5_000;
/** What may be a link, and is looked at: a text of 1 MB may hold ten times as many. */
export const TARGETS = 20_000;
/** So much of one file, and of all files of a message, is searched for links. */
export const FILE_LINK_BYTES = 1_048_576;
export const FILES_LINK_BYTES = 4_194_304;
/** Characters of one link. */
export const LINK_CHARACTERS = 2_048;
/** Characters of the preview. */
export const PREVIEW_CHARACTERS = 200;
/**
 * Characters of the search text: a tsvector may hold 1 MB at most, and nobody searches the end of a
 * book.
 */
export const SEARCH_CHARACTERS = 65_536;
/** Characters of one text or HTML body that are read, shown and searched. A longer one is cut. */
export const BODY_CHARACTERS = 1_048_576;
/**
 * HTML given to the sanitiser, in characters; a longer one is shown as text. The largest
 * newsletters are 300 kB.
 */
export const HTML_CHARACTERS = 524_288;
/** Depth of elements that the sanitiser is given; a deeper document is shown as text. */
export const HTML_DEPTH = 256;
/**
 * A formatted text above this size, or with pictures of its own, is sanitised in the sandbox:
 * below, it takes some 20 ms.
 */
export const SANITISE_AT_ONCE_BYTES = 32_768;
/** A picture within a formatted text: it travels within the page. */
export const PICTURE_BYTES = 2_000_000;
/**
 * All pictures within one formatted text, as they stand in it, in base64; those beyond are found
 * among its files.
 */
export const PICTURES_CHARACTERS = 16_777_216;
/** A file's name, in UTF-8: what file systems take. */
export const FILE_NAME_BYTES = 255;
/**
 * Entries of all archives and documents of one message. A large document has 200, a book 1,000;
 * each costs clamd some milliseconds.
 */
export const ARCHIVE_ENTRIES = 2_000;
/**
 * Archives within archives, documents among them: a workbook in a document in a zip in a tar in a
 * gzip is 5.
 */
export const ARCHIVE_DEPTH = 6;
/**
 * How many times larger than itself what is in an archive may be: Apache POI's limit for documents.
 */
export const ARCHIVE_RATIO = 100;
/** What an archive may unpack to whatever the ratio: small documents are mostly air. */
export const ARCHIVE_RATIO_FREE_BYTES = 1_048_576;
/**
 * What all archives of one message may unpack to, at every depth: of those in a message of 25 MB,
 * four times over.
 */
export const ARCHIVE_UNPACKED_BYTES = 83_886_080;
/** The name of an entry with its folders, in bytes; Windows takes 260 characters. */
export const ARCHIVE_NAME_BYTES = 1_024;
/** Bytes of a file's head that its kind is told from. */
export const HEAD_BYTES = 4_096;
/**
 * A message up to this size is read on the event loop, unless something in it must be unpacked: a
 * few milliseconds at the worst, as the readers are linear (tests/growth). Others are read in the
 * sandbox.
 */
export const AT_ONCE_BYTES = 65_536;
/**
 * Elements of one WebM, boxes of one MP4 that are looked at to tell sound from film. A film of a
 * phone has some 60 on the way to its last track; one whose tracks come later is taken for film.
 */
export const MEDIA_ELEMENTS = 1_000;
