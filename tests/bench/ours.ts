import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { end, run } from '../../cli/launcher/child.ts';
import { freePort } from '../../cli/launcher/port.ts';
import { TEXTS } from '../../cli/texts/launcher.ts';
import { openWaitingPage } from './page.ts';
import { cpuMs, pssMib } from './processes.ts';
import {
  addressOf,
  DOMAIN,
  PASSWORD,
  USERS,
  type ExpectedCounts,
  type Stack,
  type ArrivalWatch,
} from './stack.ts';

/** This tree. */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Where npm puts the Node that it brings along, by the folder of a tree. */
const NODES = ['linux-x64', 'linux-arm64'].map((kind) => `node_modules/node-${kind}/bin/node`);
const READY_MS = 60_000;
const MUST_BE_ON = ['fsync', 'synchronous_commit', 'full_page_writes'] as const;
const INT8 = 20;

export interface Ours extends Stack {
  /** The owner's connection, for looking from outside. */
  readonly db: pg.Client;
  readonly adminUrl: string;
  /** The app's own connection. */
  readonly appUrl: string;
  readonly webPort: number;
  readonly imapPort: number;
  readonly imapsPort: number;
  readonly submissionPort: number;
  readonly pids: { readonly node: number; readonly postgres: number };
  /** What PostgreSQL says of its durability; all of them `on`. */
  readonly durability: Readonly<Record<string, string>>;
}

/**
 * Starts the whole as `npm start` does, without a demo town, makes the school of the bench. Throws
 * a sentence where PostgreSQL isn't durable.
 */
