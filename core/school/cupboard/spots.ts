import type { CupboardId, CupboardItemId } from '../../ground/ids.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { cupboardAt, cupboardName, type CupboardName } from '../../store/cupboard/cupboards.ts';
import { itemWithin, type ItemRow } from '../../store/cupboard/items.ts';
import type { SchoolTx } from '../../store/store.ts';
import type { CupboardRef, FolderAt } from './contract.ts';
import { cupboardsOf, type OwnCupboard } from './own-cupboards.ts';
import type { CupboardParts } from './parts.ts';
import { mayInCupboard, type CupboardAct, type Lying } from './rights.ts';

/** A place in a cupboard as somebody stands before it: a folder, a file, or the top. */
export interface OwnSpot {
  readonly own: OwnCupboard;
  /** All that they may open, this one among them. */
  readonly all: readonly OwnCupboard[];
  /** Null: nobody has put anything into it. */
  readonly cupboard: CupboardId | null;
  /** The folders around it, the outermost first. */
  readonly around: readonly ItemRow[];
  /** Null: the top. */
  readonly it: ItemRow | null;
}

/** What somebody may do, asked of rows. */
export const mayAt = (
  act: CupboardAct,
  viewer: Viewer,
  { own, around, it }: Pick<OwnSpot, 'own' | 'around' | 'it'>,
): boolean => {
  const lying = (row: ItemRow): Lying => ({
    isOwn: row.author === viewer.addressId,
    sees: row.sees,
    isFolder: row.file === null,
    isOpen: row.isOpen,
  });
  return mayInCupboard(act, own.stand, {
    around: around.map(lying),
    it: it === null ? null : lying(it),
  });
};

/** Where somebody may do something, of what isn't thrown away; null: not there, or not theirs. */
export async function spotFor(
  { parts, viewer }: RoomVisit<CupboardParts>,
  at: FolderAt,
  act: CupboardAct,
): Promise<OwnSpot | null> {
  const all = await cupboardsOf(parts, viewer);
  if (!all.some(({ ref }) => ref.school === at.school)) return null;
  const spot = await parts.store.read(at.school, (tx) => spotAt(tx, all, at));
  if (spot === null || spot.it?.thrown) return null;
  return mayAt(act, viewer, spot) ? spot : null;
}

/** The same of rows as they are in a transaction, thrown away or not, whoever asks. */
export async function spotAt(
  tx: SchoolTx,
  all: readonly OwnCupboard[],
  at: FolderAt,
): Promise<OwnSpot | null> {
  if (!('item' in at)) {
    const own = all.find(({ ref }) => isSame(ref, at));
    if (own === undefined) return null;
    return { own, all, cupboard: await cupboardAt(tx, own.key), around: [], it: null };
  }
  const rows = await itemWithin(tx, at.item);
  const it = rows.at(-1);
  if (it === undefined) return null;
  const name = await cupboardName(tx, it.cupboard);
  const own = all.find(({ ref, key }) => ref.school === tx.school && isNamed(key, name));
  if (own === undefined) return null;
  return { own, all, cupboard: it.cupboard, around: rows.slice(0, -1), it };
}

const isSame = (one: CupboardRef, other: CupboardRef): boolean =>
  one.school === other.school &&
  ('classId' in one
    ? 'classId' in other && one.classId === other.classId
    : 'place' in other && one.place === other.place);

const isNamed = (key: CupboardName, name: CupboardName | null): boolean =>
  key.place === name?.place && key.classId === name.classId && key.account === name.account;

/** The folders of a spot that is a folder, itself among them. */
export const pathOf = ({ around, it }: Pick<OwnSpot, 'around' | 'it'>): readonly CupboardItemId[] =>
  [...around, ...(it === null ? [] : [it])].map(({ id }) => id);
