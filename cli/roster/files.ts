import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { isRosterPath, type UnpackBudget } from '../../core/roster/reading/archive.ts';
import type { RosterFile, FileAtPath } from '../../core/roster/reading/contract.ts';
import { archiveFiles } from '../../core/roster/reading/town-archive.ts';
import { isUnreadable } from '../../core/roster/reading/trouble.ts';
import { refused } from '../refused.ts';
import { WRONG } from '../texts/roster.ts';

const MOST_FILES = 300;
const MOST_BYTES = 100_000_000;
/** Of a whole town: 128 schools of three files each, and room. */
const MOST_TOWN_FILES = 2_000;
const MOST_TOWN_BYTES = 500_000_000;

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

/**
 * All files of a town's folder and of the folders in it, archives opened; or of one archive. Each
 * with its path from there. Throws a `Fault` 'configuration' with a sentence.
 */
export function townFiles(path: string): readonly FileAtPath[] {
  const isFolder = statOf(path).isDirectory();
  if (!isFolder && !isArchive(path)) throw refused(WRONG.noFolder(path));
  const found = isFolder
    ? readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && (isRosterPath(entry.name) || isArchive(entry.name)))
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
    : [path];
  const bytes = found.reduce((sum, one) => sum + statSync(one).size, 0);
  if (found.length > MOST_TOWN_FILES || bytes > MOST_TOWN_BYTES)
    throw refused(WRONG.tooManyFiles(path));
  const room = { bytes: MOST_TOWN_BYTES };
  const files = found.flatMap((one) =>
    opened({ path: isFolder ? relative(path, one) : basename(one), place: one }, room),
  );
  if (files.length === 0) throw refused(WRONG.emptyFolder(path));
  return files;
}

const isArchive = (path: string): boolean => /\.zip$/i.test(path);

/** An archive that can't be opened is told like any file that can't be read, by its school. */
function opened(
  { path, place }: { readonly path: string; readonly place: string },
  room: UnpackBudget,
): readonly FileAtPath[] {
  const file = { path: path.replaceAll('\\', '/'), bytes: readFileSync(place) };
  const inside = archiveFiles(file, room);
  return isUnreadable(inside) ? [file] : inside;
}

function statOf(path: string) {
  try {
    return statSync(path);
  } catch {
    throw refused(WRONG.noSuchPath(path));
  }
}
