/**
 * What a message is, once read: the shapes that the store keeps, the rules look at and the pages
 * show. Bytes stay exactly as accepted; all of this is derived from them, once, at delivery.
 */

/**
 * An address of a header, decoded: a display name free of control and bidirectional characters, and
 * the address as written.
 */
export interface HeaderAddress {
  readonly name: string;
  readonly address: string;
}

/** ENVELOPE (RFC 9051 §7.5.2), decoded to Unicode. Absent headers are null or empty. */
export interface Envelope {
  readonly date: string | null;
  readonly subject: string | null;
  readonly from: readonly HeaderAddress[];
  readonly sender: readonly HeaderAddress[];
  readonly replyTo: readonly HeaderAddress[];
  readonly to: readonly HeaderAddress[];
  readonly cc: readonly HeaderAddress[];
  readonly bcc: readonly HeaderAddress[];
  readonly inReplyTo: string | null;
  readonly messageId: string | null;
}

/**
 * One node of BODYSTRUCTURE (RFC 9051 §7.5.2), with the byte ranges that a partial FETCH or a
 * download reads.
 */
export interface Part {
  /**
   * `1`, `2.1`, …: the part specifier of RFC 9051 §6.4.5.1; empty for the message itself when it is
   * multipart.
   */
  readonly path: string;
  readonly type: string;
  readonly subtype: string;
  readonly params: Readonly<Record<string, string>>;
  readonly id: string | null;
  readonly description: string | null;
  readonly encoding: string;
  readonly disposition: {
    readonly type: string;
    readonly params: Readonly<Record<string, string>>;
  } | null;
  readonly language: readonly string[];
  readonly location: string | null;
  readonly md5: string | null;
  /**
   * Offsets into the message, in bytes: where this part's header starts, where its body starts,
   * where it ends (exclusive).
   */
  readonly headerStart: number;
  readonly bodyStart: number;
  readonly bodyEnd: number;
  /** Lines of the encoded body, for text and message/rfc822. */
  readonly lines: number;
  readonly parts: readonly Part[];
  /** For message/rfc822: the message inside. */
  readonly message: { readonly envelope: Envelope; readonly structure: Part } | null;
  /** Of a formatted text in which pictures stand themselves (RFC 2397). */
  readonly holdsPictures?: true;
}

/** How dangerous a file is, by its content and by every name it bears; the worst of them counts. */
export type FileDanger = 'everyday' | 'other' | 'dangerous';

/** What of the archives of a message is too much to be looked at (`limits.ts`, ARCHIVE_…). */
export type ArchiveLimit = 'entries' | 'depth' | 'ratio' | 'size' | 'name';

export interface Attachment {
  readonly path: string;
  /**
   * The name to show and to offer: no path, no control or bidi character, at most 255 bytes; empty
   * names get one from the kind.
   */
  readonly name: string;
  /**
   * The media type to serve it as: from the content where it is known, never a type that a browser
   * would run.
   */
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly danger: FileDanger;
  /** `Content-ID` without its angle brackets, for `cid:` pictures. */
  readonly contentId: string | null;
  /** Of a picture or sound in which a mark stands; whether it is ours, who has the key says. */
  readonly mark?: MadeMark;
  /** Of a picture that no camera has made (`isPlainPng`). */
  readonly isDrawn?: true;
  /** Of a message within the message, where pictures or films are in it. */
  readonly holdsPictures?: true;
}

/**
 * A mark in a file which says that a page of ours made it: a drawing, the picture of a phrase, a
 * voice. It is a keyed hash of all the rest, so that it fits no other file, and it stays there
 * through drafts, mailboxes and mail programs.
 */
export interface MadeMark {
  readonly mac: string;
  /** SHA-256 of the file without its mark. */
  readonly rest: string;
}

/** The http(s) links of a message. */
export interface FoundLinks {
  /** Each once, as a browser would go there (host in lower case, Punycode), at most `LINKS`. */
  readonly links: readonly string[];
  /** There are more than that, or a text goes on where it is read no further. */
  readonly areMore: boolean;
  /** Not all of the files was searched: nobody writes that much around a link. */
  readonly filesCut: boolean;
}

export interface ReadMessage {
  readonly envelope: Envelope;
  readonly structure: Part;
  readonly attachments: readonly Attachment[];
  /**
   * The worst of all that somebody can download, by every name it bears and by what it is; the
   * parts that we show as text and those within messages are asked too, as a mail program saves
   * what it likes.
   */
  readonly danger: FileDanger;
  /**
   * The limit that the archives in it exceed: nobody looks into those, nor is the scanner asked to.
   * Null as a rule.
   */
  readonly archiveLimit: ArchiveLimit | null;
  /** The first 200 characters a reader would see, one line. */
  readonly preview: string;
  /**
   * Subject, names, addresses, text and file names, bounded, free of NUL: what the index is made
   * from.
   */
  readonly searchText: string;
  /** `References` and `In-Reply-To`, message ids only, at most 50. */
  readonly references: readonly string[];
  /** Every http(s) link that was found in it, for the list of forbidden sites. */
  readonly links: FoundLinks;
  /** `Auto-Submitted` is present and not `no` (RFC 3834 §5). */
  readonly automatic: boolean;
  /** ENVELOPE, BODY and BODYSTRUCTURE (RFC 9051 §7.5.2) as they go over the wire, ASCII. */
  readonly wire: {
    readonly envelope: string;
    readonly body: string;
    readonly bodyStructure: string;
  };
  /** Bytes of the header, its empty line counted in. */
  readonly headerBytes: number;
  /** What SEARCH and SORT compare. */
  readonly keys: Keys;
  /**
   * Parts whose reading could differ from the scanner's (duplicate headers, odd encodings), to be
   * scanned again decoded.
   */
  readonly doubtful: readonly string[];
}

/**
 * Why a message can't be taken at all. Permanent: the same bytes are refused the same way each
 * time.
 */
export type Unreadable =
  | 'bare-cr'
  | 'bare-lf'
  | 'nul'
  | 'header-too-big'
  | 'too-many-headers'
  | 'line-too-long'
  | 'too-many-parts'
  | 'too-deep'
  | 'too-many-hops'
  | 'partial-message'
  | 'ambiguous-from'
  /** Reading it, alone in a process of its own, met a limit of time or memory. */
  | 'beyond-limits';

export type ReadResult =
  | { readonly kind: 'read'; readonly message: ReadMessage }
  | { readonly kind: 'refused'; readonly why: Unreadable };

export interface Keys {
  /** Whole fields, decoded and folded; null where the header has none. */
  readonly subject: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly cc: string | null;
  readonly bcc: string | null;
  /** RFC 5256 §2.1. */
  readonly baseSubject: string;
  /** The subject said that it is a reply or a forward. */
  readonly isReply: boolean;
  /** `addr-mailbox` of the first address (RFC 5256 §3). */
  readonly firstFrom: string;
  readonly firstTo: string;
  readonly firstCc: string;
  /** The first name shown, or else the address; of a group its name (RFC 5957 §3). */
  readonly shownFrom: string;
  readonly shownTo: string;
  /** Of the Date field; null where it can't be read. */
  readonly sentAt: Date | null;
  /** `YYYY-MM-DD`, as it is written there, whatever the zone (RFC 9051 §6.4.4 SENTON). */
  readonly sentOn: string | null;
}

/** A file as somebody gets it. */
export interface OfferedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}
