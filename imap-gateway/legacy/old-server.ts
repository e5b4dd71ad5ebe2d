import { ImapFlow, type ImapFlowOptions } from 'imapflow';
import { errorCode } from '../../core/ground/fault.ts';
import type { Journey } from './map-file.ts';

/** The server that the mail comes from. */
export interface OldServer {
  readonly host: string;
  readonly port: number;
  /**
   * TLS from the first byte, by STARTTLS, or none: then only where it is this machine or its own
   * network, and somebody said so.
   */
  readonly security: 'tls' | 'starttls' | 'none';
  /**
   * Whether a certificate that nobody vouches for is taken; old school servers seldom have another.
   */
  readonly anyCertificate: boolean;
  /** Who signs in for everybody, and how the server is told for whom. */
  readonly admin: Admin | null;
}

export interface Admin {
  readonly user: string;
  readonly password: string;
  /**
   * SASL PLAIN's authzid (RFC 4616), or `user<separator>admin` as a login (Dovecot's master users,
   * Courier).
   */
  readonly way:
    | { readonly kind: 'authzid' }
    | { readonly kind: 'master'; readonly separator: string };
}

const TIMEOUTS = {
  connectionTimeout: 20_000,
  greetingTimeout: 16_000,
  socketTimeout: 120_000,
} as const;

/**
 * Signs in to the old server for one account. Throws imapflow's errors; `authenticationFailed` is
 * set on a refused password.
 */
export async function openOld(server: OldServer, journey: Journey): Promise<ImapFlow> {
  const client = new ImapFlow({
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    ...(server.security === 'starttls' ? { doSTARTTLS: true } : {}),
    ...(server.security === 'none' ? { doSTARTTLS: false } : {}),
    tls: { rejectUnauthorized: !server.anyCertificate },
    auth: loginOf(server.admin, journey),
    logger: false,
    disableAutoIdle: true,
    clientInfo: { name: 'preau' },
    ...TIMEOUTS,
  });
  client.on('error', () => undefined); // the command that was waiting rejects with it
  await client.connect();
  return client;
}

function loginOf(
  admin: Admin | null,
  { user, password }: Journey,
): NonNullable<ImapFlowOptions['auth']> {
  if (admin === null) return { user, pass: password ?? '' };
  return admin.way.kind === 'authzid'
    ? { user: admin.user, pass: admin.password, authzid: user, loginMethod: 'AUTH=PLAIN' }
    : { user: `${user}${admin.way.separator}${admin.user}`, pass: admin.password };
}

/** Why a server was never spoken to; trying again helps only where it is `silent`. */
export type ConnectTrouble = 'silent' | 'certificate' | 'no-tls' | 'no-starttls';

const SILENT =
  /^(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|CONNECT_TIMEOUT|GREETING_TIMEOUT)$/;
const CERTIFICATE = /SELF_SIGNED|^UNABLE_TO_|^CERT_|^ERR_TLS_CERT/;

/**
 * What an error of `openOld` says of the way to the server; null: it was reached, or something else
 * broke.
 */
export function troubleOf(error: Error): ConnectTrouble | null {
  const code = errorCode(error);
  if (SILENT.test(code)) return 'silent';
  if (CERTIFICATE.test(code)) return 'certificate';
  if (/^(?:ERR_SSL_|EPROTO)/.test(code)) return 'no-tls';
  return /does not support STARTTLS/i.test(error.message) ? 'no-starttls' : null;
}
