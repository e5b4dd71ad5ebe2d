import type { CupboardItemId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { cupboardAt } from '../../store/cupboard/cupboards.ts';
import { allWithin, type ItemRow } from '../../store/cupboard/items.ts';
import type { PictureShelf, StoredItem } from './contract.ts';
import { cupboardsOf, type OwnCupboard } from './own-cupboards.ts';
import type { CupboardParts } from './parts.ts';
import { seenBy, shownBy } from './reading.ts';
import { mayAt } from './spots.ts';

/** What is looked through, and what stands on a shelf. */
const MOST_SEEN = 2_000;
const MOST_SHOWN = 12;

const IS_SEEN_OR_HEARD = /^(?:image|audio|video)\//;

/** What is seen or heard of one's own cupboard and of one's classes', the newest first. */
export async function shelf(parts: CupboardParts, viewer: Viewer): Promise<PictureShelf> {
  const all = await cupboardsOf(parts, viewer);
  const shown = async (some: readonly OwnCupboard[]): Promise<readonly StoredItem[]> =>
    (await Promise.all(some.map((one) => onShelf(parts, viewer, { own: one, all })))).flat();
  const [own, ofClass] = await Promise.all([
    shown(all.filter(({ stand }) => stand === 'owner')),
    shown(all.filter(({ key, stand }) => key.place === 'class' && stand === 'child')),
  ]);
  return { own, ofClass };
}

async function onShelf(
  parts: CupboardParts,
  viewer: Viewer,
  { own, all }: { readonly own: OwnCupboard; readonly all: readonly OwnCupboard[] },
): Promise<readonly StoredItem[]> {
  const found = await parts.store.read(own.ref.school, async (tx) => {
    const cupboard = await cupboardAt(tx, own.key);
    if (cupboard === null) return null;
    const here = { cupboard, path: [] };
    return {
      cupboard,
      rows: await allWithin(tx, here, { by: seenBy(own, viewer), limit: MOST_SEEN }),
    };
  });
  if (found === null) return [];
  const folders = new Map<CupboardItemId, ItemRow>(found.rows.map((row) => [row.id, row]));
  const around = ({ path }: ItemRow): readonly ItemRow[] =>
    path.flatMap((id) => folders.get(id) ?? []);
  const rows = found.rows
    .filter((row) => IS_SEEN_OR_HEARD.test(row.file?.mediaType ?? ''))
    // What lies in a folder that somebody doesn't see isn't seen either.
    .filter((it) => around(it).length === it.path.length)
    .filter((it) => mayAt('see', viewer, { own, around: around(it), it }))
    .toSorted((one, other) => other.changedAt.getTime() - one.changedAt.getTime())
    .slice(0, MOST_SHOWN);
  const spot = { own, all, cupboard: found.cupboard, around: [], it: null };
  const shown = await shownBy({ parts, viewer }, spot, rows);
  return rows.map((row) => shown(row, around(row), 0));
}
