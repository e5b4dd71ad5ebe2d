import type { MailboxId, PaperId, Uid } from '../../ground/ids.ts';
import type { JunkSign } from '../../letters/junk/signs.ts';
import type { Afar } from '../../letters/message/afar.ts';
import type { AnswerAudience } from '../../letters/message/answers.ts';
import type { FormattedText } from '../../letters/message/format/words.ts';
import type { Sought } from '../../letters/message/hits.ts';
import type { Attachment } from '../../letters/message/message.ts';
import type { PdfPage } from '../../letters/message/pdf-page.ts';
import type { PictureSize } from '../../letters/message/picture-size.ts';
import type { Refusal } from '../../rules/outcome.ts';
import type { Face, Namesake, Viewer } from '../../rules/viewer.ts';
import type {
  LetterState,
  ListedBy,
  Mailbox,
  MessageRef,
  PageFrom,
  SpecialUse,
  WhichMailbox,
} from '../../store/mail/contract.ts';
import type { CalendarEvent } from './calendar-event.ts';

export type { CalendarEvent, EventTime } from './calendar-event.ts';

export type { ListedBy, PageFrom, WhichMailbox } from '../../store/mail/contract.ts';

/** How much of its mailbox an account has used. */
export interface UsedSpace {
  readonly usedBytes: number;
  readonly quotaBytes: number;
  /**
   * `near` from 80 % on; `full` when mail has been turned away for want of room, or the next would
   * be.
   */
  readonly state: 'enough' | 'near' | 'full';
}

export interface MessageRow {
  readonly mailbox: MailboxId;
  readonly uid: Uid;
  readonly from: Face;
  /**
   * To whom it went, for Sent and Drafts, and « à toute la classe »: of those in its header, whom
   * it was handed over for.
   */
  readonly to: readonly Face[];
  readonly subject: string;
  readonly preview: string;
  readonly at: Date;
  readonly seen: boolean;
  readonly flagged: boolean;
  readonly answered: boolean;
  readonly files: number;
  readonly attachments: readonly Attachment[];
  /** When it first came, of what was put off and has come back; `at` is its return. */
  readonly firstAt: Date | null;
  /** The first letter of somebody who isn't of the reader's school; a child is never told. */
  readonly firstTime: boolean;
  /** Which kind of people wrote it; null: the service, or the town's agents. */
  readonly writer: WriterKind | null;
  /** Of a family's letter, the children of the reader's school whose family it is. */
  readonly familyOf: readonly string[];
  /**
   * In Sent: held recipients still waiting, or given back by a teacher. `added`: somebody else's
   * words by its header, but the viewer put it there by a mail program; nobody sent it to them
   * here. `brought`: the same, but it came along from an older server.
   */
  readonly state: LetterState | 'added' | 'brought';
}

/** A row that may stand for a whole conversation: then it shows its newest message. */
export interface ListRow extends MessageRow {
  /** Its messages; 1 where each stands by itself. `seen` is false where one of them is unread. */
  readonly messages: number;
  /** Whether the viewer has written one of them. */
  readonly withOwn: boolean;
}

/** The people whose letters somebody may want to see alone. */
export type WriterKind = 'families' | 'pupils' | 'team' | 'outside';

/** Narrows a list of a mailbox; it has everything where nothing is said. */
export interface ListSelection {
  readonly by: ListedBy;
  /** Only letters of these people; a conversation then shows its newest one. */
  readonly who?: WriterKind | null;
  /** Only what is unread. */
  readonly unread?: boolean;
}

/** A page of a list, the newest first, and whether more stand on either side of it. */
export interface ListPage {
  readonly rows: readonly ListRow[];
  readonly newer: boolean;
  readonly older: boolean;
}

/**
 * What can be done with messages: moved, marked, or erased for good. `back` is where each belongs:
 * a draft among the drafts, what one has sent in Sent, anything else in the inbox.
 */
export type Deed =
  | { readonly kind: 'move'; readonly to: SpecialUse | MailboxId | 'back' }
  /** To where it waits until it comes back to where it is now; by `Mail.putOff`. */
  | { readonly kind: 'put-off'; readonly until: Date }
  | { readonly kind: 'seen' | 'unseen' | 'flagged' | 'unflagged' | 'erase' };

/** Which rows of a list: those that are named, or all of a mailbox, by message or conversation. */
export interface MessageSelection {
  readonly which:
    | {
        readonly kind: 'these';
        readonly messages: readonly { readonly mailbox: MailboxId; readonly uid: Uid }[];
      }
    | { readonly kind: 'all'; readonly mailbox: MailboxId };
  readonly by: ListedBy;
}

