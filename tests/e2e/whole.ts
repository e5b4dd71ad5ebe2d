import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { preloads } from '../../core/ground/config.ts';
import { freePorts, type Ports } from '../shared/free-port.ts';

const ROOT = join(import.meta.dirname, '../..');
/** A first start makes a database and a town; on a busy machine that takes a while. */
const READY_MS = 180_000;
const STOP_MS = 15_000;
const PROGRAMS = '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin';
const POLL_MS = 25;
/** Characters of output that a failure shows. */
const MAX_TAIL = 3_000;

/** What `services.json` says of a running start. */
export interface StartedServices {
  readonly pid: number;
  readonly postgresPid: number;
  readonly clamdPid: number;
  readonly databaseAdminUrl: string;
  /** `unix:/…/clamd.sock`. */
  readonly clamd: string;
}

export interface DemoAccount {
  readonly address: string;
  readonly password: string;
  readonly role: string;
  readonly school: string;
  readonly classes: readonly string[];
  readonly displayName: string;
}

/** What `demo.json` says. */
export interface DemoTown {
  readonly domain: string;
  readonly schools: readonly { readonly slug: string; readonly name: string }[];
  readonly accounts: readonly DemoAccount[];
  readonly classes: readonly {
    readonly address: string;
    readonly school: string;
    readonly name: string;
  }[];
}

/** One life of `npm start`. */
export interface WholeRun {
  /** Resolves once it says it is ready; rejects with the end of its output when it ends before. */
  ready(): Promise<void>;
  /** Resolves when it has ended, however. */
  readonly ended: Promise<void>;
  readonly process: ChildProcess;
  output(): string;
}

/** Runs `npm start` as a person would, on a folder and ports of its own. */
export function npmStart(
  dataDir: string,
  ports: Ports,
  more: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
): WholeRun {
  const child = spawn('npm', ['start', ...(flags.length === 0 ? [] : ['--', ...flags])], {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: PROGRAMS,
      HOME: tmpdir(),
      // A clock of its own says another day.
      ...('FAKETIME_TIMESTAMP_FILE' in more ? {} : preloads()),
      PREAU_DATA: dataDir,
      PREAU_UNDO_SECONDS: '0',
      PREAU_MX_PORT: String(ports.mx),
      PREAU_SUBMISSION_PORT: String(ports.submission),
      PREAU_SUBMISSIONS_PORT: String(ports.submissions),
      PREAU_WEB_PORT: String(ports.web),
      PREAU_IMAP_PORT: String(ports.imap),
      PREAU_IMAPS_PORT: String(ports.imaps),
      ...more,
    },
  });
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-1_000_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  let over = false;
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => {
      over = true;
      resolve();
    });
  });
  return {
    process: child,
    ended,
    output: () => output,
    async ready() {
      const deadline = Date.now() + READY_MS;
      while (!output.includes('Préau est prêt.')) {
        if (over || Date.now() > deadline)
          throw new Error(`npm start did not get ready: ${output.slice(-MAX_TAIL)}`);
        await sleep(POLL_MS);
      }
    },
  };
}

export interface Whole {
  readonly dataDir: string;
  readonly ports: Ports;
  readonly base: string;
  /** The clock of its schools. */
  readonly timeZone: string;
  readonly town: DemoTown;
  /** `lina.moreau` with the domain. */
  address(local: string): string;
  account(local: string): DemoAccount;
  services(): StartedServices;
  run: WholeRun;
  /** One query as the database's owner, who sees all schools: for counting. */
  count(sql: string, values?: readonly unknown[]): Promise<number>;
  rows<Row extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  stop(): Promise<void>;
}

/** A demo town with another clock, and variables with which its whole lives. */
interface Elsewhere {
  readonly timeZone: string;
  readonly more: Readonly<Record<string, string>>;
}

