import { createTransport } from 'nodemailer';
import type { Relay } from '../core/core.ts';
import {
  isSayable,
  isSendFault,
  NOT_SAYABLE,
  whatWentWrong,
  wireEnvelope,
  wireDsn,
} from './relay-result.ts';

/**
 * Connections to the smarthost that are open at most, as Postfix has it
 * (`default_destination_concurrency_limit`); each is used again for the next message.
 */
const MAX_CONNECTIONS = 20;
/** Messages on one connection before it is replaced. */
const MAX_MESSAGES = 100;
/**
 * An idle connection is closed before the peer would: one that dies under a message costs that
 * message a minute.
 */
const IDLE_MS = 20_000;
const CONNECT_MS = 30_000;
/**
 * RFC 5321 §4.5.3.2.1 grants 5 minutes for the greeting; a smarthost of our own that needs so long
 * is down.
 */
const GREETING_MS = 30_000;
/**
 * RFC 5321 §4.5.3.2.6: 10 minutes for the answer to the final dot. Giving up sooner is what makes
 * doubles (RFC 1047).
 */
const SILENCE_MS = 600_000;
/** A peer's reply that is longer is no reply. */
const MAX_REPLY_BYTES = 65_536;

/** What nodemailer tells of a message that was taken. */
interface Sent {
  readonly response: string;
  /** What the smarthost's EHLO offered, a line each; not there where it offered nothing. */
  readonly ehlo?: readonly string[] | undefined;
}

/**
 * A smarthost that offers DSN was told what the sender asked for and tells them itself; « relayed »
 * is for one that doesn't (RFC 3461 §5.2.1, §5.2.2). nodemailer takes `X-DSN` for it too; who took
 * the parameters then knows them (RFC 5321 §4.1.1.11).
 */
const offersDsn = ({ ehlo = [] }: Sent): boolean =>
  ehlo.some((line) => /(?:^|[ -])DSN\b/i.test(line));

/**
 * RFC 5321 §4.1.1.11, §4.2.4: parameters that the smarthost doesn't know. nodemailer's pool says
 * NOTIFY to one that offers `X-DSN` alone, and lets nobody look at the EHLO before.
 */
const isAboutParameters = (error: unknown): boolean =>
  isSendFault(error) && [501, 504, 555].includes(error.responseCode ?? 0);

/** Where nobody listens between us and the smarthost. */
const LOOPBACK = ['localhost', '127.0.0.1', '::1'];

/**
 * A relay that hands everything to one smarthost, over connections that stay open between messages.
 * `url` is `smtp://[user:password@]host[:port]` or `smtps://…`; `name` is said in EHLO (RFC 5321
 * §4.1.1.1).
 *
 * TLS: with a password, or on smtps, the certificate must be good and nothing is said in the clear
 * (loopback excepted). Without, TLS is used where it is offered and its certificate isn't asked for
 * (RFC 7435): better than none.
 */
export function openSmarthost(url: string, name: string): Relay {
  const { protocol, hostname, port, username, password } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const secure = protocol === 'smtps:';
  const known = username !== '';
  const pool = createTransport({
    pool: true,
    host,
    secure,
    name,
    port: port === '' ? (secure ? 465 : 25) : Number(port),
    ...(known
      ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }
      : {}),
    requireTLS: known && !secure && !LOOPBACK.includes(host),
    opportunisticTLS: !known,
    tls: { rejectUnauthorized: known || secure },
    maxConnections: MAX_CONNECTIONS,
    maxMessages: MAX_MESSAGES,
    idleTimeout: IDLE_MS,
    maxRequeues: 0, // the outbox row decides about a second try, never the pool
    connectionTimeout: CONNECT_MS,
    greetingTimeout: GREETING_MS,
    socketTimeout: SILENCE_MS,
    maxResponseSize: MAX_REPLY_BYTES,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const relay: Relay = {
    notBefore: () => null,
    async deliver(envelope, raw, signal) {
      if (!isSayable(envelope)) return NOT_SAYABLE;
      const dsn = wireDsn(envelope);
      try {
        const sent: Sent = await pool.sendMail({
          envelope: wireEnvelope(envelope, raw.length),
          ...(dsn === undefined ? {} : { dsn }),
          // sent as it is, with CRLF for each bare CR or LF, and dots stuffed (RFC 5321 §4.5.2)
          raw,
          signal,
          disableFileAccess: true,
          disableUrlAccess: true,
        });
        return { kind: 'taken', reply: sent.response, tellsStatus: offersDsn(sent) };
      } catch (error) {
        if (dsn === undefined || !isAboutParameters(error)) return whatWentWrong(error);
        const { sender, recipient } = envelope;
        const told = await relay.deliver({ sender, recipient }, raw, signal);
        return told.kind === 'taken' ? { ...told, tellsStatus: false } : told;
      }
    },
    close: () => Promise.resolve(pool.close({ force: true })),
  };
  return relay;
}
