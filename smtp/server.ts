import type { SMTPServerOptions } from 'smtp-server';
import { readProxyHeads } from '../core/ground/behind-proxy.ts';
import { isLoopback, listen } from '../core/ground/listen.ts';
import {
  openCertificate,
  tlsOptions,
  type Certificate,
} from '../core/town/certificate/certificate.ts';
import { cachingResolver } from './caching-resolver.ts';
import { Listener, connectionOf, type ListenerOptions } from './connection.ts';
import { openFlights } from './flight.ts';
import { handlers } from './handlers.ts';
import { limitsOf, type SmtpLimits } from './limits.ts';
import { openPeerSlots } from './peer-slots.ts';
import { asError, replyToSession } from './replies.ts';
import { isLocalPeer, systemResolver, type DNSResolver } from './sender-authentication.ts';
import type { SmtpPart, Surroundings } from './surroundings.ts';

export interface Smtp {
  /** The ports in fact listened to, where the configuration said 0. */
  readonly ports: {
    readonly mx: number;
    readonly submission: number;
    readonly submissions: number;
  };
  /** Sends idle clients away (421), lets transactions end for a few seconds, then closes. */
  close(): Promise<void>;
}

export interface SmtpOptions {
  readonly limits?: Partial<SmtpLimits>;
  readonly resolver?: DNSResolver;
  readonly isLocalPeer?: (ip: string) => boolean;
}

/**
 * Commands of the library that are a joke or a proxy's; AUTH is there only where it may be used.
 */
const DISABLED = ['WIZ', 'SHELL', 'KILL', 'XCLIENT', 'XFORWARD', 'LHLO'];
const WITHOUT_AUTH = [...DISABLED, 'AUTH'];

/**
 * Listens on three ports: MX (RFC 5321), submission with STARTTLS (RFC 6409) and submissions with
 * TLS from the first byte (RFC 8314 §3.3). Rejects with a `Fault` 'configuration' in one sentence
 * where a port is taken or a certificate is wrong; then none of the three is left open.
 */
export async function startSmtp(core: SmtpPart, options: SmtpOptions = {}): Promise<Smtp> {
  const { config } = core;
  const limits = { ...limitsOf(config), ...options.limits };
  const around: Surroundings = {
    limits,
    resolver:
      options.resolver ??
      cachingResolver(systemResolver(config.resolver === null ? [] : [config.resolver])),
    isLocalPeer: options.isLocalPeer ?? isLocalPeer,
    flights: openFlights(limits),
    waking: { last: Promise.resolve() },
  };
  const listeners: Listener[] = [];
  const certificate = await openCertificate(core, (renewed) => {
    for (const each of listeners) each.updateSecureContext(renewed);
  });
  const opened = (kind: Kind): Listener => {
    const one = listener(core, around, { certificate: certificate.current, kind });
    listeners.push(one);
    return one;
  };
  const auth = config.insecureLoopback ? 'after-tls-or-on-loopback' : 'after-tls';
  const mx = opened({ via: 'mx', auth: 'never', tls: 'starttls' });
  const submission = opened({ via: 'submission', auth, tls: 'starttls' });
  const submissions = opened({ via: 'submission', auth, tls: 'implicit' });
  const close = async (): Promise<void> => {
    certificate.close();
    await Promise.all(listeners.map((each) => each.stop()));
  };
  const on = ({ server }: Listener, port: number, variable: string): Promise<number> =>
    listen(server, { host: config.host, port, variable });
  try {
    return {
      ports: {
        mx: await on(mx, config.mxPort, 'PREAU_MX_PORT'),
        submission: await on(submission, config.submissionPort, 'PREAU_SUBMISSION_PORT'),
        submissions: await on(submissions, config.submissionsPort, 'PREAU_SUBMISSIONS_PORT'),
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Kind {
  readonly via: 'mx' | 'submission';
  readonly auth: ListenerOptions['auth'];
  readonly tls: 'starttls' | 'implicit';
}

function listener(
  core: SmtpPart,
  around: Surroundings,
  { certificate, kind }: { readonly certificate: Certificate; readonly kind: Kind },
): Listener {
  const { limits } = around;
  const options: SMTPServerOptions = {
    ...tlsOptions(certificate),
    secure: kind.tls === 'implicit',
    name: core.config.domain,
    banner: 'Preau',
    heloResponse: '%s',
    size: core.config.maxMessageBytes,
    authMethods: ['PLAIN', 'LOGIN'],
    authOptional: true, // who may say MAIL without AUTH is handlers.ts's to answer
    allowInsecureAuth: core.config.insecureLoopback,
    disabledCommands: WITHOUT_AUTH,
    hideENHANCEDSTATUSCODES: false,
    hideDSN: kind.via === 'mx', // strangers are told nothing of what becomes of their mail
    disableReverseLookup: true,
    maxAllowedUnauthenticatedCommands: false, // connection.ts counts, on every listener
    maxCommandLength: limits.authLineBytes,
    maxClients: limits.connections,
    socketTimeout: limits.idleMs,
    closeTimeout: limits.closingMs,
    noDelay: true,
    logger: false,
    ...handlers({ core, around }, kind.via),
    ...admission(limits, kind.auth),
  };
  const server = new Listener(options, {
    limits,
    auth: kind.auth,
    offersDsn: kind.via === 'submission',
  });
  readProxyHeads(server.server, core);
  // A client that broke its connection or its TLS: not ours to mend.
  server.on('error', (error: Error) => core.log.debug({ err: error }, 'smtp connection'));
  return server;
}

/**
 * Counts connections by network, and opens AUTH where it may be used: under TLS only (RFC 4954 §4),
 * and no exception but the one for load tools.
 */
function admission(
  limits: SmtpLimits,
  auth: ListenerOptions['auth'],
): Required<Pick<SMTPServerOptions, 'onConnect' | 'onSecure' | 'onClose'>> {
  const slots = openPeerSlots(limits.connectionsPerPeer);
  const taken = new Map<string, () => void>();
  return {
    onConnect(session, done) {
      const giveBack = slots.take(session.remoteAddress);
      if (!giveBack) return done(asError(replyToSession('too-many-connections')));
      taken.set(session.id, giveBack);
      const isAllowed = session.secure
        ? auth !== 'never'
        : auth === 'after-tls-or-on-loopback' && isLoopback(session.remoteAddress);
      connectionOf(session).offerAuth(isAllowed ? 'offered' : 'never');
      return done();
    },
    onSecure(_socket, session, done) {
      connectionOf(session).offerAuth(auth === 'never' ? 'never' : 'offered');
      done();
    },
    onClose(session) {
      connectionOf(session).signedIn?.end();
      taken.get(session.id)?.();
      taken.delete(session.id);
    },
  };
}
