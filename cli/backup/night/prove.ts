import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Config } from '../../../core/ground/config.ts';
import { Fault } from '../../../core/ground/fault.ts';
import { readRecord } from '../../../core/town/readiness/backup/record.ts';
import { end } from '../../launcher/child.ts';
import { gently } from '../repository/gently.ts';
import type { NightTask } from './keeper.ts';

const PREAU = fileURLToPath(new URL('../../../preau.ts', import.meta.url));

/**
 * The proof as a task of the night: a process of its own, which gives way to all others. What it
 * finds wrong is in its record, and no reason to begin again at once.
 */
export function proofTask({ dataDir, backup }: Config, signal: AbortSignal): NightTask {
  const prove = [process.execPath, PREAU, 'backup', 'prove', '--due', '--json'] as const;
  const told = [`PREAU_DATA=${dataDir}`, `PREAU_BACKUP=${backup ?? ''}`] as const;
  const command = gently(['env', ...told, ...prove]);
  return {
    name: 'backup proof',
    every: 'night',
    lastAt: async () => readRecord(dataDir).verified?.at ?? null,
    async run() {
      const begun = new Date();
      await run(command, signal);
      const at = readRecord(dataDir).verified?.at ?? null;
      if (at !== null && at >= begun) return;
      throw new Fault('configuration', 'the proof left no record', { transient: true });
    },
  };
}

/** Until it has ended by itself, or by `signal`. */
async function run(
  [program, ...args]: readonly [string, ...string[]],
  signal: AbortSignal,
): Promise<void> {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const stop = (): void => void end(child, 'SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => resolve());
      child.once('error', reject);
      if (signal.aborted) stop();
    });
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
