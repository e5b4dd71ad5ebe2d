import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { end, run } from '../../cli/launcher/child.ts';
import { freePort } from '../../cli/launcher/port.ts';
import { aptInstall, findProgram } from '../../cli/launcher/programs.ts';
import { startOurs } from './ours.ts';
import { makeDevice } from './page.ts';
import { dovecotConf, makePeerFolders } from './peer-settings.ts';
import { pssMib } from './processes.ts';
import { RawImap } from './raw-imap.ts';
import { addressOf, PASSWORD } from './stack.ts';

/** An IMAP server under load. */
export interface ImapStack {
  readonly name: 'ours' | 'dovecot' | 'cyrus';
  readonly port: number;
  /** With TLS from the first byte; null where that isn't measured. */
  readonly tlsPort: number | null;
  login(user: number): Login;
  /** Sign-ins of so many sessions at once: an account of ours has at most 40. */
  manyLogins(sessions: number): Promise<readonly Login[]>;
  /** Where mail comes in: SMTP or LMTP, whose 250 says that it is in the mailbox. */
  readonly delivery: {
    readonly port: number;
    readonly protocol: 'smtp' | 'lmtp';
    readonly recipient: (user: number) => string;
  };
  /** Resolves once what so much new mail leaves to be done is done. */
  settle(): Promise<void>;
  /** Memory of the server's own processes, in MiB. */
  memory(): number;
  stop(): Promise<void>;
}

/** Ours, and what it stands on. */
interface OurImapStack extends ImapStack {
  readonly adminUrl: string;
}

interface Login {
  readonly user: string;
  readonly password: string;
}

const READY_MS = 30_000;
const SESSIONS_AN_ACCOUNT = 30;
const PEER_SETTLE_MS = 5_000;

/** Ours, as `npm start` runs it; user 1 signs in with the password of a device. */
export async function startOurImap(folder: string, clamdSocket: string): Promise<OurImapStack> {
  const ours = await startOurs(folder, { clamdSocket, nodeFlags: [], processes: '1' });
  const device = await makeDevice(ours.webPort, addressOf(1), PASSWORD);
  return {
    name: 'ours',
    adminUrl: ours.adminUrl,
    port: ours.imapPort,
    tlsPort: ours.imapsPort,
    login: (user) => ({ user: addressOf(user), password: user === 1 ? device : PASSWORD }),
    async manyLogins(sessions) {
      const logins: Login[] = [];
      for (let user = 2; logins.length * SESSIONS_AN_ACCOUNT < sessions; user += 1)
        logins.push({
          user: addressOf(user),
          password: await makeDevice(ours.webPort, addressOf(user), PASSWORD),
        });
      return logins;
    },
    delivery: { port: ours.smtpPort, protocol: 'smtp', recipient: addressOf },
    // PostgreSQL does it by itself within some minutes, in the midst of one figure or another.
    settle: () => ours.db.query('vacuum analyze').then(() => undefined),
    memory: () => Object.values(ours.memory()).reduce((sum, mib) => sum + mib, 0),
    stop: ours.stop,
  };
}

/** Debian's Dovecot with maildir, where it is installed. */
export async function startDovecotImap(folder: string): Promise<ImapStack | null> {
  if (findProgram('dovecot') === null || process.getuid?.() !== 0) return null;
  const [imap, lmtp, smtp] = [await freePort(), await freePort(), await freePort()];
  makePeerFolders(folder);
  writeFileSync(
    join(folder, 'dovecot.conf'),
    dovecotConf({ folder, imap, lmtp, smtp, clamdSocket: '', userLimit: 'unlimited' }),
  );
  const child = daemon(
    folder,
    findProgram('dovecot') ?? '',
    ['-F', '-c', join(folder, 'dovecot.conf')],
    {},
  );
  await answers(imap, 'dovecot');
  return peer('dovecot', { imap, lmtp, child });
}

/**
 * Debian's Cyrus, unpacked beside what is installed (its packages and Dovecot's exclude each
 * other); null where it can't be had.
 */
export async function startCyrusImap(
  folder: string,
  signal: AbortSignal,
): Promise<ImapStack | null> {
  const root = await unpackCyrus(folder, signal);
  if (root === null) return null;
  const [imap, lmtp] = [await freePort(), await freePort()];
  const bin = join(root, 'usr/lib/cyrus/bin');
  const env = {
    PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
    LD_LIBRARY_PATH: join(root, 'usr/lib/x86_64-linux-gnu'),
    SASL_CONF_PATH: folder,
  };
  const state = join(folder, 'state');
  for (const name of [
    'spool',
    'proc',
    'lock',
    'search',
    ...[
      'db',
      'socket',
      'log',
      'msg',
      'proc',
      'ptclient',
      'quota',
      'rpm',
      'sieve',
      'sync',
      'user',
      'lock',
      'backup',
    ].map((one) => `conf/${one}`),
  ])
    mkdirSync(join(state, name), { recursive: true });
  writeFileSync(join(folder, 'imapd.conf'), cyrusConf(folder, state));
  writeFileSync(join(folder, 'cyrus.conf'), cyrusServices(folder, { bin, imap, lmtp }));
  const made = await run(
    '/bin/sh',
    [
      '-c',
      `printf %s '${PASSWORD}' | saslpasswd2 -p -c -f ${join(folder, 'sasldb2')} -u ${hostname()} u1 && chown -R mail:mail ${state} ${join(folder, 'sasldb2')}`,
    ],
    { env },
  );
  if (made.code !== 0) return null;
  const child = daemon(
    folder,
    join(bin, 'master'),
    [
      '-C',
      join(folder, 'imapd.conf'),
      '-M',
      join(folder, 'cyrus.conf'),
      '-p',
      join(folder, 'master.pid'),
    ],
    env,
  );
  await answers(imap, 'cyrus');
  return peer('cyrus', { imap, lmtp, child });
}

