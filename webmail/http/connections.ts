import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { WebLimits } from './limits.ts';
import type { Peer } from './peers.ts';
import type { TurnAway, TurnedAway } from './turned-away.ts';

/** What a connection is at; the earlier in the list, the sooner it goes when there are too many. */
const STATES = ['waiting', 'reading', 'stream', 'answering'] as const;
type State = (typeof STATES)[number];

interface Line {
  readonly socket: Socket;
  /** What HTTP is spoken on: under TLS a socket of its own, from the handshake on. */
  spoken: Socket;
  readonly peer: Peer;
  state: State;
  /** Since when it is in this state, and what had come by then. */
  since: number;
  bytesThen: number;
  /** The request whose body is coming, and what had come when its pace was last looked at. */
  request: IncomingMessage | null;
  lookedAt: number;
  bytesLooked: number;
}

interface ConnectionParts {
  readonly limits: WebLimits;
  readonly peerOf: (ip: string) => Peer;
  /** Says why and closes; counts it. */
  readonly turnAway: TurnAway;
}

export interface Connections {
  /**
   * What this connection sends from now on are events: open for hours, and no answer that somebody
   * waits for.
   */
  asStream(socket: Socket): void;
  close(): void;
}

/** A request that came this lately isn't slow yet. */
const YOUNG_MS = 1_000;
/** An answer that has taken this long is one that nobody reads; before, it goes for no newcomer. */
const ANSWER_MS = 30_000;

/**
 * Holds a server's connections within the limits of each peer and of all. Where they are full, the
 * least useful one makes room for the newcomer: first one that waits for its next request, then the
 * body that comes slowest, then a page that waits for news; of all peers, of the one who has filled
 * most of their own share. Must be called before the server listens.
 */
export function watchConnections(server: Server, parts: ConnectionParts): Connections {
  const open = new OpenConnections(parts);
  // Whoever is not admitted never reaches the parser, let alone a page.
  const listeners = server.listeners('connection');
  server.removeAllListeners('connection');
  server.on('connection', (socket) => {
    if (open.admit(socket)) for (const listener of listeners) listener.call(server, socket);
  });
  server.prependListener('secureConnection', (secure: Socket) => open.secured(secure));
  server.prependListener('request', (request, response) =>
    follow(open.lineOf(request.socket), request, response),
  );
  const looking = setInterval(() => open.dropSlow(), parts.limits.lookMs);
  looking.unref();
  return {
    asStream(socket) {
      const line = open.lineOf(socket);
      if (line !== undefined) enter(line, 'stream');
    },
    close: () => clearInterval(looking),
  };
}

