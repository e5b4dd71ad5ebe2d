/**
 * Connections that a proxy of ours brings: it says first whom it brings (`proxy-head.ts`), and from
 * then on the socket says so too, to whoever counts, limits, judges or logs by addresses.
 */
import type { Server, Socket } from 'node:net';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { isLoopback } from './listen.ts';
import type { WithLog } from './log.ts';
import { plainAddress, readNetworks } from './networks.ts';
import { readHead, type BroughtPeer } from './proxy-head.ts';

/** A proxy sends its head at once; what the network lost of it comes again within 3 s (§2). */
const HEAD_MS = 4_000;
/** A proxy that is set wrongly says so no more often. */
const SAY_EVERY_MS = 60_000;

/** What is told of, for as long as its socket is open: by its real ends. */
type Brought = Map<string, BroughtPeer>;

/**
 * Reads a head before all else on each connection from `PREAU_PROXY_PROTOCOL`, and refuses one that
 * has none, or a broken one; from elsewhere a head is what it would be without us, no word of any
 * protocol that we speak. Without such networks nothing changes. To be called once all listeners of
 * connections are there, and before the server listens.
 */
export function readProxyHeads(
  server: Server,
  { config, log }: WithLog & { readonly config: Pick<Config, 'proxyProtocol'> },
): void {
  if (config.proxyProtocol === '') return;
  const proxies = readNetworks(config.proxyProtocol);
  const refused = sayingSeldom(log);
  const brought: Brought = new Map();
  const takers = server.listeners('connection');
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    const take = (): void => {
      for (const taker of takers) taker.call(server, socket);
    };
    if (!proxies.contains(socket.remoteAddress ?? '')) return take();
    return awaitHead(socket, {
      refused: () => refused(socket),
      come(peer) {
        if (peer !== null) bring(socket, peer, brought);
        take();
      },
    });
  });
  // Under TLS it is another socket, made by the server itself.
  server.prependListener('secureConnection', (secure: Socket) => {
    const peer = brought.get(endsOf(secure));
    if (peer !== undefined) showAs(secure, peer);
  });
}

interface HeadOutcome {
  refused(): void;
  come(peer: BroughtPeer | null): void;
}

/** Takes the head off a connection, and nothing of what follows it. */
function awaitHead(socket: Socket, outcome: HeadOutcome): void {
  let bytes: Buffer = Buffer.alloc(0);
  const refuse = (): void => {
    end();
    outcome.refused();
    leave(socket);
  };
  const timer = setTimeout(refuse, HEAD_MS);
  const end = (): void => {
    clearTimeout(timer);
    socket.off('readable', look).off('error', gone).off('close', gone).off('end', gone);
  };
  const gone = (): void => {
    end();
    leave(socket);
  };
  const look = (): void => {
    const piece: Buffer | null = socket.read();
    if (piece === null) return;
    bytes = Buffer.concat([bytes, piece]);
    const head = readHead(bytes);
    if (head.kind === 'short') return;
    if (head.kind === 'wrong' || isForged(head.peer, socket)) return refuse();
    end();
    if (bytes.length > head.bytes) socket.unshift(bytes.subarray(head.bytes));
    // Only then is the socket as nobody had read from it.
    process.nextTick(() => {
      if (socket.destroyed || socket.readableEnded) leave(socket);
      else outcome.come(head.peer);
    });
  };
  socket.on('readable', look).on('error', gone).on('close', gone).on('end', gone);
}

/** This machine itself may do more than others: nobody is it by the word of another one. */
const isForged = (peer: BroughtPeer | null, socket: Socket): boolean =>
  peer !== null &&
  isLoopback(peer.address) &&
  !isLoopback(plainAddress(socket.remoteAddress ?? ''));

function leave(socket: Socket): void {
  socket.on('error', () => {}); // nobody listens to it any more
  socket.destroy();
}

function bring(socket: Socket, peer: BroughtPeer, brought: Brought): void {
  const ends = endsOf(socket);
  brought.set(ends, peer);
  socket.once('close', () => brought.delete(ends));
  showAs(socket, peer);
}

function showAs(socket: Socket, { address, port }: BroughtPeer): void {
  Object.defineProperties(socket, {
    remoteAddress: { value: address },
    remotePort: { value: port },
    remoteFamily: { value: address.includes(':') ? 'IPv6' : 'IPv4' },
  });
}

/** Says it in the log, and to a flood of them only now and then. */
function sayingSeldom(log: Logger): (socket: Socket) => void {
  let silentUntil = 0;
  return ({ remoteAddress }) => {
    if (performance.now() < silentUntil) return;
    silentUntil = performance.now() + SAY_EVERY_MS;
    log.warn(
      { proxy: remoteAddress },
      'a connection of PREAU_PROXY_PROTOCOL brought no head, or a broken one: it was refused',
    );
  };
}

const endsOf = ({ remoteAddress, remotePort, localAddress }: Socket): string =>
  `${remoteAddress} ${remotePort} ${localAddress}`;
