import type { RelayResult } from '../../core/core.ts';
import { whatWentWrong, type Envelope } from '../relay-result.ts';
import { Lost, type Conversation } from './conversation.ts';

/** An open conversation with a server of a domain. */
export interface Line {
  readonly conversation: Conversation;
  /** Messages that were said on it. */
  messages: number;
}

/** One message for one recipient; `signal` cuts its attempt. */
export interface Letter {
  readonly envelope: Envelope;
  readonly raw: Buffer;
  readonly signal: AbortSignal;
}

/** What came of it; `fault` is null where it was taken, a `Lost` where none of it was said. */
export interface Said {
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

/** Lines that are kept open for the next message to the same domain. */
interface Lines {
  /** An open one, no longer kept; null where there is none. */
  take(domain: string): Line | null;
  /** Keeps a line, or closes it where it has served long enough. */
  keep(domain: string, line: Line): void;
  /** Says a letter on a line, then keeps that; never throws. */
  say(domain: string, line: Line, letter: Letter): Promise<Said>;
  /** Ends all lines, those too on which something is being said. */
  close(): void;
}

/** Messages on one line before another is opened: some servers count. */
const MAX_MESSAGES = 100;

/** Opens what keeps lines; it has none yet. */
export function openLines({ idleMs, mostKept, endsWithRefusal }: LineLimits): Lines {
  const kept = new Map<string, { readonly line: Line; readonly timer: NodeJS.Timeout }[]>();
  const inUse = new Set<Line>();
  let count = 0;
  let isClosed = false;

  /** The one that was kept last, so that those that are too many grow idle. */
  function next(domain: string): Line | null {
    const list = kept.get(domain) ?? [];
    const last = list.pop();
    if (list.length === 0) kept.delete(domain);
    if (last === undefined) return null;
    clearTimeout(last.timer);
    count -= 1;
    return last.line;
  }

  function drop(domain: string, line: Line): void {
    const list = (kept.get(domain) ?? []).filter((one) => one.line !== line);
    if (list.length === 0) kept.delete(domain);
    else kept.set(domain, list);
    count -= 1;
    line.conversation.close();
  }

  function keep(domain: string, line: Line): void {
    const { conversation } = line;
    if (!conversation.isOpen()) return;
    if (isClosed || line.messages >= MAX_MESSAGES || count >= mostKept) return conversation.close();
    const timer = setTimeout(() => drop(domain, line), idleMs).unref();
    const list = kept.get(domain);
    if (list === undefined) kept.set(domain, [{ line, timer }]);
    else list.push({ line, timer });
    count += 1;
  }

  return {
    keep,
    take(domain) {
      for (let line = next(domain); line !== null; line = next(domain))
        if (line.conversation.isOpen()) return line;
      return null;
    },
    async say(domain, line, { envelope, raw, signal }) {
      const { conversation } = line;
      inUse.add(line);
      line.messages += 1;
      try {
        const reply = await conversation.send(envelope, raw, signal);
        const { tellsStatus } = conversation;
        return { result: { kind: 'taken', reply, tellsStatus }, fault: null };
      } catch (fault) {
        if (endsWithRefusal || fault instanceof Lost) conversation.close();
        return { result: whatWentWrong(fault), fault };
      } finally {
        inUse.delete(line);
        keep(domain, line);
      }
    },
    close() {
      isClosed = true;
      for (const domain of [...kept.keys()])
        for (let line = next(domain); line !== null; line = next(domain)) line.conversation.close();
      for (const { conversation } of inUse) conversation.close();
    },
  };
}
