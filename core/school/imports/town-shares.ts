import type { ExportedSchool, RosterFile, FileAtPath } from '../../roster/reading/contract.ts';
import { schoolNamed, schoolOfPath } from '../../roster/reading/find-school.ts';
import type { UnreadableRoster } from '../../roster/reading/rows.ts';
import { isUnreadable } from '../../roster/reading/trouble.ts';
import type { SchoolRow } from '../../store/schools/contract.ts';
import { townSchools } from '../../store/schools/roster-imports.ts';
import { sourcesOf } from '../../store/schools/roster-sources.ts';
import type { FilesOfSchool, Stray, TownShares } from './contract.ts';
import type { RosterParts } from './parts.ts';

type SharingParts = Pick<RosterParts, 'store' | 'files'>;

/**
 * Which files are which school's: by a national code, the short name or the name in a folder's or a
 * file's name; by a column of codes, a table split by it; or one export of several schools. What is
 * no school's for sure keeps nobody else from theirs.
 */
export async function sharesOf(
  parts: SharingParts,
  files: readonly FileAtPath[],
): Promise<TownShares | UnreadableRoster> {
  const schools = await parts.store.readTown(townSchools);
  const found = files.map((file) => ({ file, school: schoolOfPath(file.path, schools) }));
  if (found.every(({ school }) => school.kind === 'none')) {
    const given = files.map(asFile);
    const exported = await parts.files.read('exportSchools', given);
    if (exported !== null)
      return isUnreadable(exported)
        ? exported
        : exportShares(parts, { files: given, exported, schools });
  }
  const shares = new Map<number, FilesOfSchool>();
  const strays = new Map<string, Stray>();
  const add = (school: SchoolRow, file: FileAtPath, exported: string | null): void => {
    const before = shares.get(school.id) ?? { school, files: [], exported, read: null };
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
      await addByCodes(parts, file, { schools, mayBe, add, strays });
    }
  }
  return { shares: [...shares.values()], strays: [...strays.values()] };
}

interface CodeShares {
  readonly schools: readonly SchoolRow[];
  readonly mayBe: readonly SchoolRow[];
  readonly add: (school: SchoolRow, file: FileAtPath, exported: string | null) => void;
  readonly strays: Map<string, Stray>;
}

/** A table with a column of codes is split by it; anything else is nobody's yet. */
async function addByCodes(
  parts: SharingParts,
  file: FileAtPath,
  { schools, mayBe, add, strays }: CodeShares,
): Promise<void> {
  const found = await parts.files.read('schoolCodesIn', [asFile(file)]);
  const codes = isUnreadable(found) ? [] : found;
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

interface TownExport {
  readonly files: readonly RosterFile[];
  readonly exported: readonly ExportedSchool[];
  readonly schools: readonly SchoolRow[];
}

async function exportShares(
  parts: SharingParts,
  { files, exported, schools }: TownExport,
): Promise<TownShares | UnreadableRoster> {
  const sources = await knownSources(parts, schools);
  const known = new Map<SchoolRow, string>();
  const strays: Stray[] = [];
  for (const { name, identifier, sourcedId } of exported) {
    const byCode = schoolNamed(identifier ?? '', schools);
    const found = byCode.kind === 'one' ? byCode : schoolNamed(name, schools);
    const school =
      sources.get(identifier ?? name) ?? (found.kind === 'one' ? found.school : undefined);
    const mayBe = found.kind === 'several' ? found.schools : [];
    if (school === undefined) strays.push({ name, schools: mayBe, files, exported: sourcedId });
    else if (!known.has(school)) known.set(school, sourcedId);
  }
  const read = await parts.files.read('readExport', files, [...known.values()]);
  if (isUnreadable(read)) return read;
  const shares = [...known].map(([school, sourcedId], index) => ({
    school,
    files,
    exported: sourcedId,
    read: read[index] ?? null,
  }));
  return { shares, strays };
}

function asFile({ path, bytes }: FileAtPath): RosterFile {
  return { name: path, bytes };
}

/** The schools by the names that sources have called them before. */
async function knownSources(
  { store }: SharingParts,
  schools: readonly SchoolRow[],
): Promise<ReadonlyMap<string, SchoolRow>> {
  return store.readTown(async (tx) => {
    const known = new Map<string, SchoolRow>();
    for (const school of schools)
      for (const hint of await sourcesOf(await tx.in(school.id))) known.set(hint, school);
    return known;
  });
}
