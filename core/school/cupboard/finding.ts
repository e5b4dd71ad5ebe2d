import { folded } from '../../ground/folding.ts';
import type { CupboardItemId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { allWithin, itemsById, itemsNamed, type ItemRow } from '../../store/cupboard/items.ts';
import type { CupboardRef, FolderArchive, FolderAt, FoundView } from './contract.ts';
import { MOST_FOUND, MOST_ITEMS, type CupboardParts } from './parts.ts';
import { aroundIt, seenBy, shownBy } from './reading.ts';
import { servedFile } from './serving.ts';
import { mayAt, pathOf, spotFor } from './spots.ts';

/** More are no question. */
const MOST_WORDS = 8;

/** What bears these words in its name, of what somebody may see. */
export async function search(
  parts: CupboardParts,
  viewer: Viewer,
  ref: CupboardRef,
  typed: string,
): Promise<FoundView | null> {
  const spot = await spotFor(parts, viewer, ref, 'see');
  if (spot === null) return null;
  const { own, cupboard } = spot;
  const words = folded(typed)
    .split('-')
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS);
  const { rows, folders } = await parts.store.read(ref.school, async (tx) => {
    if (cupboard === null || words.length === 0) return { rows: [], folders: new Map() };
    const by = seenBy(own, viewer);
    const found = await itemsNamed(tx, cupboard, { words, by, limit: MOST_FOUND });
    const ids = [...new Set(found.flatMap(({ path }) => path))];
    const around = ids.length === 0 ? [] : await itemsById(tx, ids);
    return { rows: found, folders: new Map(around.map((row) => [row.id, row])) };
  });
  const around = ({ path }: ItemRow): readonly ItemRow[] =>
    path.flatMap((id) => folders.get(id) ?? []);
  // What lies in a folder that somebody doesn't see isn't found either.
  const seen = rows.filter((it) => mayAt('see', viewer, { own, around: around(it), it }));
  const shown = await shownBy(parts, viewer, spot, seen);
  return {
    ...aroundIt(spot),
    found: seen.map((row) => ({
      ...shown(row, around(row), 0),
      within: around(row).map(({ name }) => name),
    })),
  };
}

/** A folder with all that somebody sees in it; each file is read when its turn comes. */
export async function archive(
  parts: CupboardParts,
  viewer: Viewer,
  at: FolderAt,
): Promise<FolderArchive | null> {
  const spot = await spotFor(parts, viewer, at, 'see');
  if (spot === null || spot.it?.file) return null;
  const { own, cupboard } = spot;
  const { school } = own.ref;
  const path = pathOf(spot);
  const rows =
    cupboard === null
      ? []
      : await parts.store.read(school, (tx) =>
          allWithin(tx, { cupboard, path }, seenBy(own, viewer), MOST_ITEMS),
        );
  return {
    name: spot.it?.name ?? own.name,
    files: filesOf(parts, { school, rows, depth: path.length }),
  };
}

async function* filesOf(
  { store }: CupboardParts,
  of: {
    readonly school: CupboardRef['school'];
    readonly rows: readonly ItemRow[];
    /** How many folders lie around what is taken along. */
    readonly depth: number;
  },
): FolderArchive['files'] {
  const names = new Map<CupboardItemId, string>();
  for (const { id, path, name, file, changedAt } of of.rows) {
    const parent = path.length === of.depth ? '' : names.get(path.at(-1) ?? id);
    // A folder around it isn't theirs to see.
    if (parent === undefined) continue;
    if (file === null) names.set(id, `${parent}${name}/`);
    else {
      yield {
        path: `${parent}${name}`,
        at: changedAt,
        file: servedFile(store, of.school, { name, file }),
      };
    }
  }
}
