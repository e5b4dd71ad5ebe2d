import type { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { Duplex, Readable } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { Connection } from 'mx-connect';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { asData } from './data.ts';
import { wireEnvelope, wireDsn, type RelayEnvelope, type SendFault } from './relay-result.ts';

/** A server that is yet to be connected to. */
export interface Server {
  readonly hostname: string;
  readonly port: number;
  /** TLS from the first byte (RFC 8314 §3.3), not by STARTTLS. */
  readonly isTlsAtOnce: boolean;
  /** Said where the server offers AUTH (RFC 4954); null: we say none. */
  readonly login: { readonly user: string; readonly pass: string } | null;
}

/** For the connection itself, of a server that isn't connected to yet. */
const CONNECT_MS = 30_000;
/** RFC 5321 §4.5.3.2.1 grants 5 minutes for the greeting; a queue can wait, a worker less so. */
const GREETING_MS = 60_000;
/** For all of it until AUTH: who says a byte a second is never silent, nor done. */
const OPENING_MS = 120_000;
/** §4.5.3.2.6: 10 minutes after the final dot. Sooner is what makes doubles (RFC 1047). */
const SILENCE_MS = 600_000;
/** For the answer to QUIT. */
const GOODBYE_MS = 5_000;
/** A peer's reply that is longer is no reply. */
const MAX_REPLY_BYTES = 65_536;
/** Certificates above a server's own that are looked at. */
const MAX_CHAIN = 8;

/** How a line is to be kept from others' eyes. */
export type Protection =
  /** TLS where it is offered, whoever shows the certificate (RFC 7435). */
  | 'where-offered'
  /** The same on a line that nobody can listen on: a certificate that is shown must be good. */
  | 'on-loopback'
  /** None: TLS was offered here and failed. */
  | 'clear'
  /** A certificate of this very host by a known signer (RFC 8461 §4.2). */
  | 'known-signer'
  /** A certificate that the DNS names (RFC 7672). */
  | 'named-in-dns';

/** A conversation with one server, greeted and as safe as was asked for. */
export interface Conversation {
  /** Whether the server takes addresses beyond ASCII (RFC 6531). */
  readonly takesUtf8: boolean;
  /** Whether the server tells senders what they asked to be told (RFC 3461). */
  readonly tellsStatus: boolean;
  /** Neither side has ended it. */
  isOpen(): boolean;
  /**
   * Hands one message over; gives the reply to its end. Rejects with a `LineBroken` where the line
   * broke before any of the message was said: nobody has it. With nodemailer's error otherwise;
   * after a refusal the line is good for another message.
   */
  send(envelope: RelayEnvelope, raw: Buffer, signal: AbortSignal): Promise<string>;
  /** Ends it; a message that is on its way is cut. */
  close(): void;
}

/** The line broke before the message: it can be said on another one at once. */
export class LineBroken extends Error {
  override readonly name = 'LineBroken';
  /** Nodemailer's, where it says how. */
  readonly code: string | undefined;

  constructor(code: string | undefined) {
    super('the line broke');
    this.code = code;
  }
}

/** The server offered TLS, and the handshake came to nothing. */
export class TlsFailed extends Error {
  override readonly name = 'TlsFailed';
  readonly code = 'ETLS';
}

interface ConversationWish {
  /** What EHLO says (RFC 5321 §4.1.1.1). */
  readonly name: string;
  readonly protection: Protection;
  /** PEM of signers who are believed besides the known ones. */
  readonly authorities: readonly string[];
  /** Cuts it short while it begins; `send` has its own. */
  readonly signal: AbortSignal;
}

/**
 * Begins a conversation on a fresh connection: greeting, EHLO, TLS as `protection` says, AUTH.
 * Rejects with a `TlsFailed`, or with nodemailer's error where that comes to nothing; the
 * connection is closed then.
 */
export async function converse(
  to: Connection | Server,
  options: ConversationWish,
): Promise<Conversation> {
  const smtp = new SMTPConnection(connectionOptions(to, options));
  try {
    const enough = AbortSignal.any([options.signal, AbortSignal.timeout(OPENING_MS)]);
    await greeted(smtp, 'login' in to ? to.login : null, enough);
    if ('socket' in to && options.protection === 'named-in-dns') requireNamed(smtp, to);
  } catch (error) {
    const isAboutTls = smtp.upgrading === true;
    smtp.close();
    throw isAboutTls ? new TlsFailed('TLS was offered and failed') : error;
  }
  return new OnOneLine(smtp, 'socket' in to ? to.socket : null);
}

function connectionOptions(
  to: Connection | Server,
  { name, protection, authorities }: ConversationWish,
): SMTPConnection.Options {
  const isAsked = protection === 'known-signer' || protection === 'named-in-dns';
  return {
    ...('socket' in to
      ? { connection: to.socket }
      : { secure: to.isTlsAtOnce, connectionTimeout: CONNECT_MS }),
    host: to.hostname,
    port: to.port,
    name,
    requireTLS: isAsked,
    ignoreTLS: protection === 'clear',
    opportunisticTLS: protection === 'where-offered',
    tls: {
      rejectUnauthorized: protection === 'known-signer' || protection === 'on-loopback',
      ...(authorities.length === 0 ? {} : { ca: [...authorities] }),
    },
    greetingTimeout: GREETING_MS,
    socketTimeout: SILENCE_MS,
    socketCloseTimeout: 0,
    maxResponseSize: MAX_REPLY_BYTES,
  };
}

function greeted(smtp: SMTPConnection, login: Server['login'], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cut = () => reject(new Error('cut short'));
    if (signal.aborted) return cut();
    signal.addEventListener('abort', cut, { once: true });
    const done = (error?: Error | null) => {
      signal.removeEventListener('abort', cut);
      if (error) reject(error);
      else resolve();
    };
    smtp.once('error', done);
    smtp.once('end', () => done(new LineBroken(undefined)));
    smtp.connect((error) => {
      if (error || login === null || !smtp.allowsAuth) done(error);
      else smtp.login({ ...login }, done);
    });
  });
}

