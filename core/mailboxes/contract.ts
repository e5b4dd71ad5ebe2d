/**
 * Mail as a mail program sees it: mailboxes, UIDs, flags, what changed since. RFC 9051's terms are
 * the field's own words here; no tag, no response, no sequence number is known. Whoever asks gives
 * UIDs, and gets what is there and theirs to see.
 *
 * Every act asks for the viewer's rights anew. What is refused is a value (`Stop`); a broken store
 * is thrown as a `Fault`.
 */
import type { Readable } from 'node:stream';
import type { AccountId, MailboxId, Uid } from '../ids.ts';
import type { Part } from '../message/message.ts';
import type {
  SpecialUse,
  UidSet,
  Batch,
  Columns,
  FlagBatch,
  Deleted,
  Quota,
  Annotation,
  AnnotationMark,
  Criterion,
  SortBy,
  ThreadSource,
  AnnotatedPlace,
} from '../store/mail/contract.ts';
import type { Viewer } from '../viewer.ts';

/**
 * Why an act on mailboxes was refused; nothing of it was done. The response codes are the gateway's
 * business (RFC 5530).
 */
export type Stop =
  /** No such mailbox, or not the viewer's to know of: one answer for both. */
  | { readonly kind: 'nonexistent' }
  /** The viewer may see it, but lacks this right (RFC 4314 §2.1). */
  | { readonly kind: 'no-permission'; readonly right: Right | null }
  | { readonly kind: 'already-exists' }
  /** It has mailboxes below it (RFC 9051 §6.3.5). */
  | { readonly kind: 'has-children' }
  /**
   * INBOX and special-use mailboxes stay as they are; a name that can't be; a place where nothing
   * can be made.
   */
  | {
      readonly kind: 'cannot';
      readonly why:
        | 'system-mailbox'
        | 'bad-name'
        | 'shared-place'
        | 'below-itself'
        | 'use-taken'
        | 'not-in-town'
        | 'own-rights'
        | 'pupil'
        | 'rules'
        | 'keyword'
        | 'annotation';
    }
  /**
   * More mailboxes, levels, keywords, annotations or messages than `limits.ts` allows; `limit` is
   * the number.
   */
  | {
      readonly kind: 'limit';
      readonly what:
        | 'mailboxes'
        | 'depth'
        | 'name'
        | 'keywords'
        | 'annotations'
        | 'annotation-size'
        | 'grants'
        | 'messages';
      readonly limit: number;
    }
  | { readonly kind: 'over-quota' }
  | { readonly kind: 'too-big'; readonly limitBytes: number }
  | { readonly kind: 'infected'; readonly signature: string }
  | { readonly kind: 'unscannable'; readonly signature: string }
  /** The scanner gave no answer: try again later. */
  | { readonly kind: 'scanner-silent' }
  /**
   * A file in it is of a kind that this account may not keep; `rule` has its sentence in
   * `rules/reasons.ts`.
   */
  | { readonly kind: 'file-kind'; readonly rule: string }
  /** The bytes can't be a message (`why` is an `Unreadable`). */
  | { readonly kind: 'malformed'; readonly why: string };

export type Done<T> = { readonly kind: 'done'; readonly value: T } | Stop;

/**
 * RFC 4314 §2.1: lookup, read, seen, write flags, insert, post (unused), create below, delete
 * mailbox, \Deleted, expunge, administer.
 */
export type Right = 'l' | 'r' | 's' | 'w' | 'i' | 'p' | 'k' | 'x' | 't' | 'e' | 'a';

// Names and counts
// ------------------------------------------------------------------------------------------------

/**
 * A name in LIST. `path` is Unicode (NFC), `/` between levels, as the viewer sees it: one's own at
 * the root, those of others under `Partagés/<display name of the owner>/`.
 */
export type Listed = Mailbox | Branch | Gone;

/**
 * A level that is no mailbox: `Partagés`, and the owners' names below it (\NonExistent, has
 * children).
 */
export interface Branch {
  readonly kind: 'branch';
  readonly path: string;
}
/**
 * A name that is still subscribed though its mailbox is gone (RFC 9051 §6.3.7): \NonExistent
 * \Subscribed.
 */
export interface Gone {
  readonly kind: 'gone';
  readonly path: string;
}

