import type { Readable } from 'node:stream';
import type { ServerSign } from '../../letters/junk/contract.ts';
import type { ServerNames } from '../../letters/junk/traits.ts';
import type { Outcome } from '../../rules/outcome.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { DsnRequest, ProvedBy } from '../../store/mail/contract.ts';

/**
 * Who hands a message over: somebody signed in, or a stranger at the MX (`address` is the
 * reverse-path, null for `<>`). Of a stranger that is all there is at RCPT TO; who wrote, and what
 * proves it, is asked of the message itself.
 */
export type Sender =
  | { readonly kind: 'account'; readonly viewer: Viewer }
  | { readonly kind: 'outside'; readonly address: string | null };

export interface Handover {
  readonly sender: Sender;
  /** Canonical addresses, as given at RCPT TO, each once. */
  readonly recipients: readonly string[];
  /**
   * `web` keeps a copy in the sender's Sent mailbox; `submission` leaves that to the mail program,
   * as they all do.
   */
  readonly via: 'mx' | 'submission' | 'web';
  /** The IP address of a stranger's server; null where something of ours hands the message over. */
  readonly peer: string | null;
  /** Named in the log line: the session's id. */
  readonly session: string;
  /** Bytes to put on top of what was read, such as Received (RFC 5321 §4.4); complete lines. */
  readonly trace: string;
  /** What a mail program asked to be told, by recipient (RFC 3461); others ask for nothing. */
  readonly dsnRequests?: ReadonlyMap<string, DsnRequest>;
}

/**
 * What SPF, DKIM and DMARC say of a stranger's whole message, and complete header lines that say so
 * (RFC 8601); `server` has what the peer lacks that honest servers have, `names` what it calls
 * itself and what the DNS calls it, where a stranger's server was asked about.
 */
export type SenderProof = {
  readonly headers: string;
  readonly server: readonly ServerSign[];
  readonly names?: ServerNames;
  /**
   * The domain of the From address as the checks read it: lower case, Punycode. Null: they read
   * none; not there: nothing was checked.
   */
  readonly authorDomain?: string | null;
} &
  /** `domain` is the one that stands behind the From address, in the same spelling. */
  (
    | { readonly authentication: 'pass'; readonly by: ProvedBy; readonly domain: string }
    | { readonly authentication: 'none' }
    /**
     * Nothing stands behind the From address, whose domain asks to set such mail apart, or to
     * refuse it (RFC 9989 §4.7, `quarantine` and `reject`).
     */
    | { readonly authentication: 'quarantine' | 'fail' }
  );

export interface Delivery {
  /**
   * Whether this sender may write to this address, from what is known at RCPT TO. The address is
   * canonical (`core/ground/address.ts`). Costs no query where the roster snapshot is warm.
   * `disowned` is asked of a stranger alone, and only where the answer would tell that somebody is
   * there: whether the domain of the reverse-path says that this peer does not speak for it.
   */
  checkRecipient(
    sender: Sender,
    address: string,
    disowned?: () => Promise<boolean>,
  ): Promise<Outcome>;
  /**
   * The one way in. Reads the message to its end, has it scanned, decides for every final
   * recipient, stores all of it in one transaction; resolves only after the commit. Throws a
   * `Fault` when something of ours broke: nothing is stored then. `prove` is asked with a
   * stranger's whole message before it is scanned; its headers go below `trace`.
   */
  accept(
    handover: Handover,
    raw: Readable,
    prove?: (message: Buffer) => Promise<SenderProof>,
  ): Promise<Outcome>;
}

/** The one way in for a message: this record of core, or `Name` of it alone. */
export interface WithDelivery<Name extends keyof Delivery = keyof Delivery> {
  readonly delivery: Pick<Delivery, Name>;
}
