import type { X509Certificate } from 'node:crypto';
import { Readable } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { Connection } from 'mx-connect';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { wireEnvelope, wireDsn, type Envelope, type SendFault } from '../relay-result.ts';

/** RFC 5321 §4.5.3.2.1 grants 5 minutes for the greeting; a queue can wait, a worker less so. */
const GREETING_MS = 60_000;
/** For greeting, EHLO and TLS together: who says a byte a second is never silent, nor done. */
const OPENING_MS = 120_000;
/** §4.5.3.2.6: 10 minutes after the final dot. Sooner is what makes doubles (RFC 1047). */
const SILENCE_MS = 600_000;
/** A peer's reply that is longer is no reply. */
const MAX_REPLY_BYTES = 65_536;
/** Certificates above a server's own that are looked at. */
const MAX_CHAIN = 8;

/** How a line is to be kept from others' eyes. */
export type Protection =
  /** TLS where it is offered, whoever shows the certificate (RFC 7435). */
  | 'where-offered'
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
   * Hands one message over; gives the reply to its end. Rejects with a `Lost` where the line broke
   * before any of the message was said: nobody has it. With nodemailer's error otherwise.
   */
  send(envelope: Envelope, raw: Buffer, signal: AbortSignal): Promise<string>;
  close(): void;
}

/** The line broke before the message: it can be said to another server at once. */
export class Lost extends Error {
  override readonly name = 'Lost';
}

/** The server offered TLS, and the handshake came to nothing. */
export class TlsFailed extends Error {
  override readonly name = 'TlsFailed';
}

/**
 * Begins a conversation on a fresh connection: greeting, EHLO, TLS as `protection` says. Rejects
 * with a `TlsFailed`, or with nodemailer's error where that comes to nothing; the connection is
 * closed then.
 */
export async function converse(
  connection: Connection,
  options: {
    /** What EHLO says (RFC 5321 §4.1.1.1). */
    readonly name: string;
    readonly protection: Protection;
    /** PEM of signers who are believed besides the known ones. */
    readonly authorities: readonly string[];
    /** Cuts it short while it begins; `send` has its own. */
    readonly signal: AbortSignal;
  },
): Promise<Conversation> {
  const smtp = new SMTPConnection(settingsOf(connection, options));
  let isOpen = true;
  // Once it is open whatever breaks it is told to the send that waits, and by `isOpen` to the next.
  smtp.on('error', () => {
    isOpen = false;
  });
  smtp.on('end', () => {
    isOpen = false;
  });
  try {
    await greeted(smtp, AbortSignal.any([options.signal, AbortSignal.timeout(OPENING_MS)]));
    if (options.protection === 'named-in-dns') requireNamed(smtp, connection);
  } catch (error) {
    const isAboutTls = smtp.upgrading === true;
    smtp.close();
    throw isAboutTls ? new TlsFailed('TLS was offered and failed') : error;
  }
  return {
    takesUtf8: offers(smtp, 'SMTPUTF8'),
    tellsStatus: offers(smtp, 'DSN'),
    isOpen: () => isOpen,
    send: (envelope, raw, signal) => send(smtp, { envelope, raw, signal }),
    close: () => smtp.quit(),
  };
}

function settingsOf(
  { socket, hostname, port }: Connection,
  { name, protection, authorities }: Parameters<typeof converse>[1],
): SMTPConnection.Options {
  const isAsked = protection === 'known-signer' || protection === 'named-in-dns';
  return {
    connection: socket,
    host: hostname,
    port,
    name,
    requireTLS: isAsked,
    ignoreTLS: protection === 'clear',
    opportunisticTLS: !isAsked,
    tls: {
      servername: hostname,
      rejectUnauthorized: protection === 'known-signer',
      ...(authorities.length === 0 ? {} : { ca: [...authorities] }),
    },
    greetingTimeout: GREETING_MS,
    socketTimeout: SILENCE_MS,
    maxResponseSize: MAX_REPLY_BYTES,
  };
}

function greeted(smtp: SMTPConnection, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cut = () => reject(new Error('cut short'));
    if (signal.aborted) return cut();
    signal.addEventListener('abort', cut, { once: true });
    smtp.once('error', reject);
    smtp.once('end', () => reject(new Lost('the server closed the connection')));
    smtp.connect((error) => {
      signal.removeEventListener('abort', cut);
      if (error) reject(error);
      else resolve();
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

interface Sending {
  readonly envelope: Envelope;
  readonly raw: Buffer;
  readonly signal: AbortSignal;
}

function send(smtp: SMTPConnection, { envelope, raw, signal }: Sending): Promise<string> {
  let begun = false;
  // Read from 354 on: from here on the server may have it, whatever becomes of the line.
  const body = new Readable({
    read() {
      begun = true;
      this.push(raw);
      this.push(null);
    },
  });
  return new Promise((resolve, reject) => {
    const cut = () => {
      smtp.close();
      reject(new Error('cut short'));
    };
    if (signal.aborted) return cut();
    signal.addEventListener('abort', cut, { once: true });
    const dsn = offers(smtp, 'DSN') ? wireDsn(envelope) : undefined;
    const said = { ...wireEnvelope(envelope, raw.length), ...(dsn === undefined ? {} : { dsn }) };
    smtp.send(said, body, (error, sent) => {
      signal.removeEventListener('abort', cut);
      if (sent && !error) resolve(sent.response);
      else reject(!begun && isLineBroken(error) ? new Lost('the line broke') : error);
    });
  });
}

/** The connection went, and no reply says why. */
function isLineBroken(error: SendFault | null): boolean {
  return error?.response === undefined && error?.code !== 'EENVELOPE' && error?.code !== 'EMESSAGE';
}