export interface Mailbox {
  readonly kind: 'mailbox';
  readonly id: MailboxId;
  readonly path: string;
  /**
   * Null for all but the six that every account has and what CREATE-SPECIAL-USE made; never told of
   * other people's mailboxes.
   */
  readonly use: SpecialUse | null;
  readonly subscribed: boolean;
  readonly hasChildren: boolean;
  /** The letters of RFC 4314 that the viewer has here, in the order of `Right`. */
  readonly rights: string;
  /** Whose it is: subscribe to this account's events to hear of changes. */
  readonly owner: AccountId;
  readonly isOwn: boolean;
  /** MAILBOXID of RFC 8474. */
  readonly objectId: string;
  readonly uidValidity: number;
  readonly uidNext: number;
  /** At least 1. */
  readonly highestModseq: number;
  readonly total: number;
  readonly unseen: number;
  /** STATUS SIZE (RFC 8438). */
  readonly bytes: number;
}

/**
 * Where the namespaces of the viewer begin (RFC 2342): personal at the root; `others` is
 * `Partagés/`.
 */
export interface Namespaces {
  readonly personal: '';
  readonly others: string;
  readonly separator: '/';
}

// A mailbox opened
// --------------------------------------------------------------------------------------------------

/**
 * A mailbox at one moment. `uids` is shared by all sessions of the process: never write into it.
 */
export interface Opened {
  readonly mailbox: Mailbox;
  /** Ascending; its length is EXISTS. */
  readonly uids: Uint32Array;
  /** The MODSEQ up to which `uids` is exact. */
  readonly modseq: number;
  /** The smallest UID without \Seen (RFC 3501 §7.1 UNSEEN), or null. */
  readonly firstUnseen: Uid | null;
  /** Keywords in use here: FLAGS has them besides the five system flags. */
  readonly keywords: readonly string[];
  /** PERMANENTFLAGS: what this viewer may change; with `\*` where new keywords may be made. */
  readonly permanentFlags: readonly string[];
  /** Without any right to change something it opens read-only, whatever was asked. */
  readonly readOnly: boolean;
}

/** What became of a mailbox since a MODSEQ. */
export interface Changes {
  readonly mailbox: Mailbox;
  /** As of `modseq`, shared. */
  readonly uids: Uint32Array;
  readonly modseq: number;
  /**
   * Messages that came or whose flags changed since, ascending; those that are gone are not among
   * them.
   */
  readonly changed: FlagBatch;
  /**
   * UIDs expunged since; ascending. For QRESYNC (RFC 7162 §3.2.10) from before what is remembered
   * (30 days), it is every UID of `known` that isn't there (all below uidNext, where `known` is
   * null).
   */
  readonly vanished: UidSet;
  readonly keywords: readonly string[];
}

// Rows
// ----------------------------------------------------------------------------------------------------------------

/** One thing wanted of each message's bytes. */
export interface SectionWish {
  /** `''` the message itself, `1`, `2.1`, …: RFC 9051 §6.4.5.1. */
  readonly part: string;
  /**
   * `all` is the part's encoded body (with no part: the whole message); `header`, `text`, `fields`
   * and `fields-not` of the message itself or of a message/rfc822 part; `mime` the part's own
   * header; `binary` the part without its transfer encoding (RFC 3516), `binary-size` only how long
   * that is.
   */
  readonly what:
    | 'all'
    | 'header'
    | 'text'
    | 'fields'
    | 'fields-not'
    | 'mime'
    | 'binary'
    | 'binary-size';
  /** Header names in lower case, for `fields` and `fields-not`; else empty. */
  readonly fields: readonly string[];
  /** `<offset.count>`; past the end it is empty. */
  readonly partial: { readonly offset: number; readonly count: number } | null;
}

export type Content =
  /**
   * `bytes` in one piece, or for big ones a stream of pieces that reads on only as it is read.
   * Exactly `sizeBytes` in all.
   */
  | {
      readonly kind: 'bytes';
      readonly sizeBytes: number;
      readonly bytes: Buffer | AsyncIterable<Buffer>;
    }
  /** For `binary-size`. */
  | { readonly kind: 'size'; readonly sizeBytes: number }
  /** There is no such part: NIL (RFC 9051 §7.5.2). */
  | { readonly kind: 'none' }
  /** Its transfer encoding is one that nobody knows (RFC 3516 §4.3). */
  | { readonly kind: 'unknown-encoding' };

/** One message's sections, in the order of the wishes. Use them before the next is asked for. */
export interface Sections {
  readonly uid: Uid;
  readonly contents: readonly Content[];
}

// Flags
// -----------------------------------------------------------------------------------------------------------------

export interface FlagChange {
  readonly uids: UidSet;
  readonly change: 'set' | 'add' | 'remove';
  /** System flags and keywords; \Recent is passed over. */
  readonly flags: readonly string[];
  /** RFC 7162 §3.1.3: leaves alone what has changed since; null for no condition. */
  readonly unchangedSince: number | null;
}

