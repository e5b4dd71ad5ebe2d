/**
 * A real Postfix on an address of the loopback, for what must be tried with somebody else's server;
 * Debian's, as root. `later@` and `never@` are answered as their names say.
 */
import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import { answers } from './answers.ts';
import { freePort } from './free-port.ts';
import { postfixServices } from './postfix-services.ts';

export interface Postfix {
  readonly port: number;
  /** Its master, above all its others. */
  readonly pid: number;
  /** What was delivered, as it lies there, in no order. */
  letters(): readonly string[];
  /** Takes a letter from its own people, to wherever it is for. */
  hand(from: string, to: string, raw: string): Promise<void>;
  stop(): Promise<void>;
}

interface Settings {
  readonly domain: string;
  /** Domains whose mail it takes as well. */
  readonly others?: readonly string[];
  readonly name: string;
  /** A certificate and its key. */
  readonly pem: string;
  /** The port of a milter that looks at what comes in. */
  readonly milter?: number;
  /** Where mail of other domains is brought to, by TLS alone: a port of the loopback by domain. */
  readonly routes?: Readonly<Record<string, number>>;
  /** Who it sends on to, by the local part of an address of the domain. */
  readonly forwards?: Readonly<Record<string, string>>;
  /** After how many seconds it asks again, at the soonest and at the latest; a second each. */
  readonly retries?: { readonly soonestS: number; readonly latestS: number };
  /** More lines of `main.cf`. */
  readonly more?: readonly string[];
  /** Whether postscreen looks at who comes, before smtpd does. */
  readonly isScreened?: boolean;
  /** What it runs in, so that it asks another DNS than the machine's. */
  readonly within?: (command: readonly string[]) => readonly string[];
}

const PROGRAM = '/usr/sbin/postfix';
const STARTED_MS = 60_000;

export const hasPostfix = (): boolean => existsSync(PROGRAM) && process.getuid?.() === 0;

/** Takes mail for `domain` on `host`, and shows `pem` by STARTTLS. */
export async function startPostfix(host: string, settings: Settings): Promise<Postfix> {
  const folder = mkdtempSync(join(tmpdir(), 'preau-postfix-'));
  chmodSync(folder, 0o755);
  for (const one of ['conf', 'spool', 'data', 'mail']) mkdirSync(join(folder, one));
  execFileSync('chown', ['postfix', join(folder, 'data')]);
  chmodSync(join(folder, 'mail'), 0o777);
  const [port, ownPort] = [await freePort(), await freePort()];
  writeFileSync(join(folder, 'conf', 'pair.pem'), settings.pem);
  writeFileSync(join(folder, 'conf', 'main.cf'), mainOf(folder, host, settings));
  writeFileSync(join(folder, 'conf', 'master.cf'), masterOf(host, { port, ownPort }, settings));
  const { within = (command) => command } = settings;
  const [program = '', ...rest] = within([PROGRAM, '-c', join(folder, 'conf'), 'start-fg']);
  const child = spawn(program, rest, { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const stop = async (): Promise<void> => {
    const stopping = spawn(PROGRAM, ['-c', join(folder, 'conf'), 'stop'], { stdio: 'ignore' });
    await new Promise((resolve) => {
      stopping.once('exit', resolve);
    });
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const until = Date.now() + STARTED_MS;
  while (!(await answers('data', port, host))) {
    if (Date.now() > until || child.exitCode !== null) {
      await stop();
      throw new Error('Postfix did not start');
    }
    await sleep(50);
  }
  return {
    port,
    pid: child.pid ?? 0,
    letters() {
      const box = join(folder, 'mail', 'all', 'new');
      if (!existsSync(box)) return [];
      return readdirSync(box).map((file) => readFileSync(join(box, file), 'utf8'));
    },
    async hand(from, to, raw) {
      const own = createTransport({ host, port: ownPort, ignoreTLS: true });
      await own.sendMail({ envelope: { from, to }, raw });
    },
    stop,
  };
}

function mainOf(folder: string, host: string, settings: Settings): string {
  const { domain, others = [], name, milter, routes = {}, forwards = {} } = settings;
  const { retries = { soonestS: 1, latestS: 1 }, more = [] } = settings;
  const transports = Object.entries(routes).map(
    ([to, port]) => `{${to} = smtp:[127.0.0.1]:${port}}`,
  );
  const aliases = Object.entries(forwards).map(([local, to]) => `{${local}@${domain} = ${to}}`);
  return `
compatibility_level = 3.9
queue_directory = ${folder}/spool
data_directory = ${folder}/data
maillog_file = /dev/null
maillog_file_prefixes = /dev
inet_interfaces = ${host}
inet_protocols = ipv4
myhostname = ${name}
mydestination =
mynetworks =
alias_maps =
local_recipient_maps =
virtual_mailbox_domains = ${[domain, ...others].join(', ')}
virtual_mailbox_base = ${folder}/mail
virtual_mailbox_maps = static:all/
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
smtpd_tls_security_level = may
smtpd_tls_chain_files = ${folder}/conf/pair.pem
smtpd_tls_received_header = yes
smtputf8_enable = yes
smtpd_relay_restrictions = reject_unauth_destination
smtpd_recipient_restrictions = check_recipient_access inline:{
  {never@${domain} = 550 5.1.1 no such mailbox},
  {later@${domain} = 451 4.7.1 come back later} }
${milter === undefined ? '' : `smtpd_milters = inet:127.0.0.1:${milter}\n`}\
${transports.length === 0 ? '' : `transport_maps = inline:{ ${transports.join(', ')} }\n`}\
${aliases.length === 0 ? '' : `virtual_alias_maps = inline:{ ${aliases.join(', ')} }\n`}\
smtp_tls_security_level = encrypt
queue_run_delay = ${retries.soonestS}s
minimal_backoff_time = ${retries.soonestS}s
maximal_backoff_time = ${retries.latestS}s
${more.join('\n')}
`;
}

/** Who comes by `ownPort` is one of its own people. */
function masterOf(
  host: string,
  { port, ownPort }: { readonly port: number; readonly ownPort: number },
  { isScreened = false }: Settings,
): string {
  const front = isScreened
    ? `inet n - n - 1 postscreen
smtpd pass - - n - - smtpd
dnsblog unix - - n - 0 dnsblog
tlsproxy unix - - n - 0 tlsproxy`
    : 'inet n - n - - smtpd';
  return `
${host}:${port} ${front}
${host}:${ownPort} inet n - n - - smtpd
  -o smtpd_relay_restrictions=permit_mynetworks,reject
  -o mynetworks=127.0.0.0/8
  -o smtpd_milters=
${postfixServices({ wakesS: 1 })}
`;
}
