import type { CupboardId, CupboardItemId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { cupboardAt, cupboardName, type CupboardName } from '../../store/cupboard/cupboards.ts';
import { itemWithin, type ItemRow } from '../../store/cupboard/items.ts';
import type { SchoolTx } from '../../store/store.ts';
import { wallsOf, type OwnWall } from '../wall/own-walls.ts';
import type { CupboardRef, FolderAt } from './contract.ts';
import type { CupboardParts } from './parts.ts';
import { mayInCupboard, type CupboardAct, type Lying } from './rights.ts';

/** The cupboard of a class as somebody stands before it today: as before its wall. */
export type OwnCupboard = Pick<
  OwnWall,
  'ref' | 'roster' | 'stand' | 'children' | 'className' | 'pupils' | 'teachers'
>;

/** Every cupboard that somebody may open. */
export const cupboardsOf = (
  parts: CupboardParts,
  viewer: Viewer,
): Promise<readonly OwnCupboard[]> => wallsOf(parts, viewer);

/** A place in a cupboard as somebody stands before it: a folder, a file, or the top. */
export interface OwnSpot {
  readonly own: OwnCupboard;
  /** Null: nobody has put anything into it. */
  readonly cupboard: CupboardId | null;
  /** The folders around it, the outermost first. */
  readonly around: readonly ItemRow[];
  /** Null: the top. */
  readonly it: ItemRow | null;
}

/** How rows name the cupboard of a class. */
export const nameOf = ({ classId }: CupboardRef): CupboardName => ({
  place: 'class',
  classId,
  account: null,
});

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
  parts: CupboardParts,
  viewer: Viewer,
  at: FolderAt,
  act: CupboardAct,
): Promise<OwnSpot | null> {
  const all = (await cupboardsOf(parts, viewer)).filter(({ ref }) => ref.school === at.school);
  if (all.length === 0) return null;
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
    const own = all.find(({ ref }) => ref.classId === at.classId);
    if (own === undefined) return null;
    return { own, cupboard: await cupboardAt(tx, nameOf(at)), around: [], it: null };
  }
  const rows = await itemWithin(tx, at.item);
  const it = rows.at(-1);
  if (it === undefined) return null;
  const name = await cupboardName(tx, it.cupboard);
  const own = all.find(({ ref }) => ref.classId === name?.classId);
  return own === undefined ? null : { own, cupboard: it.cupboard, around: rows.slice(0, -1), it };
}

/** The folders of a spot that is a folder, itself among them. */
export const pathOf = ({ around, it }: Pick<OwnSpot, 'around' | 'it'>): readonly CupboardItemId[] =>
  [...around, ...(it === null ? [] : [it])].map(({ id }) => id);
