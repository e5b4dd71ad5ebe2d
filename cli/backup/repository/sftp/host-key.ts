import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../../../core/ground/fault.ts';
import { SFTP_WRONG } from '../../../texts/sftp.ts';
import type { SftpDestination } from '../destination.ts';

/**
 * The algorithms of host keys in the order in which libssh2 asks for them, so that OpenSSH and
 * pgBackRest are shown the same key.
 */
const ALGORITHMS = [
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-ed25519',
  'rsa-sha2-512',
  'rsa-sha2-256',
].join();

/** Writes down which key is shown; knows the host where it is the one that was named. */
const LOOK = `printf '%s' "$2" > "$1/shown"
[ "$2" = "$3" ] && printf '%s %s %s\\n' "$4" "$5" "$6"
exit 0
`;

/**
 * Settings of ssh_config(5) by which the host is believed for the fingerprint of its key alone. Not
 * by ssh-keyscan(1): a host that is asked often by somebody who never signs in shuts its door (the
 * PerSourcePenalties of sshd_config(5)).
 */
export function hostKeyOptions(
  { fingerprint }: SftpDestination,
  folder: string,
): readonly string[] {
  const script = join(folder, 'known-hosts');
  writeFileSync(script, LOOK, { mode: 0o600 });
  return [
    `HostKeyAlgorithms=${ALGORITHMS}`,
    'StrictHostKeyChecking=yes',
    'UserKnownHostsFile=none',
    'GlobalKnownHostsFile=none',
    `KnownHostsCommand=/bin/sh ${script} ${folder} %f ${fingerprint ?? 'none'} %H %t %K`,
  ];
}

/** What is wrong with the key that the host has shown; null: nothing, or none was shown. */
export function hostKeyFault(destination: SftpDestination, folder: string): Fault | null {
  const { host, fingerprint } = destination;
  const path = join(folder, 'shown');
  const shown = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (!shown.startsWith('SHA256:') || shown === fingerprint) return null;
  return new Fault(
    'configuration',
    fingerprint === null
      ? SFTP_WRONG.notPinned(addressOf(destination), shown)
      : SFTP_WRONG.otherKey(host, shown),
    { transient: false },
  );
}

function addressOf({ user, host, port, path }: SftpDestination): string {
  return `sftp://${user}@${host.includes(':') ? `[${host}]` : host}:${port}${path}`;
}
