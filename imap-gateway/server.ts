import { constants } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, type SecureContext } from 'node:tls';
import { readProxyHeads } from '../core/ground/behind-proxy.ts';
import { KeyCounts } from '../core/ground/counts.ts';
import { listen, type Port } from '../core/ground/listen.ts';
import {
  openCertificate,
  tlsOptions,
  type Certificate,
} from '../core/town/certificate/certificate.ts';
import { openAccountSlots, type AccountSlots } from './account-slots.ts';
import { Connection } from './connection.ts';
import { limitsOf, type ImapLimits } from './limits.ts';
import { openServerContext, type ImapPart, type ServerContext } from './server-context.ts';

export interface Imap {
  /** The ports in fact listened to, where the configuration said 0. */
  readonly ports: { readonly imap: number; readonly imaps: number };
  /** Sends waiting clients away (BYE), lets commands end for a few seconds, then closes. */
  close(): Promise<void>;
}

interface ImapOptions {
  readonly limits?: Partial<ImapLimits>;
  /** Where accounts are counted, where that isn't this process alone. */
  readonly slots?: AccountSlots;
}

const CLOSING_STEP_MS = 20;
const BACKLOG = 1_024;

/**
 * Listens on two ports: IMAP with STARTTLS (RFC 9051 §6.2.1) and IMAP with TLS from the first byte
 * (RFC 8314 §3.2). Rejects with a `Fault` 'configuration' in one sentence where a port is taken or
 * a certificate is wrong; then none of the two is left open.
 */
export async function startImap(core: ImapPart, options: ImapOptions = {}): Promise<Imap> {
  const { config } = core;
  const limits = { ...limitsOf(config), ...options.limits };
  const certificate = await openCertificate(core, (renewed) => {
    context.secureContext = secured(renewed); // sessions under TLS already keep theirs
  });
  const context = openServerContext(core, {
    limits,
    secureContext: secured(certificate.current),
    slots: options.slots ?? openAccountSlots(),
  });
  const peers = new KeyCounts();
  const imap = listener(context, peers, 'starttls');
  const imaps = listener(context, peers, 'implicit');
  const close = () => {
    certificate.close();
    return stop(context, [imap, imaps]);
  };
  const on = (port: number, variable: string): Port => ({
    host: config.host,
    port,
    variable,
    backlog: BACKLOG,
  });
  try {
    return {
      ports: {
        imap: await listen(imap, on(config.imapPort, 'PREAU_IMAP_PORT')),
        imaps: await listen(imaps, on(config.imapsPort, 'PREAU_IMAPS_PORT')),
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * A handshake costs us more than the client, and one for each connection is enough; what
 * the standard library counts it counts for servers of its own.
 */
function secured(certificate: Certificate): SecureContext {
  return createSecureContext({
    ...tlsOptions(certificate),
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
  });
}

function listener(context: ServerContext, peers: KeyCounts, tls: 'implicit' | 'starttls'): Server {
  const server = createServer({ noDelay: true, keepAlive: true }, (socket) => {
    const peer = socket.remoteAddress;
    if (peer === undefined || !admit(context, peers, peer)) return refuse(socket, tls);
    socket.on('close', () => peers.add(peer, -1));
    return void new Connection(context, socket).serve(tls);
  });
  readProxyHeads(server, context.core);
  return server;
}

const admit = ({ limits, sessions }: ServerContext, peers: KeyCounts, peer: string): boolean =>
  sessions.size < limits.connections && peers.take(peer, limits.connectionsPerPeer);

function refuse(socket: Socket, tls: 'implicit' | 'starttls'): void {
  socket.on('error', () => socket.destroy());
  if (tls === 'implicit') socket.destroy(); // no handshake for somebody who can't stay
  else
    socket.end('* BYE [UNAVAILABLE] Too many connections, try again later\r\n', () =>
      socket.destroy(),
    );
}

async function stop(context: ServerContext, servers: readonly Server[]): Promise<void> {
  const closed = servers.map((server) =>
    server.listening
      ? new Promise<void>((resolve) => {
          server.close(() => resolve());
        })
      : Promise.resolve(),
  );
  const until = performance.now() + context.limits.closingMs;
  while (context.sessions.size > 0 && performance.now() < until) {
    for (const session of context.sessions) session.stop();
    await new Promise((resolve) => {
      setTimeout(resolve, CLOSING_STEP_MS);
    });
  }
  for (const session of context.sessions) session.cut();
  await Promise.all(closed);
  context.close();
}
