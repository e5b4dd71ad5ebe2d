import { isIPv6 } from 'node:net';
import mxConnect, { type Connection, type ConnectError, type DaneOptions } from 'mx-connect';
import { domainOf } from '../../core/ground/address.ts';
import type { Names } from '../../core/ground/names.ts';
import type { Relay, RelayResult } from '../../core/town/jobs/contract.ts';
import { notTaken, type NotTaken } from '../replies.ts';
import { converse, LineBroken, TlsFailed, type Protection } from './conversation.ts';
import { exchangersOf } from './exchangers.ts';
import { OpenLines, type RelayedLetter, type SmtpLine } from './lines.ts';
import { openPace, type Pace, type Went } from './pace.ts';
import type { Policies, Policy } from './policies.ts';
import { PUBLIC_ALONE } from './public-addresses.ts';
import { isSayable, isSendFault, NOT_SAYABLE, whatWentWrong } from './relay-result.ts';
import type { SecureNames } from './secure-names.ts';

/** What bringing mail to the world needs; a test gives its own world. */
export interface World {
  readonly names: Names;
  /** Null: the resolver isn't one whose word on DNSSEC is worth anything, and DANE is off. */
  readonly secureNames: SecureNames | null;
  readonly policies: Policies;
  /** RFC 5321 §4.5.4.2: 25. */
  readonly port: number;
  /**
   * Whether an MX may lead to this machine or into private networks. Else whoever has a domain
   * could have us knock at doors inside.
   */
  readonly toPrivate: boolean;
  /** PEM of signers who are believed besides the known ones. */
  readonly authorities: readonly string[];
  /** What EHLO says, and the names by which we know ourselves among the MX of a domain. */
  readonly name: string;
  readonly ours: ReadonlySet<string>;
  readonly random: () => number;
}

/** Servers that are tried in one attempt (RFC 5321 §5.1 wants two at least). */
const MAX_SERVERS = 4;
const CONNECT_MS = 30_000;
/** Lines that say nothing: for how long they are kept, and how many. */
const IDLE_MS = 15_000;
const MAX_KEPT = 50;
/** Of what a library says went wrong. */
const MAX_WORDS = 300;

/**
 * Brings mail to the servers of whoever it is for (RFC 5321 §5.1): over TLS where it is offered,
 * and never without where their domain says so (MTA-STS, DANE). Lines stay open for what follows.
 */
export function openByMx(world: World): Relay {
  const lines = new OpenLines({ idleMs: IDLE_MS, mostKept: MAX_KEPT, endsWithRefusal: true });
  const pace: Pace = openPace(Date.now, world.random);
  return {
    notBefore: (recipient) => pace.notBefore(domainOf(recipient)),
    async deliver(envelope, raw, signal) {
      if (!isSayable(envelope)) return NOT_SAYABLE;
      const domain = domainOf(envelope.recipient);
      const end = pace.begin(domain);
      const attempt = openAttempt(world, domain);
      let went: Went = 'unreachable';
      try {
        const told = await bring({ envelope, raw, signal }, attempt);
        ({ went } = told);
        return told.result;
      } finally {
        end(went);
      }
    },
    close: () => Promise.resolve(lines.close()),
  };

  /** On a line that is open already, else on one to each server in turn until one is talked to. */
  async function bring(letter: RelayedLetter, attempt: Attempt): Promise<Told> {
    const kept = lines.take(attempt.domain);
    const first = kept === null ? null : await say(kept, letter, attempt.domain);
    if (first !== null) return first;
    for (let servers = 0; servers < MAX_SERVERS; servers += 1) {
      const opened = await attempt.next(letter.signal);
      if (opened.kind !== 'open') return { result: opened, went: 'unreachable' };
      const told = await say(opened.line, letter, attempt.domain);
      if (told !== null) return told;
    }
    return { result: attempt.lastFault(), went: 'unreachable' };
  }

  /** What came of saying it on a line; null where that broke before any of the message was said. */
  async function say(line: SmtpLine, letter: RelayedLetter, domain: string): Promise<Told | null> {
    const { result, fault } = await lines.say(domain, line, letter);
    if (fault instanceof LineBroken) return null;
    return { result, went: fault === null ? 'well' : howItWent(fault) };
  }
}

interface Told {
  readonly result: RelayResult;
  readonly went: Went;
}

/**
 * 421, or 4.7.x before the recipient was named: the server wants less of us. About one recipient
 * (greylisting, RFC 6647, a full mailbox) it says nothing of the others.
 */
function howItWent(error: unknown): Went {
  if (!isSendFault(error)) return 'unreachable';
  const { response, responseCode, command } = error;
  if (response === undefined) return 'unreachable';
  if (responseCode === 421) return 'pushed-back';
  const isPolicy = /^4\d\d[ -]4\.7\.\d/.test(response);
  return isPolicy && command !== 'RCPT TO' ? 'pushed-back' : 'well';
}

type Opened = { readonly kind: 'open'; readonly line: SmtpLine } | NotTaken;

/** One attempt to reach a domain: its servers one after the other. */
interface Attempt {
  readonly domain: string;
  /** A line to the next server that can be talked to, or why there is none left. */
  next(signal: AbortSignal): Promise<Opened>;
  /** What the last server that could not be talked to said. */
  lastFault(): RelayResult;
}