export interface FlagsChanged {
  /** The mailbox's MODSEQ after it; unchanged where no flag really changed. */
  readonly modseq: number;
  /**
   * What the messages of `uids` have now, those that failed the condition left out: for the
   * untagged FETCH. Messages that didn't change have their old MODSEQ.
   */
  readonly now: FlagBatch;
  /** Which of them really changed: all others need no FETCH with `.SILENT`. */
  readonly changed: ReadonlySet<number>;
  /** Those that failed `unchangedSince` (MODIFIED). */
  readonly modified: readonly number[];
  readonly keywords: readonly string[];
}

// Bringing, copying, erasing
// ----------------------------------------------------------------------------------------------

/**
 * A message of APPEND that was read, scanned and judged; in memory only. Give it to `append` or
 * `replace`, or forget it.
 */
export interface Letter {
  readonly sizeBytes: number;
  readonly ready: LetterContent;
}
declare const content: unique symbol;
/** Core's own; opaque. */
export interface LetterContent {
  readonly [content]?: never;
}

export interface Appended {
  readonly letter: Letter;
  readonly flags: readonly string[];
  /** Null is now. */
  readonly internalDate: Date | null;
}

/** For APPENDUID and COPYUID (RFC 4315): the n-th of `from` became the n-th of `to`. */
export interface Copied {
  readonly uidValidity: number;
  /** UIDs there were here, ascending; empty for APPEND. */
  readonly from: readonly number[];
  readonly to: readonly number[];
}

export interface Expunged {
  /** Ascending. */
  readonly uids: readonly number[];
  /** The mailbox's MODSEQ after it (RFC 7162 §3.2.7 HIGHESTMODSEQ). */
  readonly modseq: number;
}

// Search
// -------------------------------------------------------------------------------------------------------------------

export interface Found {
  /** In the order asked for; ascending without one. */
  readonly uids: Uint32Array;
  /** The highest MODSEQ among them (RFC 7162 §3.1.5); 0 for none. */
  readonly highestModseq: number;
}

// Quota, rights, annotations
// ---------------------------------------------------------------------------------------------------

export interface Grant {
  /** The address of the account. */
  readonly identifier: string;
  readonly rights: string;
}

// The record
// -----------------------------------------------------------------------------------------------------------------

export interface Mailboxes {
  readonly namespaces: Namespaces;
  /**
   * Everything the viewer may see (right `l`), in the order a mail program shows it: one's own,
   * then `Partagés`, then what is gone.
   */
  list(viewer: Viewer): Promise<readonly Listed[]>;
  /** One mailbox by its path; INBOX in any case. Null: not there, or not the viewer's to see. */
  find(viewer: Viewer, path: string): Promise<Mailbox | null>;
  deleted(viewer: Viewer, mailbox: MailboxId): Promise<Deleted>;
  /**
   * Makes a mailbox and what is missing above it (RFC 9051 §6.3.4); a trailing `/` is passed over.
   * `use` by RFC 6154 §3.
   */
  create(viewer: Viewer, path: string, use: SpecialUse | null): Promise<Done<Mailbox>>;
  /**
   * Renames it and all below it. INBOX gives its messages to a new mailbox and stays (RFC 9051
   * §6.3.6).
   */
  rename(viewer: Viewer, from: string, to: string): Promise<Done<null>>;
  /** Removes it with its messages; a name that was subscribed stays subscribed. */
  remove(viewer: Viewer, path: string): Promise<Done<null>>;
  subscribe(viewer: Viewer, path: string, on: boolean): Promise<Done<null>>;

  /**
   * By its path, as `find`, or by its id. Null: not there, or without the right to read. After an
   * open of the same MODSEQ in this process it is one small query.
   */
  open(viewer: Viewer, mailbox: string | MailboxId): Promise<Opened | null>;
  /**
   * What changed since `modseq`; null when the mailbox is gone, or no longer the viewer's. One
   * small query where nothing has.
   */
  since(viewer: Viewer, mailbox: MailboxId, modseq: number): Promise<Changes | null>;
  /**
   * The same for QRESYNC and FETCH … (CHANGEDSINCE … VANISHED): only of `known` where it is not
   * null.
   */
  resync(
    viewer: Viewer,
    mailbox: MailboxId,
    from: { readonly modseq: number; readonly known: UidSet | null },
  ): Promise<Changes | null>;

