import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { RosterFile } from '../../core/core.ts';
import { refused, WRONG } from '../texts/roster.ts';
import type { RosterOrder } from './order.ts';

const MOST_FILES = 300;

const MOST_BYTES = 100_000_000;

export function setsOf({
  path,
  schools,
}: RosterOrder): { readonly slug: string; readonly path: string }[] {
  const isFolder = statOf(path).isDirectory();
  if (schools.kind === 'one') return [{ slug: schools.slug, path }];
  if (!isFolder) throw refused(WRONG.noFolder(path));
  const found = readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
  if (found.length === 0) throw refused(WRONG.emptyFolder(path));
  return found.map((name) => ({ slug: name.toLowerCase(), path: join(path, name) }));
}

/** The files of a folder, not those of its folders; or the one file. */
export function filesIn(path: string): RosterFile[] {
  if (!statOf(path).isDirectory()) return [{ name: basename(path), bytes: readFileSync(path) }];
  const names = readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
  const bytes = names.reduce((sum, name) => sum + statSync(join(path, name)).size, 0);
  if (names.length > MOST_FILES || bytes > MOST_BYTES) throw refused(WRONG.tooManyFiles(path));
  return names.map((name) => ({ name, bytes: readFileSync(join(path, name)) }));
}

function statOf(path: string) {
  try {
    return statSync(path);
  } catch {
    throw refused(WRONG.noSuchPath(path));
  }
}