export async function startOurs(
  folder: string,
  options: {
    readonly clamdSocket: string;
    readonly nodeFlags: readonly string[];
    /** How many serve. */
    readonly processes: string;
    /** What `preau demo` is to make, one after the other; the school of load tools else. */
    readonly demos?: readonly (readonly string[])[];
    /** More of our variables. */
    readonly env?: Readonly<Record<string, string>>;
    /** The folder of the tree that is started: another commit's, or this one. */
    readonly root?: string;
  },
): Promise<Ours> {
  const root = options.root ?? ROOT;
  const [command, ...given] = frontDoorOf(root);
  const ports: Ports = {
    web: await freePort(),
    mx: await freePort(),
    imap: await freePort(),
    imaps: await freePort(),
    submission: await freePort(),
  };
  const env = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    LANG: 'C.UTF-8',
    PREAU_DATA: folder,
    PREAU_DOMAIN: DOMAIN,
    PREAU_CLAMD: `unix:${options.clamdSocket}`,
    PREAU_WEB_PORT: String(ports.web),
    PREAU_MX_PORT: String(ports.mx),
    PREAU_SUBMISSION_PORT: String(ports.submission),
    PREAU_SUBMISSIONS_PORT: String(await freePort()),
    PREAU_IMAP_PORT: String(ports.imap),
    PREAU_IMAPS_PORT: String(ports.imaps),
    PREAU_INSECURE_LOOPBACK: '1',
    NODE_OPTIONS: options.nodeFlags.join(' '),
    ...options.env,
  };
  const log = openSync(`${folder}.log`, 'w');
  const help = await run(command, [...given, 'start', '--help'], { env, cwd: root });
  // there was a time of one process alone
  const processes = help.output.includes('--processes') ? ['--processes', options.processes] : [];
  const child = spawn(command, [...given, 'start', '--no-demo', ...processes], {
    cwd: root,
    env,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  try {
    const services = await ready(child, folder, ports.web);
    for (const demo of options.demos ?? [benchOf(USERS)]) {
      const made = await run(command, [...given, 'demo', ...demo], { env, cwd: root });
      if (made.code !== 0) throw new Error(made.output);
    }
    return await look(child, services, ports);
  } catch (error) {
    await end(child, 'SIGTERM');
    throw error;
  }
}

/** What `npm start` runs; of a tree from before there was a script for that, Node itself. */
function frontDoorOf(root: string): readonly [command: string, ...given: string[]] {
  const script = join(root, 'cli/run.sh');
  if (existsSync(script)) return ['sh', script, 'preau.ts'];
  const node = NODES.map((path) => join(root, path)).find(existsSync) ?? process.execPath;
  return [node, join(root, 'preau.ts')];
}

/** What `preau demo` is told to make the school of load tools with so many accounts. */
export function benchOf(accounts: number): readonly string[] {
  return ['--bench', String(accounts), '--password', PASSWORD];
}

interface Services {
  readonly postgresPid: number;
  readonly databaseUrl: string;
  readonly databaseAdminUrl: string;
}

async function ready(child: ChildProcess, folder: string, webPort: number): Promise<Services> {
  const record = join(folder, 'services.json');
  for (const deadline = Date.now() + READY_MS; ;) {
    const isReady = readFileSync(`${folder}.log`, 'utf8').includes(TEXTS.greeting.ready);
    if (isReady && existsSync(record) && (await isWell(webPort)))
      return JSON.parse(readFileSync(record, 'utf8')) as Services;
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(readFileSync(`${folder}.log`, 'utf8').slice(-1_000));
    await sleep(100);
  }
}

async function isWell(webPort: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${webPort}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

interface Ports {
  readonly web: number;
  readonly mx: number;
  readonly imap: number;
  readonly imaps: number;
  readonly submission: number;
}

async function look(child: ChildProcess, services: Services, ports: Ports): Promise<Ours> {
  const typeParser = (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format);
  const db = new pg.Client({
    connectionString: services.databaseAdminUrl,
    types: { getTypeParser: typeParser },
  });
  await db.connect();
  const one = async (text: string, values: readonly unknown[] = []): Promise<number> => {
    const {
      rows: [row],
    } = await db.query<{ found: number }>({ name: text.slice(0, 60), text, values: [...values] });
    return Number(row?.found ?? 0);
  };
  const { pid = 0 } = child;
  return {
    name: 'ours',
    what: 'Préau',
    smtpPort: ports.mx,
    webPort: ports.web,
    imapPort: ports.imap,
    imapsPort: ports.imaps,
    submissionPort: ports.submission,
    pids: { node: pid, postgres: services.postgresPid },
    visibleBy: 'SQL: rows of the mailboxes',
    db,
    adminUrl: services.databaseAdminUrl,
    appUrl: services.databaseUrl,
    durability: await durabilityOf(db),
    watch: (expected) =>
      watch(expected, () =>
        // looking at a whole town's mailboxes would be a load itself
        one(
          "select sum(total)::bigint as found from mailbox where school_id = (select id from school where slug = 'bench') and use = 'inbox'",
        ),
      ),
    waiter: (user) => openWaitingPage(ports.web, addressOf(user), PASSWORD),
    settle: () => sleep(300),
    storedBytes: () =>
      one(
        "select sum(pg_total_relation_size(c.oid))::bigint as found from pg_class c where c.relname in ('message', 'entry', 'mailbox')",
      ),
    copiesOver: (bytes) =>
      one('select count(*)::bigint as found from message where octet_length(raw) > $1', [bytes]),
    memory: () => ({
      node_mib: pssMib([pid], [services.postgresPid]),
      postgres_mib: pssMib([services.postgresPid]),
    }),
    cpuMs: () => ({
      node: cpuMs([pid], [services.postgresPid]),
      postgres: cpuMs([services.postgresPid]),
    }),
    async stop() {
      await db.end();
      await end(child, 'SIGTERM');
    },
  };
}

async function watch(
  expected: ExpectedCounts,
  total: () => Promise<number>,
): Promise<ArrivalWatch> {
  const wanted = (await total()) + [...expected.values()].reduce((sum, count) => sum + count, 0);
  return { isAllIn: async () => (await total()) >= wanted, close: () => {} };
}

async function durabilityOf(db: pg.Client): Promise<Readonly<Record<string, string>>> {
  const { rows } = await db.query<{ name: string; setting: string }>(
    'select name, setting from pg_settings where name = any($1)',
    [MUST_BE_ON],
  );
  const found = Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
  const off = MUST_BE_ON.filter((name) => found[name] !== 'on');
  if (off.length > 0)
    throw new Error(
      `PostgreSQL ne garde pas ce qu’il promet : ${off.join(', ')} n’est pas « on ». / PostgreSQL doesn’t keep what it promises: ${off.join(', ')} is not on.`,
    );
  return found;
}
