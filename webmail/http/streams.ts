import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Session, WithAccounts } from '../../core/entry/accounts/contract.ts';
import type { WithEvents } from '../../core/mail/mailboxes/contract/events.ts';
import type { WebLimits } from './limits.ts';
import { openTally, type PeerOf } from './peers.ts';

/**
 * A comment now and then keeps proxies from cutting the line; the session is asked about as well,
 * lest an event was lost.
 */
const HEARTBEAT_MS = 25_000;
/** When the browser comes back after a cut. */
const RETRY_MS = 2_000;
/** What a timer can wait at most; a session is asked about again then. */
const MOST_TIMER_MS = 2_147_483_647;

/** Whose stream it is: it ends with this session and no later. */
interface StreamOwner {
  readonly core: WithAccounts & WithEvents;
  readonly session: Session;
  readonly token: string;
}

/** One open page that hears of news, as server-sent events (HTML, 9.2). */
export interface Stream {
  /**
   * Aborted once nobody reads any more: the page was left, the session is over, the server stops.
   */
  readonly ended: AbortSignal;
  send(event: string, data: string): void;
  end(): void;
}

const ENDED: Stream = { ended: AbortSignal.abort(), send() {}, end() {} };

/** Open event streams of one process. */
export interface Streams {
  /**
   * Answers a request with a stream; `changed` is called when something of the account has changed.
   * Null where the peer has as many as it may: then nothing was answered yet. Whoever has left
   * meanwhile gets one that has ended.
   */
  open(
    owner: StreamOwner,
    exchange: { readonly request: FastifyRequest; readonly reply: FastifyReply },
    changed?: (stream: Stream) => void,
  ): Stream | null;
  /** Ends them all. */
  close(): void;
}

interface StreamParts {
  readonly limits: WebLimits;
  readonly peerOf: PeerOf;
  /** Told of every connection that becomes a stream. */
  readonly opened: (request: FastifyRequest) => void;
}

export function openStreams({ limits, peerOf, opened }: StreamParts): Streams {
  const tally = openTally(limits.streams);
  const accounts = new Map<string, Set<Stream>>();
  return {
    open(owner, { request, reply }, changed) {
      if (reply.raw.destroyed) {
        reply.hijack();
        return ENDED; // 'close' has been, and comes no second time
      }
      const peer = peerOf(request.ip);
      if (tally.take(peer.key, peer.streams) !== null) return null;
      const { school, account } = owner.session.viewer;
      const key = `${school}:${account}`;
      const own = accounts.get(key) ?? new Set();
      accounts.set(key, own);
      const [oldest] = own;
      if (own.size >= limits.streamsPerAccount) oldest?.end();
      opened(request);
      const stream = startStream(owner, reply, {
        backlogBytes: limits.streamBacklogBytes,
        changed,
      });
      own.add(stream);
      stream.ended.addEventListener('abort', () => {
        tally.giveBack(peer.key);
        own.delete(stream);
        if (own.size === 0 && accounts.get(key) === own) accounts.delete(key);
      });
      return stream;
    },
    close() {
      for (const own of [...accounts.values()]) for (const stream of [...own]) stream.end();
    },
  };
}

interface StreamWishes {
  readonly backlogBytes: number;
  readonly changed: ((stream: Stream) => void) | undefined;
}

function startStream(
  { core, session, token }: StreamOwner,
  reply: FastifyReply,
  { backlogBytes, changed }: StreamWishes,
): Stream {
  const { raw } = reply;
  const gone = new AbortController();
  reply.hijack();
  raw.writeHead(200, {
    ...headersOf(reply),
    'content-type': 'text/event-stream; charset=utf-8',
    'x-accel-buffering': 'no',
  });

  function write(text: string): void {
    if (raw.writableLength > backlogBytes) end();
    else if (!gone.signal.aborted) raw.write(text);
  }

  function end(): void {
    gone.abort();
    raw.end();
  }

  const stream: Stream = {
    ended: gone.signal,
    send: (event, data) => write(`event: ${event}\ndata: ${data}\n\n`),
    end,
  };
  watchSession({ core, session, token }, stream, {
    beat: () => write(':\n\n'),
    changed: () => changed?.(stream),
  });
  raw.on('close', end);
  write(`retry: ${RETRY_MS}\n\n`);
  return stream;
}

/**
 * Ends a stream with its session: at once where an event tells, at the minute where its time is
 * over.
 */
function watchSession(
  { core, session, token }: StreamOwner,
  stream: Stream,
  { beat, changed }: { readonly beat: () => void; readonly changed: () => void },
): void {
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    const left = await core.accounts.sessionLeftMs(token).catch(() => null);
    if (left === 0) return stream.end();
    // A database at rest is no reason to hang up.
    if (left === null || stream.ended.aborted) return undefined;
    clearTimeout(timer);
    timer = setTimeout(() => void look(), Math.min(left, MOST_TIMER_MS)).unref();
    return undefined;
  };
  const silence = core.events.subscribe(session.viewer, (only) => {
    // Where nothing but a mailbox has changed, the session hasn't.
    if (only !== null) changed();
    else void look().then(changed);
  });
  const beats = setInterval(() => {
    beat();
    void look();
  }, HEARTBEAT_MS);
  stream.ended.addEventListener('abort', () => {
    clearTimeout(timer);
    clearInterval(beats);
    silence();
  });
  void look();
}

/** What the reply would have said, for an answer that is written by hand. */
function headersOf(reply: FastifyReply): Record<string, string> {
  return Object.fromEntries(
    Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]),
  );
}
