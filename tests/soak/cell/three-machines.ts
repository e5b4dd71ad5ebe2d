/**
 * Three machines of a cell on one: each has an address of the loopback, and the very files that
 * `preau cluster config` writes for it, but for the folders, which are its own.
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
const READY_MS = 60_000;
const POLL_MS = 250;

/** A member of the cluster, as Patroni tells of it. */
interface Member {
  readonly name: string;
  readonly role: string;
  readonly state: string;
}

export interface ThreeMachines {
  /** Where HAProxy of the first machine listens, by the port that the world would see. */
  readonly ports: ReadonlyMap<number, number>;
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
  /** etcd of machines, at once and without a word. */
  loseEtcd(names: readonly string[]): Promise<void>;
  /** Resolves once those that were killed agree again. */
  bringEtcd(names: readonly string[]): Promise<void>;
  /** A machine burns: etcd too. */
  lose(name: string): void;
  /** The other choice of `LISEZMOI.md`, typed on the machine that is left. */
  goOnAlone(name: string): Promise<void>;
  /** Resolves once there is a primary and so many others follow it. */
  whole(followers?: number): Promise<void>;
  close(): Promise<void>;
}

export async function startThree(programs: DebianPrograms): Promise<ThreeMachines> {
  const folder = mkdtempSync(join(tmpdir(), 'preau-cell-'));
  execFileSync('chmod', ['755', folder]);
  const ports = await portsOfOne();
  writeCell(CELL, join(folder, 'written'));
  const [uid, gid] = ['-u', '-g'].map((flag) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })),
  );
  const others: ChildProcess[] = [];
  const etcds = new Map<string, ChildProcess>();
  const patronis = new Map<string, ChildProcess>();
  const rootOf = (name: string): string => join(folder, name);

  function run(command: readonly string[], more: object = {}): ChildProcess {
    const [program = '', ...args] = command;
    return spawn(program, args, { stdio: 'ignore', env: programs.env, ...more });
  }

  function startEtcd(name: string, more: Readonly<Record<string, string>> = {}): void {
    const settings = settingsIn(join(rootOf(name), 'etc/default/etcd'));
    etcds.set(name, run([programs.etcd], { env: { ...programs.env, ...settings, ...more } }));
  }

  async function patronictl(name: string, ...args: readonly string[]): Promise<void> {
    const config = join(rootOf(name), 'etc/patroni/config.yml');
    const log = openSync(join(rootOf(name), 'patroni.log'), 'a');
    const child = run([programs.python, programs.patronictl, '-c', config, ...args], {
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
    const env = { ...programs.env, HOME: rootOf(name) };
    const command = [programs.python, programs.patroni, config];
    const log = openSync(join(rootOf(name), 'patroni.log'), 'a');
    const stdio = ['ignore', log, log];
    patronis.set(name, run(command, { uid, gid, env, cwd: rootOf(name), stdio }));
    closeSync(log);
  }

  for (const { name } of CELL.machines) {
    lay(join(folder, 'written', name), rootOf(name), { ports, postgres: programs.postgres });
    execFileSync('chown', ['-R', `${uid}:${gid}`, rootOf(name)]);
    startEtcd(name);
  }
  await etcdAnswers(); // Patroni ends where it doesn't
  for (const { name } of CELL.machines) startPatroni(name);
  others.push(run([programs.haproxy, '-f', join(rootOf('m1'), 'etc/haproxy/haproxy.cfg')]));

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
    superUrl: superUrlIn(join(folder, 'written/passwords.json'), ports.get(DATABASE_PORT) ?? 0),
    variables: ({ name }) => variablesOf(rootOf(name)),
    ownerVariables: ({ name }) => ({
      PREAU_DATABASE_ADMIN_URL_FILE: join(rootOf(name), 'etc/preau/database-owner-url'),
    }),
    members: askMembers,
    async primary() {
      const leader = (await askMembers()).find(({ role }) => role === 'leader');
      if (leader === undefined) throw new Error('nobody leads');
      return leader.name;
    },
    kill: (name) => signal(name, 'SIGKILL'),
    freeze: (name) => signal(name, 'SIGSTOP'),
    thaw: (name) => signal(name, 'SIGCONT'),
    revive: startPatroni,
    switchOver: async () =>
      patronictl('m1', 'switchover', '--leader', await three.primary(), '--force'),
    async loseEtcd(names) {
      for (const name of names) {
        const etcd = etcds.get(name);
        etcd?.kill('SIGKILL');
        if (etcd) await ended(etcd);
      }
    },
    async bringEtcd(names) {
      for (const name of names) startEtcd(name);
      await etcdAnswers();
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
      await etcdAnswers([name]);
      startPatroni(name);
      await sleep(10_000);
      await patronictl(name, 'edit-config', '--force', '--set', 'synchronous_mode_strict=false');
      await patronictl(name, 'failover', '--candidate', name, '--force');
    },
    async whole(followers = CELL.machines.length - 1) {
      const until = Date.now() + READY_MS;
      for (;;) {
        const members = await askMembers().catch(() => []);
        const leads = members.some(({ role, state }) => role === 'leader' && state === 'running');
        const follow = members.filter(({ state }) => state === 'streaming').length;
        if (leads && follow >= followers) return;
        if (Date.now() > until) {
          throw new Error(
            `not whole: ${JSON.stringify(members)}\n${CELL.machines.map(({ name }) => said(name)).join('\n')}`,
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

async function etcdAnswers(names = CELL.machines.map(({ name }) => name)): Promise<void> {
  const until = Date.now() + READY_MS;
  for (;;) {
    const well = await Promise.all(
      CELL.machines
        .filter(({ name }) => names.includes(name))
        .map(({ address }) =>
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

/** A port of our own for each that the machine has. */
async function portsOfOne(): Promise<ReadonlyMap<number, number>> {
  const ports = new Map<number, number>();
  for (const port of [...PORTS.map(({ seen }) => seen), PLAIN.seen, DATABASE_PORT])
    ports.set(port, await freePort());
  return ports;
}

/** A machine's files as they were written, in a folder instead of its root. */
function lay(
  written: string,
  root: string,
  { ports, postgres }: Pick<ThreeMachines, 'ports'> & Pick<DebianPrograms, 'postgres'>,
): void {
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
    const text = readFileSync(join(written, path), 'utf8')
      .replace(/(?<![\w.])\/(?=(etc|var)\/)/g, `${root}/`)
      .replace(
        /bind :::(\d+) v4v6/g,
        (_all, port: string) => `bind 127.0.0.1:${ports.get(Number(port))}`,
      )
      .replaceAll(`127.0.0.1:${DATABASE_PORT}`, `127.0.0.1:${ports.get(DATABASE_PORT)}`)
      .replace('/usr/lib/postgresql/17/bin', postgres)
      // on the loopback who comes is 127.0.0.1, whatever address is asked for
      .replace(
        /^( *)- host all all 127.*$/m,
        '$1- host all all 127.0.0.1/32 scram-sha-256\n$1- host replication replicator 127.0.0.1/32 scram-sha-256\n$&',
      )
      .replace('maxconn 40000', 'maxconn 1000')
      .replace('pgbackrest --stanza=preau archive-push %p', 'true')
      .replace('"512MB"', '"64MB"');
    const own = join(root, path);
    mkdirSync(dirname(own), { recursive: true });
    writeFileSync(own, text, { mode: path.endsWith('.sh') ? 0o700 : 0o600 });
  }
  for (const path of ['var/lib/postgresql', 'var/lib/etcd', 'var/run/postgresql', 'data'])
    mkdirSync(join(root, path), { recursive: true });
}

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

function superUrlIn(path: string, port: number): string {
  const { superuser } = JSON.parse(readFileSync(path, 'utf8')) as { superuser: string };
  return `postgres://postgres:${superuser}@127.0.0.1:${port}/preau`;
}

/** As any machine that answers sees them. */
async function askMembers(): Promise<readonly Member[]> {
  return Promise.any(
    CELL.machines.map(async ({ address }) => {
      const answer = await fetch(`http://${address}:${PATRONI_PORT}/cluster`, {
        signal: AbortSignal.timeout(2_000),
      });
      return ((await answer.json()) as { members: Member[] }).members;
    }),
  );
}
