/**
 * Roundcube as Debian has it, with nginx, PHP and Dovecot: what a school would take instead of our
 * pages. On free loopback ports, in a folder of its own.
 */

import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { composeLetter } from '../../cli/demo/bulk-letter.ts';
import { pick, seeded } from '../../cli/demo/seeded.ts';
import { SENTENCES, SUBJECTS } from '../../cli/demo/sentences.ts';
import { end, run } from '../../cli/launcher/child.ts';
import { freePort } from '../../cli/launcher/port.ts';
import { HOUR_MS } from '../../core/ground/spans.ts';
import { hasDovecot, startDovecot, type Dovecot } from '../shared/dovecot.ts';
import { cpuMs } from './processes.ts';
import { fpmConf, nginxConf, roundcubeConf, SCHEMA, type Places } from './roundcube-settings.ts';
import { BenchVisitor } from './visitor.ts';
import { AT_ONCE } from './web-load.ts';
import type { BenchGuest, WebSite } from './web-site.ts';

const NEEDED = [
  '/usr/sbin/nginx',
  '/usr/sbin/php-fpm8.4',
  '/usr/bin/php8.4',
  '/var/lib/roundcube/public_html/index.php',
  SCHEMA,
];
export const ROUNDCUBE_PACKAGES =
  'roundcube-core roundcube-sqlite3 php8.4-fpm php8.4-sqlite3 php8.4-intl php8.4-gd nginx-light dovecot-imapd';
const READY_MS = 20_000;
const SEED = 7;
/** Between two letters of a box. */
const LETTER_EVERY_MS = 20 * HOUR_MS;
const SENTENCES_A_LETTER = 9;
/** What is searched for stands in every box, by chance or not: as often as in the town's. */
const SOUGHT = 'La sortie au musée';
const SOUGHT_EVERY = 30;

export const hasRoundcube = (): boolean => hasDovecot() && NEEDED.every(existsSync);

