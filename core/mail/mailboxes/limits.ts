/** Every limit on mailboxes and what lies beside them, in one place. */

/**
 * Mailboxes of one account: Dovecot has none, Exchange Online 10,000, Gmail 10,000 labels; a
 * school's person has some tens.
 */
export const MAX_MAILBOXES = 500;
/** Levels of a path. */
export const MAX_DEPTH = 10;
/** Characters of one level, and of a whole path. */
export const MAX_LEVEL_CHARACTERS = 100;
export const MAX_PATH_CHARACTERS = 500;
/**
 * Keywords that one mailbox ever had (RFC 9051 §7.3.5 lets a server refuse more), those of one
 * message, characters of one.
 */
export const MAX_KEYWORDS = 100;
export const MAX_MESSAGE_KEYWORDS = 30;
export const MAX_KEYWORD_CHARACTERS = 64;
/**
 * Messages of one batch of rows: of columns that are short by nature; of the first that has texts,
 * and of those after it where they are short.
 */
export const NARROW_BATCH_ROWS = 10_000;
export const FIRST_BATCH_ROWS = 1_000;
export const BATCH_ROWS = 4_000;
/** Characters of a batch above which the next one has fewer rows. */
export const BATCH_CHARACTERS = 4_000_000;
/** Messages whose sections are looked up together. */
export const SECTION_ROWS = 250;
/**
 * Bytes of sections that are read together, and above which one is read in pieces of that size, as
 * it is taken.
 */
export const SECTION_BYTES = 4_000_000;
export const PIECE_BYTES = 1_000_000;
/** UIDs that a process keeps of all mailboxes together, four bytes each. */
export const KEPT_UIDS = 8_000_000;
/**
 * Characters of ready texts (envelopes, structures, previews) that a process keeps of all messages
 * together: one byte each, two where one of them isn't Latin. An envelope has some 350.
 */
export const KEPT_TEXT_CHARACTERS = 24_000_000;
/** Former states of a mailbox of which it is known from which UID on messages came later. */
export const KEPT_STATES = 32;
/** Messages of one MULTIAPPEND (RFC 3502), which are stored at once. */
export const MAX_APPENDED = 500;
/** Bytes of what is brought from a board of another school in one step: they are in memory. */
export const BROUGHT_BYTES = 67_108_864;
/**
 * Bytes of mail up to which SEARCH TEXT and BODY read every message to its end (core/decisions).
 */
export const EXACT_BYTES = 4_000_000;
/** Rights that one mailbox's owner gave away. */
export const MAX_GRANTS = 200;
/**
 * Annotations of one mailbox or account, bytes of one, characters of its name (RFC 5464 §4.3
 * TOOMANY, MAXSIZE).
 */
export const MAX_ANNOTATIONS = 50;
export const MAX_ANNOTATION_BYTES = 8_192;
export const MAX_ANNOTATION_NAME = 200;
