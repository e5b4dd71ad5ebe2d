import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a machine that boots by systemd needs of Debian, and no more. */
const PACKAGES = 'systemd,systemd-sysv,dbus,ca-certificates,iproute2';
const RELEASE = 'trixie';
const TOOLS = ['mmdebstrap', 'systemd-nspawn'];
/** Where Debian keeps the authorities that this machine trusts beside Debian's own. */
const AUTHORITIES = '/usr/local/share/ca-certificates';
const BOOT_MS = 60_000;
const LINE_MS = 900_000;
/** Characters of what a command said that an error shows. */
const MAX_SAID = 3_000;

interface Said {
  readonly code: number | null;
  readonly output: string;
}

/** A Debian of its own in a folder, booted by systemd, that shares this machine's network. */
export interface DebianMachine {
  /** Its root, as this machine sees it. */
  readonly root: string;
  /** Runs a line in its shell as root; gives what it said on both outputs. */
  run(line: string): Promise<Said>;
  /** As `run`; throws with what was said where the line fails. */
  must(line: string): Promise<string>;
  stop(): Promise<void>;
}

/** Why no machine can be made here; null where one can. */
export function lacking(): string | null {
  if (process.getuid?.() !== 0) return 'root is needed';
  const missing = TOOLS.filter((tool) => !existsSync(join('/usr/bin', tool)));
  return missing.length === 0
    ? null
    : `${missing.join(' and ')} needed: apt-get install mmdebstrap systemd-container`;
}

/** Makes a plain Debian and boots it. Throws with what was said where that can't be done. */
export async function bootMachine(): Promise<DebianMachine> {
  const root = join(mkdtempSync(join(tmpdir(), 'preau-machine-')), 'root');
  await orThrow('mmdebstrap', ['--variant=apt', `--include=${PACKAGES}`, RELEASE, root]);
  cpSync('/etc/resolv.conf', join(root, 'etc/resolv.conf'));
  cpSync('/etc/hosts', join(root, 'etc/hosts'));
  if (existsSync(AUTHORITIES))
    cpSync(AUTHORITIES, join(root, AUTHORITIES.slice(1)), { recursive: true });
  const container = spawn(
    'systemd-nspawn',
    [
      `--directory=${root}`,
      '--register=no',
      '--keep-unit',
      '--boot',
      '--console=read-only',
      '--link-journal=no',
      '--resolv-conf=off',
      '--timezone=off',
    ],
    {
      stdio: 'ignore',
      detached: true,
      env: { ...process.env, SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1' },
    },
  );
  const machine = machineIn(root, container);
  try {
    await waitForBoot(machine);
    await machine.must('update-ca-certificates');
  } catch (error) {
    await machine.stop();
    throw error;
  }
  return machine;
}

function machineIn(root: string, container: ChildProcess): DebianMachine {
  const run = (line: string): Promise<Said> => inside(container, line);
  return {
    root,
    run,
    async must(line) {
      const { code, output } = await run(line);
      if (code !== 0) throw new Error(`${line}\n${output.slice(-MAX_SAID)}`);
      return output;
    },
    async stop() {
      if (container.exitCode === null) {
        const ended = once(container, 'exit');
        container.kill('SIGTERM');
        await Promise.race([ended, sleep(20_000)]);
        if (container.exitCode === null) container.kill('SIGKILL');
      }
      rmSync(join(root, '..'), { recursive: true, force: true });
    },
  };
}

/** Runs a line among the processes of the container, whose first is the only child of nspawn's. */
async function inside(container: ChildProcess, line: string): Promise<Said> {
  const init = firstChildOf(container.pid ?? 0);
  if (init === null) return { code: null, output: 'the machine is not running' };
  return command('nsenter', [
    `--target=${init}`,
    ...['--mount', '--uts', '--ipc', '--pid', '--cgroup'],
    `--root=/proc/${init}/root`,
    `--wd=/proc/${init}/root`,
    ...['env', '-i', 'HOME=/root', 'LANG=C.UTF-8', 'DEBIAN_FRONTEND=noninteractive'],
    'NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt',
    'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    ...['sh', '-ec', line],
  ]);
}

function firstChildOf(pid: number): number | null {
  try {
    const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
    return child === undefined || child === '' ? null : Number(child);
  } catch {
    return null;
  }
}

async function waitForBoot(machine: DebianMachine): Promise<void> {
  const deadline = Date.now() + BOOT_MS;
  for (;;) {
    const { output } = await machine.run('systemctl is-system-running || true');
    if (/^(running|degraded)$/m.test(output)) return;
    if (Date.now() > deadline) throw new Error(`the machine does not come up: ${output}`);
    await sleep(500);
  }
}

async function orThrow(name: string, args: readonly string[]): Promise<void> {
  const { code, output } = await command(name, args);
  if (code !== 0) throw new Error(`${name}: ${output.slice(-MAX_SAID)}`);
}

async function command(name: string, args: readonly string[]): Promise<Said> {
  const child = spawn(name, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: LINE_MS });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output: Buffer.concat(chunks).toString('utf8') };
}
