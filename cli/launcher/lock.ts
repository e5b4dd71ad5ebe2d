import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../core/ground/fault.ts';
import { TEXTS } from '../texts/launcher.ts';
import { startedAt } from './process.ts';

/**
 * Takes a data folder for this process; gives the function that leaves it. A second start on the
 * same data would stop the first one's database. What a killed process left is recognised by its
 * start time, since pids come back.
 */
export function lockFolder(dataDir: string): () => void {
  const path = join(dataDir, 'running');
  const mine = `${process.pid} ${startedAt(process.pid)}\n`;
  for (let tries = 0; tries < 3; tries += 1) {
    try {
      writeFileSync(path, mine, { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch {
      if (isAlive(path))
        throw new Fault('configuration', TEXTS.alreadyRunning(dataDir), { transient: false });
      rmSync(path, { force: true });
    }
  }
  throw new Fault('configuration', TEXTS.notTaken(dataDir), { transient: false });
}

/** Whether a process that is running has taken a data folder. */
export function isLocked(dataDir: string): boolean {
  return isAlive(join(dataDir, 'running'));
}

function isAlive(path: string): boolean {
  try {
    const [pid, born] = readFileSync(path, 'utf8').trim().split(' ');
    return born !== undefined && startedAt(Number(pid)) === born;
  } catch {
    return false;
  }
}
