import { spawn, type ChildProcess } from 'node:child_process';
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { end, run } from '../../cli/launcher/child.ts';
import { freePort } from '../../cli/launcher/port.ts';
import { aptInstall, findProgram } from '../../cli/launcher/programs.ts';
import { openImap } from './imap-client.ts';
import {
  dovecotConf,
  makePeerFolders,
  milterConf,
  postfixMain,
  postfixMaster,
} from './peer-settings.ts';
import { cpuMs, pssMib } from './processes.ts';
import {
  openWaiter,
  PASSWORD,
  type ExpectedCounts,
  type Stack,
  type ArrivalWatch,
} from './stack.ts';

/** Debian packages of the peer stack, by the program that shows they are there. */
const NEEDED = {
  master: 'postfix',
  'dovecot/lmtp': 'dovecot-lmtpd',
  'clamav-milter': 'clamav-milter',
  imap: 'dovecot-imapd',
} as const;
const DAEMONS = ['/usr/lib', '/usr/lib/postfix/sbin', '/usr/lib/dovecot', '/usr/sbin'];
const POLICY = '/usr/sbin/policy-rc.d';
/** Of many mailboxes so many are looked at, the first and the last among them. */
const WATCHED = 34;
const READY_MS = 20_000;
const SETTLED_MS = 120_000;

export interface PeerStack extends Stack {
  /** How often Postfix has put a delivery off so far, by its log. */
  deferrals(): number;
  /** The milter forgets a clamd that went away for a minute: it is started again with clamd. */
  restartMilter(): Promise<void>;
}

/** Whether the peers are here, or could be brought; else why not, in one sentence. */
export async function bringPeers(
  signal: AbortSignal,
): Promise<{ readonly kind: 'here' } | { readonly kind: 'away'; readonly why: string }> {
  if (process.getuid?.() !== 0)
    return { kind: 'away', why: 'Postfix and Dovecot start as root only' };
  const missing = Object.entries(NEEDED)
    .filter(([program]) => !isThere(program))
    .map(([, name]) => name);
  if (missing.length === 0) return { kind: 'here' };
  if (!existsSync('/usr/bin/apt-get'))
    return { kind: 'away', why: `missing: ${missing.join(', ')}` };
  await withoutStartingThem(() => aptInstall(missing, signal));
  const still = Object.keys(NEEDED).filter((program) => !isThere(program));
  return still.length === 0
    ? { kind: 'here' }
    : { kind: 'away', why: `apt-get could not bring ${missing.join(', ')}` };
}

function isThere(program: string): boolean {
  return (
    findProgram(program) !== null || DAEMONS.some((folder) => existsSync(join(folder, program)))
  );
}

/** Debian starts what it installs, on the usual ports, unless this script says no. */
async function withoutStartingThem(install: () => Promise<boolean>): Promise<void> {
  const ours = !existsSync(POLICY);
  if (ours) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await install();
  } finally {
    if (ours) rmSync(POLICY);
  }
}

interface PeerWish {
  readonly clamdSocket: string;
  /** Dovecot's lmtp_user_concurrency_limit: null leaves its default. */
  readonly userLimit: 'unlimited' | null;
}

/**
 * Starts Postfix, clamav-milter and Dovecot in a folder of their own, on free ports. Throws where
 * one doesn't come up.
 */
export async function startPeer(folder: string, wish: PeerWish): Promise<PeerStack> {
  const settings = {
    folder,
    smtp: await freePort(),
    imap: await freePort(),
    lmtp: await freePort(),
    ...wish,
  };
  makePeerFolders(folder);
  const children = new Map<string, ChildProcess>();
  const startMilter = async (): Promise<void> => {
    writeFileSync(join(folder, 'milter.conf'), milterConf(settings));
    children.set('milter', daemon(folder, 'clamav-milter', ['-c', join(folder, 'milter.conf')]));
    await until(() => existsSync(join(folder, 'milter', 'milter.sock')), 'clamav-milter');
  };
  let postfix = 0;
  const stop = async (): Promise<void> => {
    if (postfix !== 0) await stopPid(postfix);
    for (const child of children.values()) await stopChild(child);
  };
  try {
    await startMilter();
    writeFileSync(join(folder, 'dovecot.conf'), dovecotConf(settings));
    children.set('dovecot', daemon(folder, 'dovecot', ['-F', '-c', join(folder, 'dovecot.conf')]));
    writeFileSync(join(folder, 'etc', 'main.cf'), postfixMain(settings));
    writeFileSync(join(folder, 'etc', 'master.cf'), postfixMaster(settings));
    postfix = await startPostfix(folder);
    await until(
      () =>
        openImap(settings.imap, 'u1', PASSWORD).then(
          (client) => {
            client.close();
            return true;
          },
          () => false,
        ),
      'dovecot',
    );
  } catch (error) {
    await stop();
    throw error;
  }
  const pids = (): number[] => [postfix, ...[...children.values()].flatMap(({ pid }) => pid ?? [])];
  return {
    ...views(settings),
    memory: () => ({ all_mib: pssMib(pids()) }),
    cpuMs: () => ({ all: cpuMs(pids()) }),
    async restartMilter() {
      await stopChild(children.get('milter'));
      rmSync(join(folder, 'milter', 'milter.sock'), { force: true });
      await startMilter();
    },
    stop,
  };
}

