import { isRosterPath, isZip, unpack, type UnpackBudget } from './archive.ts';
import type { RosterFile, FileAtPath } from './contract.ts';
import { TOTAL_BYTES } from './limits.ts';
import type { UnreadableRoster } from './rows.ts';
import { isUnreadable, unreadable } from './trouble.ts';

/** 128 schools of three files each, and room. */
export const TOWN_FILES = 1_000;
/** A town's archive and those in it, all that they unpack to. */
export const TOWN_BYTES = 2 * TOTAL_BYTES;

/** The files of a town's archive, those of archives in it too, each with its path. */
export function townFilesIn([file]: readonly RosterFile[]):
  | readonly FileAtPath[]
  | UnreadableRoster {
  const { name = '', bytes = Buffer.alloc(0) } = file ?? {};
  const isWanted = (path: string): boolean => isRosterPath(path) || isArchivePath(path);
  const room = { bytes: TOWN_BYTES };
  const files = unpack({ name, bytes }, isWanted, { most: TOWN_FILES, room });
  if (isUnreadable(files)) return files;
  const all: FileAtPath[] = [];
  for (const { path, bytes: content } of files) {
    const inside = isArchivePath(path)
      ? archiveFiles({ path, bytes: content }, room)
      : [{ path, bytes: content }];
    if (isUnreadable(inside)) return inside;
    all.push(...inside);
    if (all.length > TOWN_FILES)
      return unreadable('too-many-files', { file: name, line: 1, column: null });
  }
  return all;
}

/** An archive as the folder that it is named like; any other file as it is. */
export function archiveFiles(
  { path, bytes }: FileAtPath,
  room: UnpackBudget,
): readonly FileAtPath[] | UnreadableRoster {
  if (!isArchivePath(path) || !isZip(bytes)) return [{ path, bytes }];
  const inside = unpack({ name: path, bytes }, isRosterPath, { most: TOWN_FILES, room });
  if (isUnreadable(inside)) return inside;
  const folder = path.slice(0, -'.zip'.length);
  return inside.map((one) => ({ path: `${folder}/${one.path}`, bytes: one.bytes }));
}

const isArchivePath = (path: string): boolean => /\.zip$/i.test(path) && !/(?:^|\/)\./.test(path);
