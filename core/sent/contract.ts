import type { MailboxId, Uid } from '../ids.ts';
import type { Viewer } from '../viewer.ts';

/** What became of a letter that the viewer has sent. */
export interface SentFate {
  readonly recall: RecallFate;
}

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

export type Recalled =
  /** `copies` unread ones are gone; `read` people had read it, and see that it is recalled. */
  | { readonly kind: 'recalled'; readonly copies: number; readonly read: number }
  /** An hour has passed since, or it is recalled already. */
  | { readonly kind: 'too-late' }
  /** No letter that they sent, or nothing that their role may recall. */
  | { readonly kind: 'missing' };

/** Letters once they are sent, for who wrote them. */
export interface SentLetters {
  /** Null for what the viewer has not sent: one answer with what isn't there. */
  fate(viewer: Viewer, mailbox: MailboxId, uid: Uid): Promise<SentFate | null>;
  /**
   * Takes back a letter that was sent within the hour by a teacher or a head: unread copies in
   * their own school go, also from mail programs, what is held is withdrawn, and whoever has read
   * it is shown that it is recalled. A copy that was reported stays. Written to the journal.
   */
  recall(viewer: Viewer, mailbox: MailboxId, uid: Uid): Promise<Recalled>;
}
