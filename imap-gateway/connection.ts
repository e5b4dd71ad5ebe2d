import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { OpenedBy } from '../core/entry/accounts/contract.ts';
import { isLoopback } from '../core/ground/listen.ts';
import type { ListedMailbox } from '../core/mail/mailboxes/contract/listed.ts';
import type { Viewer } from '../core/rules/viewer.ts';
import type { OneMailbox } from '../core/store/mail/contract.ts';
import { Admission } from './admission.ts';
import { BytesIn } from './bytes-in.ts';
import { BytesOut } from './bytes-out.ts';
import { capabilitiesOf } from './capabilities.ts';
import { CommandCount } from './command-count.ts';
import type { Expirable } from './deadlines.ts';
import { Subscriptions } from './mail-events.ts';
import { replyLine, type TaggedReply } from './responses.ts';
import { runCommand } from './run-command.ts';
import type { SelectedMailbox } from './selected.ts';
import type { ImapPart, ServerContext } from './server-context.ts';
import {
  NOTHING_ENABLED,
  type EnabledExtensions,
  type ImapSession,
  type State,
} from './session.ts';
import { tellWaiting } from './tell.ts';
import { handshakeOf, withTls } from './tls.ts';
import { learnLeft, type MailboxWatch } from './watch.ts';
import type { IncomingMessages } from './wire/incoming.ts';
import { WireIntake } from './wire/intake.ts';

/** How long a client that was told BYE may take to go. */
const GOING_MS = 2_000;

/**
 * One client, from accept to close: what it may do, what it has selected, and its turn-taking.
 * Commands run one after another; between them nothing is said unless the client waits for it
 * (IDLE, NOTIFY).
 */
export class Connection implements ImapSession, Expirable {
  readonly id = randomUUID();
  readonly context: ServerContext;
  readonly ip: string;
  readonly output: BytesOut;
  readonly intake: IncomingMessages;
  viewer: Viewer | null = null;
  #admission: Admission | null = null;
  selected: SelectedMailbox | null = null;
  enabled: EnabledExtensions = NOTHING_ENABLED;
  failedSignIns = 0;
  isStale = true;
  watch: MailboxWatch | null = null;
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
  readonly #subscriptions: Subscriptions;
  readonly #count = new CommandCount();
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
    this.#subscriptions = new Subscriptions(context.core.events, (only) => this.#hear(only));
    this.#endsAt = this.#begun + context.limits.signInMs;
    this.deadline = this.#endsAt;
    context.sessions.add(this);
    context.deadlines.add(this);
    socket.on('error', ignore);
    socket.on('close', this.#gone);
  }

  get core(): ImapPart {
    return this.context.core;
  }

  get me(): Viewer {
    if (!this.viewer) throw new Error('nobody is signed in');
    return this.viewer;
  }

  get box(): SelectedMailbox {
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

  get maySignIn(): boolean {
    return this.isSecure || (this.core.config.insecureLoopback && isLoopback(this.ip));
  }

  untagged(text: string): void {
    this.output.write(`* ${text}\r\n`);
  }

  async room(): Promise<void> {
    // A stranger's time to sign in runs on, whatever they say meanwhile.
    if (this.viewer === null) return this.output.room();
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

  welcome(viewer: Viewer, openedBy: OpenedBy): void {
    // Gone while its password was looked at: nobody is there to be counted.
    if (!this.context.sessions.has(this)) return this.context.leave(viewer.school, viewer.account);
    this.viewer = viewer;
    this.#admission = new Admission(this.context, openedBy);
    this.intake.state.signedIn = true;
    this.#subscriptions.hearPerson(viewer);
  }

  select(selected: SelectedMailbox | null): void {
    if (this.watch && this.selected) learnLeft(this.watch, this.selected);
    this.selected = selected;
    if (this.viewer)
      this.#subscriptions.hearSelected(
        selected && !selected.mailbox.isOwn ? selected.mailbox.news : null,
      );
  }

  hearOwners(owners: readonly ListedMailbox['news'][]): void {
    this.#subscriptions.hearOwners(owners);
  }

  /** The echo of this session's own change is no news. */
  #hear(only: OneMailbox | null): void {
    const knows =
      only !== null &&
      this.selected?.id === only.mailbox &&
      this.selected.view.modseq >= only.modseq;
    if (!knows || this.watch !== null) this.announce();
  }

