import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/**
 * Trees of other commits, with the packages of their own lockfile; kept between runs, and outside
 * of this one: Node runs no TypeScript within node_modules.
 */
const TREES = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'preau/trees');

/** A commit, by its whole name, and the day it was made. */
export interface Commit {
  readonly name: string;
  readonly date: string;
}

/** Throws a sentence where this repository has no such commit. */
export function commitOf(given: string): Commit {
  const found = spawnSync('git', ['log', '-1', '--format=%H %cs', given, '--'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const [name, date] = found.stdout.trim().split(' ');
  if (found.status !== 0 || name === undefined || date === undefined)
    throw new Error(
      `${given} : aucun commit de ce nom ici. / ${given}: there is no such commit here.`,
    );
  return { name, date };
}

/** The folder of a commit, made where it isn't there yet, with all that it needs to start. */
export function treeOf({ name }: Commit): string {
  const tree = join(TREES, name.slice(0, 12));
  if (existsSync(tree)) return tree;
  const making = `${tree}.${process.pid}`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true });
  must('sh', ['-c', `git archive ${name} | tar -x -C "${making}"`], ROOT);
  must('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], making);
  renameSync(making, tree);
  return tree;
}

function must(command: string, args: readonly string[], cwd: string): void {
  const { status, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr.slice(-1_000)}`);
}
