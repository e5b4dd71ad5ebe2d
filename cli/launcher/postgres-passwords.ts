import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Fault } from '../../core/ground/fault.ts';
import { refused } from '../refused.ts';
import { FILES_WRONG } from '../texts/way-back.ts';
import { asChild, run } from './child.ts';
import type { Home } from './paths.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { endLeftover } from './process.ts';

/** Who owns the embedded database. */
export const OWNER = 'preau';

/** Of the embedded database's two roles: its owner and the application. */
export interface Passwords {
  readonly owner: string;
  readonly app: string;
}

const PASSWORD = z.string().regex(/^[0-9a-f]{48}$/);
const KEPT = z.object({ owner: PASSWORD, app: PASSWORD });

/** Where the passwords of the embedded database are: for us alone to read. */
export const passwordsFile = (dataDir: string): string => join(dataDir, 'postgres-passwords.json');

/**
 * The passwords of a cluster; new ones, to be kept with it, where there is none yet. Throws a
 * `Fault` 'configuration' where a cluster is there and they are not: others in their place would
 * open nothing.
 */
export function readPasswords(dataDir: string, cluster: string): Passwords {
  if (!existsSync(join(cluster, 'PG_VERSION'))) return made();
  const path = passwordsFile(dataDir);
  if (!existsSync(path)) throw refused(FILES_WRONG.passwordsGone(path));
  const kept = KEPT.safeParse(parsed(readFileSync(path, 'utf8')));
  if (kept.success) return kept.data;
  throw refused(FILES_WRONG.passwordsGarbled(path));
}

/** Keeps them, whole or not at all. */
export function keepPasswords(dataDir: string, passwords: Passwords): void {
  const path = passwordsFile(dataDir);
  writeFileSync(`${path}.new`, JSON.stringify(passwords), { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
}

/**
 * New passwords for a cluster whose own are lost, set without one, by PostgreSQL's single-user mode
 * (its manual, « postgres »). The application's role gets its own at the next start. Gives the path
 * of their file; null: there is no cluster. Throws a `Fault` 'store-down' where PostgreSQL can't.
 */
export async function newPasswords(home: Home, signal: AbortSignal): Promise<string | null> {
  const cluster = join(home.serviceDir, 'postgres');
  if (!existsSync(join(cluster, 'PG_VERSION'))) return null;
  await endLeftoverPostmaster(cluster);
  const passwords = made();
  const { postgres } = await postgresBinaries(home);
  const { code, output } = await run(postgres, ['--single', '-D', cluster, 'postgres'], {
    ...asChild(home.runAs, cluster),
    signal,
    input: `ALTER ROLE ${OWNER} PASSWORD '${passwords.owner}'\n`,
  });
  if (code !== 0 || /ERROR|FATAL/.test(output))
    throw new Fault('store-down', `PostgreSQL : ${output.trim()}`, { transient: false });
  keepPasswords(home.dataDir, passwords);
  return passwordsFile(home.dataDir);
}

/**
 * A launcher killed with -9 leaves its postmaster: end it, so that the new one starts on settled
 * files.
 */
export async function endLeftoverPostmaster(cluster: string): Promise<void> {
  const path = join(cluster, 'postmaster.pid');
  if (!existsSync(path)) return;
  await endLeftover(Number(readFileSync(path, 'utf8').split('\n')[0]), cluster, 'SIGINT');
}

const made = (): Passwords => ({
  owner: randomBytes(24).toString('hex'),
  app: randomBytes(24).toString('hex'),
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
