import type { MailboxId, MessageId, Uid } from '../../ground/ids.ts';

/** A message, by the mailbox that it lies in and its number there. */
export interface MessageRef {
  readonly mailbox: MailboxId;
  readonly uid: Uid;
}

/** A draft is a message too. */
export type DraftRef = MessageRef;

/** Of what a sender wants to be told (RFC 3461 §4.1). */
export type Notify = 'NEVER' | 'SUCCESS' | 'FAILURE' | 'DELAY';

/** What a mail program asked to be told of a letter to one recipient (RFC 3461 §4). */
export interface DsnRequest {
  /** Null: what a service tells by itself, failure and delay. */
  readonly notify: readonly Notify[] | null;
  /** The recipient as first written, `type;address`. */
  readonly orcpt: string | null;
  /** Whether a failure brings back the whole letter or its header; null: its header. */
  readonly ret: 'FULL' | 'HDRS' | null;
  /** The sender's own name of the letter. */
  readonly envid: string | null;
}

/** `later`: what comes back at its hour; nobody has that mailbox before the first such letter. */
export type SpecialUse = 'inbox' | 'drafts' | 'sent' | 'trash' | 'junk' | 'archive' | 'later';

/** How a letter stands for who has it in a mailbox. */
export type LetterState =
  | 'normal'
  | 'waiting'
  /** It waits for nobody: it is brought at its hour. */
  | 'travelling'
  | 'given-back'
  /** In Sent: its writer took back what still waited. */
  | 'withdrawn'
  /** Its writer took back every copy that nobody had read. */
  | 'recalled'
  | 'waiting-for-scanner'
  /** A draft that leaves by itself, at the hour that its writer said. */
  | 'leaving'
  /** Its writer's own, come back since nobody has answered it. */
  | 'unanswered';

/** A copy of a letter that was reported, as it lay in the child's mail. */
export interface CameFrom {
  readonly mailbox: MailboxId;
  readonly uid: Uid;
  readonly message: MessageId;
  readonly seen: boolean;
  readonly flagged: boolean;
  readonly answered: boolean;
  readonly at: string;
}

/** A mailbox (IMAP's word for a folder) of the viewer. */
export interface Mailbox {
  readonly id: MailboxId;
  readonly name: string;
  readonly use: SpecialUse | null;
  readonly total: number;
  readonly unseen: number;
}

/**
 * UIDs in ascending, disjoint ranges, both ends included. A UID that isn't there is passed over, so
 * a range may span holes.
 */
export type UidSet = readonly UidRange[];

export interface UidRange {
  readonly from: number;
  readonly to: number;
}

/**
 * STATUS DELETED and DELETED-STORAGE (RFC 9051 §6.3.11, RFC 9208 §4.1.3): counted when asked for.
 */
export interface DeletedCount {
  readonly total: number;
  readonly bytes: number;
}

/** Columns of messages, all of one length: no object per message. `uids[i]` has `flags[i]`, … */
export interface FlagBatch {
  readonly uids: readonly number[];
  /** Ready for the parentheses of FLAGS: `\Seen $Forwarded`. */
  readonly flags: readonly string[];
  readonly modseqs: readonly number[];
}

/** Which columns a batch has; what isn't asked for is an empty array and costs nothing. */
export interface Columns {
  readonly flags?: boolean;
  readonly modseq?: boolean;
  readonly internalDate?: boolean;
  readonly size?: boolean;
  readonly savedDate?: boolean;
  readonly preview?: boolean;
  /**
   * Ready wire text, ASCII, without its item's name: `("Tue, 24 …" "Bonjour" ((…)) …)` (RFC 9051
   * §7.5.2).
   */
  readonly envelope?: boolean;
  /** BODY without extension data. */
  readonly body?: boolean;
  readonly bodyStructure?: boolean;
  /** EMAILID and THREADID of RFC 8474. */
  readonly emailId?: boolean;
  readonly threadId?: boolean;
}

/** At most `BATCH_ROWS` messages, ascending by UID. */
export interface Batch {
  readonly uids: readonly number[];
  readonly flags: readonly string[];
  readonly modseqs: readonly number[];
  /** Milliseconds since 1970. */
  readonly internalDates: readonly number[];
  readonly sizes: readonly number[];
  readonly savedDates: readonly number[];
  /** At most 200 characters of Unicode. */
  readonly previews: readonly string[];
  readonly envelopes: readonly string[];
  readonly bodies: readonly string[];
  readonly bodyStructures: readonly string[];
  readonly emailIds: readonly string[];
  readonly threadIds: readonly string[];
}

/** A calendar day without zone (RFC 9051 §6.4.4); `month` 1 to 12. */
export interface SearchDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/**
 * What is looked for. Texts are compared without case and accents, as parts of a value; `text` and
 * `body` go by words first (core/decisions: how SEARCH reads a text). The same kinds as RFC 9051
 * §6.4.4, sets already as UIDs.
 */
export type Criterion =
  | { readonly kind: 'and'; readonly of: readonly Criterion[] }
  | { readonly kind: 'or'; readonly either: Criterion; readonly or: Criterion }
  | { readonly kind: 'not'; readonly not: Criterion }
  | { readonly kind: 'uids'; readonly set: UidSet }
  | PlainCriterion;

