import type { Conversation } from './conversation.ts';

/** An open conversation with a server of a domain. */
export interface Line {
  readonly conversation: Conversation;
  /** The address that it leads to. */
  readonly address: string;
  /** Messages that it has taken. */
  messages: number;
}

/**
 * Lines that are kept open for the next message to the same domain. An idle one is closed before
 * its server would: one that dies under a message costs that message a minute.
 */
interface Lines {
  /** An open one, no longer kept; null where there is none. */
  take(domain: string): Line | null;
  /** Keeps a line, or closes it where it has served long enough. */
  keep(domain: string, line: Line): void;
  close(): void;
}

const IDLE_MS = 15_000;
/** Messages on one line before another is opened: some servers count. */
const MAX_MESSAGES = 100;
/** Kept at once, over all domains. */
const MAX_KEPT = 50;

export function openLines(): Lines {
  const kept = new Map<string, { readonly line: Line; readonly timer: NodeJS.Timeout }[]>();
  let count = 0;

  function drop(domain: string, line: Line): void {
    const list = kept.get(domain) ?? [];
    const at = list.findIndex((one) => one.line === line);
    if (at < 0) return;
    clearTimeout(list[at]?.timer);
    list.splice(at, 1);
    count -= 1;
    if (list.length === 0) kept.delete(domain);
  }

  return {
    take(domain) {
      for (const { line } of [...(kept.get(domain) ?? [])]) {
        drop(domain, line);
        if (line.conversation.isOpen()) return line;
      }
      return null;
    },
    keep(domain, line) {
      const { conversation } = line;
      if (!conversation.isOpen()) return;
      if (line.messages >= MAX_MESSAGES || count >= MAX_KEPT) return conversation.close();
      const timer = setTimeout(() => {
        drop(domain, line);
        conversation.close();
      }, IDLE_MS).unref();
      kept.set(domain, [...(kept.get(domain) ?? []), { line, timer }]);
      count += 1;
    },
    close() {
      for (const [domain, list] of [...kept])
        for (const { line } of [...list]) {
          drop(domain, line);
          line.conversation.close();
        }
    },
  };
}
