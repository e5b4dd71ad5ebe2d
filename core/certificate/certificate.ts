import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { Fault } from '../fault.ts';
import { makeSelfSigned, type Certificate } from './self-signed.ts';

export type { Certificate };

const DAYS_VALID = 825;
const RENEW_DAYS_BEFORE = 30;
const DAY_MS = 86_400_000;

/**
 * The operator's certificate, or one that signs itself: made at the first start, kept in the data
 * folder, made anew when it is about to end. Throws a `Fault` 'configuration' where the operator's
 * files don't fit one another.
 */
export async function loadCertificate(config: Config): Promise<Certificate> {
  if (config.tlsCertFile !== null && config.tlsKeyFile !== null)
    return ownCertificate(config.tlsCertFile, config.tlsKeyFile);
  const path = join(config.dataDir, 'self-signed.pem');
  const kept = await readFile(path, 'utf8').then(parse, () => null);
  if (kept && isLasting(kept)) return kept;
  const made = makeSelfSigned(config.domain, {
    from: new Date(),
    until: new Date(Date.now() + DAYS_VALID * DAY_MS),
  });
  await keep(config.dataDir, path, made);
  return made;
}

function ownCertificate(certFile: string, keyFile: string): Certificate {
  const own = { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
  try {
    const [end] = own.cert.split(/(?<=-----END CERTIFICATE-----)/);
    if (new X509Certificate(end ?? '').toString() !== '') return own;
  } catch (error) {
    throw new Fault(
      'configuration',
      `PREAU_TLS_CERT : ce fichier n’est pas un certificat / this file is not a certificate (${certFile}).`,
      { transient: false, cause: error },
    );
  }
  return own;
}

/**
 * Key and certificate in one file, so that two processes starting at once can't mix theirs; each
 * writes beside and renames.
 */
async function keep(folder: string, path: string, { cert, key }: Certificate): Promise<void> {
  await mkdir(folder, { recursive: true });
  const beside = `${path}.${process.pid}`;
  await writeFile(beside, `${key.trimEnd()}\n${cert.trimEnd()}\n`, { mode: 0o600 });
  await rename(beside, path);
}

function parse(pem: string): Certificate | null {
  const [key] =
    /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?-----END [A-Z ]*PRIVATE KEY-----/.exec(pem) ?? [];
  const [cert] = /-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/.exec(pem) ?? [];
  return key !== undefined && cert !== undefined ? { key, cert } : null;
}

function isLasting({ cert }: Certificate): boolean {
  return new X509Certificate(cert).validToDate.getTime() - Date.now() > RENEW_DAYS_BEFORE * DAY_MS;
}
