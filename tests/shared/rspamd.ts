/**
 * A real rspamd on the loopback, Debian's, as root: its controller and its milter, with Debian's
 * own rules, without greylisting and without what asks the world, but for the DNS that a test
 * gives it.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';

interface RunningRspamd {
  /** What `PREAU_RSPAMD` takes. */
  readonly address: string;
  /** Where a mail server has its letters looked at: it writes Authentication-Results. */
  readonly milterPort: number;
  /** Its log: a line a letter, with all that it found. */
  log(): string;
  stop(): Promise<void>;
}

const PROGRAM = '/usr/bin/rspamd';
const STARTED_MS = 60_000;
/** Modules that ask somebody else, or wait on purpose. */
const OFF = ['greylist', 'rbl', 'asn', 'fuzzy_check', 'phishing'];
/** Those that ask the DNS alone. */
const OF_DNS = ['spf', 'dkim', 'dmarc', 'arc'];

export const hasRspamd = (): boolean => existsSync(PROGRAM) && process.getuid?.() === 0;

/** `resolver` is whom it asks what the DNS says of a letter, `address:port`; null: nobody. */
export async function startRspamd(resolver: string | null = null): Promise<RunningRspamd> {
  const folder = mkdtempSync(join(tmpdir(), 'preau-rspamd-'));
  const [port, milterPort] = [await freePort(), await freePort()];
  for (const one of ['local.d', 'override.d', 'db', 'run', 'log']) mkdirSync(join(folder, one));
  const write = (name: string, text: string): void =>
    writeFileSync(join(folder, 'override.d', name), text);
  write(
    'worker-controller.inc',
    `bind_socket = "127.0.0.1:${port}";\nsecure_ip = ["127.0.0.1"];\n`,
  );
  write('worker-normal.inc', 'enabled = false;\n');
  write(
    'worker-proxy.inc',
    `bind_socket = "127.0.0.1:${milterPort}";\nupstream "local" { default = yes; self_scan = yes; }\n`,
  );
  write('milter_headers.conf', 'use = ["authentication-results"];\nskip_local = false;\n');
  write('worker-fuzzy.inc', 'enabled = false;\n');
  write(
    'logging.inc',
    `type = "file";\nfilename = "${folder}/log/rspamd.log";\nlevel = "notice";\n`,
  );
  if (resolver !== null) write('options.inc', `dns { nameserver = ["${resolver}:1"]; }\n`);
  const off = resolver === null ? [...OFF, ...OF_DNS] : OFF;
  for (const module of off) write(`${module}.conf`, 'enabled = false;\n');
  // Its peers are on the loopback, of whom it asks nothing otherwise.
  if (resolver !== null)
    for (const module of OF_DNS) write(`${module}.conf`, 'check_local = true;\n');
  const variables = [
    ['LOCAL_CONFDIR', folder],
    ['DBDIR', join(folder, 'db')],
    ['RUNDIR', join(folder, 'run')],
    ['LOGDIR', join(folder, 'log')],
  ].map(([name, value]) => `--var=${name}=${value}`);
  const child = spawn(
    PROGRAM,
    ['-f', '-i', '-u', 'root', '-g', 'root', '-c', '/etc/rspamd/rspamd.conf', ...variables],
    { stdio: 'ignore' },
  );
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const address = `http://127.0.0.1:${port}`;
  const until = Date.now() + STARTED_MS;
  while (!(await answers(address))) {
    if (Date.now() > until || child.exitCode !== null) {
      await stop();
      throw new Error('rspamd did not start');
    }
    await sleep(100);
  }
  return {
    address,
    milterPort,
    log: () => readFileSync(join(folder, 'log', 'rspamd.log'), 'utf8'),
    stop,
  };
}

const answers = (address: string): Promise<boolean> =>
  fetch(`${address}/ping`).then(
    ({ ok }) => ok,
    () => false,
  );