  /** Mail has changed: the view is old, and perhaps this person is no longer welcome. */
  announce(): void {
    if (this.#isOver) return;
    this.isStale = true;
    this.#admission?.markDue();
    this.#tellNow();
    if (this.#telling === null) this.#askWelcome(); // who waits for news hears it first
  }

  async listen<T>(done: Promise<T>): Promise<T> {
    this.#isListening = true;
    this.#nextLook = performance.now() + this.context.limits.lookMs;
    this.#endBy(this.context.limits.idleMs);
    if (this.isStale) this.#tellNow();
    try {
      return await done;
    } finally {
      this.#isListening = false;
      this.#nextLook = Infinity;
      await this.#telling;
    }
  }

  async startTls(): Promise<void> {
    this.intake.takeRest();
    this.#input.release();
    this.#endBy(this.context.limits.handshakeMs);
    this.#isShakingHands = true;
    const secure = withTls(this.#socket, this.context.secureContext);
    secure.on('error', ignore);
    secure.on('close', this.#gone);
    this.#socket = secure;
    await handshakeOf(secure);
    this.#isShakingHands = false;
    this.#input = new BytesIn(secure);
    this.intake.readFrom(this.#input);
    this.output.goOn(secure, null);
    this.#endBy(this.context.limits.signInMs);
  }

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

  /** By the one timer of all sessions. */
  expire(): void {
    const now = performance.now();
    if (this.#isOver) return this.cut();
    if (now >= this.#endsAt) return this.#expired();
    if (this.#admission?.isDue) this.#askWelcome();
    if (now >= this.#nextLook) {
      this.#nextLook = this.#isListening ? now + this.context.limits.lookMs : Infinity;
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
    const askAt = this.#admission?.nextAt ?? Infinity;
    this.deadline = Math.min(this.#endsAt, this.#nextLook, askAt);
  }

  #askWelcome(): void {
    const asked = this.viewer && this.#admission?.ask(this.viewer);
    if (!asked) return this.#schedule();
    asked.then(
      (still) => {
        if (still) this.viewer = still;
        else this.end('[UNAVAILABLE] Signed out / Session fermee');
      },
      (error: unknown) => this.#failed(error),
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
      .pass(async () => {
        while (this.#isWaiting && this.#hasNews) {
          this.#hasNews = false; // before looking: what changes meanwhile is looked at again
          if (!(await tellWaiting(this)))
            return this.end('[NONEXISTENT] The selected mailbox is gone');
          await this.room();
        }
      })
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#telling = null;
        if (this.#admission?.isDue) this.#askWelcome();
      });
  }

  /** Another look repairs it: soon where somebody waits, else with the next command. */
  #failed(error: unknown): void {
    this.isStale = true;
    this.core.log.warn({ err: error, session: this.id }, 'imap view not brought up to date');
    if (!this.#isWaiting) return;
    this.#nextLook = Math.min(this.#nextLook, performance.now() + this.context.limits.lookAgainMs);
    this.#schedule();
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
    this.#count.heard();
    await this.#telling;
    let reply: TaggedReply =
      incoming.kind === 'refused'
        ? { ...incoming.refused }
        : await runCommand(this, incoming.command, incoming.tag);
    if (reply.before) reply = await reply.before();
    this.output.write(replyLine(incoming.tag, reply));
    if (!this.#goesOn(reply)) return false;
    await this.room();
    await reply.after?.();
    return true;
  }

  #goesOn(reply: TaggedReply): boolean {
    if (reply.isLast) {
      this.end(null);
      return false;
    }
    const client = { isSignedIn: this.viewer !== null, failedSignIns: this.failedSignIns };
    this.#count.answered(reply, client);
    const excess = this.#count.excess(client, this.context.limits);
    if (excess !== null) this.end(excess);
    return !this.#isOver;
  }

  readonly #gone = (): void => {
    if (!this.context.sessions.delete(this)) return;
    this.#isOver = true;
    this.context.deadlines.remove(this);
    this.#subscriptions.end();
    if (this.viewer) this.context.leave(this.viewer.school, this.viewer.account);
    const { id, viewer, output } = this;
    this.core.log.info(
      {
        session: id,
        via: 'imap',
        school: viewer?.school ?? null,
        account: viewer?.account ?? null,
        commands: this.#count.commands,
        bytes: output.sent,
        ms: Math.round(performance.now() - this.#begun),
      },
      'imap session ended',
    );
  };
}

/** A client that broke its connection or its TLS: not ours to mend; `close` follows. */
function ignore(): void {}
