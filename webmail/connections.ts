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

export interface ConnectionParts {
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
export function watchConnections(
  server: Server,
  { limits, peerOf, turnAway }: ConnectionParts,
): Connections {
  const lines = new Map<Socket, Line>();
  const peers = new Map<string, Set<Line>>();

  function drop(line: Line): void {
    if (!lines.delete(line.socket)) return;
    const own = peers.get(line.peer.key);
    own?.delete(line);
    if (own?.size === 0) peers.delete(line.peer.key);
  }

  /** Whether there is one less now. */
  function makeRoom(among: Iterable<Line>, why: TurnedAway): boolean {
    const least = leastUseful(among);
    if (least === null) return false;
    drop(least);
    if (least.state === 'reading') turnAway(least.socket, why);
    else least.socket.destroy();
    return true;
  }

  function admit(socket: Socket): boolean {
    const peer = peerOf(socket.remoteAddress ?? '');
    const own = peers.get(peer.key) ?? new Set<Line>();
    const why =
      own.size >= peer.connections && !makeRoom(own, 'peer-full')
        ? 'peer-full'
        : lines.size >= limits.connections && !makeRoom(fullest(peers), 'all-full')
          ? 'all-full'
          : null;
    if (why !== null) {
      turnAway(socket, why);
      return false;
    }
    const line: Line = {
      socket,
      peer,
      state: 'waiting',
      since: performance.now(),
      bytesThen: 0,
      request: null,
      lookedAt: 0,
      bytesLooked: 0,
    };
    lines.set(socket, line);
    peers.set(peer.key, own.add(line));
    socket.once('close', () => drop(line));
    return true;
  }

  // Whoever is not admitted never reaches the parser, let alone a page.
  const listeners = server.listeners('connection') as ((socket: Socket) => void)[];
  server.removeAllListeners('connection');
  server.on('connection', (socket) => {
    if (admit(socket)) for (const listener of listeners) listener.call(server, socket);
  });
  server.prependListener('request', (request, response) =>
    follow(lines.get(request.socket), request, response),
  );
  const looking = setInterval(() => {
    for (const line of lines.values()) {
      if (!isTooSlow(line, limits)) continue;
      drop(line);
      turnAway(line.socket, 'too-slow');
    }
  }, limits.lookMs);
  looking.unref();
  return {
    asStream(socket) {
      const line = lines.get(socket);
      if (line !== undefined) enter(line, 'stream');
    },
    close: () => clearInterval(looking),
  };
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
