import { connect } from 'node:net';
import { connect as connectTls, getCACertificates } from 'node:tls';

/** What a browser sees of the certificate at a door. */
export type CertificateSight =
  /** Believed, and until when. */
  | { readonly kind: 'good'; readonly until: Date }
  /** Not believed; OpenSSL's or Node's word for why: `CERT_HAS_EXPIRED`. */
  | { readonly kind: 'bad'; readonly why: string }
  | { readonly kind: 'refused' | 'silent' };

interface Door {
  readonly address: string;
  readonly port: number;
  /** Under which name one comes (RFC 6066 §3). */
  readonly name: string;
  /** PEM of signers who are believed besides those that browsers and this machine know. */
  readonly authorities: readonly string[];
  readonly signal: AbortSignal;
}

const ANSWER_MS = 5_000;

/** Shakes hands as a browser does, within five seconds, and looks at what is shown. */
export function shownAt({
  address,
  port,
  name,
  authorities,
  signal,
}: Door): Promise<CertificateSight> {
  return new Promise((resolve) => {
    const wire = connect({ host: address, port, signal });
    const socket = connectTls({
      socket: wire,
      servername: name,
      ca: [...getCACertificates(), ...authorities],
      rejectUnauthorized: false, // the answer says why, which an error would not
    });
    const done = (shown: CertificateSight): void => {
      clearTimeout(timer);
      socket.destroy();
      wire.destroy();
      resolve(shown);
    };
    const timer = setTimeout(() => done({ kind: 'silent' }), ANSWER_MS);
    socket.on('secureConnect', () => {
      const until = new Date(socket.getPeerCertificate().valid_to);
      const why = String(socket.authorizationError);
      done(socket.authorized ? { kind: 'good', until } : { kind: 'bad', why });
    });
    for (const one of [wire, socket]) one.on('error', () => done({ kind: 'refused' }));
    // TLS closes before what it lies on says why
    socket.on('close', () => setImmediate(() => done({ kind: 'silent' })));
  });
}
