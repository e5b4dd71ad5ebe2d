import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { asChild, run } from './child.ts';

/** A program on the PATH or where Debian puts daemons; null when there is none. */
export function findProgram(name: string): string | null {
  const folders = [
    '/usr/local/sbin',
    '/usr/local/bin',
    '/usr/sbin',
    '/usr/bin',
    '/opt/homebrew/sbin',
  ];
  return (
    folders
      .map((folder) => join(folder, name))
      .find((path) => {
        try {
          accessSync(path, constants.X_OK);
          return true;
        } catch {
          return false;
        }
      }) ?? null
  );
}

/** Whether missing programs may be installed here: as root, on a Debian. */
export function mayInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/** Installs Debian packages; true when apt-get succeeded. Only for root. */
export async function aptInstall(
  packages: readonly string[],
  signal: AbortSignal,
): Promise<boolean> {
  const env = { ...asChild(null, '/').env, DEBIAN_FRONTEND: 'noninteractive', HOME: '/root' };
  await run('apt-get', ['update', '-q'], { env, signal });
  const { code } = await run(
    'apt-get',
    ['install', '-y', '-q', '--no-install-recommends', ...packages],
    { env, signal },
  );
  return code === 0;
}
