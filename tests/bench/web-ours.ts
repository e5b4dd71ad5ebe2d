import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { end } from '../../cli/launcher/child.ts';
import { freePort } from '../../cli/launcher/port.ts';
import type { Ours } from './ours.ts';
import { cpuMs } from './processes.ts';
import { BenchVisitor } from './visitor.ts';
import { AT_ONCE } from './web-load.ts';
import type { BenchGuest, WebSite } from './web-site.ts';

export interface DemoLogin {
  readonly address: string;
  readonly password: string;
  readonly role: string;
}

const READY_MS = 60_000;

/** Teachers, who have all that an adult has, from all over the town. */
export function teachersOf(demoFile: string): readonly DemoLogin[] {
  const { accounts } = JSON.parse(readFileSync(demoFile, 'utf8')) as {
    readonly accounts: readonly DemoLogin[];
  };
  const teachers = accounts.filter(({ role }) => role === 'teacher');
  const step = Math.max(1, Math.floor(teachers.length / AT_ONCE));
  return teachers.filter((_, at) => at % step === 0).slice(0, AT_ONCE);
}

/**
 * The pages of a checkout of Préau in a process of their own, on the town of the whole that is
 * running. Another checkout beside this one tells what a change has won, in one run: its
 * dependencies must be there, and the database one that it knows.
 */
export async function startPages(
  name: 'ours' | 'before',
  checkout: string,
  { ours, folder, clamdSocket, teachers }: Beside,
): Promise<WebSite> {
  const port = await freePort();
  const { databaseUrl, databaseAdminUrl } = servicesOf(folder);
  const data = `${folder}-${name}`;
  const log = openSync(`${data}.log`, 'w');
  const child = spawn(
    process.execPath,
    [join(checkout, 'preau.ts'), 'start', '--no-demo', '--processes', '1', '--roles', 'web'],
    {
      env: {
        PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        LANG: 'C.UTF-8',
        PREAU_DATA: data,
        PREAU_DATABASE_URL: databaseUrl,
        PREAU_DATABASE_ADMIN_URL: databaseAdminUrl,
        PREAU_CLAMD: `unix:${clamdSocket}`,
        PREAU_SECRET_FILE: join(folder, 'secret.key'),
        PREAU_WEB_PORT: String(port),
      },
      stdio: ['ignore', log, log],
    },
  );
  closeSync(log);
  await answering(child, port, `${data}.log`);
  return {
    name,
    port,
    cpuMs: () => ({
      node: cpuMs([child.pid ?? 0]),
      postgres: ours.cpuMs()['postgres'] ?? NaN,
    }),
    async enter(user) {
      const teacher = teachers[user - 1];
      if (teacher === undefined) throw new Error('the town has too few teachers');
      return enterPages(port, teacher);
    },
    stop: () => end(child, 'SIGTERM'),
  };
}

interface Beside {
  readonly ours: Ours;
  readonly folder: string;
  readonly clamdSocket: string;
  readonly teachers: readonly DemoLogin[];
}

interface Services {
  readonly databaseUrl: string;
  readonly databaseAdminUrl: string;
}

function servicesOf(folder: string): Services {
  return JSON.parse(readFileSync(join(folder, 'services.json'), 'utf8')) as Services;
}

async function answering(child: ChildProcess, port: number, log: string): Promise<void> {
  for (const deadline = Date.now() + READY_MS; ;) {
    const isWell = await fetch(`http://127.0.0.1:${port}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isWell) return;
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(readFileSync(log, 'utf8').slice(-1_000));
    await sleep(100);
  }
}

/** Signs in at our pages; throws where that doesn't work. */
export async function enterPages(
  port: number,
  { address, password }: Pick<DemoLogin, 'address' | 'password'>,
): Promise<BenchGuest> {
  const visitor = new BenchVisitor(port);
  const door = await visitor.ask('/signin?adult=1', { as: 'read' });
  const csrf = /name="csrf" value="([^"]+)"/.exec(door.body.toString())?.[1] ?? '';
  const form = { csrf, language: 'fr', address, password };
  const signedIn = await visitor.ask('/signin', { form, as: 'read' });
  if (signedIn.status !== 303) throw new Error(`sign-in at our pages: ${signedIn.status}`);
  const inbox = await visitor.ask('/mail/inbox', { as: 'read' });
  const [first = ''] = /\/mail\/inbox\/\d+/.exec(inbox.body.toString()) ?? [];
  return {
    visitor,
    pages: {
      inbox: { path: '/mail/inbox', expect: /class="[^"]*\bmsg\b/ },
      message: { path: first, expect: /class="[^"]*\bread\b/ },
      writing: { path: '/write', expect: /<textarea/ },
      'sign-in': { path: '/signin?adult=1', expect: /type="password"/ },
      search: { path: '/search?q=sortie', expect: /<mark>/ },
    },
  };
}
