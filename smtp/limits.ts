import type { Config } from '../core/ground/config.ts';
import { shareOf, sharersOf } from '../core/ground/turns.ts';

/**
 * Every bound of the SMTP side, by name. Postfix's defaults where it has one (its `smtpd_*`
 * parameters), tried in the field for 25 years.
 */
export interface SmtpLimits {
  /**
   * RCPT commands of one message (RFC 5321 §4.5.3.1.8 asks for at least 100), the same address
   * again too; one more is answered 452.
   */
  readonly recipients: number;
  /** Replies 4xx and 5xx that a stranger may collect before the connection is closed. */
  readonly errors: number;
  /**
   * The same for somebody signed in: a class mail with many addresses gone stale must still name
   * them all.
   */
  readonly errorsSignedIn: number;
  /** RCPT beyond `recipients` that are answered and not counted as errors. */
  readonly recipientOvershoot: number;
  /**
   * "No such address" is said after this long or a multiple of it: whether it took a query, a
   * roster or nothing must not show (decision 28: no oracle of accounts).
   */
  readonly unknownAnswerMs: number;
  /** Commands that bring no mail along (NOOP, RSET, VRFY, …) between two messages. */
  readonly idleCommands: number;
  /** Wrong passwords on one connection. */
  readonly failedSignIns: number;
  /**
   * Bytes of a command line without its CRLF; RFC 5321 §4.5.3.1.4 asks for 512 and more for each
   * extension.
   */
  readonly lineBytes: number;
  /** The same for AUTH and what follows it (RFC 4954 §4). */
  readonly authLineBytes: number;
  readonly connections: number;
  /** Of one network (/24, /56), on one port: a whole school often stands behind one address. */
  readonly connectionsPerPeer: number;
  /** RFC 5321 §4.5.3.2.7. */
  readonly idleMs: number;
  /** A message that comes slower than this over a whole `slowWindowMs` is cut. */
  readonly minBytesPerSecond: number;
  readonly slowWindowMs: number;
  /**
   * Bytes of all messages being read at one moment; a message that would go beyond is put off
   * (452).
   */
  readonly bytesInFlight: number;
  /** The same of strangers together: the rest is kept for who is signed in. */
  readonly bytesInFlightOutside: number;
  /** The same of one account, or of one network of strangers. */
  readonly bytesInFlightEach: number;
  /** How long SPF, DKIM and DMARC may take together; later the message is put off (451). */
  readonly authenticationMs: number;
  /** After an event a connection asks whether it may stay, once for all events of so long. */
  readonly askAgainMs: number;
  /** How long connections in a transaction may finish it when the server stops. */
  readonly closingMs: number;
}

export const LIMITS: SmtpLimits = {
  recipients: 1_000,
  errors: 20,
  errorsSignedIn: 200,
  recipientOvershoot: 1_000,
  unknownAnswerMs: 50,
  idleCommands: 100,
  failedSignIns: 3,
  lineBytes: 2_048,
  authLineBytes: 12_288,
  connections: 2_000,
  connectionsPerPeer: 250,
  idleMs: 300_000,
  minBytesPerSecond: 500,
  slowWindowMs: 30_000,
  bytesInFlight: 536_870_912,
  bytesInFlightOutside: 402_653_184,
  bytesInFlightEach: 134_217_728,
  authenticationMs: 10_000,
  askAgainMs: 1_000,
  closingMs: 4_000,
};

/**
 * What one of so many processes may have: of connections and of memory its share, and in any case
 * room for two of the largest messages of one sender. What a network may have is shared by all
 * machines too.
 */
export function limitsOf(
  config: Pick<Config, 'processes' | 'machines' | 'maxMessageBytes'>,
): SmtpLimits {
  const { processes, maxMessageBytes } = config;
  const bytes = (limit: number): number => Math.max(shareOf(limit, processes), 2 * maxMessageBytes);
  return {
    ...LIMITS,
    connections: shareOf(LIMITS.connections, processes),
    connectionsPerPeer: shareOf(LIMITS.connectionsPerPeer, sharersOf(config)),
    bytesInFlight: bytes(LIMITS.bytesInFlight),
    bytesInFlightOutside: bytes(LIMITS.bytesInFlightOutside),
    bytesInFlightEach: bytes(LIMITS.bytesInFlightEach),
  };
}
