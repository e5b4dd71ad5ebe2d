/**
 * The one file that reaches inside smtp-server (3.21.6, pinned): what that library leaves to its
 * user and gives no option for. Each command line is looked at before it is acted upon, replies are
 * counted, and a reply that carries its own enhanced code gets no second one, so that
 * ENHANCEDSTATUSCODES (RFC 2034) can be announced.
 */
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import { SMTPConnection, type SMTPConnectionOptions } from 'smtp-server/lib/smtp-connection';
import { during } from '../core/ground/loop-watch.ts';
import type { Refusal } from '../core/rules/outcome.ts';
import type { Viewer } from '../core/rules/viewer.ts';
import { faultInLine, faultInResponse, sizeIn, verbOf, type Offer } from './command-line.ts';
import type { SmtpLimits } from './limits.ts';
import { openPeerSlots, type PeerSlots } from './peer-slots.ts';
import { replyNaming, replyTo, replyToSession, type Reply } from './replies.ts';
import type { SubmissionUser } from './signed-in.ts';
import type { SessionReply } from './texts.ts';

const ENHANCED = /^[245]\.\d{1,3}\.\d{1,3} /;
/** Commands that bring no mail along. A mail program needs a handful of them for each message. */
const IDLE_COMMANDS: readonly string[] = [
  'NOOP',
  'RSET',
  'HELP',
  'VRFY',
  'EXPN',
  'HELO',
  'EHLO',
  'STARTTLS',
];
const FIRST_ERROR = 400;
const CLOSING_CODE = 421;
const DONE_CODE = 250;
/** Replies that wait to go out together are no more than this: some 200. */
const MOST_GATHERED_BYTES = 8_192;

export interface ListenerOptions {
  readonly limits: SmtpLimits;
  /**
   * Whether there is AUTH on this listener at all, and without TLS from where (nowhere but in a
   * test of load, from loopback).
   */
  readonly auth: 'never' | 'after-tls' | 'after-tls-or-on-loopback';
  /** Whether a sender may ask what to be told (DSN, RFC 3461). */
  readonly offersDsn: boolean;
}

const connections = new WeakMap<SMTPServerSession, Connection>();

/** The connection that a session of the library's callbacks belongs to. */
export function connectionOf(session: SMTPServerSession): Connection {
  const connection = connections.get(session);
  if (!connection) throw new Error('a session without its connection');
  return connection;
}

/** One client, from accept to close. */
class Connection extends SMTPConnection {
  /**
   * Recipients refused in this transaction to somebody signed in; while there is one, DATA is
   * refused too.
   */
  refused: Refusal[] = [];
  #signedIn: SubmissionUser | null = null;
  failedSignIns = 0;
  #errors = 0;
  #idleCommands = 0;
  /** RCPT commands of this transaction: one address a thousand times is a thousand. */
  #recipients = 0;
  /** Whether replies wait to go out together, and whether one came in this turn. */
  #gathers = false;
  #hasMore = false;
  readonly #listener: ListenerOptions;

  constructor(
    server: SMTPServer,
    socket: Socket | TLSSocket,
    options: SMTPConnectionOptions | null | undefined,
    listener: ListenerOptions,
  ) {
    super(server, socket, options);
    this.#listener = listener;
    connections.set(this.session, this);
  }

  /** Whoever signed in here last; whether that still counts, `session.user` says. */
  get signedIn(): SubmissionUser | null {
    return this.#signedIn;
  }

  get viewer(): Viewer | null {
    return this.#signedIn?.viewer ?? null;
  }

  welcome(signedIn: SubmissionUser): void {
    this.#signedIn?.end();
    this.#signedIn = signedIn;
    if (this._closed) signedIn.end(); // gone while its password was looked at
  }

  /** Says one reply; 421 closes (RFC 5321 §3.8). */
  say(reply: Reply): void {
    this.send(reply.code, reply.lines.join('\n'));
  }

  /** A message was taken: what was counted before it is forgiven. */
  messageTaken(): void {
    this.#errors = 0;
    this.#idleCommands = 0;
  }

  signOut(): void {
    this.say(replyToSession('signed-out'));
  }

  /** Waiting for a command, and owing no answer. */
  isIdle(): boolean {
    return !this._handlerPending && !this._dataStream;
  }

  override send(code: number, data?: string | string[] | null, context?: string | false): void {
    if (code >= FIRST_ERROR && code !== CLOSING_CODE) this.#errors += 1;
    if (code === DONE_CODE) this.#gatherReplies();
    if (typeof data !== 'string' || !ENHANCED.test(data)) return super.send(code, data, context);
    const lines = data.split('\n');
    return super.send(code, lines.length > 1 ? lines : data, false);
  }

  /**
   * Replies to commands that came together go out together (RFC 2920 §3.2), and not each as a
   * packet of its own: those of a thousand recipients follow one another by a turn each, so they
   * wait until a turn brings none, or enough lie there.
   */
  #gatherReplies(): void {
    const socket = this._socket;
    if (!socket || socket.destroyed) return;
    this.#hasMore = true;
    if (this.#gathers) return;
    this.#gathers = true;
    socket.cork();
    const flush = (): void => {
      if (this.#hasMore && socket.writableLength < MOST_GATHERED_BYTES) {
        this.#hasMore = false;
        setImmediate(flush);
        return;
      }
      this.#gathers = false;
      socket.uncork();
    };
    flush();
  }

