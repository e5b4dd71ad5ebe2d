/**
 * Three nodes of Swift on one machine, three copies of each object, with its proxy that speaks S3
 * before them: each has an address of the loopback and a folder for a disk.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import type { DebianSwift } from './debian-swift.ts';

const SERVERS = [
  ['object', 6211],
  ['container', 6311],
  ['account', 6411],
] as const;
const NODES = [1, 2, 3] as const;
type Node = (typeof NODES)[number];
const PROXY = '127.0.41.9';
const PROXY_PORT = 6100;
const MEMCACHED_PORT = 6199;
const BUCKET = `http://${PROXY}:${PROXY_PORT}/seau`;
const READY_MS = 180_000;
const POLL_MS = 500;

/** Swift reads its settings in /etc/swift, or where it is told before anything else. */
const BOOT = `
import sys
from swift.common import utils
utils.set_swift_dir(sys.argv[1])
from swift.common.wsgi import run_wsgi
sys.exit(run_wsgi(sys.argv[2], sys.argv[3]))
`;

export interface SwiftNodes {
  /** What `PREAU_BODIES` takes. */
  readonly address: string;
  /** All servers of a node, at once and without a word. */
  kill(node: Node): void;
  /** Starts those of a node again, with no room on its disk where it is \`full\`. */
  start(node: Node, disk?: 'full'): void;
  /** Stops the proxy for so long: whoever asks waits. */
  freeze(ms: number): void;
  /** Writes other bytes over each object on each disk, of the same length; how many files. */
  garble(): number;
  /** Resolves once objects are taken again. */
  ready(): Promise<void>;
  close(): void;
}

export async function startSwift(swift: DebianSwift): Promise<SwiftNodes> {
  const folder = mkdtempSync(join(tmpdir(), 'preau-swift-nodes-'));
  const etc = join(folder, 'etc');
  mkdirSync(etc);
  const run = (program: string, args: readonly string[]): ChildProcess =>
    spawn(program, args, { stdio: 'ignore', env: swift.env });
  const serve = (name: string, section: string): ChildProcess =>
    run(swift.python, ['-c', BOOT, etc, join(etc, `${name}.conf`), `${section}-server`]);
  layRings(swift, folder);
  writeFileSync(join(etc, 'proxy.conf'), proxySettings(etc));
  const nodes = new Map<Node, readonly ChildProcess[]>();

  function start(node: Node, disk?: 'full'): void {
    const started = SERVERS.map(([kind, port]) => {
      const settings = nodeSettings({ kind, port, node, folder, isFull: disk === 'full' });
      writeFileSync(join(etc, `${kind}${node}.conf`), settings);
      return serve(`${kind}${node}`, kind);
    });
    nodes.set(node, started);
  }

  const kill = (node: Node): void => {
    for (const child of nodes.get(node) ?? []) child.kill('SIGKILL');
  };
  const memcached = run(swift.memcached, [
    ...['-u', 'nobody', '-l', PROXY, '-p', String(MEMCACHED_PORT), '-m', '32'],
  ]);
  for (const node of NODES) start(node);
  const proxy = serve('proxy', 'proxy');
  await untilTaken();
  return {
    address: `http://preau%3Amail:secretkey@${PROXY}:${PROXY_PORT}/seau?region=fr`,
    kill,
    start,
    freeze(ms) {
      proxy.kill('SIGSTOP');
      setTimeout(() => proxy.kill('SIGCONT'), ms);
    },
    garble: () => garble(folder),
    ready: untilTaken,
    close() {
      for (const node of NODES) kill(node);
      proxy.kill('SIGKILL');
      memcached.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The bucket is made, or there already, and takes an object. */
async function untilTaken(): Promise<void> {
  const until = Date.now() + READY_MS;
  for (;;) {
    const said = [await put(BUCKET), await put(`${BUCKET}/0/essai`)];
    if (said.every((status) => status === 200 || status === 409)) return;
    if (Date.now() > until) throw new Error(`Swift takes nothing: ${said.join()}`);
    await sleep(POLL_MS);
  }
}

async function put(url: string): Promise<number> {
  const keys = { accessKeyId: 'preau:mail', secretAccessKey: 'secretkey' };
  const signer = new AwsV4Signer({ method: 'PUT', url, service: 's3', region: 'fr', ...keys });
  const { headers } = await signer.sign();
  return fetch(url, { method: 'PUT', headers }).then(
    ({ status }) => status,
    () => 0,
  );
}

function layRings({ python, ringBuilder, env }: DebianSwift, folder: string): void {
  const etc = join(folder, 'etc');
  writeFileSync(
    join(etc, 'swift.conf'),
    '[swift-hash]\nswift_hash_path_suffix = a\nswift_hash_path_prefix = b\n[storage-policy:0]\nname = gold\ndefault = yes\n',
  );
  const build = (...args: readonly string[]): void =>
    void execFileSync(python, [ringBuilder, ...args], { env, cwd: etc, stdio: 'ignore' });
  for (const [kind, port] of SERVERS) {
    build(`${kind}.builder`, 'create', '6', '3', '0');
    for (const node of NODES) {
      const device = `--zone ${node} --ip ${ipOf(node)} --port ${port} --device d${node}`;
      build(`${kind}.builder`, 'add', '--region', '1', ...device.split(' '), '--weight', '1');
      mkdirSync(join(folder, `node${node}`, `d${node}`), { recursive: true });
    }
    build(`${kind}.builder`, 'rebalance');
  }
}

const ipOf = (node: Node): string => `127.0.41.${node}`;

interface NodeServer {
  readonly kind: (typeof SERVERS)[number][0];
  readonly port: number;
  readonly node: Node;
  readonly folder: string;
  readonly isFull: boolean;
}

const nodeSettings = ({ kind, port, node, folder, isFull }: NodeServer): string => `
[DEFAULT]
devices = ${join(folder, `node${node}`)}
mount_check = false
bind_ip = ${ipOf(node)}
bind_port = ${port}
workers = 0
user = root
swift_dir = ${join(folder, 'etc')}
log_level = ERROR
recon_cache_path = ${folder}
${isFull ? 'fallocate_reserve = 100%' : ''}
[pipeline:main]
pipeline = ${kind}-server
[app:${kind}-server]
use = egg:swift#${kind}
`;

const proxySettings = (etc: string): string => `
[DEFAULT]
bind_ip = ${PROXY}
bind_port = ${PROXY_PORT}
workers = 0
user = root
swift_dir = ${etc}
log_level = ERROR
[pipeline:main]
pipeline = catch_errors gatekeeper healthcheck cache s3api tempauth proxy-server
[app:proxy-server]
use = egg:swift#proxy
allow_account_management = true
account_autocreate = true
node_timeout = 3
conn_timeout = 0.5
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:cache]
use = egg:swift#memcache
memcache_servers = ${PROXY}:${MEMCACHED_PORT}
[filter:s3api]
use = egg:swift#s3api
location = fr
[filter:tempauth]
use = egg:swift#tempauth
user_preau_mail = secretkey .admin
`;

/** One byte of each, in its middle. */
function garble(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.data'),
  );
  for (const path of files) {
    const bytes = readFileSync(join(folder, path));
    const middle = Math.floor(bytes.length / 2);
    if (middle > 0) bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    writeFileSync(join(folder, path), bytes); // in its place: Swift's own notes stay with the file
  }
  return files.length;
}