/** One that holds no other and no set of numbers: as a client of IMAP says it, too. */
export type PlainCriterion =
  | { readonly kind: 'all' }
  /**
   * A system flag (`\Seen`), `\Recent`, which is never set, or a keyword, set or not: SEEN, UNSEEN,
   * KEYWORD x, … NEW is RECENT UNSEEN, OLD is NOT RECENT.
   */
  | { readonly kind: 'flag'; readonly flag: string; readonly set: boolean }
  | {
      readonly kind: 'address';
      readonly field: 'from' | 'to' | 'cc' | 'bcc';
      readonly text: string;
    }
  | { readonly kind: 'subject'; readonly text: string }
  /** An empty text asks only whether the header is there. `field` in lower case. */
  | { readonly kind: 'header'; readonly field: string; readonly text: string }
  | { readonly kind: 'body'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** `internal`: INTERNALDATE; `sent`: the Date header; `saved`: SAVEDATE (RFC 8514). */
  | {
      readonly kind: 'day';
      readonly of: 'internal' | 'sent' | 'saved';
      readonly is: 'before' | 'on' | 'since';
      readonly day: SearchDay;
    }
  | { readonly kind: 'saved-dates' }
  | { readonly kind: 'larger' | 'smaller'; readonly bytes: number }
  /** RFC 5032: INTERNALDATE within (`younger`) or beyond (`older`) so many seconds from now. */
  | { readonly kind: 'younger' | 'older'; readonly seconds: number }
  /** RFC 7162 §3.1.5: at least; the per-flag entry is taken and means the same. */
  | { readonly kind: 'modseq'; readonly atLeast: number }
  /** RFC 8474 §6.3. */
  | { readonly kind: 'email-id' | 'thread-id'; readonly id: string };

/** RFC 5256 §3 and RFC 5957. */
export interface SortBy {
  readonly by:
    | 'arrival'
    | 'cc'
    | 'date'
    | 'from'
    | 'size'
    | 'subject'
    | 'to'
    | 'display-from'
    | 'display-to';
  readonly reverse: boolean;
}

/** What threading needs of one message (RFC 5256 §3, §2.2); ascending by UID. */
export interface ThreadSource {
  readonly uid: number;
  /** With its angle brackets; null for none. */
  readonly messageId: string | null;
  /** References, or else the first of In-Reply-To, oldest first. */
  readonly references: readonly string[];
  /** Base subject (§2.1), folded. */
  readonly baseSubject: string;
  /** The subject was a reply or a forward. */
  readonly isReply: boolean;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
}

export interface Quota {
  readonly usedBytes: number;
  readonly limitBytes: number;
}

/** RFC 5464. Entry names in lower case, from `/private/` or `/shared/`. */
export interface Annotation {
  readonly entry: string;
  readonly value: Buffer;
}

/** What an annotation is like; another mark is another value. */
export interface AnnotationMark {
  readonly mailbox: AnnotatedMailbox;
  readonly entry: string;
  readonly mark: string;
}

/**
 * What proved a From address: DMARC; where its domain publishes none, a DKIM signature or the SPF
 * of that domain.
 */
export type ProvedBy = 'dmarc' | 'dkim' | 'spf';

/** Of the server where the mailbox is null: `/shared/` ones there are read-only. */
export type AnnotatedMailbox = MailboxId | null;

/** Whether a list shows each message by itself, or one row for those that belong together. */
export type ListedBy = 'message' | 'conversation';

/**
 * Where a page of a list begins: at its newest row, below or above a row, or around one, so that as
 * many as `above` stand before it.
 */
export type PageFrom =
  | { readonly kind: 'newest' }
  | { readonly kind: 'before'; readonly uid: Uid }
  | { readonly kind: 'after'; readonly uid: Uid }
  | { readonly kind: 'around'; readonly uid: Uid; readonly above: number };

/** A mailbox by itself, or the one of an account that is for something. */
export type WhichMailbox = { readonly id: MailboxId } | { readonly use: SpecialUse };

export interface OneMailbox {
  readonly mailbox: MailboxId;
  readonly modseq: number;
}

/** What may be done with messages of a list. */
export type DeedName = 'move' | 'put-off' | 'seen' | 'unseen' | 'flagged' | 'unflagged' | 'erase';

/** One change of an act, as what takes it back needs it. */
export type ActChange =
  | {
      readonly kind: 'moved';
      readonly from: MailboxId;
      readonly to: MailboxId;
      /** Where they lie now. */
      readonly uids: readonly Uid[];
      /** When they come back, of what was put off by it. */
      readonly until?: string;
      /** When they were to come back, of what was taken from where it waited for that. */
      readonly hours?: Hours;
    }
  | {
      readonly kind: 'put-off-anew';
      readonly mailbox: MailboxId;
      readonly until: string;
      /** When they were to come back before. */
      readonly hours: Hours;
    }
  | {
      readonly kind: 'marked';
      readonly mailbox: MailboxId;
      /** Those that really changed. */
      readonly uids: readonly Uid[];
      readonly flag: 'seen' | 'flagged';
      /** What it was. */
      readonly was: boolean;
    }
  | {
      /** Letters of one's own that waited for somebody's word, thrown away and so taken back. */
      readonly kind: 'withdrawn';
      readonly letters: readonly MessageId[];
    };

/** Moments as JSON has them. */
type Hours = readonly {
  readonly uid: Uid;
  readonly at: string;
  readonly backTo: MailboxId | null;
}[];