  override _onCommand(line: Buffer, callback: () => void = () => {}): void {
    // Before the greeting, during the TLS handshake and while stopping, the library's own answers
    // are right.
    if (this._upgrading || !this._ready || this._server._closeTimeout)
      return super._onCommand(line, callback);
    if (this._nextHandler) return this.#onResponse(line, callback);
    const closing = this.#countCommand(verbOf(line));
    if (closing) return this.say(replyToSession(closing));
    const refusal = this.#refusalOf(line);
    if (!refusal) return super._onCommand(line, callback);
    this.say(refusal);
    this._whenWritable(callback);
  }

  /**
   * RSET, EHLO, STARTTLS and the end of a message all come here: the transaction is over (RFC 5321
   * §4.1.1.5).
   */
  override _resetSession(): void {
    super._resetSession();
    this.refused = [];
    this.#recipients = 0;
  }

  /**
   * Shows AUTH in EHLO and takes it, or neither. A list of the session's own replaces the
   * listener's.
   */
  offerAuth(auth: 'offered' | 'never'): void {
    this.session.disabledCommands = this._server.options.disabledCommands.filter(
      (command) => auth === 'never' || command !== 'AUTH',
    );
  }

  /** What is offered now; of AUTH the library asks the same of `disabledCommands`. */
  get offer(): Offer {
    const { auth, offersDsn } = this.#listener;
    if (auth === 'never') return { auth, offersDsn };
    return { auth: this._isDisabled('AUTH') ? 'after-tls' : 'offered', offersDsn };
  }

  #onResponse(line: Buffer, callback: () => void): void {
    const fault = faultInResponse(line, this.#listener.limits);
    if (!fault) return super._onCommand(line, callback);
    this._nextHandler = false;
    this.say(replyToSession(fault));
    this._whenWritable(callback);
  }

  #countCommand(verb: string): SessionReply | null {
    const { limits } = this.#listener;
    if (IDLE_COMMANDS.includes(verb)) this.#idleCommands += 1;
    if (verb === 'RCPT' && this.session.envelope.mailFrom) this.#countRecipient();
    if (this.#errors >= (this.viewer ? limits.errorsSignedIn : limits.errors))
      return 'too-many-errors';
    return this.#idleCommands > limits.idleCommands ? 'too-many-commands' : null;
  }

  /** Past the limit some are refused and not held against who had said the whole list at once. */
  #countRecipient(): void {
    const { recipients, recipientOvershoot } = this.#listener.limits;
    this.#recipients += 1;
    const over = this.#recipients - recipients;
    if (over > 0 && over <= recipientOvershoot) this.#errors -= 1;
  }

  get #hasTooMany(): boolean {
    return this.#recipients > this.#listener.limits.recipients;
  }

  #refusalOf(line: Buffer): Reply | null {
    const fault = during({ kind: 'smtp-command', bytes: line.length }, () =>
      faultInLine(line, this.offer, this.#listener.limits),
    );
    if (fault) return replyToSession(fault);
    const { size } = this._server.options;
    if (size && sizeIn(line) > size)
      return replyTo({ kind: 'too-big', limitBytes: size }, this.viewer);
    if (verbOf(line) === 'RCPT' && this.#hasTooMany) return replyToSession('too-many-recipients');
    if (verbOf(line) === 'DATA' && this.refused.length > 0)
      return replyNaming(this.refused, this.viewer);
    return null;
  }
}

/** A listener whose connections are ours. */
export class Listener extends SMTPServer {
  readonly #listener: ListenerOptions;
  readonly #slots: PeerSlots;

  constructor(options: SMTPServerOptions, listener: ListenerOptions) {
    super(options);
    this.#listener = listener;
    this.#slots = openPeerSlots(listener.limits.connectionsPerPeer);
  }

  /**
   * Before TLS there is no session that could be counted, and nothing could be said to it: one
   * network doesn't take all that the library lets wait.
   */
  override _acceptSocket(socket: Socket, handshake: boolean): false | (() => void) {
    const giveBack = handshake ? this.#slots.take(socket.remoteAddress ?? '') : () => {};
    if (giveBack) {
      socket.once('close', giveBack);
      return super._acceptSocket(socket, handshake);
    }
    socket.on('error', () => {}); // it is dropped
    socket.destroy();
    return false;
  }

  /**
   * Whom a connection comes from is known of its first socket, which a proxy's head may have named
   * (`behind-proxy.ts`), and not of the one that TLS is spoken on.
   */
  override _handleProxy(socket: Socket, callback: Parameters<SMTPServer['_handleProxy']>[1]): void {
    const { remoteAddress, remotePort } = socket;
    super._handleProxy(socket, (error, options) =>
      callback(error, options && { ...options, remoteAddress, remotePort }),
    );
  }

  override connect(socket: Socket | TLSSocket, options?: SMTPConnectionOptions | null): void {
    const connection = new Connection(this, socket, options, this.#listener);
    this.connections.add(connection);
    connection.on('error', (error: Error) => this._onError(error));
    connection.init();
  }

  /**
   * Stops listening, sends idle clients away and gives the others `closingMs` to finish their
   * message.
   */
  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.close(resolve);
      for (const connection of this.connections) {
        if (connection instanceof Connection && connection.isIdle())
          connection.say(replyToSession('closing'));
      }
    });
  }
}
