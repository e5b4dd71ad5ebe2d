import type { DsnRequest } from '../../store/mail/contract.ts';

/**
 * Hands one message for one recipient outside to a server that takes it further: a smarthost, or
 * the recipient's MX.
 */
export interface Relay {
  /**
   * When the server of a recipient may be tried: null, where nothing speaks against now. Sooner
   * would only be told to come back.
   */
  notBefore(recipient: string): Date | null;
  /**
   * Sends the bytes as they are. `sender` null is the null reverse-path (RFC 5321 §4.5.5). Never
   * throws: what went wrong on the way is `later`. When `signal` aborts, the connection is cut and
   * the answer is `later`.
   */
  deliver(
    envelope: {
      readonly sender: string | null;
      readonly recipient: string;
      /** Told to a peer that speaks DSN (RFC 3461 §5.2). */
      readonly dsn?: DsnRequest;
    },
    raw: Buffer,
    signal: AbortSignal,
  ): Promise<RelayResult>;
  close(): Promise<void>;
}

/**
 * What the peer said: its whole last reply, or a sentence of ours where it said nothing. Only
 * `taken` moves the duty to the peer (RFC 5321 §6.1).
 */
export type RelayResult =
  | {
      readonly kind: 'taken';
      readonly reply: string;
      /** The peer tells the sender itself what they asked to be told. */
      readonly tellsStatus?: boolean;
    }
  | { readonly kind: 'later'; readonly reply: string }
  | { readonly kind: 'never'; readonly reply: string };

/**
 * What left for outside in a demo, where nothing leaves the machine: a bounded folder of messages.
 */
export interface DemoOutside {
  keep(mail: {
    readonly sender: string;
    readonly recipients: readonly string[];
    readonly raw: Buffer;
  }): Promise<void>;
  /** Newest first. */
  list(): Promise<readonly OutsideMail[]>;
}

export interface OutsideMail {
  readonly id: string;
  readonly at: Date;
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly raw: Buffer;
}

export interface Jobs {
  /**
   * Starts the worker of this process: it sends what is due and looks for what a lost queue forgot.
   * Without a relay, mail to outside waits where it is. `close` lets running jobs end for some
   * seconds, then cuts them; they come again.
   */
  start(relay: Relay | null): Promise<{ close(): Promise<void> }>;
}

/** What leaves later: this record of core, or `Name` of it alone. */
export interface WithJobs<Name extends keyof Jobs = keyof Jobs> {
  readonly jobs: Pick<Jobs, Name>;
}

/** What left for outside, in a demo: this record of core, or `Name` of it alone. */
export interface WithDemoOutside<Name extends keyof DemoOutside = keyof DemoOutside> {
  readonly outside: Pick<DemoOutside, Name>;
}
