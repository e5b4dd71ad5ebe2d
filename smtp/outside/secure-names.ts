import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { getServers, Resolver } from 'node:dns';
import { isIPv6 } from 'node:net';
import type { TlsaRecord } from 'mx-connect';
import { isLoopback } from '../../core/ground/listen.ts';

/**
 * What a validating resolver says of DNSSEC. Node's own client doesn't tell the AD flag (RFC 4035
 * §3.2.3), so it is asked for by a question of ours, of which the head of the answer is read alone.
 */
export interface SecureNames {
  /**
   * Whether an answer about a name, also that there is none, is signed from the root down. Rejects
   * where the resolver is silent or finds a signature broken: then nothing is known.
   */
  isSecure(name: string, type: 'MX' | 'A' | 'AAAA' | 'TLSA'): Promise<boolean>;
  /** What certificates a server may show (RFC 6698); empty where that isn't said and signed. */
  tlsa(name: string): Promise<readonly TlsaRecord[]>;
}

const TYPES = { A: 1, MX: 15, AAAA: 28, TLSA: 52 } as const;
const DNS_PORT = 53;
const TRY_MS = 2_000;
const TRIES = 2;
/** RD and AD: tell us whether it is authentic (RFC 6840 §5.7). */
const QUESTION_FLAGS = 0x0120;
const AUTHENTIC = 0x0020;
const RCODE = 0x000f;
const NO_ERROR = 0;
const NO_SUCH_NAME = 3;
const HEADER_BYTES = 12;

/**
 * Null where the resolver isn't on this machine: on the way from another one anybody could set that
 * flag (RFC 7672 §2.1). `server` is `ip` or `ip:port`; null is the system's first.
 */
export function openSecureNames(server: string | null): SecureNames | null {
  const asked = server ?? getServers()[0] ?? '';
  const { host, port } = endpointOf(asked);
  if (!isLoopback(host)) return null;
  const resolver = new Resolver({ timeout: TRY_MS, tries: TRIES });
  resolver.setServers([asked]);
  const isSecure: SecureNames['isSecure'] = async (name, type) => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await flagOf({ host, port }, name, TYPES[type]);
      } catch (error) {
        if (tries === TRIES) throw error;
      }
    }
  };
  return {
    isSecure,
    tlsa: async (name) => ((await isSecure(name, 'TLSA')) ? tlsaOf(resolver, name) : []),
  };
}

function endpointOf(server: string): { readonly host: string; readonly port: number } {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(server) ?? [];
  return { host: bracketed ?? plain ?? server, port: Number(port ?? DNS_PORT) };
}

function tlsaOf(resolver: Resolver, name: string): Promise<readonly TlsaRecord[]> {
  return new Promise((resolve, reject) => {
    resolver.resolveTlsa(name, (error, records) => {
      if (!error)
        resolve(
          records.map(({ certUsage, selector, match, data }) => ({
            usage: certUsage,
            selector,
            mtype: match,
            cert: Buffer.from(data),
            ttl: 0,
          })),
        );
      else if (error.code === 'ENODATA' || error.code === 'ENOTFOUND') resolve([]);
      else reject(error);
    });
  });
}

/** Asks once, from a port of chance, and believes nothing but an answer to this very question. */
function flagOf(
  { host, port }: { readonly host: string; readonly port: number },
  name: string,
  type: number,
): Promise<boolean> {
  const question = questionOf(name, type);
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
  const answered = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => answered.reject(new Error('the resolver is silent')), TRY_MS);
  socket.once('error', answered.reject);
  socket.on('message', (answer) => {
    if (!answers(answer, question)) return;
    const flags = answer.readUInt16BE(2);
    const code = flags & RCODE;
    if (code === NO_ERROR || code === NO_SUCH_NAME) answered.resolve((flags & AUTHENTIC) !== 0);
    else answered.reject(new Error(`the resolver answers RCODE ${code}`));
  });
  socket.connect(port, host, () => socket.send(question));
  return answered.promise.finally(() => {
    clearTimeout(timer);
    socket.close();
  });
}

function questionOf(name: string, type: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt16BE(randomInt(0x10000), 0);
  header.writeUInt16BE(QUESTION_FLAGS, 2);
  header.writeUInt16BE(1, 4);
  const labels = name.split('.').filter((label) => label !== '');
  const encoded = labels.flatMap((label) => [Buffer.of(label.length), Buffer.from(label)]);
  const kind = Buffer.alloc(4);
  kind.writeUInt16BE(type, 0);
  kind.writeUInt16BE(1, 2); // IN
  return Buffer.concat([header, ...encoded, Buffer.of(0), kind]);
}

/** The same number, an answer, and the question repeated (RFC 5452 §9.1). */
function answers(answer: Buffer, question: Buffer): boolean {
  return (
    answer.length >= question.length &&
    answer.readUInt16BE(0) === question.readUInt16BE(0) &&
    (answer.readUInt16BE(2) & 0x8000) !== 0 &&
    answer.subarray(HEADER_BYTES, question.length).equals(question.subarray(HEADER_BYTES))
  );
}