/** The open connections of a server, all and by peer. */
class OpenConnections {
  readonly #parts: ConnectionParts;
  readonly #lines = new Set<Line>();
  readonly #spoken = new WeakMap<Socket, Line>();
  /** Connections whose handshake isn't over, by their two ends. */
  readonly #handshakes = new Map<string, Line>();
  readonly #peers = new Map<string, Set<Line>>();

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
  }

  lineOf(socket: Socket): Line | undefined {
    return this.#spoken.get(socket);
  }

  /** A connection that was let in is under TLS from now on. */
  secured(secure: Socket): void {
    const line = this.#handshakes.get(endsOf(secure));
    if (line === undefined) return;
    this.#handshakes.delete(endsOf(secure));
    line.spoken = secure;
    this.#spoken.set(secure, line);
  }

  /** Takes a newcomer in; false where there is no room, and then they were told so. */
  admit(socket: Socket): boolean {
    const peer = this.#parts.peerOf(socket.remoteAddress ?? '');
    const own = this.#peers.get(peer.key) ?? new Set<Line>();
    const why = this.#fullFor(peer, own);
    if (why !== null) {
      this.#parts.turnAway(socket, why);
      return false;
    }
    const line = newLine(socket, peer);
    const ends = endsOf(socket);
    this.#lines.add(line);
    this.#spoken.set(socket, line);
    this.#handshakes.set(ends, line);
    this.#peers.set(peer.key, own.add(line));
    socket.once('close', () => {
      if (this.#handshakes.get(ends) === line) this.#handshakes.delete(ends);
      this.#drop(line);
    });
    return true;
  }

  /** Turns away whose body comes too slowly. */
  dropSlow(): void {
    for (const line of this.#lines) {
      if (!isTooSlow(line, this.#parts.limits)) continue;
      this.#drop(line);
      this.#parts.turnAway(line.spoken, 'too-slow');
    }
  }

  /** What is full and stays so, whoever is looked at to make room; null where there is room. */
  #fullFor(peer: Peer, own: ReadonlySet<Line>): TurnedAway | null {
    if (own.size >= peer.connections && !this.#makeRoom(own, 'peer-full')) return 'peer-full';
    const { connections } = this.#parts.limits;
    if (this.#lines.size >= connections && !this.#makeRoom(fullest(this.#peers), 'all-full'))
      return 'all-full';
    return null;
  }

  /** Whether there is one less now. */
  #makeRoom(among: Iterable<Line>, why: TurnedAway): boolean {
    const least = leastUseful(among);
    if (least === null) return false;
    this.#drop(least);
    if (least.state === 'reading') this.#parts.turnAway(least.spoken, why);
    else least.socket.destroy();
    return true;
  }

  #drop(line: Line): void {
    if (!this.#lines.delete(line)) return;
    const own = this.#peers.get(line.peer.key);
    own?.delete(line);
    if (own?.size === 0) this.#peers.delete(line.peer.key);
  }
}

function newLine(socket: Socket, peer: Peer): Line {
  return {
    socket,
    spoken: socket,
    peer,
    state: 'waiting',
    since: performance.now(),
    bytesThen: 0,
    request: null,
    lookedAt: 0,
    bytesLooked: 0,
  };
}

/** Two sockets of one connection, before and under TLS, have the same. */
function endsOf({ remoteAddress, remotePort, localAddress }: Socket): string {
  return `${remoteAddress} ${remotePort} ${localAddress}`;
}

function enter(line: Line, state: State): void {
  line.state = state;
  line.since = performance.now();
  line.bytesThen = line.socket.bytesRead;
  line.request = null;
}

function follow(line: Line | undefined, request: IncomingMessage, response: ServerResponse): void {
  if (line === undefined) return;
  const hasBody =
    request.headers['transfer-encoding'] !== undefined ||
    Number(request.headers['content-length'] ?? 0) > 0;
  enter(line, hasBody ? 'reading' : 'answering');
  response.once('close', () => enter(line, 'waiting'));
  if (!hasBody) return;
  line.request = request;
  line.lookedAt = line.since;
  line.bytesLooked = line.bytesThen;
  request.once('end', () => {
    if (line.request === request) enter(line, 'answering');
  });
}

/**
 * Whether a body came too slowly since it was looked at last. Time in which we didn't read what had
 * come is no fault of theirs.
 */
function isTooSlow(line: Line, { minBytesPerSecond, slowWindowMs }: WebLimits): boolean {
  const now = performance.now();
  if (line.request === null || now - line.lookedAt < slowWindowMs) return false;
  const came = line.socket.bytesRead - line.bytesLooked;
  const enough = came >= minBytesPerSecond * (slowWindowMs / 1_000);
  const weLag = line.request.readableLength > 0;
  line.lookedAt = now;
  line.bytesLooked = line.socket.bytesRead;
  return !enough && !weLag;
}

/** So many of the oldest are compared: a flood may not cost more the bigger it is. */
const COMPARED = 64;

/**
 * The one that goes first: by what it is at, then the slowest, which of two that wait is the one
 * that waits longest.
 */
function leastUseful(lines: Iterable<Line>): Line | null {
  let least: { readonly line: Line; readonly rank: number; readonly rate: number } | null = null;
  const now = performance.now();
  let compared = 0;
  for (const line of lines) {
    if (!maySpare(line, now)) continue;
    compared += 1;
    if (compared > COMPARED) break;
    const rank = STATES.indexOf(line.state);
    const rate = rateOf(line, now);
    if (least === null || rank < least.rank || (rank === least.rank && rate < least.rate))
      least = { line, rank, rate };
  }
  return least?.line ?? null;
}

/** Bytes a second, and a little for who has only come. */
function rateOf({ socket, since, bytesThen }: Line, now: number): number {
  return (1 + socket.bytesRead - bytesThen) / (Math.max(YOUNG_MS, now - since) / 1_000);
}

/** The connections of the peer who has filled most of their share and has one that may go. */
function fullest(peers: ReadonlyMap<string, ReadonlySet<Line>>): Iterable<Line> {
  let most: { readonly lines: ReadonlySet<Line>; readonly share: number } | null = null;
  for (const lines of peers.values()) {
    const [first] = lines;
    const share = first === undefined ? 0 : lines.size / first.peer.connections;
    if ((most === null || share > most.share) && hasOneToSpare(lines)) most = { lines, share };
  }
  return most?.lines ?? [];
}

function hasOneToSpare(lines: Iterable<Line>): boolean {
  const now = performance.now();
  for (const line of lines) if (maySpare(line, now)) return true;
  return false;
}

function maySpare({ state, since }: Line, now: number): boolean {
  return state !== 'answering' || now - since > ANSWER_MS;
}
