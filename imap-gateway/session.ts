import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { AccountId, OpenedBy, Viewer } from '../core/core.ts';
import type { OneMailbox } from '../core/core.ts';
import { Fault } from '../core/fault.ts';
import { BytesIn } from './bytes-in.ts';
import { BytesOut } from './bytes-out.ts';
import { capabilitiesOf } from './capabilities.ts';
import type { State, Taking, Tells } from './commands/handler.ts';
import { handlerOf } from './commands/registry.ts';
import type { Expiring } from './deadlines.ts';
import { Bells } from './mail-events.ts';
import { bad, no, replyLine, type Reply } from './responses.ts';
import type { Selected } from './selected.ts';
import type { ServerContext } from './server-context.ts';
import { tellSelected, tellWaiting } from './tell.ts';
import { learnLeft, type Watch } from './watch.ts';
import type { Command } from './wire/command.ts';
import type { Intake } from './wire/incoming.ts';
import { WireIntake } from './wire/intake.ts';

/**
 * What a client has switched on (RFC 9051 §6.3.1). Replaced, never changed: most sessions share the
 * first.
 */
export interface Enabled {
  readonly rev2: boolean;
  readonly utf8: boolean;
  readonly condstore: boolean;
  readonly qresync: boolean;
  /** By name, with ENABLE. */
  readonly asked: readonly string[];
}
const NOTHING_ENABLED: Enabled = {
  rev2: false,
  utf8: false,
  condstore: false,
  qresync: false,
  asked: [],
};

/** How long a client that was told BYE may take to go. */
const GOING_MS = 2_000;

/**
 * One client, from accept to close: what it may do, what it has selected, and its turn-taking.
 * Commands run one after another; between them nothing is said unless the client waits for it
 * (IDLE, NOTIFY).
 */
export class Session implements Expiring {
  readonly id = randomUUID();
  readonly context: ServerContext;
  readonly ip: string;
  readonly output: BytesOut;
  readonly intake: Intake;
  viewer: Viewer | null = null;
  #openedBy: OpenedBy | null = null;
  selected: Selected | null = null;
  enabled: Enabled = NOTHING_ENABLED;
  failedSignIns = 0;
  /** Something of this person's mail has changed since the view was last brought up to date. */
  rung = true;
  /** What NOTIFY asked for; null: it never came, and all is told, in commands and in IDLE. */
  watch: Watch | null = null;
  deadline: number;
  isCompressed = false;
  #socket: Socket;
  #input: BytesIn;
  #isListening = false;
  #hasNews = false;
  #telling: Promise<void> | null = null;
  #isBusy = true;
  #isOver = false;
  /** Between two ways to speak: what was said now nobody could read. */
  #isShakingHands = false;
  #endsAt: number;
  #nextLook = Infinity;
  #askedWelcome = 0;
  #mustAskWelcome = false;
  readonly #bells: Bells;
  #errors = 0;
  #commands = 0;
  readonly #begun = performance.now();

  constructor(context: ServerContext, socket: Socket) {
    this.context = context;
    this.ip = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    this.#socket = socket;
    this.#input = new BytesIn(socket);
    this.output = new BytesOut(socket, context.limits.outputBytes);
    this.intake = new WireIntake(this.#input, (text) => {
      this.output.write(text);
      this.output.flush();
    });
    this.#bells = new Bells(context.core.events, (only) => this.#hear(only));
    this.#endsAt = this.#begun + context.limits.signInMs;
    this.deadline = this.#endsAt;
    context.sessions.add(this);
    context.deadlines.add(this);
    socket.on('error', ignore);
    socket.on('close', this.#gone);
  }

  get core(): ServerContext['core'] {
    return this.context.core;
  }

  /** Who is signed in; only where the handler's states say so. */
  get me(): Viewer {
    if (!this.viewer) throw new Error('nobody is signed in');
    return this.viewer;
  }

  /** The selected mailbox; only where the handler's states say so. */
  get box(): Selected {
    if (!this.selected) throw new Error('no mailbox is selected');
    return this.selected;
  }

