/**
 * Three machines of a cell on one: each has an address of the loopback or a network of its own, and
 * the very files that `preau cluster config` writes for it, but for the folders, which are its own.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cell, CellMachine } from '../../../cli/cluster/cell.ts';
import { writeCell } from '../../../cli/cluster/config-command.ts';
import { DATABASE_PORT, PATRONI_PORT, PLAIN, PORTS } from '../../../cli/cluster/haproxy.ts';
import { freePort } from '../../shared/free-port.ts';
import type { DebianPrograms } from './debian-programs.ts';

export const CELL: Cell = {
  cell: 'soak',
  domain: 'ecoles.preau.test',
  host: 'courrier.ecoles.preau.test',
  machines: [1, 2, 3].map((number) => ({ name: `m${number}`, address: `127.0.34.${number}` })),
  shared: null,
  backups: '/mnt/backups',
};
const READY_MS = 120_000;
const POLL_MS = 250;
/** What Patroni may take on a machine that three share. */
const ANSWER_MS = 10_000;

/** Where the machines of a cell stand. */
export interface CellGround {
  readonly cell: Cell;
  /** A command as it is typed on a machine. */
  on(name: string, command: readonly string[]): readonly string[];
  /** Whether a machine's ports are its own, so that each may have those that the world sees. */
  readonly hasPorts: boolean;
  /** The key of the backups, where the log is archived. */
  readonly backupKey?: string;
}

/** All on this machine's loopback, by addresses of theirs. */
export const LOOPBACK: CellGround = {
  cell: CELL,
  on: (_name, command) => command,
  hasPorts: false,
};

/** A member of the cluster, as Patroni tells of it. */
interface Member {
  readonly name: string;
  readonly role: string;
  readonly state: string;
  readonly timeline?: number;
}

export interface ThreeMachines {
  /** Where HAProxy of the first machine listens, by the port that the world would see. */
  readonly ports: ReadonlyMap<number, number>;
  readonly ground: CellGround;
  /** As PostgreSQL's superuser, by HAProxy. */
  readonly superUrl: string;
  /** The settings of a machine's roles, with folders of this machine. */
  variables(machine: CellMachine): Readonly<Record<string, string>>;
  /** What only the step that makes the schema is given. */
  ownerVariables(machine: CellMachine): Readonly<Record<string, string>>;
  members(): Promise<readonly Member[]>;
  primary(): Promise<string>;
  /** Its PostgreSQL and its Patroni, at once and without a word. */
  kill(name: string): void;
  freeze(name: string): void;
  thaw(name: string): void;
  /** Patroni of a machine that was killed. */
  revive(name: string): void;
  switchOver(): Promise<void>;
  /** PostgreSQL of a machine is restarted by Patroni, as after a minor upgrade. */
  restart(name: string): Promise<void>;
  /** etcd of machines, at once and without a word. */
  loseEtcd(names: readonly string[]): Promise<void>;
  /** Resolves once those that were killed agree again. */
  bringEtcd(names: readonly string[]): Promise<void>;
  /** pgBackRest, as postgres types it on a machine; what it said. */
  pgbackrest(name: string, ...args: readonly string[]): string;
  /** What `LISEZMOI.md` says of coming back to a minute; how it goes on is the caller's. */
  restoreTo(name: string, minute: string): Promise<void>;
  /** A machine burns: etcd too. */
  lose(name: string): void;
  /** The other choice of `LISEZMOI.md`, typed on the machine that is left. */
  goOnAlone(name: string): Promise<void>;
  /** Resolves once there is a primary and so many others follow it. */
  whole(followers?: number): Promise<void>;
  close(): Promise<void>;
}

