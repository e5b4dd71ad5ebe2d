import type { MailboxId } from '../../../ground/ids.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { AppendRequest } from '../contract/changes.ts';
import type { MailboxOutcome } from '../contract/stop.ts';

/**
 * A message of an old server, received already (`Mailboxes.receive`), and by what it is known
 * again: 32 bytes, the same on every run.
 */
export interface BroughtMessage extends AppendRequest {
  readonly source: Buffer;
}

export interface OldMail {
  /** Whose this address is, for who runs the service; null: nobody's. */
  owner(address: string): Promise<Viewer | null>;
  /**
   * Which of these sources this account has from before, in hexadecimal; thrown away since or not.
   */
  known(viewer: Viewer, sources: readonly Buffer[]): Promise<ReadonlySet<string>>;
  /**
   * Appends, all or none, what isn't known yet: each source once, however many bring it at the same
   * time.
   */
  bring(
    viewer: Viewer,
    mailbox: MailboxId,
    messages: readonly BroughtMessage[],
  ): Promise<MailboxOutcome<{ readonly brought: number; readonly known: number }>>;
}

/** What is brought along from an older server: this record of core, or `Name` of it alone. */
export interface WithOldMail<Name extends keyof OldMail = keyof OldMail> {
  readonly oldMail: Pick<OldMail, Name>;
}
