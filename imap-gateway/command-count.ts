import type { ImapLimits } from './limits.ts';
import type { TaggedReply } from './responses.ts';

/** Whether a client keeps its connection hangs on this. */
interface Client {
  readonly isSignedIn: boolean;
  readonly failedSignIns: number;
}

/** The commands of one connection, and how many of them were none. */
export class CommandCount {
  #commands = 0;
  #errors = 0;

  get commands(): number {
    return this.#commands;
  }

  heard(): void {
    this.#commands += 1;
  }

  /** A working command after sign-in forgives one that was none. */
  answered({ status }: TaggedReply, { isSignedIn }: Client): void {
    if (status === 'BAD') this.#errors += 1;
    else if (isSignedIn && status === 'OK' && this.#errors > 0) this.#errors -= 1;
  }

  /** Why it has been enough, for BYE; null where the client may go on. */
  excess({ isSignedIn, failedSignIns }: Client, limits: ImapLimits): string | null {
    if (this.#errors >= (isSignedIn ? limits.badCommands : limits.badCommandsOfStranger))
      return 'Too many bad commands';
    if (!isSignedIn && this.#commands >= limits.commandsOfStranger)
      return 'Too many commands without signing in';
    return failedSignIns >= limits.failedSignIns ? 'Too many wrong passwords' : null;
  }
}
