import type { SftpDestination } from '../destination.ts';

/**
 * pgBackRest's settings for a repository on another machine, whose host key it holds to the one
 * that was named.
 */
export function sftpOptions(
  { host, port, user }: SftpDestination,
  { login, fingerprint }: { readonly login: string; readonly fingerprint: string },
): readonly string[] {
  return [
    'repo1-type=sftp',
    `repo1-sftp-host=${host}`,
    `repo1-sftp-host-port=${port}`,
    `repo1-sftp-host-user=${user}`,
    'repo1-sftp-host-key-hash-type=sha256',
    'repo1-sftp-host-key-check-type=fingerprint',
    `repo1-sftp-host-fingerprint=${hexOf(fingerprint)}`,
    `repo1-sftp-private-key-file=${login}`,
  ];
}

/** `SHA256:…` in base64, as OpenSSH shows it, in the hexadecimal that pgBackRest wants. */
const hexOf = (fingerprint: string): string =>
  Buffer.from(fingerprint.replace('SHA256:', ''), 'base64').toString('hex');
