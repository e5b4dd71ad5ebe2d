import type { Logger } from 'pino';
import { z } from 'zod';

/** A letter doesn't wait longer for what it says. */
const TIMEOUT_MS = 4_000;
/** Larger letters are not junk, and would be long on the way. */
const MAX_BYTES = 5 * 1024 * 1024;
/** What it would do with a letter that is none to it; greylisting is nothing to us. */
const HARMLESS = new Set(['no action', 'greylist', 'soft reject']);
const ANSWER = z.object({ action: z.string() });

/** A letter as rspamd is told of it. */
interface Asked {
  readonly raw: Buffer;
  readonly ip: string | null;
  /** What the server called itself, and what the DNS calls it. */
  readonly helo: string | null;
  readonly hostname: string | null;
  readonly from: string | null;
  readonly recipients: readonly string[];
  /** By it a line of rspamd's log is found from one of ours. */
  readonly session: string;
}

/** A town's rspamd; without one nothing is asked, and no letter is junk by it. */
export interface Rspamd {
  /** Whether it calls a letter junk. Never throws: where it doesn't answer, it has said nothing. */
  isJunk(letter: Asked): Promise<boolean>;
  /** Tells it that a letter is none. */
  learnHam(raw: Buffer): Promise<void>;
}

const NONE: Rspamd = { isJunk: async () => false, learnHam: async () => undefined };

/** Asks the controller at this address, `http://:password@host:11334`. */
export function openRspamd(address: string | null, log: Logger): Rspamd {
  if (address === null) return NONE;
  const url = new URL(address);
  const password = decodeURIComponent(url.password);
  url.username = '';
  url.password = '';

  async function ask(
    path: string,
    raw: Buffer,
    headers: Readonly<Record<string, string>>,
  ): Promise<unknown> {
    const response = await fetch(new URL(path, url), {
      method: 'POST',
      body: new Uint8Array(raw),
      headers: { ...headers, ...(password === '' ? {} : { password }) },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response.json();
  }

  return {
    async isJunk({ raw, ip, helo, hostname, from, recipients, session }) {
      if (raw.length > MAX_BYTES) return false;
      try {
        const answer = await ask('/checkv2', raw, {
          ...(ip === null ? {} : { ip }),
          ...(helo === null ? {} : { helo: fieldOf(helo) }),
          ...(hostname === null ? {} : { hostname: fieldOf(hostname) }),
          from: fieldOf(from ?? '<>'),
          rcpt: fieldOf(recipients[0] ?? ''),
          'queue-id': fieldOf(session),
        });
        return !HARMLESS.has(ANSWER.parse(answer).action);
      } catch (error) {
        log.warn({ err: error }, 'rspamd gave no answer: letters go on without it');
        return false;
      }
    },
    async learnHam(raw) {
      if (raw.length > MAX_BYTES) return;
      try {
        await ask('/learnham', raw, {});
      } catch (error) {
        log.warn({ err: error }, 'rspamd was not taught');
      }
    },
  };
}

/**
 * What a stranger said, as the value of a field of HTTP: the bytes of its UTF-8, without what no
 * field may hold (RFC 9110 §5.5). Else who greets by an odd name would never be asked about.
 */
const fieldOf = (text: string): string =>
  Buffer.from(text.replaceAll(/\p{Cc}/gu, ''), 'utf8').toString('latin1');
