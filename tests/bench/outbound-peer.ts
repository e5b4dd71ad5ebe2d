/**
 * Postfix with opendkim, as Debian has them, handing all on to one host; with clamav-milter before
 * it where it is to scan, as ours does.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { end, run } from '../../cli/launcher/child.ts';
import { freePort } from '../../cli/launcher/port.ts';
import { answers } from '../shared/answers.ts';
import { postfixServices } from '../shared/postfix-services.ts';
import { milterConf } from './peer-settings.ts';
import { DOMAIN } from './stack.ts';
import { idsOf } from './users.ts';

const OPENDKIM = '/usr/sbin/opendkim';
const POSTFIX = '/usr/sbin/postfix';
const CLAMAV_MILTER = '/usr/sbin/clamav-milter';
const READY_MS = 20_000;

export const hasOutboundPeer = (): boolean =>
  [OPENDKIM, POSTFIX, CLAMAV_MILTER].every((program) => existsSync(program)) &&
  process.getuid?.() === 0;

/**
 * Starts them in a folder; `sink` is the port that all mail goes to, `clamdSocket` what scans it;
 * null: nothing does.
 */
export async function startOutboundPeer(
  folder: string,
  { sink, clamdSocket }: { readonly sink: number; readonly clamdSocket: string | null },
): Promise<{ readonly smtpPort: number; stop(): Promise<void> }> {
  for (const name of ['.', 'etc', 'spool', 'lib', 'log', 'milter']) {
    mkdirSync(join(folder, name), { recursive: true });
    chmodSync(join(folder, name), 0o755);
  }
  for (const [name, user] of [
    ['lib', 'postfix'],
    ['milter', 'clamav'],
  ] as const) {
    const ids = idsOf(user);
    if (ids) chownSync(join(folder, name), ids.uid, ids.gid);
  }
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const key = join(folder, 'etc', 'key.pem');
  writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  const [signing, smtp] = [await freePort(), await freePort()];
  const scanner = clamdSocket === null ? null : await startMilter(folder, clamdSocket);
  const milters = [...(scanner === null ? [] : [scanner.milter]), `inet:127.0.0.1:${signing}`];
  writeFileSync(join(folder, 'etc', 'opendkim.conf'), opendkimConf(signing, key));
  writeFileSync(join(folder, 'etc', 'main.cf'), mainOf({ folder, milters, sink }));
  writeFileSync(join(folder, 'etc', 'master.cf'), masterOf(smtp));
  const signer = spawn(OPENDKIM, ['-f', '-x', join(folder, 'etc', 'opendkim.conf')], {
    stdio: 'ignore',
  });
  await untilOpen(signing);
  const postfix = async (verb: 'start' | 'stop'): Promise<void> => {
    const { code, output } = await run(POSTFIX, ['-c', join(folder, 'etc'), verb], {
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    });
    if (code !== 0) throw new Error(`postfix ${verb}: ${output}`);
  };
  await postfix('start');
  await untilOpen(smtp);
  return {
    smtpPort: smtp,
    async stop() {
      await postfix('stop');
      await end(signer, 'SIGTERM');
      if (scanner !== null) await end(scanner.child, 'SIGTERM');
    },
  };
}

/** What scans in the session, before it is signed; `milter` is how Postfix names it. */
async function startMilter(
  folder: string,
  clamdSocket: string,
): Promise<{ readonly child: ChildProcess; readonly milter: string }> {
  const [config, socket] = [join(folder, 'milter.conf'), join(folder, 'milter', 'milter.sock')];
  writeFileSync(config, milterConf({ folder, clamdSocket }));
  const child = spawn(CLAMAV_MILTER, ['-c', config], { stdio: 'ignore' });
  await until(() => existsSync(socket), `nothing listens on ${socket}`);
  return { child, milter: `unix:${socket}` };
}

const opendkimConf = (port: number, key: string): string =>
  `Domain ${DOMAIN}
Selector bench
KeyFile ${key}
Socket inet:${port}@127.0.0.1
Mode s
Canonicalization relaxed/relaxed
SignatureAlgorithm rsa-sha256
InternalHosts 127.0.0.0/8
RequireSafeKeys no
Syslog no
`;

function mainOf({
  folder,
  milters,
  sink,
}: {
  readonly folder: string;
  readonly milters: readonly string[];
  readonly sink: number;
}): string {
  return `
compatibility_level = 3.6
queue_directory = ${folder}/spool
data_directory = ${folder}/lib
maillog_file = ${folder}/log/maillog
maillog_file_prefixes = ${folder}/log
myhostname = mx.${DOMAIN}
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
relayhost = [127.0.0.1]:${sink}
alias_maps =
local_recipient_maps =
smtpd_client_connection_count_limit = 0
disable_dns_lookups = yes
smtpd_peername_lookup = no
smtpd_tls_security_level = none
smtp_tls_security_level = none
smtpd_milters = ${milters.join(' ')}
milter_default_action = tempfail
`;
}

/** Where nothing fails, its queue is looked through as seldom as Debian has it. */
const masterOf = (port: number): string => `
127.0.0.1:${port} inet n - n - - smtpd
${postfixServices({ wakesS: 300 })}
`;

const untilOpen = (port: number): Promise<void> =>
  until(() => answers('connect', port), `nothing listens on ${port}`);

async function until(isSo: () => boolean | Promise<boolean>, otherwise: string): Promise<void> {
  for (const deadline = Date.now() + READY_MS; !(await isSo());) {
    if (Date.now() > deadline) throw new Error(otherwise);
    await sleep(50);
  }
}
