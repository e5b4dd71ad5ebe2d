import { readFileSync } from 'node:fs';
import type { Cell, CellMachine } from './cell.ts';
import { DATABASE_PORT, haproxyOf, PATRONI_PORT, PLAIN, PORTS } from './haproxy.ts';
import { keepalivedOf } from './keepalived.ts';
import type { CellPasswords } from './passwords.ts';
import { firstDatabase, patroniOf } from './patroni.ts';

/** A file of a machine: its path there, who may read it, what it holds. */
interface FileOfMachine {
  readonly path: string;
  /** Whom it belongs to there, and nobody else reads it; null: root's, for everybody to read. */
  readonly owner: 'postgres' | 'preau' | 'root' | null;
  readonly isProgram?: boolean;
  readonly text: string;
}

const SYSTEMD = new URL('../../docker/systemd/', import.meta.url);
/** Where each machine finds the database: by its own HAProxy. */
const urlAs = (role: string, password: string): string =>
  `postgres://${role}:${password}@127.0.0.1:${DATABASE_PORT}/preau\n`;

/** Everything that one machine of a cell has of its own, as it lies there. */
export function filesOf(
  cell: Cell,
  machine: CellMachine,
  passwords: CellPasswords,
): readonly FileOfMachine[] {
  const keepalived = keepalivedOf(cell, machine, passwords);
  return [
    file('/etc/default/etcd', etcdOf(cell, machine)),
    file('/etc/patroni/config.yml', patroniOf(cell, machine, passwords), 'postgres'),
    {
      ...file('/etc/patroni/first-database.sh', firstDatabase(passwords), 'postgres'),
      isProgram: true,
    },
    file('/etc/haproxy/haproxy.cfg', haproxyOf(cell, machine)),
    ...(keepalived === null ? [] : [file('/etc/keepalived/keepalived.conf', keepalived, 'root')]),
    file('/etc/pgbackrest.conf', pgbackrestOf(cell, machine), 'postgres'),
    file('/etc/preau/preau.env', environmentOf(cell, machine), 'preau'),
    file('/etc/preau/secret.key', `${passwords.secret}\n`, 'preau'),
    file('/etc/preau/database-url', urlAs('preau_app', passwords.app), 'preau'),
    file('/etc/preau/database-owner-url', urlAs('preau', passwords.owner), 'root'),
    ...['preau@', 'preau-migrate', 'preau-nights'].map((unit) =>
      file(`/etc/systemd/system/${unit}.service.d/cell.conf`, AFTER_HAPROXY),
    ),
  ];
}

const file = (path: string, text: string, owner: FileOfMachine['owner'] = null): FileOfMachine => ({
  path,
  text,
  owner,
});

/** A role looks for the primary by HAProxy, which finds it on whichever machine it is. */
const AFTER_HAPROXY = `[Unit]
Wants=haproxy.service
After=haproxy.service patroni.service
`;

function etcdOf({ cell, machines }: Cell, { name, address }: CellMachine): string {
  const all = machines.map((one) => `${one.name}=http://${one.address}:2380`).join(',');
  return `# etcd ${name}, ${cell}. preau cluster config
ETCD_NAME=${name}
ETCD_DATA_DIR=/var/lib/etcd/${cell}
ETCD_LISTEN_PEER_URLS=http://${address}:2380
ETCD_LISTEN_CLIENT_URLS=http://${address}:2379
ETCD_INITIAL_ADVERTISE_PEER_URLS=http://${address}:2380
ETCD_ADVERTISE_CLIENT_URLS=http://${address}:2379
ETCD_INITIAL_CLUSTER=${all}
ETCD_INITIAL_CLUSTER_TOKEN=${cell}
ETCD_INITIAL_CLUSTER_STATE=new
ETCD_LOG_LEVEL=warn
`;
}

/** The stanza of a machine alone, made from a copy rather than from the primary. */
function pgbackrestOf({ machines, backups }: Cell, machine: CellMachine): string {
  const others = machines.filter((one) => one !== machine);
  const hosts = others.map(
    ({ address }, at) =>
      `pg${at + 2}-host=${address}\npg${at + 2}-path=/var/lib/postgresql/17/main\n`,
  );
  return `${fileOfOne('pgbackrest.conf')
    .replace(/^repo1-path=.*$/m, `repo1-path=${backups}/postgres`)
    .replace(/^start-fast=y$/m, '$&\nbackup-standby=prefer')}${hosts.join('')}`;
}

/** `preau.env` of a machine alone, with what a cell changes in it. */
function environmentOf(cell: Cell, { name, address }: CellMachine): string {
  const values: Readonly<Record<string, string | number>> = {
    PREAU_HOST: address,
    ...Object.fromEntries([...PORTS, PLAIN].map(({ variable, own }) => [variable, own])),
    PREAU_MACHINE: name,
    PREAU_MACHINES: cell.machines.length,
    PREAU_PATRONI: cell.machines.map((one) => `http://${one.address}:${PATRONI_PORT}`).join(','),
    PREAU_PROXY_PROTOCOL: cell.machines.map((one) => one.address).join(','),
    PREAU_SECRET_FILE: '/etc/preau/secret.key',
    PREAU_BACKUP: `${cell.backups}/preau`,
  };
  const text = fileOfOne('preau.env')
    .replace('@DOMAIN@', cell.domain)
    .replace('@HOST@', cell.host)
    // The queue is in the database: one engine less that must outlive a machine.
    .replace(/^PREAU_REDIS_URL=.*\n/m, '');
  return Object.entries(values).reduce(withValue, text);
}

function withValue(text: string, [name, value]: readonly [string, string | number]): string {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.startsWith(`${name}=`));
  return at < 0 ? `${text}${name}=${value}\n` : lines.with(at, `${name}=${value}`).join('\n');
}

const fileOfOne = (name: string): string => readFileSync(new URL(name, SYSTEMD), 'utf8');
