import type { MailboxId, MessageId, Uid } from '../../ground/ids.ts';
import type { Face, Viewer } from '../../rules/viewer.ts';
import type { MessageRef } from '../../store/mail/contract.ts';

/** What became of a letter that the viewer has sent. */
export interface SentFate {
  readonly recall: RecallFate;
  /** Null for what isn't class mail, and for what is recalled. */
  readonly read: LetterReadState | null;
  /** Null where it waits for nobody's word any more. */
  readonly held: StillHeld | null;
  /** Until when its writer waits for an answer; null: they don't, or it has come. */
  readonly awaited: Date | null;
  /** Who read a child's letter before it went, for the child to know. */
  readonly readFirst: readonly Face[];
  /** When it was brought to those to whom it travelled; null where it wasn't, or not yet. */
  readonly brought: Date | null;
}

/** What waits of a letter: for whom it was written to, and since when. */
export interface StillHeld {
  readonly to: readonly Face[];
  /** Whose word it waits for by now; nobody's where the clock lets it go. */
  readonly by: readonly Face[];
  readonly since: Date;
  /** It waits for its own writer, who says why it may go. */
  readonly isOwn: boolean;
  /** It is on the road, and will be brought then; null where it waits for something else. */
  readonly brings: Date | null;
}

/** A letter of the viewer's that waits. */
export interface OwnHeld extends StillHeld {
  readonly letter: MessageId;
  readonly subject: string;
}

/** Names those of the writer's school who have read a letter to several. */
export interface LetterReadState {
  /** How many children of one's own classes got it, and who of them has not opened it. */
  readonly pupils: number;
  readonly unread: readonly Face[];
  /** How many others got it, and how many of them have said « Bien lu »: never who. */
  readonly others: number;
  readonly said: number;
  /** How many a reminder would go to; or when one went, not long ago. */
  readonly reminder:
    | { readonly kind: 'open'; readonly readers: number }
    | { readonly kind: 'sent'; readonly at: Date };
}

export type ReminderOutcome =
  | { readonly kind: 'reminded'; readonly readers: number }
  /** They were, less than a day ago. */
  | { readonly kind: 'too-soon' }
  /** Everybody has read it, or may not be written to any more. */
  | { readonly kind: 'nobody' }
  | { readonly kind: 'missing' };

/** Whether its writer may recall it, or has. */
export type RecallFate =
  /**
   * They may, until this moment. `elsewhere`: some of its copies went out of the school, and stay
   * there.
   */
  | { readonly kind: 'open'; readonly until: Date; readonly elsewhere: boolean }
  /** They have: so many people's unread copy went, and so many had read it. */
  | {
      readonly kind: 'recalled';
      readonly at: Date;
      readonly copies: number;
      readonly read: number;
    }
  /** Not any more, or not theirs to do. */
  | { readonly kind: 'closed' };

export type RecallOutcome =
  /** `copies` unread ones are gone; `read` people had read it, and see that it is recalled. */
  | { readonly kind: 'recalled'; readonly copies: number; readonly read: number }
  /** An hour has passed since, or it is recalled already. */
  | { readonly kind: 'too-late' }
  /** No letter that they sent, or nothing that their role may recall. */
  | { readonly kind: 'missing' };

/** What became of a wish for an answer: there is one already, or the day is none to come. */
export type AwaitOutcome = 'awaited' | 'answered' | 'not-a-day' | 'past' | 'too-far' | 'missing';

/** Letters once they are sent, for who wrote them. */
export interface SentLetters {
  /** Null for what the viewer has not sent: one answer with what isn't there. */
  fate(viewer: Viewer, mailbox: MailboxId, uid: Uid): Promise<SentFate | null>;
  /**
   * Who, in the last day, has read a letter of this child's before it went, or gave it back; the
   * latest first. Nobody for adults.
   */
  readLately(viewer: Viewer): Promise<readonly Face[]>;
  /** The people a child has written to, as stamps of their own album; null for adults. */
  stamps(viewer: Viewer): Promise<readonly Face[] | null>;
  /**
   * Takes back a letter that was sent within the hour by a teacher or a head: unread copies in
   * their own school go, also from mail programs, what is held is withdrawn, and whoever has read
   * it is shown that it is recalled. A copy that was reported stays. Written to the journal.
   */
  recall(viewer: Viewer, mailbox: MailboxId, uid: Uid): Promise<RecallOutcome>;
  /**
   * Takes back what still waits for a word or an hour; whoever was to decide finds it gone. Gives
   * for how many it waited, 0 where it does no more; null for what the viewer has not sent.
   */
  withdraw(viewer: Viewer, mailbox: MailboxId, uid: Uid): Promise<number | null>;
  /**
   * Lets go what waits for its writer's own word; the reason stays in the journal. False: nothing
   * does any more, or no reason is given; null for what the viewer has not sent.
   */
  release(
    viewer: Viewer,
    letter: MessageRef & { readonly reason: string },
  ): Promise<boolean | null>;
  /**
   * What the viewer wrote and what still waits, oldest first, at most 50; also where a mail program
   * has put no copy into Sent.
   */
  waiting(viewer: Viewer): Promise<readonly OwnHeld[]>;
  /** As `withdraw`, of one of these; 0 where it waits no more, or isn't theirs. */
  withdrawLetter(viewer: Viewer, letter: MessageId): Promise<number>;
  /** As `release`, of one of these; false also where it isn't theirs. */
  releaseLetter(viewer: Viewer, letter: MessageId, reason: string): Promise<boolean>;
  /**
   * Reminds whoever has not read a letter to several, by a notice of the service that names its
   * writer and its subject; once in a day.
   */
  remind(viewer: Viewer, mailbox: MailboxId, uid: Uid): Promise<ReminderOutcome>;
  /**
   * Brings an adult's letter back into their inbox on a day, at eight, where nobody has answered it
   * by then; nothing is sent.
   */
  awaitAnswer(viewer: Viewer, letter: MessageRef & { readonly day: string }): Promise<AwaitOutcome>;
  /** No more. False: no letter of theirs. */
  awaitNoMore(viewer: Viewer, mailbox: MailboxId, uid: Uid): Promise<boolean>;
  /**
   * For who reads: whether they have said « Bien lu » of a letter that an adult of a school wrote
   * to several. Null where there is nobody to tell.
   */
  acknowledged(viewer: Viewer, mailbox: MailboxId, uid: Uid): Promise<boolean | null>;
  /** Says « Bien lu ». False: not there, or nobody to tell. */
  acknowledge(viewer: Viewer, mailbox: MailboxId, uid: Uid): Promise<boolean>;
}

/** Letters once they are sent: recalled: this record of core, or `Name` of it alone. */
export interface WithSent<Name extends keyof SentLetters = keyof SentLetters> {
  readonly sent: Pick<SentLetters, Name>;
}