/** What was done. */
export interface MailActOutcome {
  /** To take it back; null for what is gone for good. */
  readonly id: string | null;
  readonly deed: Deed['kind'];
  /** Where it moved them; null where it didn't. */
  readonly to: MailboxId | null;
  /** When they come back, of what was put off. */
  readonly until: Date | null;
  /** Rows of the list, and what a row was. */
  readonly rows: number;
  readonly by: ListedBy;
  /** Letters of one's own that waited for a word, thrown away by it: they wait no more. */
  readonly withdrawn: number;
}

/** What became of letters that somebody wants to see again at another hour. */
export type PutOffOutcome =
  | { readonly kind: 'done'; readonly acted: MailActOutcome }
  /** Not an hour to come, or more than a year away. */
  | { readonly kind: 'past' | 'too-far' }
  /** As many wait already as may. */
  | { readonly kind: 'too-many' }
  /** Nothing of it is the viewer's, or they are a child. */
  | { readonly kind: 'nothing' };

/** What is left of somebody's letters at the end of a day; the oldest first, some of each. */
export interface OwnDay {
  readonly toAnswer: readonly MessageRow[];
  /** Letters of theirs to families, not all of whom have said « Bien lu ». */
  readonly unread: readonly {
    readonly mailbox: MailboxId;
    readonly uid: Uid;
    readonly subject: string;
    readonly at: Date;
  }[];
  /** Papers of theirs of which families were reminded today. */
  readonly reminded: ReadonlySet<PaperId>;
}

/** Hours that are offered for it, by the clock and the days of the viewer's school. */
export interface LaterTimes {
  /** This evening, while it is far enough away. */
  readonly tonight: Date | null;
  readonly tomorrow: Date;
  /** The first day of school of next week; null where that is tomorrow. */
  readonly week: Date | null;
  /** The day on which school begins again; null where no holidays are known, or it is `week`. */
  readonly back: Date | null;
}

export interface MessageView extends MessageRow {
  /** Not sent yet: in the bin it goes back to the drafts, not to what was received. */
  readonly isDraft: boolean;
  readonly cc: readonly Face[];
  /** Whom its header names besides, though it was not handed over for them. */
  readonly claimed: readonly Face[];
  /**
   * For what comes from outside: somebody of the reader's school whose name its writer gives, and
   * who has another address.
   */
  readonly namesake: Namesake | null;
  /** What speaks against it, where it came into Indésirables; nothing for a child. */
  readonly junkSigns: readonly JunkSign[];
  /** Text to show as it is, with its line ends; null where the message has only HTML. */
  readonly text: string | null;
  /**
   * How long its formatted text is (`Mail.formatted`), as it was written; null where plain text
   * says it all.
   */
  readonly formattedCharacters: number | null;
  /** What it says where it has our little formatting alone; null where it has none, or more. */
  readonly formatted: FormattedText | null;
  /**
   * How many pictures its formatted text would show from elsewhere, and whether they are: the
   * reader may want those of this writer at once, where it is proven who that is. A child has none.
   */
  readonly afar: {
    readonly pictures: number;
    readonly wanted: 'at-once' | 'when-asked';
    readonly isProven: boolean;
  };
  /** What the calendar files among its files invite to, by the paths of their parts. */
  readonly events: ReadonlyMap<string, CalendarEvent>;
  /** How big its pictures are, by the paths of their parts; those that say it. */
  readonly pictureSizes: ReadonlyMap<string, PictureSize>;
  /** Whom an answer may go to, as its writer chose; everyone where nothing is said. */
  readonly answers: AnswerAudience;
  /**
   * Why it came, for « Pourquoi ce message est arrivé ? »: the class or school that joins the two,
   * or null.
   */
  readonly because: {
    readonly kind:
      | 'class'
      | 'school'
      | 'family'
      | 'link'
      | 'outside'
      | 'system'
      | 'added'
      | 'brought';
    readonly name: string;
  };
  /** Of a letter that came over a link between two classes: when it left; null: it was at once. */
  readonly travelledFrom: Date | null;
  /** For what is held or given back: the rule, and the teacher's word. */
  readonly refusal: Refusal | null;
  readonly note: string | null;
}

export type FormattedBody =
  | { readonly kind: 'html'; readonly html: string }
  | { readonly kind: 'late'; readonly text: string };

