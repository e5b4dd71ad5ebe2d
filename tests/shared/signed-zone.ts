/**
 * A zone signed by knot, and unbound that validates it from its own key: DNSSEC as the world has
 * it, on the loopback. Debian's, as root.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';

export interface SignedZone {
  /** Of the resolver, as PREAU_RESOLVER would say it. */
  readonly address: string;
  /** What to run so that a command asks this resolver alone (Linux, in a mount of its own). */
  within(command: readonly string[]): readonly string[];
  /** What a program says that runs so. */
  asked(command: readonly string[]): string;
  /** The lines of a zone from here on. */
  publish(zone: string, lines: readonly string[]): void;
  stop(): Promise<void>;
}

const KNOT = '/usr/sbin/knotd';
const UNBOUND = '/usr/sbin/unbound';
const STARTED_MS = 60_000;

export const hasSigningDns = (): boolean =>
  existsSync(KNOT) && existsSync(UNBOUND) && process.getuid?.() === 0;

/** `signed` and `plain` are zones by name, each the lines below its SOA and NS. */
export async function startSignedZone({
  signed,
  plain,
}: {
  readonly signed: Readonly<Record<string, readonly string[]>>;
  readonly plain: Readonly<Record<string, readonly string[]>>;
}): Promise<SignedZone> {
  const folder = mkdtempSync(join(tmpdir(), 'preau-dns-'));
  const [authority, resolver] = [await freePort(), await freePort()];
  let serial = 1;
  const written = (zone: string, lines: readonly string[]): void =>
    writeFileSync(join(folder, `${zone}zone`), `${zoneHead(zone, serial)}${lines.join('\n')}\n`);
  for (const [zone, lines] of Object.entries({ ...signed, ...plain })) written(zone, lines);
  const conf = join(folder, 'knot.conf');
  writeFileSync(
    conf,
    knotConf(folder, authority, { signed: Object.keys(signed), plain: Object.keys(plain) }),
  );
  const children = [spawn(KNOT, ['-c', conf], { stdio: 'ignore' })];
  const stop = async (): Promise<void> => {
    await Promise.all(children.map(ended));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const [someName = ''] = Object.keys(signed);
    await answered(`127.0.0.1:${authority}`, someName);
    const anchors = Object.keys(signed).map((zone) =>
      execFileSync('/usr/sbin/keymgr', ['-c', conf, zone, 'ds'], { encoding: 'utf8' }).trim(),
    );
    writeFileSync(join(folder, 'anchors'), `${anchors.join('\n')}\n`);
    const zones = [...Object.keys(signed), ...Object.keys(plain)];
    writeFileSync(
      join(folder, 'unbound.conf'),
      unboundConf(folder, { authority, resolver, zones, plain: Object.keys(plain) }),
    );
    children.push(spawn(UNBOUND, ['-d', '-c', join(folder, 'unbound.conf')], { stdio: 'ignore' }));
    await answered(`127.0.0.1:${resolver}`, someName);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    address: `127.0.0.1:${resolver}`,
    within: (command) => within(folder, resolver, command),
    asked(command) {
      const [program = '', ...rest] = within(folder, resolver, command);
      return execFileSync(program, rest, { encoding: 'utf8' });
    },
    publish(zone, lines) {
      serial += 1;
      written(zone, lines);
      execFileSync('/usr/sbin/knotc', ['-b', '-c', conf, 'zone-reload', zone]);
    },
    stop,
  };
}

const zoneHead = (zone: string, serial: number): string =>
  [
    '$TTL 60',
    `@ IN SOA ns.${zone} admin.${zone} ${serial} 3600 600 86400 60`,
    `@ IN NS ns.${zone}`,
    'ns IN A 127.0.0.1',
    '',
  ].join('\n');

function knotConf(
  folder: string,
  port: number,
  zones: { readonly signed: readonly string[]; readonly plain: readonly string[] },
): string {
  const zone = (name: string, signing: 'on' | 'off'): string =>
    [
      `  - domain: ${name}`,
      `    file: ${name}zone`,
      `    storage: ${folder}`,
      `    dnssec-signing: ${signing}`,
      '    zonefile-sync: -1',
      '    journal-content: none',
      '',
    ].join('\n');
  const all = [
    ...zones.signed.map((name) => zone(name, 'on')),
    ...zones.plain.map((name) => zone(name, 'off')),
  ];
  return `server:
  listen: 127.0.0.1@${port}
  rundir: ${folder}
database:
  storage: ${folder}
zone:
${all.join('')}`;
}

function unboundConf(
  folder: string,
  {
    authority,
    resolver,
    zones,
    plain,
  }: {
    readonly authority: number;
    readonly resolver: number;
    readonly zones: readonly string[];
    readonly plain: readonly string[];
  },
): string {
  const stub = (name: string): string =>
    `stub-zone:\n  name: "${name}"\n  stub-addr: 127.0.0.1@${authority}\n  stub-no-cache: yes\n`;
  return `server:
  interface: 127.0.0.1@${resolver}
  interface: ${onPort53(resolver)}@53
  do-daemonize: no
  username: ""
  chroot: ""
  directory: "${folder}"
  pidfile: ""
  use-syslog: no
  do-not-query-localhost: no
  module-config: "validator iterator"
  trust-anchor-file: "${folder}/anchors"
  local-zone: "test." nodefault
${plain.map((zone) => `  domain-insecure: "${zone}"\n`).join('')}
  access-control: 127.0.0.0/8 allow
${zones.map(stub).join('')}remote-control:
  control-enable: no
`;
}

/**
 * The address of the resolver on the port that `resolv.conf` means, 53: several may run at once,
 * each on a port of its own.
 */
const onPort53 = (resolver: number): string => `127.53.${resolver >> 8}.${resolver % 256}`;

function within(folder: string, resolver: number, command: readonly string[]): readonly string[] {
  const conf = join(folder, 'resolv.conf');
  writeFileSync(conf, `nameserver ${onPort53(resolver)}\noptions edns0 trust-ad\n`);
  const inside = 'mount --bind "$0" /etc/resolv.conf && exec "$@" 2>&1';
  return ['unshare', '--mount', 'sh', '-c', inside, conf, ...command];
}

async function answered(server: string, name: string): Promise<void> {
  const resolver = new Resolver({ timeout: 500, tries: 1 });
  resolver.setServers([server]);
  const until = Date.now() + STARTED_MS;
  for (;;) {
    const found = await resolver.resolveNs(name).then(
      () => true,
      () => false,
    );
    if (found) return;
    if (Date.now() > until) throw new Error(`no DNS on ${server}`);
    await sleep(100);
  }
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
