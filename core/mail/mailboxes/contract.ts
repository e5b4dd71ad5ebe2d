/**
 * Mail as a mail program sees it: mailboxes, UIDs, flags, what changed since. RFC 9051's terms are
 * the field's own words here; no tag, no response, no sequence number is known. Whoever asks gives
 * UIDs, and gets what is there and theirs to see.
 *
 * Every act asks for the viewer's rights anew, and whether the rules hide from them what others
 * share: whoever comes with the `Seer` that an open mailbox gave them has been looked at then. What
 * is refused is a value (`Stop`); a broken store is thrown as a `Fault`. The shapes that are given
 * and told stand in `contract/`.
 */
import type { Readable } from 'node:stream';
import type { MailboxId, Uid } from '../../ground/ids.ts';
import type { Part } from '../../letters/message/message.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type {
  SpecialUse,
  UidSet,
  Batch,
  DeletedCount,
  Quota,
  Annotation,
  AnnotationMark,
  Criterion,
  ThreadSource,
  AnnotatedMailbox,
} from '../../store/mail/contract.ts';
import type {
  FlagChange,
  FlagsChanged,
  AppendedLetter,
  AppendRequest,
  CopiedUids,
  ExpungedUids,
  Grant,
} from './contract/changes.ts';
import type { ListedName, ListedMailbox, Namespaces } from './contract/listed.ts';
import type { OpenMailbox, MailboxChanges, SearchResult } from './contract/opened.ts';
import type { Sections } from './contract/sections.ts';
import type { Seer } from './contract/seer.ts';
import type { MailboxOutcome } from './contract/stop.ts';
import type { FetchWish, GrantWish, SearchWish, SectionsWish, UidsTo } from './contract/wishes.ts';

export interface Mailboxes {
  readonly namespaces: Namespaces;
  /**
   * Everything the viewer may see (right `l`), in the order a mail program shows it: one's own,
   * then `Partagés`, then what is gone.
   */
  list(viewer: Viewer): Promise<readonly ListedName[]>;
  /** One mailbox by its path; INBOX in any case. Null: not there, or not the viewer's to see. */
  find(viewer: Viewer, path: string): Promise<ListedMailbox | null>;
  deleted(viewer: Viewer, mailbox: MailboxId): Promise<DeletedCount>;
  /**
   * Makes a mailbox and what is missing above it (RFC 9051 §6.3.4); a trailing `/` is passed over.
   * `use` by RFC 6154 §3.
   */
  create(
    viewer: Viewer,
    path: string,
    use: SpecialUse | null,
  ): Promise<MailboxOutcome<ListedMailbox>>;
  /**
   * Renames it and all below it. INBOX gives its messages to a new mailbox and stays (RFC 9051
   * §6.3.6).
   */
  rename(viewer: Viewer, from: string, to: string): Promise<MailboxOutcome<null>>;
  /** Removes it with its messages; a name that was subscribed stays subscribed. */
  remove(viewer: Viewer, path: string): Promise<MailboxOutcome<null>>;
  /**
   * Removes one of the viewer's own and all below it, its messages moved to the trash: as a page
   * does it. How many they were.
   */
  discard(viewer: Viewer, path: string): Promise<MailboxOutcome<number>>;
  /**
   * Subscribes to what is there, or unsubscribes from any name: a mail program does that with the
   * old name of a folder once it is renamed (RFC 9051 §6.3.8), and shows its user all but OK.
   */
  subscribe(viewer: Viewer, path: string, wish: 'on' | 'off'): Promise<MailboxOutcome<null>>;

  /**
   * By its path, as `find`, or by its id. Null: not there, or without the right to read. After an
   * open of the same MODSEQ in this process it is one small query.
   */
  open(viewer: Viewer, mailbox: string | MailboxId): Promise<OpenMailbox | null>;
  /**
   * What changed since `modseq`; null when the mailbox is gone, or no longer the viewer's. One
   * small query where nothing has.
   */
  since(viewer: Viewer, mailbox: MailboxId, modseq: number): Promise<MailboxChanges | null>;
  /**
   * The same for QRESYNC and FETCH … (CHANGEDSINCE … VANISHED): only of `known` where it is not
   * null. Of a board there is none to ask for.
   */
  resync(
    viewer: Viewer,
    mailbox: MailboxId,
    from: { readonly modseq: number; readonly known: UidSet | null },
  ): Promise<MailboxChanges | null>;

  /**
   * Rows of messages, ascending, in bounded batches; the next is read from the store while one is
   * worked on, no further. What is no longer there is left out; nothing at all where the mailbox
   * isn't the viewer's to read.
   */
  fetch(viewer: Viewer | Seer, mailbox: MailboxId, wish: FetchWish): AsyncIterable<Batch>;
  /**
   * Sections of messages, ascending; reads no more bytes than the sections have. Sets no \Seen:
   * `store` does.
   */
  sections(viewer: Viewer | Seer, mailbox: MailboxId, wish: SectionsWish): AsyncIterable<Sections>;
  /** The structure with its byte ranges; null: not there. */
  structure(viewer: Viewer | Seer, mailbox: MailboxId, uid: Uid): Promise<Part | null>;

