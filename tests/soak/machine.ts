import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client, type QueryResultRow } from 'pg';
import type { DemoAccount, DemoTown } from '../e2e/whole.ts';
import { freePorts, type Ports } from '../shared/free-port.ts';
import { frontDoor, notedPids, type FrontDoor } from '../shared/front-door.ts';
import { readServices } from './victims.ts';

/** How a command ended, and what it said on both channels. */
interface Said {
  readonly code: number | null;
  readonly output: string;
}

/** One machine with its data folder, and a repository of backups that isn't lost with it. */
export interface SoakMachine {
  readonly ports: Ports;
  readonly dataDir: string;
  readonly repository: string;
  /** Where the pages are. */
  readonly base: string;
  /** The copy of the backups' key that lies elsewhere; `makeKey` writes it. */
  readonly key: string;
  makeKey(): Promise<void>;
  /** Runs `preau …` as a person would; gives what it said. Throws where it failed. */
  preau(...args: readonly string[]): Promise<string>;
  /** The same, however it ends. */
  tried(...args: readonly string[]): Promise<Said>;
  /** The same by another version, which lies in a folder. */
  triedIn(version: string, ...args: readonly string[]): Promise<Said>;
  /** Starts it, and waits until it serves. */
  start(...flags: readonly string[]): Promise<void>;
  /** Stops it as a person does; gives all it said. */
  stop(): Promise<string>;
  /** Kills all of it and removes its data folder; gives when. */
  lose(): Promise<number>;
  /** An account of the demo town, by what stands before the @. */
  account(local: string): DemoAccount;
  /** As the database's owner, of the whole that runs. */
  rows<Row extends QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** Opens a machine in a folder that PostgreSQL's user may pass; nothing is started. */
export async function openMachine(
  folder: string,
  more: Readonly<Record<string, string>> = {},
): Promise<SoakMachine> {
  const ports = await freePorts();
  const [dataDir, repository, key] = ['data', 'repository', 'key'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  const variables = {
    PREAU_DATA: dataDir,
    PREAU_BACKUP: repository,
    PREAU_MX_PORT: String(ports.mx),
    PREAU_SUBMISSIONS_PORT: String(ports.submissions),
    PREAU_IMAPS_PORT: String(ports.imaps),
    PREAU_WEB_PORT: String(ports.web),
    ...more,
  };
  let running: FrontDoor | null = null;
  const machine: SoakMachine = {
    ports,
    dataDir,
    repository,
    key,
    base: `http://127.0.0.1:${ports.web}`,
    async makeKey() {
      await machine.preau('backup', 'key', '--sheet', `${key}.pdf`);
      cpSync(join(dataDir, 'backup.key'), key);
    },
    async preau(...args) {
      const { code, output } = await machine.tried(...args);
      if (code !== 0) throw new Error(`preau ${args.join(' ')}: ${output}`);
      return output;
    },
    tried: (...args) => frontDoor(['sh', 'cli/run.sh', 'preau.ts', ...args], variables).ended(),
    triedIn: (version, ...args) =>
      frontDoor(['sh', join(version, 'cli/run.sh'), 'preau.ts', ...args], variables).ended(),
    async start(...flags) {
      running = frontDoor(['npm', 'start', '--', '--json', ...flags], variables);
      await running.ready();
    },
    async stop() {
      running?.process.kill('SIGTERM');
      const said = (await running?.ended())?.output ?? '';
      running = null;
      return said;
    },
    async lose() {
      for (const pid of notedPids(dataDir)) process.kill(pid, 'SIGKILL');
      const at = Date.now();
      await running?.ended();
      running = null;
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
      return at;
    },
    account(local) {
      const town = JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8')) as DemoTown;
      const found = town.accounts.find(({ address }) => address.startsWith(`${local}@`));
      if (found === undefined) throw new Error(`not in the demo: ${local}`);
      return found;
    },
    async rows<Row extends QueryResultRow>(sql: string, values: readonly unknown[] = []) {
      const database = new Client(readServices(dataDir)?.databaseAdminUrl);
      database.on('error', () => {});
      await database.connect();
      try {
        return (await database.query<Row>(sql, [...values])).rows;
      } finally {
        await database.end();
      }
    },
  };
  return machine;
}