function openAttempt(world: World, domain: string): Attempt {
  /** Addresses that were tried in this attempt. */
  const tried: string[] = [];
  /** Of those the ones where TLS was offered and failed: without it they may do (RFC 7435 §3). */
  const withoutTls = new Set<string>();
  let last = notTaken('unreached', `No server of ${domain} could be reached`);

  async function lineOn(
    connection: Connection,
    policy: Policy,
    signal: AbortSignal,
  ): Promise<SmtpLine | NotTaken> {
    const address = connection.host;
    const protection = protectionOf(connection, policy, withoutTls);
    try {
      const { name, authorities } = world;
      const conversation = await converse(connection, { name, authorities, protection, signal });
      return { conversation, messages: 0 };
    } catch (error) {
      if (protection === 'where-offered' && error instanceof TlsFailed) {
        withoutTls.add(address);
        tried.splice(tried.indexOf(address), 1);
      }
      return protection === 'where-offered' || protection === 'clear' || hasReply(error)
        ? { kind: 'later', reply: whatWentWrong(error).reply }
        : notTaken('policy-forbids', `${connection.hostname} does not prove who it is`);
    }
  }

  return {
    domain,
    lastFault: () => last,
    async next(signal) {
      const policy = await world.policies.of(domain);
      while (tried.length < MAX_SERVERS && !signal.aborted) {
        const connection = await connected(world, { domain, policy, tried });
        if (connection.kind === 'never' && tried.length === 0) return connection;
        if (connection.kind !== 'connected') return tried.length === 0 ? connection : last;
        tried.push(connection.to.host);
        const line = await lineOn(connection.to, policy, signal);
        if ('conversation' in line) return { kind: 'open', line };
        last = line;
      }
      return last;
    },
  };
}

const hasReply = (error: unknown): boolean => isSendFault(error) && error.response !== undefined;

function protectionOf(
  { host, daneVerifier }: Connection,
  { isEnforced }: Policy,
  withoutTls: ReadonlySet<string>,
): Protection {
  // RFC 8461 §2: where both are there, both would have to hold; DANE's certificates have no signer
  // that is known, and it is the stronger of the two.
  if (daneVerifier !== undefined) return 'named-in-dns';
  if (isEnforced) return 'known-signer';
  return withoutTls.has(host) ? 'clear' : 'where-offered';
}

interface Destination {
  readonly domain: string;
  readonly policy: Policy;
  readonly tried: readonly string[];
}

/** A connection to the best server that wasn't tried yet, or why there is none. */
async function connected(
  world: World,
  { domain, policy, tried }: Destination,
): Promise<{ readonly kind: 'connected'; readonly to: Connection } | NotTaken> {
  const found = await exchangersOf(domain, world);
  if (found.kind !== 'hosts') return found;
  const allowed = found.hosts.filter(({ host }) => policy.allows(host));
  if (allowed.length === 0)
    return notTaken('policy-forbids', `The policy of ${domain} allows none of its MX`);
  try {
    const to = await mxConnect({
      target: domain,
      port: world.port,
      maxConnectTime: CONNECT_MS,
      mx: allowed.map(({ host, preference }) => ({ exchange: host, priority: preference })),
      ignoreMXHosts: tried,
      dnsOptions: {
        ...(world.toPrivate ? {} : PUBLIC_ALONE),
        resolveRecords: addressesBy(world.names),
      },
      dane: daneBy(world.secureNames, domain),
    });
    return { kind: 'connected', to };
  } catch (error) {
    return notConnected(error, domain);
  }
}

/** mx-connect asks for A and AAAA alone, since it is told the servers. */
function addressesBy(names: Names) {
  return async (host: string, type: string): Promise<readonly string[]> => {
    const answer = await names.addresses(host);
    if (answer.kind === 'found')
      return answer.records.filter((address) => isIPv6(address) === (type === 'AAAA'));
    const code = answer.kind === 'none' ? 'ENODATA' : 'ESERVFAIL';
    throw Object.assign(new Error(`no address of ${host}`), { code });
  };
}

/** RFC 7672 §2.2: all that leads to a server's certificate must be signed, from the MX on. */
function daneBy(secure: SecureNames | null, domain: string): DaneOptions {
  return {
    enabled: secure !== null,
    resolveTlsa: async (name) => secure?.tlsa(name) ?? [],
    async checkDnssecSecure(host) {
      if (secure === null || !(await secure.isSecure(domain, 'MX'))) return { secure: false };
      return {
        secure: (await secure.isSecure(host, 'A')) || (await secure.isSecure(host, 'AAAA')),
      };
    },
  };
}

/** Names without an address, or with one where no mail server of theirs can be, stay so. */
function notConnected(error: unknown, domain: string): NotTaken {
  const {
    category,
    temporary,
    message = '',
  }: Partial<ConnectError> = error instanceof Error ? error : {};
  if (category === 'dns' && temporary !== true)
    return notTaken('no-server', `${domain} has no mail server that can be reached`);
  return notTaken('unreached', message.slice(0, MAX_WORDS));
}
