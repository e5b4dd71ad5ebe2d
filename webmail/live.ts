import type { FastifyReply } from 'fastify';
import type { Core, Session } from '../core/core.ts';

/** Open pages of one account at once; the oldest closes and its browser comes again later. */
const MAX_PER_ACCOUNT = 12;
/** A comment now and then keeps proxies from cutting the line, and finds out that the session has ended. */
const HEARTBEAT_MS = 25_000;
/** When the browser comes back after a cut. */
const RETRY_MS = 2000;

/** Open event streams of one process; `close` ends them all. */
export interface Live {
  open(visit: { readonly core: Core; readonly session: Session; readonly token: string }, reply: FastifyReply): void;
  close(): void;
}

/** New mail as server-sent events: only a bell, the page asks for its list again. Works across processes, since core rings in each. */
export function openLive(): Live {
  const streams = new Map<number, Set<() => void>>();
  return {
    open({ core, session, token }, reply) {
      const { viewer } = session;
      const own = streams.get(viewer.account) ?? new Set();
      streams.set(viewer.account, own);
      if (own.size >= MAX_PER_ACCOUNT) [...own][0]?.();
      const raw = reply.raw;
      reply.hijack();
      raw.writeHead(200, { ...headersOf(reply), 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
      raw.write(`retry: ${RETRY_MS}\n\n`);
      const silence = core.events.subscribe(viewer, () => raw.write('event: mail\ndata: \n\n'));
      const beat = setInterval(() => {
        core.accounts.session(token).then(
          (still) => (still === null ? end() : raw.write(':\n\n')),
          () => raw.write(':\n\n'), // a database at rest is no reason to hang up
        );
      }, HEARTBEAT_MS);
      const end = (): void => {
        clearInterval(beat);
        silence();
        own.delete(end);
        if (own.size === 0) streams.delete(viewer.account);
        raw.end();
      };
      own.add(end);
      raw.on('close', end);
    },
    close() {
      for (const own of [...streams.values()]) for (const end of [...own]) end();
    },
  };
}

/** What the reply would have said, for an answer that is written by hand. */
export function headersOf(reply: FastifyReply): Record<string, string> {
  return Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]));
}