/** Starts a whole of one's own with the demo town and waits until it is ready. */
export async function startWhole(elsewhere: Elsewhere | null = null): Promise<Whole> {
  const dataDir = mkdtempSync(join(tmpdir(), 'preau-e2e-'));
  const more = elsewhere?.more ?? {};
  if (elsewhere !== null) await makeDemo(dataDir, elsewhere);
  const { run, ports } = await startOnFreePorts(dataDir, more);
  const town = JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8')) as DemoTown;
  const services = () =>
    JSON.parse(readFileSync(join(dataDir, 'services.json'), 'utf8')) as StartedServices;
  const owner = openOwner(services);
  const [ofTown] = await owner.rows<{ timeZone: string }>(
    'select time_zone as "timeZone" from school where id = 0',
  );
  const whole: Whole = {
    dataDir,
    ports,
    town,
    services,
    run,
    rows: owner.rows,
    base: `http://127.0.0.1:${ports.web}`,
    timeZone: must(ofTown?.timeZone, 'a town'),
    address: (local) => `${local}@${town.domain}`,
    account: (local) =>
      must(
        town.accounts.find(({ address }) => address === `${local}@${town.domain}`),
        local,
      ),
    count: async (sql, values = []) => Number((await owner.rows<{ n: string }>(sql, values))[0]?.n),
    stop: async () => {
      await owner.end();
      await stopWhole(whole);
    },
  };
  return whole;
}

/**
 * The owner's questions by one connection, which costs more than most of what is asked by it; anew
 * where the database was killed or started again.
 */
function openOwner(
  services: () => StartedServices,
): Pick<Whole, 'rows'> & { end(): Promise<void> } {
  let url = '';
  let asked: pg.Pool | null = null;
  const here = (): pg.Pool => {
    const { databaseAdminUrl } = services();
    if (asked !== null && url === databaseAdminUrl) return asked;
    asked?.end().catch(() => {});
    url = databaseAdminUrl;
    asked = new pg.Pool({ connectionString: url, max: 1, idleTimeoutMillis: 0 });
    asked.on('error', () => {}); // the next query connects
    return asked;
  };
  return {
    rows: async <Row extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []) =>
      (await here().query<Row>(sql, [...values])).rows,
    end: async () => asked?.end(),
  };
}

/** Makes the town before the first start, which would make one by Paris's clock. */
async function makeDemo(dataDir: string, { timeZone, more }: Elsewhere): Promise<void> {
  const child = spawn('npx', ['preau', 'demo', '--time-zone', timeZone], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: PROGRAMS, HOME: tmpdir(), PREAU_DATA: dataDir, ...more },
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-MAX_TAIL);
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`preau demo gave ${String(code)}: ${said}`);
}

/** A port that was free may be taken a moment later by a connection of others: once more then. */
async function startOnFreePorts(
  dataDir: string,
  more: Readonly<Record<string, string>>,
  triesLeft = 2,
): Promise<{ readonly run: WholeRun; readonly ports: Ports }> {
  const ports = await freePorts();
  const run = npmStart(dataDir, ports, more);
  try {
    await run.ready();
    return { run, ports };
  } catch (error) {
    const isTaken = triesLeft > 0 && run.output().includes('est déjà pris par un autre programme');
    if (isTaken) return startOnFreePorts(dataDir, more, triesLeft - 1);
    await stopWhole({ run, dataDir });
    throw error;
  }
}

async function stopWhole({ run, dataDir }: Pick<Whole, 'run' | 'dataDir'>): Promise<void> {
  run.process.kill('SIGTERM');
  await Promise.race([run.ended, sleep(STOP_MS)]);
  if (run.process.exitCode === null && run.process.pid !== undefined) {
    try {
      process.kill(-run.process.pid, 'SIGKILL');
    } catch {
      // it ended in this very moment
    }
  }
  rmSync(dataDir, { recursive: true, force: true });
}

/** What it is for the whole: its own clock may be another than ours. */
export async function nowOf({ base }: Pick<Whole, 'base'>): Promise<Date> {
  const answer = await fetch(`${base}/signin`);
  return new Date(must(answer.headers.get('date'), 'a date'));
}

/** What must be there, or an error that names it. */
export function must<T>(value: T | null | undefined, name: string): T {
  if (value === null || value === undefined) throw new Error(`not there: ${name}`);
  return value;
}

/** Asks again until it holds; throws with the last answer when it doesn't in time. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | false | null>,
  withinMs = 10_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== false && answer !== null) return answer;
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await sleep(100);
  }
}
