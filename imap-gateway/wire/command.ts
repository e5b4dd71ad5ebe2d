/**
 * What a client may say, once parsed: one closed union, so that a `switch` over `name` is complete
 * or doesn't compile.
 *
 * Texts are decoded here and nowhere later: a mailbox name is Unicode in NFC with `/` between its
 * levels and INBOX in capitals, whatever the wire's encoding was; flags have the case of RFC 9051
 * where it knows them; dates are `Date`s.
 */
import type { SortBy } from '../../core/store/mail/contract.ts';
import type { FetchItem, StoreFlags } from './fetch-items.ts';
import type { SetNumber, NumberSet, PartialRange } from './number-set.ts';
import type { SearchCondition, SearchReturns } from './search-tree.ts';

/**
 * RFC 9051 §6.3.11; RECENT of RFC 3501; HIGHESTMODSEQ of 7162, APPENDLIMIT of 7889, MAILBOXID of
 * 8474, DELETED-STORAGE of 9208.
 */
export type StatusItem =
  | 'MESSAGES'
  | 'RECENT'
  | 'UIDNEXT'
  | 'UIDVALIDITY'
  | 'UNSEEN'
  | 'DELETED'
  | 'SIZE'
  | 'HIGHESTMODSEQ'
  | 'APPENDLIMIT'
  | 'MAILBOXID'
  | 'DELETED-STORAGE';

/**
 * RFC 7162 §3.2.5: `QRESYNC (uidvalidity modseq [known-uids] [(known-sequence-set
 * known-uid-set)])`.
 */
export interface Resync {
  readonly uidValidity: number;
  readonly modseq: number;
  readonly knownUids: NumberSet | null;
  readonly match: { readonly numbers: NumberSet; readonly uids: NumberSet } | null;
}

export interface ListReturns {
  readonly subscribed: boolean;
  readonly children: boolean;
  readonly specialUse: boolean;
  /** RFC 5819. */
  readonly status: readonly StatusItem[] | null;
}

/**
 * One message of APPEND or REPLACE. Its bytes come after it and must be read, or left, before the
 * next.
 */
export interface AppendedMessage {
  readonly flags: readonly string[];
  readonly internalDate: Date | null;
  /** As announced; nothing is allocated by it. */
  readonly sizeBytes: number;
  /** `UTF8 (~{n}…)` of RFC 6855 §4. */
  readonly utf8: boolean;
  /** literal8 (RFC 3516 §4.4): the body may hold NUL. */
  readonly literal8: boolean;
  /**
   * The bytes, exactly `sizeBytes` of them, in the pieces they came in. Asking for them sends the
   * continuation where the client waits for one. Ends with an error of `name` `ConnectionLost` when
   * the connection ends before they do.
   */
  body(): AsyncIterable<Buffer>;
}

export type NextMessage =
  | { readonly kind: 'message'; readonly message: AppendedMessage }
  /** The command's end: now all of it may be stored, at once (RFC 3502: all or none). */
  | { readonly kind: 'end' }
  /** What follows is no message and no end: nothing is stored. */
  | { readonly kind: 'refused'; readonly refused: CommandRefusal };

/** The messages of APPEND (several by RFC 3502) or REPLACE (one), read as they come. */
export interface Messages {
  /**
   * The client sends the first one only after a continuation: whoever refuses it before that spares
   * the way.
   */
  readonly waits: boolean;
  next(): Promise<NextMessage>;
  /**
   * Gives up: what was announced without asking (LITERAL+) is read and thrown away up to the limit,
   * what waits for a continuation never gets one. Always called at the end, whatever became of it;
   * a second call does nothing.
   */
  leave(): Promise<void>;
}

