import type { Config } from '../core/ground/config.ts';
import { shareOf, sharersOf } from '../core/ground/turns.ts';
import { APPEND_BYTES } from './wire/limits.ts';

/** Every bound of a session, by name; those of the bytes it reads are in wire/limits.ts. */
export interface ImapLimits {
  /** From the first byte to being signed in; whoever takes longer is no mail program. */
  readonly signInMs: number;
  /** Without a command. RFC 9051 §5.4 asks for at least 30 minutes. */
  readonly idleMs: number;
  /** A client that takes nothing of what it asked for, for so long, is cut. */
  readonly stalledMs: number;
  readonly handshakeMs: number;
  readonly connections: number;
  /** A whole school often stands behind one address. */
  readonly connectionsPerPeer: number;
  /** A mail program opens one for each folder that it watches, and people have several programs. */
  readonly connectionsPerAccount: number;
  /** Wrong passwords on one connection. */
  readonly failedSignIns: number;
  /**
   * Commands that were none (BAD), before and after sign-in; a working command after sign-in
   * forgives one.
   */
  readonly badCommandsOfStranger: number;
  readonly badCommands: number;
  /** Commands of a stranger, whatever they are: signing in takes five. */
  readonly commandsOfStranger: number;
  /** Bytes waiting for a slow reader before what makes them waits too. */
  readonly outputBytes: number;
  /**
   * Bytes of all messages that are being put in at one moment; a message that would go beyond is
   * put off.
   */
  readonly bytesInFlight: number;
  /** The same of one account. */
  readonly bytesInFlightEach: number;
  /**
   * Views brought up to date at one moment in this process, and sign-ins asked again: a mail to
   * everybody wakes thousands.
   */
  readonly wakingAtOnce: number;
  /** How often a session looks by itself, in case an event was lost. */
  readonly lookMs: number;
  /** The same where it looked and could not see. */
  readonly lookAgainMs: number;
  /** One session asks at most once in so long whether it is still welcome. */
  readonly welcomeMs: number;
  /** Bytes of a line that answers a continuation (AUTHENTICATE, DONE). */
  readonly answerBytes: number;
  /** How long sessions may finish their command when the server stops. */
  readonly closingMs: number;
}

export const LIMITS: ImapLimits = {
  signInMs: 60_000,
  idleMs: 1_800_000,
  stalledMs: 60_000,
  handshakeMs: 30_000,
  connections: 40_000,
  connectionsPerPeer: 8_000,
  connectionsPerAccount: 40,
  failedSignIns: 3,
  badCommandsOfStranger: 5,
  badCommands: 50,
  commandsOfStranger: 50,
  outputBytes: 262_144,
  bytesInFlight: 536_870_912,
  bytesInFlightEach: 134_217_728,
  wakingAtOnce: 6,
  lookMs: 60_000,
  lookAgainMs: 5_000,
  welcomeMs: 1_000,
  answerBytes: 8_192,
  closingMs: 4_000,
};

/**
 * What one of so many processes may have; an account is counted over all those of a machine, and
 * each machine has its share. Of memory each has room for one APPEND and for two of the largest
 * messages in any case.
 */
export function limitsOf(
  config: Pick<Config, 'processes' | 'machines' | 'maxMessageBytes'>,
): ImapLimits {
  const { processes, machines, maxMessageBytes } = config;
  const bytes = (limit: number): number =>
    Math.max(shareOf(limit, processes), APPEND_BYTES, 2 * maxMessageBytes);
  return {
    ...LIMITS,
    connections: shareOf(LIMITS.connections, processes),
    connectionsPerPeer: shareOf(LIMITS.connectionsPerPeer, sharersOf(config)),
    connectionsPerAccount: shareOf(LIMITS.connectionsPerAccount, machines),
    bytesInFlight: bytes(LIMITS.bytesInFlight),
    bytesInFlightEach: bytes(LIMITS.bytesInFlightEach),
    wakingAtOnce: Math.max(2, shareOf(LIMITS.wakingAtOnce, processes)),
  };
}