/** Starts it with so many letters in each of fifty boxes; throws where a part doesn't come up. */
export async function startRoundcube(folder: string, letters: number): Promise<WebSite> {
  const dovecot = await startDovecot();
  const children: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    for (const child of children.toReversed()) await end(child, 'SIGTERM');
    await dovecot.stop();
  };
  try {
    const port = await freePort();
    await fillBoxes(dovecot, letters);
    const places = await makePlaces({ folder, port, imap: dovecot.port });
    for (const [command, args] of [
      ['/usr/sbin/php-fpm8.4', ['--nodaemonize', '--fpm-config', places.fpm]],
      ['/usr/sbin/nginx', ['-g', 'daemon off;', '-c', places.nginx]],
    ] as const)
      children.push(spawn(command, args, { stdio: 'ignore' }));
    await answering(port);
    const pids = children.map(({ pid }) => pid ?? 0);
    return {
      name: 'roundcube',
      port,
      cpuMs: () => ({ php: cpuMs(pids), dovecot: cpuMs([dovecot.pid]) }),
      enter: (user) => enter(port, { user: `u${user}`, password: dovecot.password }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The same kinds of letters as the town's, as another server would have stored them. */
async function fillBoxes(dovecot: Dovecot, letters: number): Promise<void> {
  const now = Date.now();
  for (let user = 1; user <= AT_ONCE; user += 1) {
    const random = seeded(SEED + user);
    const box = dovecot.maildir(`u${user}`);
    for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(box, part), { recursive: true });
    for (let at = 0; at < letters; at += 1) {
      const date = new Date(now - at * LETTER_EVERY_MS);
      const letter = composeLetter({
        from: { address: `u${(user % AT_ONCE) + 1}@ext.test`, name: 'Hélène Lefèvre' },
        to: [{ address: `u${user}@ext.test`, name: '' }],
        subject: at % SOUGHT_EVERY === 0 ? SOUGHT : pick(random, SUBJECTS),
        text: Array.from({ length: SENTENCES_A_LETTER }, () => pick(random, SENTENCES)).join('\n'),
        files: [],
        messageId: `<${user}-${at}@ext.test>`,
        date,
      });
      writeFileSync(join(box, 'cur', `${Math.floor(date.getTime() / 1_000)}.m${at}.b:2,S`), letter);
    }
  }
  const mail = join(dovecot.maildir('u1'), '..', '..');
  await run('chown', ['-R', 'mail:mail', mail], {});
}

async function makePlaces(wish: Pick<Places, 'folder' | 'port' | 'imap'>): Promise<Places> {
  const { folder } = wish;
  const places: Places = {
    ...wish,
    conf: join(folder, 'conf'),
    fpm: join(folder, 'fpm.conf'),
    nginx: join(folder, 'nginx.conf'),
    socket: join(folder, 'fpm.sock'),
    database: join(folder, 'var', 'roundcube.db'),
  };
  for (const each of ['conf', 'var', 'log', 'sessions'])
    mkdirSync(join(folder, each), { recursive: true });
  chmodSync(folder, 0o755);
  for (const each of ['defaults.inc.php', 'mimetypes.php', 'plugins'])
    symlinkSync(`/etc/roundcube/${each}`, join(places.conf, each));
  writeFileSync(join(places.conf, 'config.inc.php'), roundcubeConf(places));
  writeFileSync(places.fpm, fpmConf(places));
  writeFileSync(places.nginx, nginxConf(places));
  const made = await run('php8.4', ['-r', MAKE_DATABASE, places.database, SCHEMA], {});
  if (made.code !== 0) throw new Error(made.output);
  await run('chown', ['-R', 'www-data:www-data', folder], {});
  return places;
}

const MAKE_DATABASE =
  "$d = new PDO('sqlite:' . $argv[1]); $d->exec(file_get_contents($argv[2])); $d->exec('pragma journal_mode=wal');";

async function answering(port: number): Promise<void> {
  for (const deadline = Date.now() + READY_MS; ;) {
    const status = await fetch(`http://127.0.0.1:${port}/`).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return;
    if (Date.now() > deadline) throw new Error(`Roundcube does not answer: ${status}`);
    await sleep(100);
  }
}

async function enter(
  port: number,
  { user, password }: { readonly user: string; readonly password: string },
): Promise<BenchGuest> {
  const visitor = new BenchVisitor(port);
  const door = (await visitor.ask('/?_task=login', { as: 'read' })).body.toString();
  const token = /name="_token" value="([^"]+)"/.exec(door)?.[1] ?? '';
  const form = { _token: token, _task: 'login', _action: 'login', _user: user, _pass: password };
  const signedIn = await visitor.ask('/?_task=login', { form, as: 'read' });
  if (signedIn.status !== 302) throw new Error(`sign-in at Roundcube: ${signedIn.status}`);
  const page = (await visitor.ask('/?_task=mail&_mbox=INBOX', { as: 'read' })).body.toString();
  const request = /"request_token":"([^"]+)"/.exec(page)?.[1] ?? '';
  const headers = { 'x-roundcube-request': request };
  // asked for without a number it gives one and leads there: that way is walked once here
  const numbered = await visitor.ask('/?_task=mail&_action=compose', { as: 'read' });
  const [, writing = ''] = /\r\nlocation: ([^\r]+)/i.exec(numbered.head) ?? [];
  return {
    visitor,
    pages: {
      // its page is empty until its script has asked for the list: that is what one waits for
      inbox: {
        path: '/?_task=mail&_action=list&_mbox=INBOX&_remote=1',
        headers,
        expect: /add_message_row/,
      },
      message: {
        path: '/?_task=mail&_action=show&_mbox=INBOX&_uid=1&_framed=1',
        expect: /messagebody/,
      },
      writing: { path: pathOf(writing), expect: /composebody/ },
      'sign-in': { path: '/?_task=login', expect: /rcmloginpwd/ },
      search: {
        path: '/?_task=mail&_action=search&_mbox=INBOX&_q=sortie&_headers=subject%2Ctext&_scope=base&_remote=1',
        headers,
        expect: /add_message_row/,
      },
    },
  };
}

/** Roundcube leads to `./?…` or to a whole address. */
function pathOf(location: string): string {
  const { pathname, search } = new URL(location, 'http://127.0.0.1/');
  return `${pathname}${search}`;
}
