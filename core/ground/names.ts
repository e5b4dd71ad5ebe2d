import { Resolver } from 'node:dns/promises';
import { errorCode } from './fault.ts';

/** What the DNS says to one question. `silent`: nobody answered in time, or not to the point. */
export type DnsAnswer<Found> =
  | { readonly kind: 'found'; readonly records: readonly Found[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'silent' };

/** The questions that are asked of a resolver; names come back in lower case, undotted. */
export interface Names {
  /** The best first (RFC 5321 §5.1). A null MX (RFC 7505) has an empty host. */
  mailExchangers(name: string): Promise<DnsAnswer<Exchanger>>;
  texts(name: string): Promise<DnsAnswer<string>>;
  services(name: string): Promise<DnsAnswer<Service>>;
  /** IPv4 and IPv6, aliases followed. */
  addresses(name: string): Promise<DnsAnswer<string>>;
}

/** A host that takes a domain's mail, and how much it is preferred: the lowest number is best. */
export interface Exchanger {
  readonly host: string;
  readonly preference: number;
}

/** Where a service is found (RFC 2782). The target « . », here empty: not offered. */
interface Service {
  readonly target: string;
  readonly port: number;
}

/** One try waits so long, the second twice as long: within the time of a check. */
const TRY_MS = 1_200;
const TRIES = 2;
/** The name or its record isn't there (RFC 1035 §4.1.1, RFC 2308 §2.2). */
const NOT_THERE = ['ENOTFOUND', 'ENODATA'];

/**
 * Node's resolver, with limits of its own. It asks and waits; what is added here is what it leaves
 * open: that a name isn't there is an answer and silence is none, order and spelling, and both
 * kinds of addresses. Without servers, the ones that the system asks; `ip` or `ip:port`.
 */
export function openNames(servers: readonly string[]): Names {
  const resolver = new Resolver({ timeout: TRY_MS, tries: TRIES });
  if (servers.length > 0) resolver.setServers(servers);
  return {
    mailExchangers: (name) =>
      answerOf(resolver.resolveMx(name), (records) =>
        records
          .toSorted((one, other) => one.priority - other.priority)
          .map(({ exchange, priority }) => ({ host: plain(exchange), preference: priority })),
      ),
    // A text comes in pieces of 255 octets that belong together (RFC 7208 §3.3).
    texts: (name) =>
      answerOf(resolver.resolveTxt(name), (records) => records.map((pieces) => pieces.join(''))),
    services: (name) =>
      answerOf(resolver.resolveSrv(name), (records) =>
        records.map(({ name: target, port }) => ({ target: plain(target), port })),
      ),
    async addresses(name) {
      const [four, six] = await Promise.all([
        answerOf(resolver.resolve4(name), (records) => records),
        answerOf(resolver.resolve6(name), (records) => records),
      ]);
      const records = [four, six].flatMap((one) => (one.kind === 'found' ? one.records : []));
      if (records.length > 0) return { kind: 'found', records };
      return four.kind === 'silent' || six.kind === 'silent'
        ? { kind: 'silent' }
        : { kind: 'none' };
    },
  };
}

const plain = (name: string): string => name.toLowerCase().replace(/\.$/, '');

async function answerOf<Raw, Found>(
  asking: Promise<readonly Raw[]>,
  read: (records: readonly Raw[]) => readonly Found[],
): Promise<DnsAnswer<Found>> {
  try {
    return { kind: 'found', records: read(await asking) };
  } catch (error) {
    return NOT_THERE.includes(errorCode(error)) ? { kind: 'none' } : { kind: 'silent' };
  }
}
