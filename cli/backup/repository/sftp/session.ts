import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault } from '../../../../core/ground/fault.ts';
import { asChild, run } from '../../../launcher/child.ts';
import { SFTP_WRONG } from '../../../texts/sftp.ts';
import type { SftpDestination } from '../destination.ts';
import type { BackupKey } from '../key.ts';
import { hostKeyFault, hostKeyOptions } from './host-key.ts';
import { loginKey } from './login-key.ts';
import { openSftp } from './open-sftp.ts';

const CONNECT_S = 10;
/** A host that says nothing for so long, three times over, is away. */
const ALIVE_S = 15;
const AWAY = /Connection refused|timed out|Could not resolve|No route to host|unreachable/i;
/** The second is how sshd treats who was refused some times (its PerSourcePenalties). */
const REFUSED = /Permission denied \(|Connection (closed|reset) by|kex_exchange_identification/;

/** What one session does: lines of sftp(1), and a folder of this machine for what they carry. */
type Batch = (folder: string) => readonly string[];

interface SftpSessionParts {
  readonly destination: SftpDestination;
  readonly key: BackupKey;
  readonly signal: AbortSignal;
}

/**
 * Runs a batch of sftp(1) on the machine of the backups; gives what it wrote, and what `use` makes
 * of the folder. Throws a `Fault` 'configuration' with a sentence: the host is away, its key has
 * changed, it lets nobody in, the folder can't be written.
 */
export async function inSession<T>(
  at: SftpSessionParts,
  batch: Batch,
  use: (output: string, folder: string) => T,
): Promise<T> {
  const { destination, key, signal } = at;
  const { user, host, port } = destination;
  const folder = mkdtempSync(join(tmpdir(), 'preau-sftp-'));
  try {
    const login = join(folder, 'login.key');
    writeFileSync(login, loginKey(key).file, { mode: 0o600 });
    const settings = [
      'LogLevel=ERROR',
      'BatchMode=yes',
      'IdentitiesOnly=yes',
      'IdentityAgent=none',
      `ConnectTimeout=${CONNECT_S}`,
      `ServerAliveInterval=${ALIVE_S}`,
      ...hostKeyOptions(destination, folder),
    ];
    const options = settings.flatMap((setting) => ['-o', setting]);
    const { code, output } = await run(
      await openSftp(signal),
      [
        '-b',
        '-',
        '-F',
        'none',
        '-P',
        String(port),
        '-i',
        login,
        ...options,
        `${user}@${host.includes(':') ? `[${host}]` : host}`,
      ],
      { ...asChild(null, folder), signal, input: [...batch(folder), ''].join('\n') },
    );
    if (code !== 0) throw hostKeyFault(destination, folder) ?? sentenceFor(output, at);
    return use(output, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sentenceFor(
  output: string,
  { destination, key }: { readonly destination: SftpDestination; readonly key: BackupKey },
): Fault {
  const { user, host, port, path } = destination;
  const refused = (sentence: string) =>
    new Fault('configuration', sentence, { transient: false, cause: output });
  if (REFUSED.test(output)) return refused(SFTP_WRONG.refused(user, host, loginKey(key).line));
  if (AWAY.test(output)) return refused(SFTP_WRONG.away(host, port));
  return refused(SFTP_WRONG.notWritable(user, path, host));
}
