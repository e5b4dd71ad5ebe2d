import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Debian's OpenStack Swift, unpacked into a folder. */
export interface DebianSwift {
  readonly memcached: string;
  readonly ringBuilder: string;
  /** Its servers are programs of Python. */
  readonly python: string;
  readonly env: Readonly<Record<string, string>>;
  remove(): void;
}

/** With what they need and a small Debian lacks. */
const PACKAGES = [
  ...['swift-proxy', 'swift-object', 'swift-container', 'swift-account', 'swift', 'memcached'],
  ...['liberasurecode1', 'python3-swift', 'python3-eventlet', 'python3-greenlet', 'python3-lxml'],
  ...['python3-pyeclib', 'python3-xattr', 'python3-dnspython', 'python3-requests', 'python3-six'],
  ...['python3-pastedeploy', 'python3-paste', 'python3-tempita', 'python3-oslo.config'],
  ...['python3-oslo.i18n', 'python3-oslo.utils', 'python3-oslo.log', 'python3-oslo.context'],
  ...['python3-oslo.serialization', 'python3-stevedore', 'python3-pbr', 'python3-debtcollector'],
  ...['python3-wrapt', 'python3-rfc3986', 'python3-yaml', 'python3-netaddr', 'python3-iso8601'],
  ...['python3-certifi', 'python3-charset-normalizer', 'python3-idna', 'python3-urllib3'],
  ...['python3-chardet', 'python3-cffi-backend', 'libyajl2'],
];

/** The programs, or a sentence that says why there are none. */
export function debianSwift(): DebianSwift | string {
  const folder = mkdtempSync(join(tmpdir(), 'preau-swift-'));
  const root = join(folder, 'root');
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    mkdirSync(root);
    execFileSync('apt-get', ['download', '-qq', ...PACKAGES], { cwd: folder, stdio: 'ignore' });
    for (const name of readdirSync(folder).filter((one) => one.endsWith('.deb')))
      execFileSync('dpkg', ['-x', join(folder, name), root]);
  } catch {
    remove();
    return 'apt-get download swift-proxy swift-object swift-container swift-account memcached';
  }
  const arch = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  return {
    memcached: join(root, 'usr/bin/memcached'),
    ringBuilder: join(root, 'usr/bin/swift-ring-builder'),
    python: '/usr/bin/python3',
    env: {
      PATH: '/usr/bin:/bin:/usr/sbin:/sbin',
      LANG: 'C.UTF-8',
      PYTHONPATH: join(root, 'usr/lib/python3/dist-packages'),
      LD_LIBRARY_PATH: join(root, 'usr/lib', `${arch}-linux-gnu`),
    },
    remove,
  };
}
