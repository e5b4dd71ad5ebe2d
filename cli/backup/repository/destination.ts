import { resolve } from 'node:path';
import { Fault } from '../../../core/ground/fault.ts';
import { SFTP_WRONG } from '../../texts/sftp.ts';

/** Where a repository is, as PREAU_BACKUP or `--repository` names it. */
type Destination = { readonly kind: 'folder'; readonly path: string } | SftpDestination;

/** A folder of another machine: `sftp://user@host:22/folder#SHA256:…`. */
export interface SftpDestination {
  readonly kind: 'sftp';
  readonly user: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** The one host key that is believed, as ssh-keygen(1) shows it; null: none was named yet. */
  readonly fingerprint: string | null;
}

const SFTP = 'sftp:';
const SSH_PORT = 22;
const FINGERPRINT = /^SHA256:[A-Za-z0-9+/]{43}$/;

/** The repository that a person named on a command line: a folder's whole path, or an address. */
export function repositoryAt(typed: string): string {
  return typed.startsWith(SFTP) ? typed : resolve(typed);
}

/** Reads where a repository is. Throws a `Fault` 'configuration' for an address that is none. */
export function readDestination(repository: string): Destination {
  if (!repository.startsWith(SFTP)) return { kind: 'folder', path: repository };
  const url = URL.canParse(repository) ? new URL(repository) : null;
  const path = decodeURIComponent(url?.pathname ?? '').replace(/(?<!\/)\/+$/, '');
  const fingerprint = url?.hash.slice(1) || null;
  const isWrong =
    url === null ||
    [url.username, url.hostname, path].includes('') ||
    `${url.password}${url.search}` !== '' ||
    !/^[\w./ -]+$/.test(path) ||
    (fingerprint !== null && !FINGERPRINT.test(fingerprint));
  if (isWrong)
    throw new Fault('configuration', SFTP_WRONG.address(repository), { transient: false });
  return {
    kind: 'sftp',
    user: decodeURIComponent(url.username),
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? SSH_PORT : Number(url.port),
    path,
    fingerprint,
  };
}
