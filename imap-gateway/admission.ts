import type { OpenedBy } from '../core/entry/accounts/contract.ts';
import type { Viewer } from '../core/rules/viewer.ts';
import type { ServerContext } from './server-context.ts';

/**
 * Whether who has signed in may stay: asked after each event, and at most once in `welcomeMs`. Once
 * without an event, too: what ended while the password was looked at, before anything was heard of
 * them, is seen then.
 */
export class Admission {
  readonly #context: ServerContext;
  readonly #openedBy: OpenedBy;
  #askedAt = performance.now();
  #isDue = true;

  constructor(context: ServerContext, openedBy: OpenedBy) {
    this.#context = context;
    this.#openedBy =
      openedBy.appPassword === null
        ? { appPassword: null, ownPassword: openedBy.ownPassword }
        : { appPassword: openedBy.appPassword, ownPassword: null };
  }

  /** Something has happened after which it must be asked. */
  markDue(): void {
    this.#isDue = true;
  }

  get isDue(): boolean {
    return this.#isDue;
  }

  /** When it may be asked, in milliseconds of `performance.now()`; never where it isn't due. */
  get nextAt(): number {
    return this.#isDue ? this.#askedAt + this.#context.limits.welcomeMs : Infinity;
  }

  /**
   * Asks core, which gives the person as they are now, or null. Null at once: too early, it stays
   * due.
   */
  ask(viewer: Viewer): Promise<Viewer | null> | null {
    const now = performance.now();
    if (now < this.#askedAt + this.#context.limits.welcomeMs) return null;
    this.#askedAt = now;
    this.#isDue = false;
    const { core, waking } = this.#context;
    const session = { viewer, way: 'imap', ...this.#openedBy } as const;
    return waking
      .pass(() => core.accounts.stillSignedIn(session))
      .catch((error: unknown) => {
        this.#isDue = true;
        throw error;
      });
  }
}
