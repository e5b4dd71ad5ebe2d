/**
 * Every bound on what a client may send, by name. At the limit it passes; one past it is BAD, or
 * cuts the connection where that is said.
 */

/**
 * Bytes of one command, its literals counted in (a message of APPEND or REPLACE not). A longer line
 * cuts the connection. Dovecot: 64 KiB a line; Cyrus: 128 KiB a literal.
 */
export const COMMAND_BYTES = 131_072;
/** The same before sign-in: LOGIN, AUTHENTICATE with a long token. */
export const STRANGER_COMMAND_BYTES = 8_192;
/** One literal, a message left out: the longest are values of SETMETADATA. */
export const LITERAL_BYTES = 65_536;
/** The same before sign-in: a name or a password. */
export const STRANGER_LITERAL_BYTES = 1_024;
/** Literals of one command. */
export const LITERALS = 200;
/**
 * Bytes thrown away of a LITERAL+ that was too big, so that the connection can go on; beyond, it is
 * cut.
 */
export const DISCARD_BYTES = 1_048_576;
/**
 * Messages thrown away after a refused APPEND with LITERAL+: two of the greatest; beyond, the
 * connection is cut.
 */
export const DISCARD_MESSAGE_BYTES = 67_108_864;
/** Characters of a tag. */
export const TAG_CHARACTERS = 128;
/** Ranges of one sequence set. */
export const SET_RANGES = 5_000;
/** Keys of one SEARCH, SORT or THREAD. */
export const SEARCH_KEYS = 1_000;
/** How deep parentheses, NOT and OR of a search may nest. */
export const SEARCH_DEPTH = 100;
/** Characters of one text that is looked for. */
export const SEARCH_TEXT_CHARACTERS = 2_048;
/** Keys of SORT. */
export const SORT_KEYS = 16;
/** Items of one FETCH. */
export const FETCH_ITEMS = 100;
/** Numbers of one part specifier; a message nests 32 deep (core/letters/message/limits.ts). */
export const SECTION_DEPTH = 64;
/** Header fields of one section. */
export const SECTION_FIELDS = 250;
/** Bytes of one header field's name (RFC 5322 §2.1.1 bounds its line at 998). */
export const FIELD_NAME_BYTES = 998;
/** Flags of one STORE or APPEND. */
export const FLAGS = 100;
/** Characters of one keyword. */
export const FLAG_CHARACTERS = 100;
/** Patterns of one LIST, and mailboxes named by one NOTIFY group. */
export const PATTERNS = 100;
/** Wildcards of one pattern. */
export const WILDCARDS = 20;
/** Characters of all patterns of one LIST, each with its reference: each name is held to each. */
export const PATTERN_CHARACTERS = 4_096;
/**
 * Characters of a mailbox name, all its levels; the store's own limit is tighter, this one bounds
 * the work.
 */
export const MAILBOX_CHARACTERS = 1_000;
/** Fields of ID (RFC 2971 §3.3), bytes of a field's name and of its value. */
export const ID_FIELDS = 30;
export const ID_NAME_BYTES = 30;
export const ID_VALUE_BYTES = 1_024;
/** Groups of one NOTIFY: at every event each mailbox is held to each. */
export const NOTIFY_GROUPS = 20;
/**
 * Entries of one GETMETADATA or SETMETADATA; items of STATUS; names of ENABLE; resources of
 * SETQUOTA.
 */
export const LIST_ITEMS = 100;
/**
 * Messages of one APPEND (RFC 3502), and their bytes together: they are in memory until the last
 * has come.
 */
export const APPEND_MESSAGES = 100;
export const APPEND_BYTES = 67_108_864;
