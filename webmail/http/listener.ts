import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { Counter } from 'prom-client';
import { readProxyHeads } from '../../core/ground/behind-proxy.ts';
import type { WithConfig } from '../../core/ground/config.ts';
import type { WithLog } from '../../core/ground/log.ts';
import type { WithMetrics } from '../../core/ground/metrics.ts';
import { tlsOptions, type Certificate } from '../../core/town/certificate/certificate.ts';
import { watchConnections, type Connections } from './connections.ts';
import { MAX_FIELDS_BYTES } from './forms.ts';
import type { WebLimits } from './limits.ts';
import { peersOf, proxyPeer } from './peers.ts';
import { openTurnAway, type TurnAway, type TurnedAway } from './turned-away.ts';

/** What the parser says of what it can't read; anything else is no HTTP. */
const PARSER_SAYS: Readonly<Record<string, TurnedAway>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'too-slow',
  HPE_HEADER_OVERFLOW: 'head-too-big',
};
/** A handshake that came to nothing: there is no way to say why. */
const TLS_FAULT = /^(ERR_SSL_|ERR_TLS_|ECONNRESET$)/;

interface ListenerWishes {
  readonly limits: WebLimits;
  /** Of every answer, those written by hand too. */
  readonly headers: Readonly<Record<string, string>>;
  /** Null is plain HTTP. */
  readonly certificate: Certificate | null;
  /** Answers a request that fastify itself can't take. */
  failed(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void;
}

/** A server of HTTP/1.1 whose connections and requests are bounded, before there is a page. */
export interface WebListener {
  readonly app: FastifyInstance;
  readonly connections: Connections;
  /** Says why and closes; counted. */
  readonly turnAway: TurnAway;
}

/** Makes one that doesn't listen yet. */
export function openListener(
  core: WithConfig & WithLog & WithMetrics,
  { limits, headers, certificate, failed }: ListenerWishes,
): WebListener {
  const turnAway = counting(core, openTurnAway(headers, certificate === null ? 'http' : 'https'));
  const app = fastify({
    ...bounded(core, limits),
    ...(certificate === null ? {} : { https: { ...tlsOptions(certificate), ...heads(limits) } }),
    frameworkErrors: (error, request, reply) => failed(error, request, reply),
    clientErrorHandler: (error, socket) => {
      if (TLS_FAULT.test(error.code) || socket.destroyed || !socket.writable) socket.destroy();
      else turnAway(socket, PARSER_SAYS[error.code] ?? 'no-http');
    },
  });
  const connections = connectionsOf(app, core, { limits, turnAway });
  readProxyHeads(app.server, core);
  return { app, turnAway, connections };
}

/** What a request may take of time and of bytes. */
function bounded({ config }: WithConfig, limits: WebLimits) {
  return {
    logger: false,
    trustProxy: config.trustedProxy ?? false,
    bodyLimit: MAX_FIELDS_BYTES,
    requestTimeout: limits.requestMs,
    connectionTimeout: limits.stalledMs,
    keepAliveTimeout: limits.keepAliveMs,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 100 },
    exposeHeadRoutes: true,
    http: heads(limits),
  } as const;
}

/** A handshake must be over as soon as a head must have come. */
function heads({ headersMs, lookMs }: WebLimits) {
  return {
    headersTimeout: headersMs,
    handshakeTimeout: headersMs,
    connectionsCheckingInterval: lookMs,
  };
}

/**
 * Who is turned away is counted: a flood leaves no line in the log and can be seen all the same.
 */
function counting({ metrics }: WithMetrics, turnAway: TurnAway): TurnAway {
  const name = 'preau_web_turned_away_total';
  const known = metrics.registry.getSingleMetric(name);
  const count =
    known instanceof Counter
      ? known
      : new Counter({
          name,
          help: 'Connections of the pages turned away.',
          labelNames: ['why'] as const,
          registers: [metrics.registry],
        });
  return (socket, why) => {
    count.inc({ why });
    turnAway(socket, why);
  };
}

function connectionsOf(
  app: FastifyInstance,
  { config }: WithConfig,
  { limits, turnAway }: { readonly limits: WebLimits; readonly turnAway: TurnAway },
): Connections {
  const peerOf = peersOf(config, limits);
  const proxy = proxyPeer(config, limits);
  const connections = watchConnections(app.server, {
    limits,
    turnAway,
    peerOf: (ip) => proxy(ip) ?? peerOf(ip),
  });
  app.addHook('onClose', async () => {
    connections.close();
  });
  return connections;
}