/**
 * The certificate must be one that the DNS names. Node asks nobody about a certificate whose signer
 * it doesn't know, as most of these are: so it is looked at here, before anything is said.
 */
function requireNamed({ _socket: socket }: SMTPConnection, connection: Connection): void {
  const own = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  const { hostname, daneVerifier } = connection;
  if (own === undefined || daneVerifier === undefined)
    throw new Error(`${hostname} showed no certificate`);
  const wrong = daneVerifier(hostname, own, chainOf(own));
  if (wrong !== undefined) throw wrong;
}

function chainOf(own: X509Certificate): X509Certificate[] {
  const chain: X509Certificate[] = [];
  let next = own.issuerCertificate;
  while (next !== undefined && next.fingerprint256 !== chain.at(-1)?.fingerprint256) {
    if (chain.length === MAX_CHAIN) break;
    chain.push(next);
    next = next.issuerCertificate;
  }
  return chain;
}

/**
 * Nodemailer 10.6.1, pinned, keeps what EHLO said to itself until a message was sent. It takes
 * `X-DSN` for DSN: so the keywords are read here (RFC 5321 §4.1.1.1).
 */
function offers(smtp: SMTPConnection, extension: string): boolean {
  if (!('_ehloLines' in smtp) || !Array.isArray(smtp._ehloLines)) return false;
  return smtp._ehloLines.some((line) => String(line).split(' ')[0]?.toUpperCase() === extension);
}

/** What nodemailer's connection leaves to its user. */
class OnOneLine implements Conversation {
  readonly takesUtf8: boolean;
  readonly tellsStatus: boolean;
  readonly #smtp: SMTPConnection;
  /** Beneath TLS; null: nodemailer has connected. */
  readonly #line: Socket | null;
  #isOpen = true;
  #hasServed = false;
  /** A message was refused, and the server may still be at it (RFC 5321 §4.1.1.5). */
  #owesReset = false;
  /** Cuts the message that is on its way. */
  #cut: (() => void) | null = null;