function peer(
  name: 'dovecot' | 'cyrus',
  {
    imap,
    lmtp,
    child,
  }: { readonly imap: number; readonly lmtp: number; readonly child: ChildProcess },
): ImapStack {
  return {
    name,
    port: imap,
    tlsPort: null,
    login: (user) => ({ user: `u${user}`, password: PASSWORD }),
    manyLogins: async () => [{ user: 'u1', password: PASSWORD }],
    delivery: { port: lmtp, protocol: 'lmtp', recipient: (user) => `u${user}` },
    settle: () => sleep(PEER_SETTLE_MS),
    memory: () => pssMib([child.pid ?? 0]),
    stop: () => end(child, 'SIGTERM').then(() => undefined),
  };
}

async function unpackCyrus(folder: string, signal: AbortSignal): Promise<string | null> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null;
  mkdirSync(join(folder, 'dl'), { recursive: true });
  chmodSync(folder, 0o755);
  chmodSync(join(folder, 'dl'), 0o777);
  await aptInstall(
    [
      'libical3t64',
      'libxapian30',
      'libpcre2-posix3',
      'libwrap0',
      'libzephyr4',
      'sasl2-bin',
      'libsasl2-modules',
    ],
    signal,
  );
  const got = await run(
    '/bin/sh',
    [
      '-c',
      `cd ${join(folder, 'dl')} && apt-get download cyrus-common cyrus-imapd && for d in *.deb; do dpkg -x $d ${join(folder, 'root')}; done`,
    ],
    { env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } },
  );
  return got.code === 0 && readdirSync(folder).includes('root') ? join(folder, 'root') : null;
}

const cyrusConf = (folder: string, state: string): string => `configdirectory: ${state}/conf
proc_path: ${state}/proc
mboxname_lockpath: ${state}/lock
defaultpartition: default
partition-default: ${state}/spool
cyrus_user: mail
cyrus_group: mail
admins: cyrus
altnamespace: yes
unixhierarchysep: yes
virtdomains: off
defaultdomain: school.test
lmtp_downcase_rcpt: yes
lmtp_strict_rfc2821: 0
autocreate_quota: 10485760
autocreate_post: yes
autocreate_inbox_folders: Drafts|Sent
allowplaintext: yes
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: ${folder}/sasldb2
sasl_mech_list: PLAIN
idlesocket: ${state}/conf/socket/idle
lmtpsocket: ${state}/conf/socket/lmtp
duplicatesuppression: no
imapidlepoll: 60
imap_inprogress_interval: 0
maxlogins_per_host: 0
maxlogins_per_user: 0
`;

const cyrusServices = (
  folder: string,
  { bin, imap, lmtp }: { readonly bin: string; readonly imap: number; readonly lmtp: number },
): string => `START {
  recover cmd="${bin}/ctl_cyrusdb -C ${folder}/imapd.conf -r"
}
SERVICES {
  imap cmd="${bin}/imapd -C ${folder}/imapd.conf -U 30" listen="127.0.0.1:${imap}" prefork=5 maxchild=1000
  lmtp cmd="${bin}/lmtpd -C ${folder}/imapd.conf -a" listen="127.0.0.1:${lmtp}" prefork=2 maxchild=20
}
EVENTS {
  checkpoint cmd="${bin}/ctl_cyrusdb -C ${folder}/imapd.conf -c" period=30
}
DAEMON {
  idled cmd="${bin}/idled -C ${folder}/imapd.conf"
}
`;

function daemon(
  folder: string,
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): ChildProcess {
  const log = openSync(join(folder, 'out.log'), 'a');
  const child = spawn(program, args, {
    stdio: ['ignore', log, log],
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', ...env },
  });
  closeSync(log);
  return child;
}

async function answers(port: number, what: string): Promise<void> {
  for (const deadline = Date.now() + READY_MS; ;) {
    const client = await RawImap.open(port).catch(() => null);
    client?.close();
    if (client) return;
    if (Date.now() > deadline) throw new Error(`${what} does not answer`);
    await sleep(100);
  }
}