/** RFC 5465 §8. `selected-delayed` holds back EXPUNGE until the client asks for something. */
export interface NotifyGroup {
  readonly mailboxes:
    | { readonly kind: 'selected' | 'selected-delayed' | 'inboxes' | 'personal' | 'subscribed' }
    | { readonly kind: 'subtree' | 'mailboxes'; readonly names: ReadonlySet<string> };
  /** Each once; empty is NONE. */
  readonly events: readonly NotifyEvent[];
  /** What MessageNew brings along for the selected mailbox. */
  readonly fetch: readonly FetchItem[];
}
export type NotifyEvent =
  | 'MessageNew'
  | 'MessageExpunge'
  | 'FlagChange'
  | 'AnnotationChange'
  | 'MailboxName'
  | 'SubscriptionChange'
  | 'MailboxMetadataChange'
  | 'ServerMetadataChange';

interface ByName<Name extends string> {
  readonly name: Name;
}
interface OfMailbox<Name extends string> extends ByName<Name> {
  readonly mailbox: string;
}
/** Commands that also come with `UID` before them: then the set, and what is answered, are UIDs. */
export interface Numbering {
  readonly byUid: boolean;
}
interface OnMessages<Name extends string> extends ByName<Name>, Numbering {
  readonly set: NumberSet;
}

/** Any state (RFC 9051 §6.1). */
type AnyTimeCommand =
  | ByName<'CAPABILITY'>
  | ByName<'NOOP'>
  | ByName<'LOGOUT'>
  /** RFC 2971; null for `NIL`. Keys and values as written. */
  | (ByName<'ID'> & { readonly fields: readonly (readonly [string, string | null])[] | null });

/** RFC 9051 §6.2. */
type StrangerCommand =
  | ByName<'STARTTLS'>
  /** `initial` is SASL-IR's (RFC 4959), decoded; null without one, empty for `=`. */
  | (ByName<'AUTHENTICATE'> & { readonly mechanism: string; readonly initial: Buffer | null })
  | (ByName<'LOGIN'> & { readonly user: string; readonly password: string });

/** RFC 9051 §6.3 and the extensions that work on mailboxes. */
type MailboxCommand =
  | (ByName<'ENABLE'> & { readonly capabilities: readonly string[] })
  /**
   * `mailbox` is null for what is no name in this session's encoding: refused, and after it nothing
   * is selected.
   */
  | (ByName<'SELECT' | 'EXAMINE'> & {
      readonly mailbox: string | null;
      readonly condstore: boolean;
      readonly resync: Resync | null;
    })
  | (OfMailbox<'CREATE'> & {
      readonly uses: readonly string[];
      /** The name as the client wrote it. */
      readonly written: string;
    })
  | OfMailbox<'DELETE'>
  | OfMailbox<'SUBSCRIBE'>
  | OfMailbox<'UNSUBSCRIBE'>
  | (ByName<'RENAME'> & { readonly from: string; readonly to: string })
  /** `extended`: in the form of RFC 5258, where `""` as a pattern has no special meaning. */
  | (ByName<'LIST'> & {
      readonly reference: string;
      readonly patterns: readonly string[];
      readonly extended: boolean;
      readonly select: ListSelect;
      readonly returns: ListReturns;
    })
  | (ByName<'LSUB'> & { readonly reference: string; readonly pattern: string })
  | ByName<'NAMESPACE'>
  | (OfMailbox<'STATUS'> & { readonly items: readonly StatusItem[] })
  | (OfMailbox<'APPEND'> & { readonly messages: Messages })
  | ByName<'IDLE'>
  | (ByName<'NOTIFY'> & {
      readonly set: { readonly status: boolean; readonly groups: readonly NotifyGroup[] } | null;
    })
  | (ByName<'COMPRESS'> & { readonly mechanism: string })
  | QuotaCommand
  | AclCommand
  | MetadataCommand;

export interface ListSelect {
  readonly subscribed: boolean;
  readonly remote: boolean;
  readonly recursiveMatch: boolean;
  readonly specialUse: boolean;
}

/** RFC 9208. */
export type QuotaCommand =
  | (ByName<'GETQUOTA'> & { readonly root: string })
  | OfMailbox<'GETQUOTAROOT'>
  | (ByName<'SETQUOTA'> & {
      readonly root: string;
      readonly limits: readonly { readonly resource: string; readonly limit: number }[];
    });

