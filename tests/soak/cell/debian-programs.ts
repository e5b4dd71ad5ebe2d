import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Debian's programs of a cell, installed or only unpacked. */
export interface DebianPrograms {
  readonly etcd: string;
  readonly haproxy: string;
  /** The folder of PostgreSQL's programs. */
  readonly postgres: string;
  /** Patroni and patronictl are programs of Python. */
  readonly python: string;
  readonly patroni: string;
  readonly patronictl: string;
  /** What they need to find what they were built with. */
  readonly env: Readonly<Record<string, string>>;
  remove(): void;
}

/** With what they need and a small Debian lacks. */
const PACKAGES = [
  'patroni',
  'etcd-server',
  'etcd-client',
  'pgbackrest',
  'haproxy',
  'postgresql-17',
  'postgresql-client-17',
  'libpq5',
  'libicu76',
  'libxml2',
  'liblua5.4-0',
  'libjemalloc2',
  'libopentracing-c-wrapper0t64',
  'libopentracing1',
  'python3-click',
  'python3-dateutil',
  'python3-dnspython',
  'python3-etcd',
  'python3-prettytable',
  'python3-psutil',
  'python3-psycopg2',
  'python3-six',
  'python3-urllib3',
  'python3-wcwidth',
  'python3-yaml',
  'python3-ydiff',
];

/** The programs, or a sentence that says why there are none. */
export function debianPrograms(): DebianPrograms | string {
  if (process.getuid?.() !== 0) return 'root is needed, for the users of PostgreSQL';
  const installed = under('/', () => {});
  if (installed !== null) return installed;
  const folder = mkdtempSync(join(tmpdir(), 'preau-debian-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    unpack(folder);
  } catch {
    remove();
    return 'apt-get install postgresql-17 patroni etcd-server haproxy python3-etcd';
  }
  return under(join(folder, 'root'), remove) ?? 'the packages of Debian hold other programs';
}

function unpack(folder: string): void {
  mkdirSync(join(folder, 'root'));
  execFileSync('chmod', ['755', folder]);
  execFileSync('apt-get', ['download', '-qq', ...PACKAGES], { cwd: folder, stdio: 'ignore' });
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.deb')))
    execFileSync('dpkg', ['-x', join(folder, name), join(folder, 'root')]);
}

function under(root: string, remove: () => void): DebianPrograms | null {
  const programs = {
    etcd: join(root, 'usr/bin/etcd'),
    haproxy: join(root, 'usr/sbin/haproxy'),
    patroni: join(root, 'usr/bin/patroni'),
    patronictl: join(root, 'usr/bin/patronictl'),
    postgres: join(root, 'usr/lib/postgresql/17/bin'),
  };
  if (!Object.values(programs).every((path) => existsSync(path))) return null;
  return {
    ...programs,
    remove,
    python: '/usr/bin/python3',
    env: {
      PATH: `${programs.postgres}:${join(root, 'usr/bin')}:/usr/bin:/bin:/usr/sbin:/sbin`,
      LANG: 'C.UTF-8',
      PYTHONPATH: join(root, 'usr/lib/python3/dist-packages'),
      LD_LIBRARY_PATH: join(root, 'usr/lib', `${arch()}-linux-gnu`),
    },
  };
}

const arch = (): string => (process.arch === 'arm64' ? 'aarch64' : 'x86_64');