  get state(): State {
    if (!this.viewer) return 'stranger';
    return this.selected ? 'selected' : 'signed-in';
  }

  get isSecure(): boolean {
    return this.#socket instanceof TLSSocket;
  }

  /**
   * LOGINDISABLED until TLS (RFC 9051 §6.2.3); the one exception is for load tools, from loopback.
   */
  get maySignIn(): boolean {
    return (
      this.isSecure ||
      (this.core.config.insecureLoopback && (this.ip === '::1' || this.ip.startsWith('127.')))
    );
  }

  /** Adds one untagged response; it goes out with the reply, or with `room`. */
  untagged(text: string): void {
    this.output.write(`* ${text}\r\n`);
  }

  /**
   * Sends what has gathered and waits for a slow reader; one that takes nothing for too long is
   * cut.
   */
  async room(): Promise<void> {
    this.#endBy(this.context.limits.stalledMs);
    await this.output.room();
    this.#endBy(this.context.limits.idleMs);
  }

  /** Serves the client to its end. Rejects never. */
  async serve(tls: 'implicit' | 'starttls'): Promise<void> {
    try {
      if (tls === 'implicit') await this.startTls();
      if (this.#isOver) return;
      this.untagged(`OK [CAPABILITY ${capabilitiesOf(this)}] Preau`);
      this.output.flush();
      while (!this.#isOver && (await this.#turn()));
    } catch (error) {
      this.core.log.error({ err: error, session: this.id }, 'imap session failed');
    }
    this.end(null);
  }

  /** Somebody has signed in: from here on their bell is heard. */
  welcome(viewer: Viewer, openedBy: OpenedBy): void {
    this.viewer = viewer;
    this.#openedBy =
      openedBy.appPassword === null
        ? { appPassword: null, ownPassword: openedBy.ownPassword }
        : { appPassword: openedBy.appPassword, ownPassword: null };
    this.intake.state.signedIn = true;
    this.#bells.hearPerson(viewer);
    this.#askedWelcome = performance.now();
  }

  /** Takes another mailbox, or none. What others share is heard by its owner's bell. */
  select(selected: Selected | null): void {
    if (this.watch && this.selected) learnLeft(this.watch, this.selected);
    this.selected = selected;
    if (this.viewer)
      this.#bells.hearSelected(
        this.viewer.school,
        selected && !selected.mailbox.isOwn ? selected.mailbox.owner : null,
      );
  }

  /**
   * Hears the bells of these people too, and of no others but this person and the owner of what is
   * selected.
   */
  hearOwners(owners: readonly AccountId[]): void {
    this.#bells.hearOwners(this.me.school, owners);
  }

  /** The echo of this session's own change is no news. */
  #hear(only: OneMailbox | null): void {
    const knows =
      only !== null &&
      this.selected?.id === only.mailbox &&
      this.selected.view.modseq >= only.modseq;
    if (!knows || this.watch !== null) this.announce();
  }

