import type { ProgramSession, WithAccounts } from '../core/entry/accounts/contract.ts';
import type { WithLog } from '../core/ground/log.ts';
import type { WithEvents } from '../core/mail/mailboxes/contract/events.ts';
import type { Viewer } from '../core/rules/viewer.ts';

/** As old as the roster may be that RCPT is answered by. */
const YOUNG_MS = 1_000;

/** Connections that hear of a change ask in turn: a whole school's may at one moment. */
export interface WakeQueue {
  last: Promise<void>;
}

/** What a connection asks of core as long as it lasts. */
export type SignedInPart = WithAccounts<'stillSignedIn'> & WithEvents & WithLog;

/** The connection that somebody is signed in on. */
interface Line {
  /** Waiting for a command, and owing no answer. */
  isIdle(): boolean;
  /** Says 421 and closes (RFC 5321 §3.8). */
  signOut(): void;
}

interface Wakeups {
  readonly waking: WakeQueue;
  readonly askAgainMs: number;
}

/**
 * Who is signed in on one submission connection. It lives no longer than what opened it: a device
 * that is stopped, another password, an account that is closed or no longer admitted end it. The
 * state of now is asked at every MAIL FROM, and at the end of a message that took its time or whose
 * sender's mail has changed meanwhile; an event makes it ask between, so that an idle connection
 * ends too.
 */
export class SubmissionUser {
  #session: ProgramSession;
  #timer: NodeJS.Timeout | null = null;
  #isOver = false;
  /** Since when nothing is known to have changed; performance.now(). */
  #askedAt = -Infinity;
  /** Events heard: an answer from before the last of them is no longer true. */
  #changes = 0;
  readonly #unsubscribe: () => void;
  readonly #core: SignedInPart;
  readonly #line: Line;
  readonly #wakeups: Wakeups;

  constructor(core: SignedInPart, session: ProgramSession, line: Line, wakeups: Wakeups) {
    this.#core = core;
    this.#session = session;
    this.#line = line;
    this.#wakeups = wakeups;
    this.#unsubscribe = core.events.subscribe(session.viewer, () => {
      this.#changes += 1;
      this.#askedAt = -Infinity;
      this.#askSoon();
    });
  }

  get viewer(): Viewer {
    return this.#session.viewer;
  }

  /** Who this connection belongs to as things stand now; null where it must end. */
  async ask(): Promise<Viewer | null> {
    const [since, changes] = [performance.now(), this.#changes];
    this.#askedAt = -Infinity; // until the answer is there, and where none comes
    const viewer = await this.#core.accounts.stillSignedIn(this.#session);
    if (viewer === null) return null;
    this.#session = { ...this.#session, viewer };
    if (changes === this.#changes) this.#askedAt = since;
    return viewer;
  }

  /** The same, and no question where the last answer is young and no event was heard since. */
  async askAgain(): Promise<Viewer | null> {
    return performance.now() - this.#askedAt < YOUNG_MS ? this.viewer : this.ask();
  }

  /** Hears of nothing any more. */
  end(): void {
    this.#isOver = true;
    this.#unsubscribe();
    if (this.#timer) clearTimeout(this.#timer);
  }

  /** Once for all events of a moment: every message that comes in is one, too. */
  #askSoon(): void {
    if (this.#isOver) return;
    this.#timer ??= setTimeout(() => {
      const { waking } = this.#wakeups;
      waking.last = waking.last.then(() => this.#askNow());
    }, this.#wakeups.askAgainMs).unref();
  }

  /** In the middle of something the next reply says it; until then this looks again. */
  async #askNow(): Promise<void> {
    this.#timer = null;
    if (this.#isOver) return;
    try {
      if (await this.ask()) return;
      if (this.#line.isIdle()) this.#line.signOut();
      else this.#askSoon();
    } catch (error) {
      this.#core.log.warn({ err: error }, 'smtp connection not asked about');
      this.#askSoon();
    }
  }
}
