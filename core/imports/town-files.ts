import { isRosterPath, isZip, unpack, type Room } from '../roster/reading/archive.ts';
import { schoolNamed, schoolOfPath } from '../roster/reading/find-school.ts';
import { TOTAL_BYTES } from '../roster/reading/limits.ts';
import {
  openExport,
  schoolCodesIn,
  type OpenedExport,
  type RosterFile,
} from '../roster/reading/read.ts';
import type { UnreadableRoster } from '../roster/reading/rows.ts';
import { isUnreadable, unreadable } from '../roster/reading/trouble.ts';
import { townSchools, type SchoolRow } from '../store/schools/roster-imports.ts';
import { sourcesOf } from '../store/schools/roster-sources.ts';
import type { RosterParts } from './parts.ts';

/** 128 schools of three files each, and room. */
const TOWN_FILES = 1_000;
/** A town's archive and those in it, all that they unpack to. */
const TOWN_BYTES = 2 * TOTAL_BYTES;

/** A file with the folders that it stands in. */
export interface TownFile {
  readonly path: string;
  readonly bytes: Buffer;
}

/** Files of one school among those of a town. `exported` names it within a file of several. */
export interface Share {
  readonly school: SchoolRow;
  readonly files: readonly RosterFile[];
  readonly exported: string | null;
  readonly opened: OpenedExport | null;
}

/** Files that are no school's for sure; `schools` are those that the name may mean. */
export interface Stray {
  readonly name: string;
  readonly schools: readonly SchoolRow[];
  readonly files: readonly RosterFile[];
  /** Which part of a table of several schools. */
  readonly exported: string | null;
}

export interface TownShares {
  readonly shares: readonly Share[];
  readonly strays: readonly Stray[];
}

/** The files of a town's archive, those of archives in it too, each with its path. */
export function townFilesIn({ name, bytes }: RosterFile): readonly TownFile[] | UnreadableRoster {
  const isWanted = (path: string): boolean => isRosterPath(path) || isArchivePath(path);
  const room = { bytes: TOWN_BYTES };
  const files = unpack(name, bytes, isWanted, { most: TOWN_FILES, room });
  if (isUnreadable(files)) return files;
  const all: TownFile[] = [];
  for (const { path, bytes: content } of files) {
    const inside = isArchivePath(path)
      ? archiveFiles({ path, bytes: content }, room)
      : [{ path, bytes: content }];
    if (isUnreadable(inside)) return inside;
    all.push(...inside);
  }
  return all.length > TOWN_FILES
    ? unreadable('too-many-files', { file: name, line: 1, column: null })
    : all;
}

/** An archive as the folder that it is named like; any other file as it is. */
export function archiveFiles(
  { path, bytes }: TownFile,
  room: Room = { bytes: TOTAL_BYTES },
): readonly TownFile[] | UnreadableRoster {
  if (!isArchivePath(path) || !isZip(bytes)) return [{ path, bytes }];
  const inside = unpack(path, bytes, isRosterPath, { most: TOWN_FILES, room });
  if (isUnreadable(inside)) return inside;
  const folder = path.slice(0, -'.zip'.length);
  return inside.map((one) => ({ path: `${folder}/${one.path}`, bytes: one.bytes }));
}

const isArchivePath = (path: string): boolean => /\.zip$/i.test(path) && !/(?:^|\/)\./.test(path);

/**
 * Which files are which school's: by a national code, the short name or the name in a folder's or a
 * file's name; by a column of codes, a table split by it; or one export of several schools. What is
 * no school's for sure keeps nobody else from theirs.
 */
export async function sharesOf(
  { store }: Pick<RosterParts, 'store'>,
  files: readonly TownFile[],
): Promise<TownShares | UnreadableRoster> {
  const schools = await store.town(townSchools);
  const found = files.map((file) => ({ file, school: schoolOfPath(file.path, schools) }));
  if (found.every(({ school }) => school.kind === 'none')) {
    const opened = openExport(files.map(asFile));
    if (opened !== null)
      return 'kind' in opened ? opened : exportShares({ store }, { files, opened, schools });
  }
  const shares = new Map<number, Share>();
  const strays = new Map<string, Stray>();
  const add = (school: SchoolRow, file: TownFile, exported: string | null): void => {
    const before = shares.get(school.id) ?? { school, files: [], exported, opened: null };
    shares.set(school.id, {
      ...before,
      files: [...before.files, asFile(file)],
      exported: before.exported ?? exported,
    });
  };
  for (const { file, school } of found) {
    if (school.kind === 'one') add(school.school, file, null);
    else {
      const mayBe = school.kind === 'several' ? school.schools : [];
      await addByCodes(file, { schools, mayBe, add, strays });
    }
  }
  return { shares: [...shares.values()], strays: [...strays.values()] };
}

/** A table with a column of codes is split by it; anything else is nobody's yet. */
async function addByCodes(
  file: TownFile,
  {
    schools,
    mayBe,
    add,
    strays,
  }: {
    readonly schools: readonly SchoolRow[];
    readonly mayBe: readonly SchoolRow[];
    readonly add: (school: SchoolRow, file: TownFile, exported: string | null) => void;
    readonly strays: Map<string, Stray>;
  },
): Promise<void> {
  const codes = schoolCodesIn(asFile(file));
  for (const code of codes) {
    const school = schools.find(({ uai }) => uai === code);
    if (school === undefined)
      strays.set(`${file.path} ${code}`, {
        name: `${file.path} (${code})`,
        schools: [],
        files: [asFile(file)],
        exported: code,
      });
    else add(school, file, code);
  }
  const folder = file.path.split('/').slice(0, -1).at(-1) ?? file.path;
  const before = strays.get(folder)?.files ?? [];
  if (codes.length === 0)
    strays.set(folder, {
      name: folder,
      schools: mayBe,
      files: [...before, asFile(file)],
      exported: null,
    });
}

async function exportShares(
  parts: Pick<RosterParts, 'store'>,
  {
    files,
    opened,
    schools,
  }: {
    readonly files: readonly TownFile[];
    readonly opened: OpenedExport;
    readonly schools: readonly SchoolRow[];
  },
): Promise<TownShares> {
  const sources = await knownSources(parts, schools);
  const shares: Share[] = [];
  const strays: Stray[] = [];
  for (const { name, identifier, sourcedId } of opened.schools) {
    const known = sources.get(identifier ?? name);
    const byCode = schoolNamed(identifier ?? '', schools);
    const found = byCode.kind === 'one' ? byCode : schoolNamed(name, schools);
    const school = known ?? (found.kind === 'one' ? found.school : undefined);
    if (school === undefined)
      strays.push({
        name,
        schools: found.kind === 'several' ? found.schools : [],
        files: files.map(asFile),
        exported: sourcedId,
      });
    else if (!shares.some((one) => one.school.id === school.id))
      shares.push({ school, files: files.map(asFile), opened, exported: sourcedId });
  }
  return { shares, strays };
}

function asFile({ path, bytes }: TownFile): RosterFile {
  return { name: path, bytes };
}

/** The schools by the names that sources have called them before. */
async function knownSources(
  { store }: Pick<RosterParts, 'store'>,
  schools: readonly SchoolRow[],
): Promise<ReadonlyMap<string, SchoolRow>> {
  return store.town(async (tx) => {
    const known = new Map<string, SchoolRow>();
    for (const school of schools)
      for (const hint of await sourcesOf(await tx.in(school.id))) known.set(hint, school);
    return known;
  });
}
