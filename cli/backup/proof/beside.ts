import { chmodSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Fault } from '../../../core/ground/fault.ts';
import { isLocked, lockFolder } from '../../launcher/lock.ts';
import type { Home } from '../../launcher/paths.ts';
import { commandLine, endLeftover } from '../../launcher/process.ts';
import { PROOF_WRONG } from '../../texts/backup-proof.ts';

/** What a trial starts, and a killed one may leave running. */
const PROGRAMS: ReadonlySet<string> = new Set(['postgres', 'pgbackrest']);

/**
 * A private folder beside the cluster, as long as `use` takes: what a killed trial has left there
 * is ended and removed first, and nothing is left whatever happens. Throws a `Fault`
 * 'configuration' where another trial has it.
 */
export async function withFolderBeside<T>(
  { serviceDir }: Home,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const place = join(serviceDir, 'proof');
  mkdirSync(place, { recursive: true });
  chmodSync(place, 0o711); // so that PostgreSQL's user may pass
  if (isLocked(place)) throw new Fault('configuration', PROOF_WRONG.another, { transient: false });
  const unlock = lockFolder(place);
  const folder = join(place, 'data');
  try {
    await endLeftovers(folder);
    rmSync(folder, { recursive: true, force: true });
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    unlock();
    rmSync(place, { recursive: true, force: true });
  }
}

/** Programs of ours that work in a folder: their command line names it. */
async function endLeftovers(folder: string): Promise<void> {
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const command = commandLine(pid);
    const [program = ''] = command.split(' ');
    if (PROGRAMS.has(basename(program)) && command.includes(`${folder}/`))
      await endLeftover(pid, folder, 'SIGQUIT');
  }
}
