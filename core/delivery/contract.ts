import type { Readable } from 'node:stream';
import type { Attachment } from '../message/message.ts';
import type { Outcome } from '../outcome.ts';
import type { Face, HoldId, MailboxId, SchoolId, Uid, Viewer } from '../viewer.ts';

/** Who hands a message over: somebody signed in, or a stranger at the MX (`address` null is the null reverse-path `<>`). */
export type Sender =
  | { readonly kind: 'account'; readonly viewer: Viewer }
  | { readonly kind: 'outside'; readonly address: string | null; readonly authentication: 'pass' | 'none' | 'fail' };

export interface Handover {
  readonly sender: Sender;
  /** Canonical addresses, as given at RCPT TO, each once. */
  readonly recipients: readonly string[];
  /** `web` keeps a copy in the sender's Sent mailbox; `submission` leaves that to the mail program, as they all do. */
  readonly via: 'mx' | 'submission' | 'web';
  /** Named in the log line: the session's id. */
  readonly session: string;
  /** Bytes to put on top of what was read, such as Received (RFC 5321 §4.4); complete lines. */
  readonly trace: string;
}

/** What SPF, DKIM and DMARC say of a stranger's whole message, and complete header lines that say so (RFC 8601). */
export interface Proof {
  readonly authentication: 'pass' | 'none' | 'fail';
  readonly headers: string;
}

export interface Delivery {
  /**
   * Whether this sender may write to this address, from what is known at RCPT TO.
   * The address is canonical (`core/address.ts`). Costs no query where the roster snapshot is warm.
   */
  checkRecipient(sender: Sender, address: string): Promise<Outcome>;
  /**
   * The one way in. Reads the message to its end, has it scanned, decides for every final recipient, stores all of
   * it in one transaction; resolves only after the commit. Throws a `Fault` when something of ours broke: nothing is stored then.
   * `prove` is asked with a stranger's whole message before it is scanned; its headers go below `trace`.
   */
  accept(handover: Handover, raw: Readable, prove?: (message: Buffer) => Promise<Proof>): Promise<Outcome>;
}

export interface Held {
  readonly id: HoldId;
  readonly school: SchoolId;
  readonly rule: string;
  readonly from: Face;
  readonly to: readonly Face[];
  readonly className: string;
  readonly cover: number;
  readonly subject: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly at: Date;
  /** When it leaves by itself (opening hours), or null when a teacher must say so. */
  readonly until: Date | null;
}

export interface Moderation {
  /** What waits for a word of this teacher, oldest first; at most 100. */
  waiting(viewer: Viewer): Promise<readonly Held[]>;
  /** Lets one go. Everything is asked again except what the teacher just decided: `denied` says what changed meanwhile. Null: not there, or not theirs to decide. */
  release(viewer: Viewer, school: SchoolId, hold: HoldId): Promise<Outcome | null>;
  /** Gives it back to the sender with a word. False: not there, or not theirs to decide. */
  giveBack(viewer: Viewer, school: SchoolId, hold: HoldId, note: string): Promise<boolean>;
  /**
   * Stops or lets run again the mail of all pupils of a school; of the whole town for school 0. A head for their school; an agent for
   * a school that they have opened, by the reason they gave there, and for the town by `reason`. False: not theirs to decide, or no reason.
   */
  stopPupilMail(viewer: Viewer, school: SchoolId, wish: { readonly stopped: boolean; readonly reason: string }): Promise<boolean>;
  /** « Ce message me gêne »: written down, and the teachers of the child's classes are told. False: not there. */
  report(viewer: Viewer, mailbox: MailboxId, uid: Uid): Promise<boolean>;
}