export async function startThree(
  programs: DebianPrograms,
  ground: CellGround = LOOPBACK,
): Promise<ThreeMachines> {
  const { cell } = ground;
  const folder = mkdtempSync(join(tmpdir(), 'preau-cell-'));
  execFileSync('chmod', ['755', folder]);
  const ports = await portsOfOne(ground);
  writeCell(cell, join(folder, 'written'));
  const [uid, gid] = ['-u', '-g'].map((flag) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })),
  );
  const others: ChildProcess[] = [];
  const etcds = new Map<string, ChildProcess>();
  const patronis = new Map<string, ChildProcess>();
  const rootOf = (name: string): string => join(folder, name);
  const asPostgres = ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  const asHome = (name: string) => ({
    HOME: rootOf(name),
    PGBACKREST_CONFIG: join(rootOf(name), 'etc/pgbackrest.conf'),
  });

  function typed(name: string, ...command: readonly string[]): string {
    const [program = '', ...args] = ground.on(name, [...asPostgres, ...command]);
    const env = { ...asHome(name), ...programs.env };
    return execFileSync(program, args, { env, cwd: rootOf(name), encoding: 'utf8' });
  }

  function run(name: string, command: readonly string[], more: object = {}): ChildProcess {
    const [program = '', ...args] = ground.on(name, command);
    return spawn(program, args, { stdio: 'ignore', env: programs.env, ...more });
  }

  function startEtcd(name: string, more: Readonly<Record<string, string>> = {}): void {
    const settings = settingsIn(join(rootOf(name), 'etc/default/etcd'));
    etcds.set(name, run(name, [programs.etcd], { env: { ...programs.env, ...settings, ...more } }));
  }

  async function patronictl(name: string, ...args: readonly string[]): Promise<void> {
    const config = join(rootOf(name), 'etc/patroni/config.yml');
    const log = openSync(join(rootOf(name), 'patroni.log'), 'a');
    const child = run(name, [programs.python, programs.patronictl, '-c', config, ...args], {
      stdio: ['ignore', log, log],
    });
    await once(child, 'exit');
    closeSync(log);
    if (child.exitCode !== 0) throw new Error(`patronictl ${args.join(' ')}: ${said(name)}`);
  }

  const said = (name: string): string =>
    readFileSync(join(rootOf(name), 'patroni.log'), 'utf8').slice(-1_500);

  function startPatroni(name: string): void {
    const config = join(rootOf(name), 'etc/patroni/config.yml');
    const env = { ...asHome(name), ...programs.env };
    const command = [...asPostgres, programs.python, programs.patroni, config];
    const log = openSync(join(rootOf(name), 'patroni.log'), 'a');
    const stdio = ['ignore', log, log];
    patronis.set(name, run(name, command, { env, cwd: rootOf(name), stdio }));
    closeSync(log);
  }

  mkdirSync(join(folder, 'backups/postgres'), { recursive: true });
  execFileSync('chown', ['-R', `${uid}:${gid}`, join(folder, 'backups')]);
  for (const { name, address } of cell.machines) {
    const postgres = programs.postgres;
    lay(join(folder, 'written', name), rootOf(name), { ports, postgres, ground, address });
    execFileSync('chown', ['-R', `${uid}:${gid}`, rootOf(name)]);
    startEtcd(name);
  }
  await etcdAnswers(cell.machines); // Patroni ends where it doesn't
  for (const { name } of cell.machines) startPatroni(name);
  // Where all share the ports of one machine, one HAProxy is as good as three.
  for (const { name } of ground.hasPorts ? cell.machines : cell.machines.slice(0, 1))
    others.push(run(name, [programs.haproxy, '-f', join(rootOf(name), 'etc/haproxy/haproxy.cfg')]));

  const postgresOf = (name: string): readonly number[] => {
    const path = join(rootOf(name), 'var/lib/postgresql/17/main/postmaster.pid');
    const postmaster = Number(readFileSync(path, 'utf8').split('\n')[0]);
    const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(postmaster)], {
      encoding: 'utf8',
    });
    return [
      postmaster,
      ...children
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map(Number),
    ];
  };
  const signal = (name: string, which: NodeJS.Signals): void => {
    patronis.get(name)?.kill(which);
    for (const pid of postgresOf(name)) tryKill(pid, which);
  };
  const three: ThreeMachines = {
    ports,
    ground,
    superUrl: superUrlIn(join(folder, 'written/passwords.json'), {
      host: ground.hasPorts ? (cell.machines[0]?.address ?? '') : '127.0.0.1',
      port: ports.get(DATABASE_PORT) ?? 0,
    }),
    variables: ({ name }) => variablesOf(rootOf(name)),
    ownerVariables: ({ name }) => ({
      PREAU_DATABASE_ADMIN_URL_FILE: join(rootOf(name), 'etc/preau/database-owner-url'),
    }),
    members: () => askMembers(cell),
    async primary() {
      const leader = (await askMembers(cell)).find(({ role }) => role === 'leader');
      if (leader === undefined) throw new Error('nobody leads');
      return leader.name;
    },
    kill: (name) => signal(name, 'SIGKILL'),
    freeze: (name) => signal(name, 'SIGSTOP'),
    thaw: (name) => signal(name, 'SIGCONT'),
    revive: startPatroni,
    switchOver: async () =>
      patronictl('m1', 'switchover', '--leader', await three.primary(), '--force'),
    restart: (name) => patronictl('m1', 'restart', cell.cell, name, '--force'),
    async loseEtcd(names) {
      for (const name of names) {
        const etcd = etcds.get(name);
        etcd?.kill('SIGKILL');
        if (etcd) await ended(etcd);
      }
    },
    async bringEtcd(names) {
      for (const name of names) startEtcd(name);
      await etcdAnswers(cell.machines);
    },
    pgbackrest: (name, ...args) => typed(name, 'pgbackrest', '--stanza=preau', ...args),
    async restoreTo(name, minute) {
      for (const patroni of patronis.values()) patroni.kill('SIGTERM');
      await Promise.all([...patronis.values()].map(ended));
      const [first] = cell.machines;
      const etcd = `--endpoints=http://${first?.address}:2379`;
      typed(name, 'etcdctl', etcd, 'del', '--prefix', `/service/${cell.cell}/`);
      const time = ['--type=time', `--target=${minute}`, '--target-action=promote'];
      three.pgbackrest(name, '--delta', ...time, 'restore');
      const data = join(rootOf(name), 'var/lib/postgresql/17/main');
      const control = ['pg_ctl', '-D', data, '-w', '-t', '3600'];
      const log = join(rootOf(name), 'restore.log');
      typed(name, ...control, '-l', log, '-o', aloneAt(socketsOf(rootOf(name))), 'start');
      await promoted(() => typed(name, 'psql', '-h', socketsOf(rootOf(name)), '-Atc', RECOVERS));
      typed(name, ...control, 'stop');
      startPatroni(name);
      await three.whole(0);
      for (const other of cell.machines.filter((one) => one.name !== name)) {
        rmSync(join(rootOf(other.name), 'var/lib/postgresql/17/main'), { recursive: true });
        startPatroni(other.name);
      }
      await three.whole();
    },
    lose(name) {
      signal(name, 'SIGKILL');
      etcds.get(name)?.kill('SIGKILL');
    },
    async goOnAlone(name) {
      for (const one of [patronis.get(name), etcds.get(name)]) {
        one?.kill('SIGTERM');
        if (one) await ended(one);
      }
      startEtcd(name, { ETCD_FORCE_NEW_CLUSTER: 'true' });
      await etcdAnswers(cell.machines.filter((one) => one.name === name));
      startPatroni(name);
      await sleep(10_000);
      await patronictl(name, 'edit-config', '--force', '--set', 'synchronous_mode_strict=false');
      await patronictl(name, 'failover', '--candidate', name, '--force');
    },
    async whole(followers = cell.machines.length - 1) {
      const until = Date.now() + READY_MS;
      for (;;) {
        const members = await askMembers(cell).catch(() => []);
        const leads = members.some(({ role, state }) => role === 'leader' && state === 'running');
        const follow = members.filter(({ state }) => state === 'streaming');
        // One that has just come back follows for some seconds before it may take over.
        const mayLead = follow.filter(({ role }) => role === 'quorum_standby');
        if (leads && follow.length >= followers && mayLead.length >= followers) return;
        if (Date.now() > until) {
          throw new Error(
            `not whole: ${JSON.stringify(members)}\n${cell.machines.map(({ name }) => said(name)).join('\n')}`,
          );
        }
        await sleep(POLL_MS);
      }
    },
    async close() {
      for (const patroni of patronis.values()) {
        patroni.kill('SIGCONT');
        patroni.kill('SIGTERM'); // it stops its PostgreSQL
      }
      await Promise.all([...patronis.values()].map(ended));
      const rest = [...others, ...etcds.values()];
      for (const other of rest) other.kill('SIGTERM');
      await Promise.all(rest.map(ended));
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return three;
}

async function etcdAnswers(machines: readonly CellMachine[]): Promise<void> {
  const until = Date.now() + READY_MS;
  for (;;) {
    const well = await Promise.all(
      machines.map(({ address }) =>
        fetch(`http://${address}:2379/health`).then(
          ({ status }) => status === 200,
          () => false,
        ),
      ),
    );
    if (!well.includes(false)) return;
    if (Date.now() > until) throw new Error('etcd does not answer');
    await sleep(POLL_MS);
  }
}

/** Nobody is let in before Patroni has it; its settings came from another machine. */
const aloneAt = (sockets: string): string =>
  `-c listen_addresses='' -c unix_socket_directories='${sockets}'`;
const RECOVERS = 'select pg_is_in_recovery()';
const socketsOf = (root: string): string => join(root, 'var/run/postgresql');

async function promoted(recovers: () => string): Promise<void> {
  const until = Date.now() + READY_MS;
  while (recovers().trim() !== 'f') {
    if (Date.now() > until) throw new Error('it still recovers');
    await sleep(POLL_MS);
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

function tryKill(pid: number, which: NodeJS.Signals): void {
  try {
    process.kill(pid, which);
  } catch {
    // it has ended in this moment
  }
}

/** A port of our own for each that the machine has; the same one where it is alone with it. */
async function portsOfOne({ hasPorts }: CellGround): Promise<ReadonlyMap<number, number>> {
  const ports = new Map<number, number>();
  for (const port of [...PORTS.map(({ seen }) => seen), PLAIN.seen, DATABASE_PORT])
    ports.set(port, hasPorts ? port : await freePort());
  return ports;
}

interface Laid extends Pick<ThreeMachines, 'ports' | 'ground'> {
  readonly postgres: string;
  readonly address: string;
}

/** A machine's files as they were written, in a folder instead of its root. */
function lay(written: string, root: string, laid: Laid): void {
  for (const path of [
    'etc/default/etcd',
    'etc/patroni/config.yml',
    'etc/patroni/first-database.sh',
    'etc/preau/preau.env',
    'etc/preau/secret.key',
    'etc/preau/database-url',
    'etc/preau/database-owner-url',
    'etc/haproxy/haproxy.cfg',
  ]) {
    const moved = readFileSync(join(written, path), 'utf8')
      .replace(/(?<![\w.])\/(?=(etc|var)\/)/g, `${root}/`)
      .replace('/usr/lib/postgresql/17/bin', laid.postgres)
      .replace('maxconn 40000', 'maxconn 1000')
      .replace('pgbackrest --stanza=preau archive-push %p', (all) =>
        laid.ground.backupKey === undefined ? 'true' : all,
      )
      .replace('"512MB"', '"64MB"');
    const text = laid.ground.hasPorts ? seenFromOutside(moved, laid) : onLoopback(moved, laid);
    const own = join(root, path);
    mkdirSync(dirname(own), { recursive: true });
    writeFileSync(own, text, { mode: path.endsWith('.sh') ? 0o700 : 0o600 });
  }
  layBackups(written, root, laid);
  for (const path of ['var/lib/postgresql', 'var/lib/etcd', 'var/run/postgresql', 'data'])
    mkdirSync(join(root, path), { recursive: true });
}

/** What goes to another machine by SSH there lies in a folder beside it here. */
function layBackups(written: string, root: string, { ground }: Laid): void {
  if (ground.backupKey === undefined) return;
  const roots = new Map(
    ground.cell.machines.map(({ name, address }) => [address, join(dirname(root), name)]),
  );
  let other = '';
  const lines = readFileSync(join(written, 'etc/pgbackrest.conf'), 'utf8')
    .replace('@KEY@', ground.backupKey)
    .replace(ground.cell.backups, join(dirname(root), 'backups'))
    .split('\n')
    .flatMap((line) => {
      const [, host] = /^pg\d-host=(.*)$/.exec(line) ?? [];
      if (host !== undefined) other = roots.get(host) ?? '';
      const [, number, path] = /^pg(\d)-path=(.*)$/.exec(line) ?? [];
      if (path === undefined) return host === undefined ? [line] : [];
      const there = number === '1' ? root : other;
      return [`pg${number}-path=${there}${path}`, `pg${number}-socket-path=${socketsOf(there)}`];
    });
  writeFileSync(join(root, 'etc/pgbackrest.conf'), lines.join('\n'), { mode: 0o600 });
}

/** The test looks at the primary by the same way, from its own place. */
const seenFromOutside = (text: string, { address }: Laid): string =>
  text.replace(`bind 127.0.0.1:${DATABASE_PORT}`, `$&\n  bind ${address}:${DATABASE_PORT}`);

/** All share one machine's ports; and who comes is 127.0.0.1, whatever address is asked for. */
const onLoopback = (text: string, { ports }: Laid): string =>
  text
    .replace(
      /bind :::(\d+) v4v6/g,
      (_all, port: string) => `bind 127.0.0.1:${ports.get(Number(port))}`,
    )
    .replaceAll(`127.0.0.1:${DATABASE_PORT}`, `127.0.0.1:${ports.get(DATABASE_PORT)}`)
    .replace(
      /^( *)- host all all 127.*$/m,
      '$1- host all all 127.0.0.1/32 scram-sha-256\n$1- host replication replicator 127.0.0.1/32 scram-sha-256\n$&',
    );

const settingsIn = (path: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...readFileSync(path, 'utf8').matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );

function variablesOf(root: string): Readonly<Record<string, string>> {
  const settings = settingsIn(join(root, 'etc/preau/preau.env'));
  return { ...settings, PREAU_DATA: join(root, 'data') };
}

function superUrlIn(
  path: string,
  { host, port }: { readonly host: string; readonly port: number },
): string {
  const { superuser } = JSON.parse(readFileSync(path, 'utf8')) as { superuser: string };
  return `postgres://postgres:${superuser}@${host}:${port}/preau`;
}

/** As that machine sees them that saw the last change: one that was cut off knows an old one. */
async function askMembers({ machines }: Cell): Promise<readonly Member[]> {
  const views = await Promise.allSettled(
    machines.map(async ({ address }) => {
      const answer = await fetch(`http://${address}:${PATRONI_PORT}/cluster`, {
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      return ((await answer.json()) as { members: Member[] }).members;
    }),
  );
  const [newest] = views
    .flatMap((view) => (view.status === 'fulfilled' ? [view.value] : []))
    .toSorted((one, other) => timelineOf(other) - timelineOf(one));
  if (newest === undefined) throw new Error('no Patroni answers');
  return newest;
}

/** It rises with each machine that takes over. */
const timelineOf = (members: readonly Member[]): number =>
  Math.max(0, ...members.map(({ timeline = 0 }) => timeline));
