/**
 * What commands, and what is told unasked, know of the client they serve. The connection behind it
 * keeps the socket, its deadlines and whose turn it is to itself (connection.ts).
 */
import type { Socket } from 'node:net';
import type { OpenedBy } from '../core/entry/accounts/contract.ts';
import type { ListedMailbox } from '../core/mail/mailboxes/contract/listed.ts';
import type { Viewer } from '../core/rules/viewer.ts';
import type { BytesIn } from './bytes-in.ts';
import type { BytesOut } from './bytes-out.ts';
import type { SelectedMailbox } from './selected.ts';
import type { ImapPart, ServerContext } from './server-context.ts';
import type { MailboxWatch } from './watch.ts';
import type { IncomingMessages } from './wire/incoming.ts';

/** RFC 9051 §3; `selected` is signed in too. */
export type State = 'stranger' | 'signed-in' | 'selected';

/**
 * What a client has switched on (RFC 9051 §6.3.1). Replaced, never changed: most sessions share the
 * first.
 */
export interface EnabledExtensions {
  readonly rev2: boolean;
  readonly utf8: boolean;
  readonly condstore: boolean;
  readonly qresync: boolean;
  /** By name, with ENABLE. */
  readonly asked: readonly string[];
}

export const NOTHING_ENABLED: EnabledExtensions = {
  rev2: false,
  utf8: false,
  condstore: false,
  qresync: false,
  asked: [],
};

export interface ImapSession {
  readonly id: string;
  readonly context: ServerContext;
  readonly core: ImapPart;
  readonly ip: string;
  readonly output: BytesOut;
  readonly intake: IncomingMessages;
  readonly state: State;
  readonly viewer: Viewer | null;
  /** Who is signed in; only where the handler's states say so. */
  readonly me: Viewer;
  readonly selected: SelectedMailbox | null;
  /** The selected mailbox; only where the handler's states say so. */
  readonly box: SelectedMailbox;
  enabled: EnabledExtensions;
  failedSignIns: number;
  /** Something of this person's mail has changed since the view was last brought up to date. */
  isStale: boolean;
  /** What NOTIFY asked for; null: it never came, and all is told, in commands and in IDLE. */
  watch: MailboxWatch | null;
  isCompressed: boolean;
  readonly isSecure: boolean;
  /**
   * LOGINDISABLED until TLS (RFC 9051 §6.2.3); the one exception is for load tools, from loopback.
   */
  readonly maySignIn: boolean;

  /** Adds one untagged response; it goes out with the reply, or with `room`. */
  untagged(text: string): void;

  /**
   * Sends what has gathered and waits for a slow reader; one that takes nothing for too long is
   * cut.
   */
  room(): Promise<void>;

  /** Somebody has signed in: from here on the events of their mail are heard. */
  welcome(viewer: Viewer, openedBy: OpenedBy): void;

  /** Takes another mailbox, or none. What others share is heard by its owner's events. */
  select(selected: SelectedMailbox | null): void;

  /**
   * Hears the events of these people too, and of no others but this person and the owner of what is
   * selected.
   */
  hearOwners(owners: readonly ListedMailbox['news'][]): void;

  /** Tells of changes as they come until `done` resolves, which gives what it gave. */
  listen<T>(done: Promise<T>): Promise<T>;

  /**
   * RFC 9051 §6.2.1: what came in clear after STARTTLS is thrown away, so that nobody on the way
   * can put a command in.
   */
  startTls(): Promise<void>;

  /** The socket as it is now, for what packs and unpacks on it (RFC 4978). */
  repipe(change: (socket: Socket, rest: Buffer) => BytesIn): void;

  cut(): void;
}
