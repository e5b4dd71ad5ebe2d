import type { RelayResult } from '../../core/town/jobs/contract.ts';
import { notTaken } from '../replies.ts';
import { LineBroken, type Conversation } from './conversation.ts';
import { whatWentWrong, type RelayEnvelope } from './relay-result.ts';

/** An open conversation with a server of a domain. */
export interface SmtpLine {
  readonly conversation: Conversation;
  /** Messages that were said on it. */
  messages: number;
}

/** One message for one recipient; `signal` cuts its attempt. */
export interface RelayedLetter {
  readonly envelope: RelayEnvelope;
  readonly raw: Buffer;
  readonly signal: AbortSignal;
}

/**
 * What came of it; `fault` is null where it was taken, or isn't for this server, a `LineBroken`
 * where none of it was said.
 */
interface Said {
  readonly result: RelayResult;
  readonly fault: unknown;
}

/** How long lines stay. */
interface LineLimits {
  /** Sooner than the server would close it. */
  readonly idleMs: number;
  /** At once, over all domains. */
  readonly mostKept: number;
  /** A refusal ends a line: another one is cheap, and always in order. */
  readonly endsWithRefusal: boolean;
}

/** Messages on one line before another is opened: some servers count. */
const MAX_MESSAGES = 100;

const NO_UTF8 = notTaken(
  'no-such-letters',
  'The server of this address takes no letters beyond ASCII in addresses',
);

const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/** Lines that are kept open for the next message to the same domain. */
export class OpenLines {
  readonly #limits: LineLimits;
  readonly #kept = new Map<string, { readonly line: SmtpLine; readonly timer: NodeJS.Timeout }[]>();
  readonly #inUse = new Set<SmtpLine>();
  #count = 0;
  #isClosed = false;

  constructor(limits: LineLimits) {
    this.#limits = limits;
  }

  /** An open one, no longer kept; null where there is none. */
  take(domain: string): SmtpLine | null {
    for (let line = this.#last(domain); line !== null; line = this.#last(domain))
      if (line.conversation.isOpen()) return line;
    return null;
  }

  /** Keeps a line, or closes it where it has served long enough. */
  keep(domain: string, line: SmtpLine): void {
    const { conversation, messages } = line;
    const { idleMs, mostKept } = this.#limits;
    if (!conversation.isOpen()) return;
    if (this.#isClosed || messages >= MAX_MESSAGES || this.#count >= mostKept)
      return conversation.close();
    const timer = setTimeout(() => this.#drop(domain, line), idleMs).unref();
    const list = this.#kept.get(domain);
    if (list === undefined) this.#kept.set(domain, [{ line, timer }]);
    else list.push({ line, timer });
    this.#count += 1;
  }

  /** Says a letter on a line, then keeps that; never throws. */
  async say(
    domain: string,
    line: SmtpLine,
    { envelope, raw, signal }: RelayedLetter,
  ): Promise<Said> {
    const { conversation } = line;
    if (!conversation.takesUtf8 && !isAscii(envelope.recipient)) {
      this.keep(domain, line);
      return { result: NO_UTF8, fault: null };
    }
    this.#inUse.add(line);
    line.messages += 1;
    try {
      const reply = await conversation.send(envelope, raw, signal);
      const { tellsStatus } = conversation;
      return { result: { kind: 'taken', reply, tellsStatus }, fault: null };
    } catch (fault) {
      if (this.#limits.endsWithRefusal || fault instanceof LineBroken) conversation.close();
      return { result: whatWentWrong(fault), fault };
    } finally {
      this.#inUse.delete(line);
      this.keep(domain, line);
    }
  }

  /** Ends all lines, those too on which something is being said. */
  close(): void {
    this.#isClosed = true;
    for (const domain of [...this.#kept.keys()])
      for (let line = this.#last(domain); line !== null; line = this.#last(domain))
        line.conversation.close();
    for (const { conversation } of this.#inUse) conversation.close();
  }

  /** The one that was kept last, so that those that are too many grow idle. */
  #last(domain: string): SmtpLine | null {
    const list = this.#kept.get(domain) ?? [];
    const last = list.pop();
    if (list.length === 0) this.#kept.delete(domain);
    if (last === undefined) return null;
    clearTimeout(last.timer);
    this.#count -= 1;
    return last.line;
  }

  #drop(domain: string, line: SmtpLine): void {
    const list = (this.#kept.get(domain) ?? []).filter((one) => one.line !== line);
    if (list.length === 0) this.#kept.delete(domain);
    else this.#kept.set(domain, list);
    this.#count -= 1;
    line.conversation.close();
  }
}
