import { readFileSync } from 'node:fs';
import type { Cell, CellMachine } from './cell.ts';
import { PATRONI_PORT } from './haproxy.ts';
import type { CellPasswords } from './passwords.ts';

/** What PostgreSQL is set to on a machine alone too. */
const SET_ALREADY = ['postgresql.conf', 'postgresql-backup.conf'] as const;
/** What only a cell asks: copies that follow, and a school that moves to another cell. */
const OF_A_CELL: Readonly<Record<string, string>> = {
  // Four roles on each of three machines, and each of their processes holds six at least.
  max_connections: '800',
  wal_level: 'logical',
  max_wal_senders: '10',
  max_replication_slots: '10',
  wal_keep_size: '1GB',
  synchronous_commit: 'on',
};

/**
 * Patroni of one machine. A commit waits until one of the two others has it (quorum), and where no
 * other is there it waits on (strict): what was answered 250 is on two machines.
 * `maximum_lag_on_failover` stays as it is: at 0 nobody took over from a primary that had written
 * one byte more before it died.
 */
export function patroniOf(cell: Cell, machine: CellMachine, passwords: CellPasswords): string {
  const { name, address } = machine;
  return `# Patroni ${name}, ${cell.cell}. preau cluster config
scope: ${cell.cell}
name: ${name}
restapi:
  listen: ${address}:${PATRONI_PORT}
  connect_address: ${address}:${PATRONI_PORT}
  authentication: { username: patroni, password: ${passwords.patroni} }
etcd3:
  hosts: [${cell.machines.map((one) => `"${one.address}:2379"`).join(', ')}]
bootstrap:
  dcs:
    ttl: 20
    loop_wait: 5
    retry_timeout: 5
    failsafe_mode: true
    synchronous_mode: quorum
    synchronous_mode_strict: true
    synchronous_node_count: 1
    postgresql:
      use_pg_rewind: true
      use_slots: true
      parameters:
${lines(8, { ...parametersOfOne(), ...OF_A_CELL })}
  initdb:
    - encoding: UTF8
    - locale: C
    - locale-provider: builtin
    - builtin-locale: C.UTF-8
    - data-checksums
  post_bootstrap: /etc/patroni/first-database.sh
postgresql:
  listen: ${address}:5432
  connect_address: ${address}:5432
  data_dir: /var/lib/postgresql/17/main
  bin_dir: /usr/lib/postgresql/17/bin
  pgpass: /var/lib/postgresql/pgpass
  basebackup:
    checkpoint: fast
  parameters:
    unix_socket_directories: /var/run/postgresql
  pg_hba:
    - local all postgres peer
    - local all all scram-sha-256
${cell.machines.map((one) => `    - host all all ${one.address}/32 scram-sha-256`).join('\n')}
${cell.machines.map((one) => `    - host replication replicator ${one.address}/32 scram-sha-256`).join('\n')}
  authentication:
    superuser: { username: postgres, password: ${passwords.superuser} }
    replication: { username: replicator, password: ${passwords.replication} }
    rewind: { username: rewinder, password: ${passwords.rewind} }
`;
}

/** Run once, by whichever machine makes the cluster: what install.sh does on a machine alone. */
export function firstDatabase({ owner }: CellPasswords): string {
  return `#!/bin/sh
# Patroni runs it once, with the address of the new cluster: the owner of the schema, and the
# database. The role of the service, which owns nothing, is made by preau migrate.
set -eu
psql --quiet --set ON_ERROR_STOP=1 "$1" <<'SQL'
create role preau login createrole password '${owner}';
create database preau owner preau template template0 encoding 'UTF8'
  locale 'C' locale_provider builtin builtin_locale 'C.UTF-8';
SQL
`;
}

/** `name = value` of the files for a machine alone. */
function parametersOfOne(): Readonly<Record<string, string>> {
  const folder = new URL('../../docker/systemd/', import.meta.url);
  return Object.fromEntries(
    SET_ALREADY.flatMap((file) =>
      [...readFileSync(new URL(file, folder), 'utf8').matchAll(/^(\w+) = (.*)$/gm)].map(
        ([, name = '', value = '']) => [name, value.replace(/^'(.*)'$/, '$1')],
      ),
    ),
  );
}

function lines(indent: number, settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `${' '.repeat(indent)}${name}: ${JSON.stringify(value)}`)
    .join('\n');
}
