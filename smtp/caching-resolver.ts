import type { DNSResolver } from 'mailauth';
import { errorCode } from '../core/ground/fault.ts';

type Records = Awaited<ReturnType<DNSResolver>>;

/**
 * How long an answer is good for. Node's resolver doesn't tell how long a TXT record may be kept,
 * so it is as short as the shortest that zones use, and a wave of letters of one sender still asks
 * once.
 */
const ANSWER_MS = 300_000;
/** A name that isn't there may be there soon: somebody is setting up their zone (RFC 2308 §5). */
const NOTHING_MS = 60_000;
const MAX_ANSWERS = 10_000;
/** A DKIM key takes a kilobyte; what is bigger is asked again. */
const MAX_BYTES = 4_096;
/** DNS says that there is nothing, rather than that it can't say (RFC 2308 §2). */
const NOTHING: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'ENODATA']);

interface Kept {
  readonly until: number;
  readonly answer: Promise<Records>;
}

/**
 * Asks each question once in five minutes, and once for all who ask it at the same moment. What DNS
 * could not answer is asked again.
 */
export function cachingResolver(ask: DNSResolver, now: () => number = Date.now): DNSResolver {
  const kept = new Map<string, Kept>();
  const forget = (key: string, answer: Promise<Records>): void => {
    if (kept.get(key)?.answer === answer) kept.delete(key);
  };
  const keep = (key: string, answer: Promise<Records>, ms: number): void => {
    kept.delete(key);
    kept.set(key, { until: now() + ms, answer });
    const [oldest] = kept.size > MAX_ANSWERS ? kept.keys() : [];
    if (oldest !== undefined) kept.delete(oldest);
  };
  const asked = (name: string, type: string, key: string): Promise<Records> => {
    const answer = ask(name, type);
    keep(key, answer, ANSWER_MS);
    answer.then(
      (records) => {
        if (JSON.stringify(records).length > MAX_BYTES) forget(key, answer);
      },
      (error: unknown) => {
        if (!NOTHING.has(errorCode(error))) forget(key, answer);
        else if (kept.get(key)?.answer === answer) keep(key, answer, NOTHING_MS);
      },
    );
    return answer;
  };
  return async (name, type) => {
    const key = `${type} ${name.toLowerCase()}`;
    const known = kept.get(key);
    const answer = known && known.until > now() ? known.answer : asked(name, type, key);
    // Each gets an answer of their own, to do with as they like.
    return structuredClone(await answer);
  };
}
