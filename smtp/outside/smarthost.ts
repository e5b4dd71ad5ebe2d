import { Passage } from '../../core/ground/passage.ts';
import type { Relay, RelayResult } from '../../core/town/jobs/contract.ts';
import { converse, LineBroken, type Protection, type Server } from './conversation.ts';
import { OpenLines, type RelayedLetter, type SmtpLine } from './lines.ts';
import { isSayable, NOT_SAYABLE, whatWentWrong } from './relay-result.ts';

/**
 * Connections to the smarthost that are open at most, as Postfix has it
 * (`default_destination_concurrency_limit`); each is used again for the next message.
 */
const MAX_CONNECTIONS = 20;
const IDLE_MS = 20_000;

/** Where nobody listens between us and the smarthost. */
const LOOPBACK = ['localhost', '127.0.0.1', '::1'];

/**
 * A relay that hands everything to one smarthost, over connections that stay open between messages.
 * `url` is `smtp://[user:password@]host[:port]` or `smtps://…`; `name` is said in EHLO (RFC 5321
 * §4.1.1.1).
 *
 * TLS: with a password, or on smtps, the certificate must be good and nothing is said in the clear
 * (loopback excepted). Without, TLS is used where it is offered and its certificate isn't asked for
 * (RFC 7435): better than none.
 */
export function openSmarthost(url: string, name: string): Relay {
  const server = serverOf(new URL(url));
  const host = server.hostname;
  const protection = protectionOf(server);
  const lines = new OpenLines({
    idleMs: IDLE_MS,
    mostKept: MAX_CONNECTIONS,
    endsWithRefusal: false, // it may count how often we sign in
  });
  const slots = new Passage(MAX_CONNECTIONS);
  const closing = new AbortController();

  async function connected(signal: AbortSignal): Promise<SmtpLine> {
    const options = { name, protection, authorities: [] };
    const cut = AbortSignal.any([signal, closing.signal]);
    return { conversation: await converse(server, { ...options, signal: cut }), messages: 0 };
  }

  /** On a line that is open already; on a new one where there is none, or it has died meanwhile. */
  async function bring(letter: RelayedLetter): Promise<RelayResult> {
    const kept = lines.take(host);
    const first = kept === null ? null : await lines.say(host, kept, letter);
    if (first !== null && !(first.fault instanceof LineBroken)) return first.result;
    const { result } = await lines.say(host, await connected(letter.signal), letter);
    return result;
  }

  return {
    notBefore: () => null,
    async deliver(envelope, raw, signal) {
      if (!isSayable(envelope)) return NOT_SAYABLE;
      return slots.pass(() => bring({ envelope, raw, signal }), signal).catch(whatWentWrong);
    },
    close() {
      closing.abort();
      lines.close();
      return Promise.resolve();
    },
  };
}

function serverOf({ protocol, hostname, port, username, password }: URL): Server {
  const isTlsAtOnce = protocol === 'smtps:';
  const login = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  return {
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (isTlsAtOnce ? 465 : 25) : Number(port),
    isTlsAtOnce,
    login: username === '' ? null : login,
  };
}

function protectionOf({ hostname, isTlsAtOnce, login }: Server): Protection {
  if (isTlsAtOnce) return 'known-signer';
  if (login === null) return 'where-offered';
  return LOOPBACK.includes(hostname) ? 'on-loopback' : 'known-signer';
}