/** A message of the same conversation as the one that is open. */
export interface ConversationTurn extends MessageRow {
  /** What it says, as plain text; null where it is too long to be shown beside another. */
  readonly text: string | null;
}

export interface Download {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** What somebody looks for: all of it must hold of a message. */
export interface SearchQuery {
  readonly terms: readonly SearchTerm[];
  /** Where; null: everywhere but in the trash and junk, and not among drafts. */
  readonly within: readonly MailboxId[] | null;
  /** What a row of what is found stands for. */
  readonly by: ListedBy;
}

/** One condition; `not`: it must not hold. Case, accents and apostrophes don't count. */
export type SearchTerm = { readonly not: boolean } &
  /** A word anywhere, by its root; a beginning finds what goes on. */
  (
    | { readonly kind: 'word'; readonly text: string; readonly isBeginning: boolean }
    /** These words one after the other, in the subject or the text. */
    | { readonly kind: 'phrase'; readonly text: string }
    /** Parts of a name or an address; names as the reader knows people count too. */
    | { readonly kind: 'from' | 'to'; readonly text: string }
    | { readonly kind: 'subject'; readonly text: string }
    /** A part of a file's name or media type; an empty text: any file. */
    | { readonly kind: 'file'; readonly text: string }
    /** From this day on, `YYYY-MM-DD`. */
    | { readonly kind: 'since'; readonly day: string }
    | { readonly kind: 'starred' }
  );

/** What was found, or the newest of a conversation that was. */
interface FoundRow extends MessageRow {
  /** How many of its conversation were found; 1 where each stands by itself. */
  readonly hits: number;
}

export interface FoundMail {
  /**
   * Newest first, of at most 60 messages; the preview of each shows the text around what was looked
   * for.
   */
  readonly rows: readonly FoundRow[];
  /** There are older ones. */
  readonly more: boolean;
  /** How many lie in the trash and junk, where nobody has looked; counted up to 99. */
  readonly thrown: number;
  /** What to mark in them. */
  readonly sought: Sought;
}

/** A file of a message, by the path of its part. */
export interface AttachedFileRef extends MessageRef {
  readonly part: string;
}

/** A page of a PDF among them. */
interface WhichPdfPage extends AttachedFileRef {
  readonly page: number;
}

/** Messages of one mailbox, and the marks that they get or lose. */
interface MarkedUids {
  readonly uids: readonly Uid[];
  readonly marks: {
    readonly seen?: boolean;
    readonly flagged?: boolean;
    readonly answered?: boolean;
  };
}

export interface Mail {
  mailboxes(viewer: Viewer): Promise<readonly Mailbox[]>;
  room(viewer: Viewer): Promise<UsedSpace>;
  /** Newest first; at most `limit` rows older than `before` (a UID). */
  list(
    viewer: Viewer,
    mailbox: MailboxId,
    page: { readonly before: Uid | null; readonly limit: number },
  ): Promise<readonly MessageRow[]>;
  /**
   * A page of a list as somebody looks at it, from wherever they stand in it. The message that it
   * stands around is listed whatever else is asked.
   */
  page(
    viewer: Viewer,
    mailbox: WhichMailbox,
    wish: ListSelection & { readonly from: PageFrom; readonly limit: number },
  ): Promise<ListPage>;
  /**
   * What the viewer keeps with a star, newest first, at most 200; from every mailbox but the trash.
   */
  starred(viewer: Viewer): Promise<readonly MessageRow[]>;
  /**
   * Null for what isn't there, or isn't the viewer's: one answer for both. Does not mark it as
   * seen.
   */
  read(viewer: Viewer, mailbox: MailboxId, uid: Uid): Promise<MessageView | null>;
  /**
   * Its formatted text, sanitised for this reader and for the sandboxed frame: the one place where
   * that is done. `late` where it took too long or too many are asked for: then the beginning of
   * its plain text. Null for what isn't there. Pictures from elsewhere stand in it where `afar`
   * says so, and never for a child: it is the reader's browser that asks for them, and nobody else.
   */
  formatted(
    viewer: Viewer,
    message: MessageRef & { readonly afar: Afar },
  ): Promise<FormattedBody | null>;
  /**
   * Brings a letter out of Indésirables, and trusts its writer from now on; false where it doesn't
   * lie there.
   */
  notJunk(viewer: Viewer, mailbox: MailboxId, uid: Uid): Promise<boolean>;
  /**
   * Has the pictures in letters of this one's writer shown at once from now on, or asked about
   * again; says whether it does: not for a child, nor where nothing proves who wrote it.
   */
  wantPictures(
    viewer: Viewer,
    message: MessageRef & { readonly wanted: MessageView['afar']['wanted'] },
  ): Promise<boolean>;
  /**
   * The other messages of a message's conversation, oldest first, at most 40: those that it answers
   * and that answer it (RFC 5322 §3.6.4), in the viewer's own mailboxes but the trash, drafts and
   * junk.
   */
  conversation(viewer: Viewer, mailbox: MailboxId, uid: Uid): Promise<readonly ConversationTurn[]>;
  /** Messages of the viewer's that fit. */
  search(viewer: Viewer, query: SearchQuery): Promise<FoundMail>;
  /**
   * Who wrote the viewer's newest messages and bears all these words in their name as the viewer
   * knows it or in their address, anybody for none; whoever wrote last first, at most 5.
   */
  writers(viewer: Viewer, words: string): Promise<readonly Face[]>;
  download(viewer: Viewer, file: AttachedFileRef): Promise<Download | null>;
  /** One of its files, where it is a PDF that may stand in a page (`isPlainPdf`); null else. */
  plainPdf(viewer: Viewer, file: AttachedFileRef): Promise<Download | null>;
  /**
   * A page of one of its files, where that is a PDF, by its number from 1 on: how many there are,
   * and its words; null where there is no such page, or it can't be read. Whatever the file would
   * do, a picture of it does nothing.
   */
  pdfPage(viewer: Viewer, which: WhichPdfPage): Promise<PdfPage | null>;
  /** Its picture, a PNG, made anew each time and kept nowhere. */
  drawnPdfPage(viewer: Viewer, which: WhichPdfPage): Promise<Buffer | null>;
  /** A message as it was accepted, byte for byte (RFC 5322). */
  original(viewer: Viewer, mailbox: MailboxId, uid: Uid): Promise<Buffer | null>;
  /** Takes the bead away: of a message, or of all of its conversation in this mailbox. */
  markRead(viewer: Viewer, message: MessageRef & { readonly by: ListedBy }): Promise<void>;
  mark(viewer: Viewer, mailbox: MailboxId, some: MarkedUids): Promise<void>;
  /**
   * To a mailbox of the viewer's own, by its use or its id; nothing is done for another. Moving to
   * Trash is what « Jeter » does, moving from Trash to Trash erases.
   */
  move(
    viewer: Viewer,
    mailbox: MailboxId,
    some: { readonly uids: readonly Uid[]; readonly to: SpecialUse | MailboxId },
  ): Promise<void>;
  /**
   * Does one thing with all that was chosen, at most 10,000 messages, in one transaction. Null
   * where nothing of it is the viewer's, or nothing changes by it.
   */
  act(viewer: Viewer, selected: MessageSelection, deed: Deed): Promise<MailActOutcome | null>;
  /**
   * Moves what was chosen to « Plus tard », which is made for the first of it, until it comes back
   * at that hour; what waits there already is given this one.
   */
  putOff(viewer: Viewer, selected: MessageSelection, until: Date): Promise<PutOffOutcome>;
  /** What waits for the viewer's answer, and what families have not read. */
  ownDay(viewer: Viewer): Promise<OwnDay>;
  /** Whether school is over for today; no question to the store. */
  isDayOver(viewer: Viewer): Promise<boolean>;
  /** The hours that are offered for that at one press. */
  laterTimes(viewer: Viewer): Promise<LaterTimes>;
  /** When letters of one of the viewer's own mailboxes come back; of most never. */
  returns(
    viewer: Viewer,
    mailbox: MailboxId,
    uids: readonly Uid[],
  ): Promise<ReadonlyMap<Uid, Date>>;
  /** The viewer's last act, where it is this one and can still be taken back. */
  lastAct(viewer: Viewer, id: string): Promise<MailActOutcome | null>;
  /** Takes it back, within ten minutes and once; says whether it did. */
  undo(viewer: Viewer, id: string): Promise<boolean>;
  erase(viewer: Viewer, mailbox: MailboxId, uids: readonly Uid[]): Promise<void>;
  /** Erases everything that lies in the trash at this moment. */
  emptyTrash(viewer: Viewer): Promise<void>;
}

/** Mail as a page shows it: this record of core, or `Name` of it alone. */
export interface WithMail<Name extends keyof Mail = keyof Mail> {
  readonly mail: Pick<Mail, Name>;
}
