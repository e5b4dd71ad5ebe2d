import { randomUUID, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { Server as TlsServer } from 'node:tls';
import type { Logger } from 'pino';
import type { Config } from '../../ground/config.ts';
import { errorCode, Fault } from '../../ground/fault.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { endOf, faultOf, type PairFault } from './pair.ts';
import { makeSelfSigned, type Certificate } from './self-signed.ts';
import { watchFiles } from './watch-files.ts';

export type { Certificate };

const DAYS_VALID = 825;
const RENEW_DAYS_BEFORE = 30;

/** What a server of ours says in a handshake: never less than TLS 1.2 (RFC 8996). */
export function tlsOptions({ cert, key }: Certificate) {
  return { cert, key, minVersion: 'TLSv1.2' } as const;
}

/** From the next handshake on a server shows this one; connections that stand keep theirs. */
export function showCertificate(server: Server, certificate: Certificate): void {
  if (server instanceof TlsServer) server.setSecureContext(tlsOptions(certificate));
}

/** The certificate that a server shows, and its successors: renewed without a stop. */
export interface ServerCertificate {
  readonly current: Certificate;
  /** Ends the watching. */
  close(): void;
}

/**
 * The certificate to begin with; `renewed` is told of each one that takes its place when the
 * operator's files change. What the files hold must be whole, a pair and of today, else the one
 * before is kept and the log says so. Rejects as `loadCertificate` does.
 */
export async function openCertificate(
  { config, log }: { readonly config: Config; readonly log: Logger },
  renewed: (certificate: Certificate) => void,
): Promise<ServerCertificate> {
  const current = await loadCertificate(config);
  const { tlsCertFile, tlsKeyFile } = config;
  if (tlsCertFile === null || tlsKeyFile === null) return { current, close: () => {} };
  if (faultOf(current, new Date()) === 'ended')
    log.error({ end: endOf(current) }, 'the certificate has ended: clients will refuse it');
  const close = watchFiles([tlsCertFile, tlsKeyFile], {
    first: [current.cert, current.key],
    changed([cert = '', key = '']) {
      const fault = faultOf({ cert, key }, new Date());
      if (fault !== null) return fault;
      renewed({ cert, key });
      log.info({ end: endOf({ cert, key }) }, 'a renewed certificate is shown from now on');
      return null;
    },
    refused: (why) =>
      log.error(
        { why },
        'the new files of PREAU_TLS_CERT and PREAU_TLS_KEY can’t be used, the certificate before is kept',
      ),
  });
  return { current, close };
}

/**
 * The operator's certificate, or one that signs itself: made at the first start, kept in the data
 * folder, made anew when it is about to end. Throws a `Fault` 'configuration' where the operator's
 * files don't fit one another.
 */
export async function loadCertificate(config: Config): Promise<Certificate> {
  if (config.tlsCertFile !== null && config.tlsKeyFile !== null)
    return ownCertificate(config.tlsCertFile, config.tlsKeyFile);
  const path = selfSignedPath(config.dataDir);
  const kept = await readKept(path);
  if (kept !== null) return kept;
  const made = makeSelfSigned(config.domain, {
    from: new Date(),
    until: new Date(Date.now() + DAYS_VALID * DAY_MS),
  });
  return keep(config.dataDir, path, made);
}

/**
 * The certificate that is shown today, the server's own first, then those that signed it: the
 * operator's, or the one that signs itself. Null where there is none yet, or none that can be read.
 */
export async function shownCertificates(
  config: Pick<Config, 'tlsCertFile' | 'dataDir'>,
): Promise<readonly X509Certificate[] | null> {
  const path = config.tlsCertFile ?? selfSignedPath(config.dataDir);
  try {
    const pem = await readFile(path, 'utf8');
    const parts = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
    return parts.length === 0 ? null : parts.map((part) => new X509Certificate(part));
  } catch {
    return null;
  }
}

const selfSignedPath = (dataDir: string): string => join(dataDir, 'self-signed.pem');

function ownCertificate(certFile: string, keyFile: string): Certificate {
  const own = { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
  const fault = faultOf(own, new Date());
  const sentence = fault === null ? null : sentenceOf(fault, { certFile, keyFile });
  if (sentence === null) return own;
  throw new Fault('configuration', sentence, { transient: false });
}

/** Null where mail goes on all the same: an old certificate is better than none at all. */
function sentenceOf(
  fault: PairFault,
  { certFile, keyFile }: { readonly certFile: string; readonly keyFile: string },
): string | null {
  switch (fault) {
    case 'no-certificate':
      return `PREAU_TLS_CERT : ce fichier n’est pas un certificat / this file is not a certificate (${certFile}).`;
    case 'no-key':
      return `PREAU_TLS_KEY : ce fichier n’est pas une clé sans mot de passe / this file is not a key without a password (${keyFile}).`;
    case 'no-pair':
      return `PREAU_TLS_KEY : cette clé n’est pas celle du certificat / this key is not the certificate’s (${keyFile}).`;
    case 'not-yet-valid':
    case 'ended':
      return null;
  }
}

/**
 * Key and certificate in one file, written beside and linked to its name: of processes that start
 * at once the first to be there wins, and all show its certificate. Gives the one that is kept.
 */
async function keep(folder: string, path: string, made: Certificate): Promise<Certificate> {
  await mkdir(folder, { recursive: true });
  const beside = `${path}.${randomUUID()}`;
  await writeFile(beside, `${made.key.trimEnd()}\n${made.cert.trimEnd()}\n`, { mode: 0o600 });
  try {
    await link(beside, path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    // The one that is there has had its time, or was made a moment ago by another.
    if ((await readKept(path)) === null) await rename(beside, path);
  } finally {
    await rm(beside, { force: true });
  }
  return (await readKept(path)) ?? made;
}

/** The certificate of a file of ours; null where there is none, or it is about to end. */
async function readKept(path: string): Promise<Certificate | null> {
  const kept = await readFile(path, 'utf8').then(parse, () => null);
  return kept !== null && isLasting(kept) ? kept : null;
}

function parse(pem: string): Certificate | null {
  const [key] =
    /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*-----END [A-Z ]*PRIVATE KEY-----/.exec(pem) ?? [];
  const [cert] = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/.exec(pem) ?? [];
  return key !== undefined && cert !== undefined ? { key, cert } : null;
}

function isLasting({ cert }: Certificate): boolean {
  return new X509Certificate(cert).validToDate.getTime() - Date.now() > RENEW_DAYS_BEFORE * DAY_MS;
}
