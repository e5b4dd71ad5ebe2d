import { X509Certificate } from 'node:crypto';
import { mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { DAY_MS } from '../../../ground/spans.ts';
import { makeSelfSigned, type Certificate } from '../self-signed.ts';

/** A new pair for the town's domain, valid from a day ago on; a negative number has ended. */
export function pairFor({ days }: { readonly days: number }): Certificate {
  const now = Date.now();
  return makeSelfSigned('ecoles.preau.test', {
    from: new Date(now - 10 * DAY_MS),
    until: new Date(now + days * DAY_MS),
  });
}

/** The SHA-256 fingerprint of a pair's certificate, as a handshake shows it. */
export function fingerprintOf({ cert }: Certificate): string {
  return new X509Certificate(cert).fingerprint256;
}

/** An operator's two files, in a folder of their own. */
export interface CertificateFiles {
  readonly folder: string;
  /** As the environment names them. */
  readonly variables: Readonly<Record<'PREAU_TLS_CERT' | 'PREAU_TLS_KEY', string>>;
  /** Puts others in their place: each whole, one after the other. */
  put(pair: Certificate): void;
}

export function certificateFiles(first: Certificate): CertificateFiles {
  const folder = mkdtempSync(join(tmpdir(), 'preau-certificate-'));
  const variables = {
    PREAU_TLS_CERT: join(folder, 'fullchain.pem'),
    PREAU_TLS_KEY: join(folder, 'privkey.pem'),
  };
  const replace = (path: string, text: string): void => {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  };
  const put = ({ cert, key }: Certificate): void => {
    replace(variables.PREAU_TLS_CERT, cert);
    replace(variables.PREAU_TLS_KEY, key);
  };
  put(first);
  return { folder, variables, put };
}

/** Who a server of this machine says it is, over TLS from the first byte. */
export async function shownOn(port: number): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
  await new Promise<void>((resolve, reject) => {
    socket.once('secureConnect', resolve).once('error', reject);
  });
  const shown = shownBy(socket);
  socket.destroy();
  return shown;
}

/** The same of a connection that stands. */
export function shownBy(socket: TLSSocket): string {
  return socket.getPeerX509Certificate()?.fingerprint256 ?? '';
}
