import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EICAR } from '../../../cli/launcher/clamd.ts';
import { ready } from '../../e2e/wire.ts';
import { bootMachine, lacking, type Machine } from './machine.ts';
import { shellLinesUnder } from './readme-lines.ts';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
const HEADING = '### On a plain Debian 13';
const ROLES = ['smtp', 'imap', 'web', 'worker'];

/**
 * The README's lines for a plain Debian, typed one by one into a fresh one that systemd has booted;
 * then what a town's people would look at: every role runs, as its own user, comes back after a
 * kill, takes a letter, refuses a virus, and `preau doctor` has nothing to say.
 */
export async function plainDebian(say: (line: string) => void): Promise<boolean> {
  const why = lacking();
  if (why !== null) {
    say(`plain Debian: skipped, ${why}`);
    return true;
  }
  const begun = Date.now();
  const machine = await bootMachine();
  try {
    await install(machine, say);
    await letRolesRun(machine);
    await comeBack(machine);
    say(`plain Debian: ok, ${Math.round((Date.now() - begun) / 1_000)} s`);
    return true;
  } catch (error) {
    say(`plain Debian: NOT RIGHT: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  } finally {
    await machine.stop();
  }
}

async function install(machine: Machine, say: (line: string) => void): Promise<void> {
  execFileSync('git', [
    '-C',
    PROJECT,
    'bundle',
    'create',
    join(machine.root, 'preau.bundle'),
    'HEAD',
  ]);
  for (const line of shellLinesUnder(HEADING, join(PROJECT, 'README.md'))) {
    const begun = Date.now();
    await machine.must(line.replace('git clone URL', 'git clone --quiet /preau.bundle'));
    if (line.startsWith('apt-get install')) await giveSignatures(machine);
    say(`  ${((Date.now() - begun) / 1_000).toFixed(1)} s: ${line}`);
  }
}

/**
 * freshclam brings a real machine its signatures, and Debian's clamd waits for them. Here there may
 * be no way to them: EICAR's alone, and no waiting.
 */
async function giveSignatures(machine: Machine): Promise<void> {
  writeFileSync(join(machine.root, 'var/lib/clamav/eicar.ndb'), EICAR, { mode: 0o644 });
  for (const unit of ['clamav-daemon.service', 'clamav-daemon.socket']) {
    const folder = join(machine.root, `etc/systemd/system/${unit}.d`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'signatures.conf'), '[Unit]\nConditionPathExistsGlob=\n');
  }
  await machine.must('systemctl daemon-reload');
}

async function letRolesRun(machine: Machine): Promise<void> {
  for (const role of ROLES) {
    const shown = await machine.must(`systemctl show preau@${role} -p ActiveState -p User`);
    if (!/ActiveState=active/.test(shown) || !/User=preau/.test(shown))
      throw new Error(`preau@${role}: ${shown}`);
  }
}

/** A role that is killed comes back by itself, and says its greeting again. */
async function comeBack(machine: Machine): Promise<void> {
  await machine.must('systemctl kill --signal=SIGKILL preau@smtp');
  const wire = await ready(25, null);
  wire.cut();
  const shown = await machine.must('systemctl show preau@smtp -p NRestarts');
  if (!/NRestarts=1\b/.test(shown)) throw new Error(`preau@smtp was killed: ${shown}`);
}
