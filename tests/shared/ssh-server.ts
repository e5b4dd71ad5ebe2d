import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { until } from '../e2e/whole.ts';
import { answers } from './answers.ts';
import { freePort } from './free-port.ts';

const SSHD = '/usr/sbin/sshd';

/** A real OpenSSH server on the loopback. */
export interface SshServer {
  readonly user: string;
  readonly port: number;
  /** The only keys that open it, each a line of authorized_keys. */
  authorize(lines: readonly string[]): void;
  /** Ends it, and starts it again with another host key. */
  changeHostKey(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts one that keeps its own in a folder, for the user that runs the test. */
export async function startSshServer(folder: string): Promise<SshServer> {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const port = await freePort();
  const authorized = join(folder, 'authorized_keys');
  const authorize = (lines: readonly string[]) => {
    writeFileSync(authorized, `${lines.join('\n')}\n`);
    chmodSync(authorized, 0o644);
  };
  authorize([]);
  let child = await serve();

  async function serve() {
    const hostKeys = ['ed25519', 'ecdsa', 'rsa'].map((type) => {
      const path = join(folder, `host_${type}`);
      for (const old of [path, `${path}.pub`]) rmSync(old, { force: true });
      execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-f', path]);
      return `HostKey=${path}`;
    });
    const settings = [
      ...[`Port=${port}`, 'ListenAddress=127.0.0.1', ...hostKeys, 'PidFile=none'],
      ...[`AuthorizedKeysFile=${authorized}`, 'StrictModes=no', 'UsePAM=no'],
      ...['PasswordAuthentication=no', 'PermitRootLogin=prohibit-password'],
      ...['Subsystem=sftp internal-sftp', 'LogLevel=ERROR'],
    ];
    const given = settings.flatMap((setting) => ['-o', setting]);
    const started = spawn(SSHD, ['-D', '-e', '-f', '/dev/null', ...given], { stdio: 'ignore' });
    await until('sshd answers', () => answers('data', port));
    return started;
  }

  async function stop(): Promise<void> {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }

  return {
    user: userInfo().username,
    port,
    authorize,
    stop,
    async changeHostKey() {
      await stop();
      child = await serve();
    },
  };
}
