import { folded } from '../../folding.ts';
import { isRosterPath, unpack } from '../../roster/reading/archive.ts';
import { openExport, type OpenedExport, type RosterFile } from '../../roster/reading/read.ts';
import type { UnreadableRoster } from '../../roster/reading/rows.ts';
import { isUnreadable, unreadable } from '../../roster/reading/trouble.ts';
import { townSchools, type SchoolRow } from '../../store/schools/roster-imports.ts';
import { sourcesOf } from '../../store/schools/roster-sources.ts';
import type { PendingParts } from './rights.ts';

/** 128 schools of three files each, and room. */
const TOWN_FILES = 1_000;

/** Files of one school of a batch. `exported` names it within an export of several. */
export interface Share {
  readonly school: SchoolRow;
  readonly files: readonly RosterFile[];
  readonly exported: string | null;
  readonly opened: OpenedExport | null;
}

/** Which files are which school's: a folder a school, or one export of several. */
export async function sharesOf(
  parts: PendingParts,
  file: RosterFile,
): Promise<
  { readonly shares: readonly Share[]; readonly unknown: readonly string[] } | UnreadableRoster
> {
  const files = unpack(file.name, file.bytes, isRosterPath, TOWN_FILES);
  if (isUnreadable(files)) return files;
  const schools = await parts.store.town(townSchools);
  const folders = Map.groupBy(files, ({ path }) => path.split('/').slice(0, -1).at(-1) ?? '');
  if (folders.size > 1 || schools.some((school) => isNamed(school, [...folders.keys()][0] ?? ''))) {
    const found = [...folders].map(([folder, inside]) => ({
      folder,
      files: inside,
      school: schools.find((school) => isNamed(school, folder)),
    }));
    return shared(
      found.map((one) => ({ ...one, name: one.folder, exported: null, opened: null })),
      file.name,
    );
  }
  const opened = openExport(files);
  if (opened === null)
    return unreadable('school-unknown', { file: file.name, line: 1, column: null });
  if ('kind' in opened) return opened;
  const sources = await knownSources(parts, schools);
  return shared(
    opened.schools.map((one) => ({
      name: one.name,
      files,
      opened,
      exported: one.sourcedId,
      school:
        sources.get(one.identifier ?? one.name) ??
        schools.find(
          (school) => isNamed(school, one.name) || isNamed(school, one.identifier ?? ''),
        ),
    })),
    file.name,
  );
}

function shared(
  found: readonly {
    readonly name: string;
    readonly files: readonly RosterFile[];
    readonly exported: string | null;
    readonly opened: OpenedExport | null;
    readonly school: SchoolRow | undefined;
  }[],
  file: string,
): { readonly shares: readonly Share[]; readonly unknown: readonly string[] } | UnreadableRoster {
  const shares = found.flatMap(({ school, files, exported, opened }) =>
    school === undefined ? [] : { school, files, exported, opened },
  );
  const once = shares.filter(
    ({ school }, index) => shares.findIndex((one) => one.school.id === school.id) === index,
  );
  if (once.length === 0) return unreadable('school-unknown', { file, line: 1, column: null });
  return {
    shares: once,
    unknown: found
      .filter(({ school }) => school === undefined)
      .map(({ name }) => name)
      .slice(0, 200),
  };
}

function isNamed({ slug, name }: SchoolRow, folder: string): boolean {
  const key = folded(folder);
  return key !== '' && (key === folded(slug) || key === folded(name));
}

/** The schools by the names that sources have called them before. */
async function knownSources(
  parts: PendingParts,
  schools: readonly SchoolRow[],
): Promise<ReadonlyMap<string, SchoolRow>> {
  return parts.store.town(async (tx) => {
    const known = new Map<string, SchoolRow>();
    for (const school of schools)
      for (const hint of await sourcesOf(await tx.in(school.id))) known.set(hint, school);
    return known;
  });
}
