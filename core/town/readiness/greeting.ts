import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** What came of knocking at a port. */
export type Greeting =
  | { readonly kind: 'greeted'; readonly line: string }
  /** Nothing listens there, or it is somebody's who says nothing. */
  | { readonly kind: 'refused' | 'silent' };

interface Door {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; whose certificate it is isn't asked here. */
  readonly tls: 'at-once' | 'none';
  /** What is said first, where the other side waits for it. */
  readonly say: string | null;
  /** Whether the other side takes us for a proxy: then who we bring stands before all else. */
  readonly asProxy?: true;
  readonly signal: AbortSignal;
}

const GREETING_MS = 5_000;
const MAX_LINE_BYTES = 1_000;
/** The proxy speaks for itself (HAProxy’s doc/proxy-protocol.txt, §2.1). */
const OWN_HEAD = 'PROXY UNKNOWN\r\n';

/** The first line that a server says to whoever comes, within five seconds. */
export function greetingOf({ host, port, tls, say, asProxy, signal }: Door): Promise<Greeting> {
  return new Promise((resolve) => {
    const wire = connect({ host, port, signal });
    if (asProxy === true) wire.write(OWN_HEAD);
    const socket = tls === 'none' ? wire : connectTls({ socket: wire, rejectUnauthorized: false });
    let heard = '';
    const done = (greeting: Greeting): void => {
      clearTimeout(timer);
      socket.destroy();
      wire.destroy();
      resolve(greeting);
    };
    const timer = setTimeout(() => done({ kind: 'silent' }), GREETING_MS);
    socket.setEncoding('latin1');
    socket.once(tls === 'none' ? 'connect' : 'secureConnect', () => {
      if (say !== null) socket.write(say);
    });
    socket.on('data', (chunk: string) => {
      heard += chunk;
      const [line] = heard.split('\n');
      if (heard.includes('\n') || heard.length > MAX_LINE_BYTES)
        done({ kind: 'greeted', line: (line ?? '').trim().slice(0, MAX_LINE_BYTES) });
    });
    for (const one of [wire, socket]) one.on('error', () => done({ kind: 'refused' }));
    // TLS closes before what it lies on says why
    socket.on('close', () => setImmediate(() => done({ kind: 'silent' })));
  });
}