type PeerSettings = PeerWish & {
  readonly folder: string;
  readonly smtp: number;
  readonly imap: number;
};

function views({
  folder,
  smtp,
  imap,
}: PeerSettings): Omit<PeerStack, 'memory' | 'cpuMs' | 'stop' | 'restartMilter'> {
  const mail = join(folder, 'mail');
  return {
    name: 'peer',
    what: 'Postfix + clamav-milter + Dovecot (maildir)',
    smtpPort: smtp,
    visibleBy: 'IMAP STATUS',
    watch: (expected) => watchMailboxes(imap, expected),
    async waiter(user) {
      const client = await openImap(imap, `u${user}`, PASSWORD);
      const { waiter, announce } = openWaiter(() => client.close());
      await client.idle(announce);
      return waiter;
    },
    settle: () =>
      until(
        () => filesIn(join(folder, 'spool'), /^(incoming|active|deferred)$/).length === 0,
        'the queue',
        SETTLED_MS,
      ).then(() => sleep(300)),
    storedBytes: async () => filesIn(mail, /./).reduce((sum, { onDisk }) => sum + onDisk, 0),
    copiesOver: async (bytes) => filesIn(mail, /./).filter(({ size }) => size > bytes).length,
    deferrals: () =>
      readFileSync(join(folder, 'log', 'maillog'), 'utf8').match(/status=deferred/g)?.length ?? 0,
  };
}

async function watchMailboxes(port: number, expected: ExpectedCounts): Promise<ArrivalWatch> {
  const users = [...expected.keys()].sort((one, other) => one - other);
  const step = Math.max(1, Math.floor(users.length / (WATCHED - 1)));
  const watched = users.filter((_user, at) => at % step === 0 || at === users.length - 1);
  const open = await Promise.all(
    watched.map(async (user) => {
      const client = await openImap(port, `u${user}`, PASSWORD);
      return { client, wanted: (await client.count()) + (expected.get(user) ?? 0) };
    }),
  );
  const waiting = [...open];
  return {
    async isAllIn() {
      for (let first = waiting[0]; first; first = waiting[0]) {
        if ((await first.client.count()) < first.wanted) return false;
        waiting.shift();
      }
      return true;
    },
    close: () => {
      for (const { client } of open) client.close();
    },
  };
}

/** Files below a folder's subfolders of such names, each inode once. */
function filesIn(
  folder: string,
  names: RegExp,
): { readonly size: number; readonly onDisk: number }[] {
  const found = new Map<number, { readonly size: number; readonly onDisk: number }>();
  for (const top of existsSync(folder)
    ? readdirSync(folder).filter((name) => names.test(name))
    : []) {
    for (const entry of readdirSync(join(folder, top), {
      recursive: true,
      withFileTypes: true,
    }).filter((each) => each.isFile())) {
      try {
        const { ino, size, blocks } = statSync(join(entry.parentPath, entry.name));
        found.set(ino, { size, onDisk: blocks * 512 });
      } catch {
        // gone meanwhile
      }
    }
  }
  return [...found.values()];
}

function daemon(folder: string, program: string, args: readonly string[]): ChildProcess {
  const log = openSync(join(folder, 'log', `${program}.out`), 'a');
  const child = spawn(findProgram(program) ?? program, args, { stdio: ['ignore', log, log] });
  closeSync(log);
  return child;
}

async function startPostfix(folder: string): Promise<number> {
  const { code, output } = await run('/usr/sbin/postfix', ['-c', join(folder, 'etc'), 'start'], {
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
  });
  const record = join(folder, 'spool', 'pid', 'master.pid');
  if (code !== 0)
    throw new Error(
      `postfix: ${output} ${existsSync(join(folder, 'log', 'maillog')) ? readFileSync(join(folder, 'log', 'maillog'), 'utf8').slice(-500) : ''}`,
    );
  await until(() => existsSync(record), 'postfix');
  return Number(readFileSync(record, 'utf8').trim());
}

async function until(
  isSo: () => boolean | Promise<boolean>,
  what: string,
  patienceMs = READY_MS,
): Promise<void> {
  for (const deadline = Date.now() + patienceMs; !(await isSo());) {
    if (Date.now() > deadline) throw new Error(`${what}: not ready after ${patienceMs / 1_000} s`);
    await sleep(50);
  }
}

async function stopChild(child: ChildProcess | undefined): Promise<void> {
  if (child) await end(child, 'SIGTERM');
}

async function stopPid(pid: number): Promise<void> {
  try {
    process.kill(pid, 'SIGTERM');
    for (let tries = 0; tries < 100; tries += 1) {
      process.kill(pid, 0);
      await sleep(50);
    }
    process.kill(pid, 'SIGKILL');
  } catch {
    // it has ended
  }
}