  store(
    viewer: Viewer | Seer,
    mailbox: MailboxId,
    change: FlagChange,
  ): Promise<MailboxOutcome<FlagsChanged>>;
  /**
   * Reads a message to its end (or past the limit, forgetting the rest), judges the kinds of its
   * files and has it scanned. Touches no mailbox.
   */
  receive(viewer: Viewer, raw: Readable): Promise<MailboxOutcome<AppendedLetter>>;
  /** The most bytes of one message that this viewer may append (APPENDLIMIT). */
  appendLimit(viewer: Viewer): number;
  /**
   * All or none, in order (RFC 3502), into a mailbox by its path or its id. Never sends: what is
   * appended is « ajouté par vous ».
   */
  append(
    viewer: Viewer,
    mailbox: string | MailboxId,
    messages: readonly AppendRequest[],
  ): Promise<MailboxOutcome<CopiedUids>>;
  /** RFC 8508: appends to `to` and expunges `uid` of `from` at once. */
  replace(
    viewer: Viewer | Seer,
    old: { readonly from: MailboxId; readonly uid: Uid },
    by: { readonly to: MailboxId; readonly message: AppendRequest },
  ): Promise<MailboxOutcome<CopiedUids & { readonly expunged: ExpungedUids }>>;
  /** All or none. Copies nothing where none of the UIDs is there: both lists are empty then. */
  copy(viewer: Viewer, from: MailboxId, some: UidsTo): Promise<MailboxOutcome<CopiedUids>>;
  move(
    viewer: Viewer | Seer,
    from: MailboxId,
    some: UidsTo,
  ): Promise<MailboxOutcome<CopiedUids & { readonly expunged: ExpungedUids }>>;
  /** Erases what is \Deleted, of `uids` alone where not null (UID EXPUNGE). */
  expunge(
    viewer: Viewer | Seer,
    mailbox: MailboxId,
    uids: UidSet | null,
  ): Promise<MailboxOutcome<ExpungedUids>>;

  /**
   * Null: not the viewer's to read. Bounded by the store's statement time; a search that can't be
   * done in it is a `Fault`.
   */
  search(viewer: Viewer, mailbox: MailboxId, wish: SearchWish): Promise<SearchResult | null>;
  threads(
    viewer: Viewer,
    mailbox: MailboxId,
    what: Criterion,
  ): Promise<readonly ThreadSource[] | null>;

  /** The one root of a viewer, or of the owner of a mailbox shared with them. */
  quota(viewer: Viewer, mailbox: MailboxId | null): Promise<Quota | null>;
  rights(viewer: Viewer, mailbox: MailboxId): Promise<MailboxOutcome<readonly Grant[]>>;
  /**
   * Gives rights to an account of the same school to whom the owner may write; empty rights take
   * them all away. Pupils never get more than `lrs`, and give none.
   */
  grant(viewer: Viewer, mailbox: MailboxId, wish: GrantWish): Promise<MailboxOutcome<null>>;
  /**
   * The rights that this identifier always has, and those that can be given one by one (LISTRIGHTS,
   * RFC 4314 §3.7).
   */
  grantable(
    viewer: Viewer,
    mailbox: MailboxId,
    identifier: string,
  ): Promise<MailboxOutcome<{ readonly always: string; readonly maybe: readonly string[] }>>;
  /**
   * Every annotation of the mailbox that the viewer may see, by entry. Depth and size limits of
   * GETMETADATA are the asker's.
   */
  annotations(
    viewer: Viewer,
    mailbox: AnnotatedMailbox,
  ): Promise<MailboxOutcome<readonly Annotation[]>>;
  /**
   * Marks of all annotations of these mailboxes that the viewer may see: who compares them with
   * earlier ones knows what has changed (RFC 5465 §5.6, §5.7).
   */
  annotationMarks(
    viewer: Viewer,
    mailboxes: readonly AnnotatedMailbox[],
  ): Promise<readonly AnnotationMark[]>;
  /** All or none; a null value removes. */
  annotate(
    viewer: Viewer,
    mailbox: AnnotatedMailbox,
    entries: readonly { readonly entry: string; readonly value: Buffer | null }[],
  ): Promise<MailboxOutcome<null>>;
}

/** Mail as a mail program sees it: this record of core, or `Name` of it alone. */
export interface WithMailboxes<Name extends keyof Mailboxes = keyof Mailboxes> {
  readonly mailboxes: Pick<Mailboxes, Name>;
}