  constructor(smtp: SMTPConnection, line: Socket | null) {
    this.#smtp = smtp;
    this.#line = line;
    this.takesUtf8 = offers(smtp, 'SMTPUTF8');
    this.tellsStatus = offers(smtp, 'DSN');
    // Whatever breaks it is told to the send that waits, and by `isOpen` to the next.
    smtp.on('error', () => this.#drop());
    smtp.on('end', () => {
      this.#isOpen = false;
    });
  }

  /**
   * Ends the line at once, by RST: of a message that is cut the system may hold megabytes and their
   * end, and would bring them after all. On TLS where nodemailer connected it still does.
   */
  #drop(): void {
    this.#isOpen = false;
    const line = this.#line ?? this.#smtp._socket;
    if (line && !(line instanceof TLSSocket)) line.resetAndDestroy();
    this.#smtp.close();
  }

  isOpen(): boolean {
    return this.#isOpen;
  }

  close(): void {
    this.#isOpen = false;
    if (this.#cut !== null) return this.#cut();
    this.#smtp.quit();
    setTimeout(() => this.#smtp.close(), GOODBYE_MS).unref();
  }

  send(envelope: RelayEnvelope, raw: Buffer, signal: AbortSignal): Promise<string> {
    const body = new Body(this.#smtp, raw);
    return new Promise((resolve, reject) => {
      const end = () => {
        signal.removeEventListener('abort', cut);
        this.#cut = null;
      };
      const cut = () => {
        end();
        reject(new Error('cut short'));
        this.#drop();
      };
      if (signal.aborted) return cut();
      signal.addEventListener('abort', cut, { once: true });
      this.#cut = cut;
      this.#say(envelope, body, (error, reply) => {
        end();
        this.#owesReset = error !== null;
        if (error !== null) return reject(body.isSaid ? error : this.#lostOr(error));
        this.#hasServed = true;
        resolve(reply);
      });
    });
  }

  #say(envelope: RelayEnvelope, body: Body, done: Said): void {
    const smtp = this.#smtp;
    const dsn = this.tellsStatus ? wireDsn(envelope) : undefined;
    const said = {
      ...wireEnvelope(envelope, body.sizeBytes),
      ...(dsn === undefined ? {} : { dsn }),
    };
    const say = () => smtp.send(said, body, (error, sent) => done(error, sent?.response ?? ''));
    if (!this.#owesReset) return say();
    // nodemailer tells nobody who waits for this that the line broke
    const lost = () => done(new LineBroken(undefined), '');
    smtp.once('end', lost);
    smtp.reset((error) => {
      smtp.off('end', lost);
      if (error) lost();
      else say();
    });
  }

  /**
   * None of the message was said. A connection that went without a word is lost, and one that has
   * served and says 421 to the next message: that is about itself (RFC 5321 §3.8).
   */
  #lostOr(error: Error & SendFault): Error {
    const { response, responseCode, code } = error;
    const isOver = this.#hasServed && responseCode === 421;
    const isBroken = response === undefined && code !== 'EENVELOPE' && code !== 'EMESSAGE';
    return isOver || isBroken ? new LineBroken(code) : error;
  }
}

type Said = (error: (Error & SendFault) | null, reply: string) => void;

/**
 * A message as nodemailer takes it. Said in one write, past nodemailer's own stream, which costs as
 * much as all the rest of a message.
 */
class Body extends Readable {
  readonly #smtp: SMTPConnection;
  readonly #raw: Buffer;
  /** From 354 on the server may have it, whatever becomes of the line. */
  isSaid = false;

  constructor(smtp: SMTPConnection, raw: Buffer) {
    super();
    this.#smtp = smtp;
    this.#raw = raw;
  }

  get sizeBytes(): number {
    return this.#raw.length;
  }

  /** Called once DATA was answered; `stuffing` leads to the socket. */
  override pipe<T extends NodeJS.WritableStream>(stuffing: T): T {
    this.isSaid = true;
    const { _socket: socket } = this.#smtp;
    if (socket && stuffing instanceof Duplex) {
      stuffing.unpipe(socket);
      socket.write(asData(this.#raw));
    } else stuffing.end(this.#raw);
    return stuffing;
  }
}