  /** The bell: the view is old, and perhaps this person is no longer welcome. */
  announce(): void {
    if (this.#isOver) return;
    this.rung = true;
    this.#mustAskWelcome = true;
    this.#tellNow();
    if (this.#telling === null) this.#askWelcome(); // who waits for news hears it first
  }

  /** Tells of changes as they come until `done` resolves, which gives what it gave. */
  async listen<T>(done: Promise<T>): Promise<T> {
    this.#isListening = true;
    this.#nextLook = performance.now() + this.context.limits.lookMs;
    this.#endBy(this.context.limits.idleMs);
    if (this.rung) this.#tellNow();
    try {
      return await done;
    } finally {
      this.#isListening = false;
      this.#nextLook = Infinity;
      await this.#telling;
    }
  }

  /**
   * RFC 9051 §6.2.1: what came in clear after STARTTLS is thrown away, so that nobody on the way
   * can put a command in.
   */
  async startTls(): Promise<void> {
    this.intake.takeRest();
    this.#input.release();
    this.#endBy(this.context.limits.handshakeMs);
    this.#isShakingHands = true;
    const secure = new TLSSocket(this.#socket, {
      isServer: true,
      secureContext: this.context.secureContext,
      ALPNProtocols: ['imap'],
    });
    secure.on('error', ignore);
    secure.on('close', this.#gone);
    this.#socket = secure;
    await new Promise<void>((resolve) => {
      secure.once('secure', resolve);
      secure.once('close', resolve);
    });
    secure.removeAllListeners('secure');
    this.#isShakingHands = false;
    this.#input = new BytesIn(secure);
    this.intake.readFrom(this.#input);
    this.output.goOn(secure, null);
    this.#endBy(this.context.limits.signInMs);
  }

  /** The socket as it is now, for what packs and unpacks on it (RFC 4978). */
  repipe(change: (socket: Socket, rest: Buffer) => BytesIn): void {
    const rest = Buffer.concat([this.intake.takeRest(), this.#input.release()]);
    this.#input = change(this.#socket, rest);
    this.intake.readFrom(this.#input);
  }

  /**
   * Ends the session; `text` is BYE's, null where it was said or there is nobody left to say it to.
   */
  end(text: string | null): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (text !== null && !this.#isShakingHands) this.untagged(`BYE ${text}`);
    this.output.end();
    this.deadline = performance.now() + GOING_MS;
  }

  /** The server stops: at once where nothing is under way, else after the command. */
  stop(): void {
    if (!this.#isBusy || this.#isListening)
      this.end('[UNAVAILABLE] Going down for a moment, come again soon');
  }

  cut(): void {
    this.#socket.destroy();
  }

  /** By the one timer of the house. */
  expire(): void {
    const now = performance.now();
    if (this.#isOver) return this.cut();
    if (now >= this.#endsAt) return this.#expired();
    if (this.#mustAskWelcome) this.#askWelcome();
    if (now >= this.#nextLook) {
      this.#nextLook = now + this.context.limits.lookMs;
      this.announce();
    }
    this.#schedule();
  }

  #expired(): void {
    // Who takes nothing of what they asked for won't take a BYE either.
    if (this.#isShakingHands || this.#socket.writableLength > 0) return this.cut();
    this.end(this.viewer ? 'Autologout, idle for too long' : 'Too slow to sign in');
  }

  #endBy(ms: number): void {
    this.#endsAt = performance.now() + ms;
    this.#schedule();
  }

  #schedule(): void {
    this.deadline = Math.min(
      this.#endsAt,
      this.#nextLook,
      this.#mustAskWelcome ? this.#askedWelcome + this.context.limits.welcomeMs : Infinity,
    );
  }

  /** Whether this person may stay: after every ring, and at most once in `welcomeMs`. */
  #askWelcome(): void {
    const now = performance.now();
    if (!this.viewer || !this.#openedBy || now < this.#askedWelcome + this.context.limits.welcomeMs)
      return this.#schedule();
    this.#askedWelcome = now;
    this.#mustAskWelcome = false;
    const session = { viewer: this.viewer, way: 'imap', ...this.#openedBy } as const;
    this.context.waking
      .take(() => this.core.accounts.stillSignedIn(session))
      .then(
        (still) => {
          if (still) this.viewer = still;
          else this.end('[UNAVAILABLE] Signed out / Session fermee');
        },
        (error: unknown) => {
          this.#mustAskWelcome = true;
          this.#failed(error);
        },
      );
  }

  /** Somebody waits: in IDLE, or between commands after NOTIFY. */
  get #isWaiting(): boolean {
    return !this.#isOver && (this.#isListening || (this.watch !== null && !this.#isBusy));
  }

  #tellNow(): void {
    this.#hasNews = true;
    if (!this.#isWaiting) return;
    this.#telling ??= this.context.waking
      .take(async () => {
        while (this.#isWaiting && this.#hasNews) {
          this.#hasNews = false; // before looking: what rings meanwhile is looked at again
          if (!(await tellWaiting(this)))
            return this.end('[NONEXISTENT] The selected mailbox is gone');
          await this.room();
        }
      })
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#telling = null;
        if (this.#mustAskWelcome) this.#askWelcome();
      });
  }

  #failed(error: unknown): void {
    this.rung = true; // the next look repairs it
    this.core.log.warn({ err: error, session: this.id }, 'imap view not brought up to date');
  }

  /** Hears one command and answers it; false where there are no more. */
  async #turn(): Promise<boolean> {
    this.#isBusy = false;
    if (this.watch && this.#hasNews) this.#tellNow();
    const incoming = await this.intake.next();
    this.#isBusy = true;
    if (this.#isOver || incoming.kind === 'end') return false;
    if (incoming.kind === 'cut') {
      this.end(incoming.text);
      return false;
    }
    if (this.viewer) this.#endBy(this.context.limits.idleMs);
    this.#commands += 1;
    await this.#telling;
    const reply =
      incoming.kind === 'refused'
        ? { ...incoming.refused }
        : await this.#run(incoming.command, incoming.tag);
    this.output.write(replyLine(incoming.tag, reply));
    if (!this.#goesOn(reply)) return false;
    await this.room();
    await reply.after?.();
    return true;
  }

  async #run(command: Command, tag: string): Promise<Reply> {
    const begun = performance.now();
    const handler = handlerOf(command.name);
    const reply = await this.#attempt(handler, command, tag);
    this.context.count(command.name, reply.status, (performance.now() - begun) / 1000);
    return reply;
  }

  /**
   * Commands are one of the four places where what was thrown is caught: the client hears a
   * sentence, the log what it was.
   */
  async #attempt(
    handler: Taking<Command> | undefined,
    command: Command,
    tag: string,
  ): Promise<Reply> {
    try {
      if (!handler) return bad(`${command.name} is not known here`);
      if (!handler.states.includes(this.state))
        return bad(`${command.name} can't be used ${WHEN[this.state]}`);
      const reply = await handler.run(this, command, tag);
      return (await this.#tell(handler.tells(command)))
        ? reply
        : { ...no('mailbox-gone', this.viewer), isLast: true };
    } catch (error) {
      const isTransient = error instanceof Fault && error.transient;
      this.core.log[isTransient ? 'warn' : 'error'](
        { err: error, session: this.id, command: command.name },
        'imap command failed',
      );
      return no(isTransient ? 'broken-store' : 'server-bug', this.viewer);
    } finally {
      if ('messages' in command) await command.messages.leave();
    }
  }

  async #tell(tells: Tells): Promise<boolean> {
    if (tells === 'nothing' || !this.selected) return true;
    if (await tellSelected(this, tells)) return true;
    this.select(null);
    this.untagged('BYE [NONEXISTENT] The selected mailbox is gone');
    return false;
  }

  #goesOn(reply: Reply): boolean {
    const { limits } = this.context;
    if (reply.isLast) this.end(null);
    else if (reply.status === 'BAD') this.#errors += 1;
    else if (this.viewer && reply.status === 'OK' && this.#errors > 0) this.#errors -= 1;
    if (this.#errors >= (this.viewer ? limits.badCommands : limits.badCommandsOfStranger))
      this.end('Too many bad commands');
    else if (!this.viewer && this.#commands >= limits.commandsOfStranger)
      this.end('Too many commands without signing in');
    else if (this.failedSignIns >= limits.failedSignIns) this.end('Too many wrong passwords');
    return !this.#isOver;
  }

  readonly #gone = (): void => {
    if (!this.context.sessions.delete(this)) return;
    this.#isOver = true;
    this.context.deadlines.remove(this);
    this.#bells.silence();
    if (this.viewer) this.context.leave(this.viewer.school, this.viewer.account);
    const { id, viewer, output } = this;
    this.core.log.info(
      {
        session: id,
        via: 'imap',
        school: viewer?.school ?? null,
        account: viewer?.account ?? null,
        commands: this.#commands,
        bytes: output.sent,
        ms: Math.round(performance.now() - this.#begun),
      },
      'imap session ended',
    );
  };
}

const WHEN: Readonly<Record<State, string>> = {
  stranger: 'before signing in',
  'signed-in': 'without a selected mailbox',
  selected: 'once signed in',
};

/** A client that broke its connection or its TLS: not ours to mend; `close` follows. */
function ignore(): void {}
