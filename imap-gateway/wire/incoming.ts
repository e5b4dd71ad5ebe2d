/**
 * How a session hears a client: it asks for one thing after another, and the intake reads no
 * further than that.
 */
import type { ImapCommand, CommandRefusal } from './command.ts';

/**
 * Where bytes come from: the socket, its TLS, or the inflater of COMPRESS. Null at the end, or when
 * the connection broke.
 */
export interface ByteSource {
  read(): Promise<Buffer | null>;
}

export type WireEvent =
  | { readonly kind: 'command'; readonly tag: string; readonly command: ImapCommand }
  /**
   * To be answered with this tag (`*` where none could be read), and counted. The stream stands
   * behind it.
   */
  | { readonly kind: 'refused'; readonly tag: string; readonly refused: CommandRefusal }
  /**
   * Nobody knows where the next command begins, or it isn't worth reading up to there: say BYE with
   * this text and close.
   */
  | { readonly kind: 'cut'; readonly text: string }
  | { readonly kind: 'end' };

/** What a line or a literal means depends on these; the session sets them as it goes on. */
export interface WireState {
  /** Caps on lines and literals are small before. */
  signedIn: boolean;
  /**
   * ENABLE IMAP4rev2 or UTF8=ACCEPT: mailbox names are UTF-8, not modified UTF-7, and quoted
   * strings may hold it.
   */
  utf8: boolean;
}

export interface IncomingMessages {
  readonly state: WireState;
  /**
   * The next command. For APPEND and REPLACE the bytes still come: `next` may be called again only
   * after `messages.leave()`.
   */
  next(): Promise<WireEvent>;
  /**
   * One raw line without its CRLF: DONE of IDLE, an answer of AUTHENTICATE (whose continuation the
   * session sends). Null at the end; `too-long` when it isn't one within `maxBytes`: then close.
   */
  line(maxBytes: number): Promise<string | 'too-long' | null>;
  /**
   * Takes what was read and not yet used, for the inflater of COMPRESS, or to throw it away at
   * STARTTLS (RFC 9051 §6.2.1).
   */
  takeRest(): Buffer;
  /** Goes on with other bytes: after STARTTLS or COMPRESS. */
  readFrom(source: ByteSource): void;
}
