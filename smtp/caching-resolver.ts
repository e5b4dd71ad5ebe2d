import { LRUCache } from 'lru-cache';
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

/**
 * Asks each question once in five minutes, and once for all who ask it at the same moment. What DNS
 * could not answer is asked again.
 */
export function cachingResolver(ask: DNSResolver, now: () => number = Date.now): DNSResolver {
  const kept = new LRUCache<string, Promise<Records>>({
    max: MAX_ANSWERS,
    ttl: ANSWER_MS,
    ttlResolution: 0,
    perf: { now },
  });
  const asked = (name: string, type: string, key: string): Promise<Records> => {
    const answer = ask(name, type);
    kept.set(key, answer);
    const isKept = (): boolean => kept.peek(key) === answer;
    answer.then(
      (records) => {
        if (isKept() && JSON.stringify(records).length > MAX_BYTES) kept.delete(key);
      },
      (error: unknown) => {
        if (!isKept()) return;
        if (NOTHING.has(errorCode(error))) kept.set(key, answer, { ttl: NOTHING_MS });
        else kept.delete(key);
      },
    );
    return answer;
  };
  return async (name, type) => {
    const key = `${type} ${name.toLowerCase()}`;
    // Each gets an answer of their own, to do with as they like.
    return structuredClone(await (kept.get(key) ?? asked(name, type, key)));
  };
}