/** RFC 4314. `rights` are its letters, each once; RFC 2086's `c` and `d` come as they stand. */
export type AclCommand =
  | OfMailbox<'GETACL'>
  | OfMailbox<'MYRIGHTS'>
  | (OfMailbox<'SETACL'> & {
      readonly identifier: string;
      readonly change: 'set' | 'add' | 'remove';
      readonly rights: string;
    })
  | (OfMailbox<'DELETEACL'> & { readonly identifier: string })
  | (OfMailbox<'LISTRIGHTS'> & { readonly identifier: string });

/** RFC 5464; an empty mailbox means the server. Entry names in lower case. */
type MetadataCommand =
  | (OfMailbox<'GETMETADATA'> & {
      readonly entries: readonly string[];
      readonly maxSizeBytes: number | null;
      readonly depth: 0 | 1 | 'infinity';
    })
  | (OfMailbox<'SETMETADATA'> & {
      readonly entries: readonly { readonly entry: string; readonly value: Buffer | null }[];
    });

/** RFC 9051 §6.4 and its extensions: with a mailbox selected. */
type SelectedCommand =
  | ByName<'CHECK'>
  | ByName<'CLOSE'>
  | ByName<'UNSELECT'>
  /** `uids`: UID EXPUNGE (RFC 4315 §2.1); null takes all that are \Deleted. */
  | (ByName<'EXPUNGE'> & { readonly uids: NumberSet | null })
  | (ByName<'SEARCH'> & {
      readonly byUid: boolean;
      readonly returns: SearchReturns | null;
      readonly condition: SearchCondition;
    })
  /** RFC 5256; `returns` of RFC 5267 (ESORT). */
  | (ByName<'SORT'> & {
      readonly byUid: boolean;
      readonly returns: SearchReturns | null;
      readonly order: readonly SortBy[];
      readonly condition: SearchCondition;
    })
  | (ByName<'THREAD'> & {
      readonly byUid: boolean;
      readonly algorithm: 'REFERENCES' | 'ORDEREDSUBJECT';
      readonly condition: SearchCondition;
    })
  /** `changedSince`, `vanished`: RFC 7162 §3.1.4.1, §3.2.6; `partial`: RFC 9394 §3.2. */
  | (OnMessages<'FETCH'> & {
      readonly items: readonly FetchItem[];
      readonly changedSince: number | null;
      readonly vanished: boolean;
      readonly partial: PartialRange | null;
    })
  /** `unchangedSince`: RFC 7162 §3.1.3. */
  | (OnMessages<'STORE'> & StoreFlags & { readonly unchangedSince: number | null })
  | (OnMessages<'COPY' | 'MOVE'> & { readonly mailbox: string })
  /** RFC 8508; `target` is one message. */
  | (OfMailbox<'REPLACE'> & {
      readonly byUid: boolean;
      readonly target: SetNumber;
      readonly messages: Messages;
    });

export type ImapCommand = AnyTimeCommand | StrangerCommand | MailboxCommand | SelectedCommand;
export type CommandName = ImapCommand['name'];
/** The command of one name: `CommandOf<'FETCH'>`. */
export type CommandOf<Name extends CommandName> = Named<ImapCommand, Name>;
type Named<One, Name> = One extends { readonly name: infer Names }
  ? Extract<Names, Name> extends never
    ? never
    : One
  : never;

/**
 * What could not be a command, and the answer: `BAD` for grammar (RFC 9051 §7.1.3), `NO` with a
 * code where an RFC asks for it (BADCHARSET, TOOBIG, UNKNOWN-CTE…).
 */
export interface CommandRefusal {
  readonly status: 'BAD' | 'NO';
  /** Without its brackets: `BADCHARSET (UTF-8)`. */
  readonly code: string | null;
  /** ASCII, says what is wrong and where. */
  readonly text: string;
}
