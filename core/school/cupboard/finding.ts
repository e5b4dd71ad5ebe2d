import { folded } from '../../ground/folding.ts';
import type { CupboardItemId } from '../../ground/ids.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { cupboardAt, fillOf } from '../../store/cupboard/cupboards.ts';
import {
  allWithin,
  itemsById,
  itemsNamed,
  largestIn,
  type ItemRow,
} from '../../store/cupboard/items.ts';
import type { CupboardRef, FolderArchive, FolderAt, FoundView, LargestView } from './contract.ts';
import {
  ITEMS_A_PAGE,
  MOST_FOUND,
  MOST_FOUND_ELSEWHERE,
  MOST_ITEMS,
  mostBytesOf,
  type CupboardParts,
} from './parts.ts';
import { aroundIt, lineOf, seenBy, shownBy } from './reading.ts';
import { servedFile } from './serving.ts';
import { mayAt, pathOf, spotFor, type OwnSpot } from './spots.ts';

/** More are no question. */
const MOST_WORDS = 8;

/** What bears these words in its name, of what somebody may see. */
export async function search(
  { parts, viewer }: RoomVisit<CupboardParts>,
  ref: CupboardRef,
  typed: string,
): Promise<FoundView | null> {
  const spot = await spotFor({ parts, viewer }, ref, 'see');
  if (spot === null) return null;
  const { own, cupboard } = spot;
  const words = folded(typed)
    .split('-')
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS);
  const rows = await parts.store.read(ref.school, async (tx) => {
    if (cupboard === null || words.length === 0) return [];
    return itemsNamed(tx, cupboard, { words, by: seenBy(own, viewer), limit: MOST_FOUND });
  });
  const others = spot.all.filter((one) => one !== own && words.length > 0);
  const [found, elsewhere] = await Promise.all([
    foundBy({ parts, viewer }, spot, rows),
    Promise.all(others.map((one) => foundIn({ parts, viewer }, { ...spot, own: one }, words))),
  ]);
  return { ...aroundIt(spot), found, elsewhere: elsewhere.filter((one) => one.found.length > 0) };
}

/** The same of another cupboard that they may open. */
async function foundIn(
  { parts, viewer }: RoomVisit<CupboardParts>,
  { own, all }: Pick<OwnSpot, 'own' | 'all'>,
  words: readonly string[],
): Promise<FoundView['elsewhere'][number]> {
  const { cupboard, rows } = await parts.store.read(own.ref.school, async (tx) => {
    const id = await cupboardAt(tx, own.key);
    if (id === null) return { cupboard: id, rows: [] };
    const asked = { words, by: seenBy(own, viewer), limit: MOST_FOUND_ELSEWHERE };
    return { cupboard: id, rows: await itemsNamed(tx, id, asked) };
  });
  const spot = { own, all, cupboard, around: [], it: null };
  return { line: lineOf(own), found: await foundBy({ parts, viewer }, spot, rows) };
}

/** What lies in a folder that somebody doesn't see isn't found either. */
async function foundBy(
  { parts, viewer }: RoomVisit<CupboardParts>,
  spot: OwnSpot,
  rows: readonly ItemRow[],
): Promise<FoundView['found']> {
  const { own } = spot;
  const ids = [...new Set(rows.flatMap(({ path }) => path))];
  const folders =
    ids.length === 0 ? [] : await parts.store.read(own.ref.school, (tx) => itemsById(tx, ids));
  const byId = new Map(folders.map((row) => [row.id, row]));
  const around = ({ path }: ItemRow): readonly ItemRow[] =>
    path.flatMap((id) => byId.get(id) ?? []);
  if (rows.length === 0) return [];
  const seen = rows.filter((it) => mayAt('see', viewer, { own, around: around(it), it }));
  const shown = await shownBy({ parts, viewer }, spot, seen);
  return seen.map((row) => ({
    ...shown(row, around(row), 0),
    within: around(row).map(({ name }) => name),
  }));
}

/** The largest files of what somebody arranges, a page of them, and how full it is. */
export async function largest(
  { parts, viewer }: RoomVisit<CupboardParts>,
  ref: CupboardRef,
  after: CupboardItemId | null,
): Promise<LargestView | null> {
  const spot = await spotFor({ parts, viewer }, ref, 'divide');
  if (spot === null) return null;
  const { own, cupboard } = spot;
  const { rows, fill } = await parts.store.read(ref.school, async (tx) => {
    if (cupboard === null) return { rows: [], fill: { bytes: 0, keptBytes: 0 } };
    const asked = { by: seenBy(own, viewer), after, limit: ITEMS_A_PAGE + 1 };
    return { rows: await largestIn(tx, cupboard, asked), fill: await fillOf(tx, cupboard) };
  });
  const here = rows.slice(0, ITEMS_A_PAGE);
  const mostBytes = mostBytesOf(own.key.place, viewer);
  return {
    ...aroundIt(spot),
    files: await foundBy({ parts, viewer }, spot, here),
    further: rows.length > here.length ? (here.at(-1)?.id ?? null) : null,
    fill: { bytes: fill.bytes, mostBytes, keptBytes: fill.keptBytes },
  };
}

/** A folder with all that somebody sees in it; each file is read when its turn comes. */
export async function archive(
  parts: CupboardParts,
  viewer: Viewer,
  at: FolderAt,
): Promise<FolderArchive | null> {
  const spot = await spotFor({ parts, viewer }, at, 'see');
  if (spot === null || spot.it?.file) return null;
  const { own, cupboard } = spot;
  const { school } = own.ref;
  const path = pathOf(spot);
  const rows =
    cupboard === null
      ? []
      : await parts.store.read(school, (tx) =>
          allWithin(tx, { cupboard, path }, { by: seenBy(own, viewer), limit: MOST_ITEMS }),
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