  /**
   * Rows of messages, ascending, in bounded batches; the next is read from the store while one is
   * worked on, no further. What is no longer there is left out; nothing at all where the mailbox
   * isn't the viewer's to read. `changedSince` by RFC 7162 §3.1.4.1.
   */
  fetch(
    viewer: Viewer,
    mailbox: MailboxId,
    uids: UidSet,
    columns: Columns,
    options?: { readonly changedSince?: number },
  ): AsyncIterable<Batch>;
  /**
   * Sections of messages, ascending; reads no more bytes than the sections have. Sets no \Seen:
   * `store` does.
   */
  sections(
    viewer: Viewer,
    mailbox: MailboxId,
    uids: UidSet,
    wishes: readonly SectionWish[],
  ): AsyncIterable<Sections>;
  /** The structure with its byte ranges; null: not there. */
  structure(viewer: Viewer, mailbox: MailboxId, uid: Uid): Promise<Part | null>;

  store(viewer: Viewer, mailbox: MailboxId, change: FlagChange): Promise<Done<FlagsChanged>>;
  /**
   * Reads a message to its end (or past the limit, forgetting the rest), judges the kinds of its
   * files and has it scanned. Touches no mailbox.
   */
  receive(viewer: Viewer, raw: Readable): Promise<Done<Letter>>;
  /** The most bytes of one message that this viewer may append (APPENDLIMIT). */
  appendLimit(viewer: Viewer): number;
  /**
   * All or none, in order (RFC 3502), into a mailbox by its path or its id. Never sends: what is
   * appended is « ajouté par vous ».
   */
  append(
    viewer: Viewer,
    mailbox: string | MailboxId,
    messages: readonly Appended[],
  ): Promise<Done<Copied>>;
  /** RFC 8508: appends to `to` and expunges `uid` of `from` at once. */
  replace(
    viewer: Viewer,
    from: MailboxId,
    uid: Uid,
    to: MailboxId,
    message: Appended,
  ): Promise<Done<Copied & { readonly expunged: Expunged }>>;
  /** All or none. Copies nothing where none of the UIDs is there: both lists are empty then. */
  copy(viewer: Viewer, from: MailboxId, uids: UidSet, to: MailboxId): Promise<Done<Copied>>;
  move(
    viewer: Viewer,
    from: MailboxId,
    uids: UidSet,
    to: MailboxId,
  ): Promise<Done<Copied & { readonly expunged: Expunged }>>;
  /** Erases what is \Deleted, of `uids` alone where not null (UID EXPUNGE). */
  expunge(viewer: Viewer, mailbox: MailboxId, uids: UidSet | null): Promise<Done<Expunged>>;

  /**
   * Null: not the viewer's to read. Bounded by the store's statement time; a search that can't be
   * done in it is a `Fault`.
   */
  search(
    viewer: Viewer,
    mailbox: MailboxId,
    what: Criterion,
    order?: readonly SortBy[],
  ): Promise<Found | null>;
  threads(
    viewer: Viewer,
    mailbox: MailboxId,
    what: Criterion,
  ): Promise<readonly ThreadSource[] | null>;

  /** The one root of a viewer, or of the owner of a mailbox shared with them. */
  quota(viewer: Viewer, mailbox: MailboxId | null): Promise<Quota | null>;
  rights(viewer: Viewer, mailbox: MailboxId): Promise<Done<readonly Grant[]>>;
  /**
   * Gives rights to an account of the same school to whom the owner may write; empty rights take
   * them all away. Pupils never get more than `lrs`, and give none.
   */
  grant(
    viewer: Viewer,
    mailbox: MailboxId,
    identifier: string,
    change: { readonly how: 'set' | 'add' | 'remove'; readonly rights: string },
  ): Promise<Done<null>>;
  /**
   * The rights that this identifier always has, and those that can be given one by one (LISTRIGHTS,
   * RFC 4314 §3.7).
   */
  grantable(
    viewer: Viewer,
    mailbox: MailboxId,
    identifier: string,
  ): Promise<Done<{ readonly always: string; readonly maybe: readonly string[] }>>;
  /**
   * Every annotation of the place that the viewer may see, by entry. Depth and size limits of
   * GETMETADATA are the asker's.
   */
  annotations(viewer: Viewer, place: AnnotatedPlace): Promise<Done<readonly Annotation[]>>;
  /**
   * Marks of all annotations of these places that the viewer may see: who compares them with
   * earlier ones knows what has changed (RFC 5465 §5.6, §5.7).
   */
  annotationMarks(
    viewer: Viewer,
    places: readonly AnnotatedPlace[],
  ): Promise<readonly AnnotationMark[]>;
  /** All or none; a null value removes. */
  annotate(
    viewer: Viewer,
    place: AnnotatedPlace,
    entries: readonly { readonly entry: string; readonly value: Buffer | null }[],
  ): Promise<Done<null>>;
}
