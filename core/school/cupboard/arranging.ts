import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import { cupboardForChange, fillOf } from '../../store/cupboard/cupboards.ts';
import { insertItem, namedIn, nameItem, showItem } from '../../store/cupboard/items.ts';
import { takeOutOfBin, throwItem } from '../../store/cupboard/throwing.ts';
import type { SchoolTx } from '../../store/store.ts';
import type { FolderAt, ItemRef, Named, Showing } from './contract.ts';
import { nameFault, nameKey, namesFor, tidyName } from './names.ts';
import { cupboardsOf, type OwnCupboard } from './own-cupboards.ts';
import { MOST_DEEP, MOST_ITEMS, type CupboardParts } from './parts.ts';
import { SIGHTS, type CupboardAct } from './rights.ts';
import { mayAt, pathOf, spotAt, spotFor, type OwnSpot } from './spots.ts';

/** A folder in the top of a cupboard or in another, as it may be seen there. */
export async function makeFolder(
  { parts, viewer }: RoomVisit<CupboardParts>,
  at: FolderAt,
  typed: string,
): Promise<Named> {
  const name = tidyName(typed);
  return inTurn<Named>({ parts, viewer }, { at, act: 'divide' }, async (tx, spot) => {
    if (spot === null || spot.it?.file) return { kind: 'missing' };
    const fault = nameFault(name);
    if (fault !== null) return { kind: 'faulty', fault };
    const into = { cupboard: spot.cupboard, path: pathOf(spot) };
    if (into.path.length >= MOST_DEEP) return { kind: 'faulty', fault: 'deep' };
    if ((await fillOf(tx, into.cupboard)).files >= MOST_ITEMS)
      return { kind: 'faulty', fault: 'too-many' };
    const key = nameKey(name);
    if ((await namedIn(tx, into, [key])).length > 0) return { kind: 'faulty', fault: 'taken' };
    const item = await insertItem(tx, {
      spot: into,
      name,
      key,
      author: viewer.addressId,
      at: parts.clock(),
      file: null,
      sees: spot.it?.sees ?? SIGHTS[spot.own.key.place].first,
    });
    return { kind: 'done', ref: { school: tx.school, item } };
  });
}

/** Another name for a file or a folder. */
export async function rename(
  { parts, viewer }: RoomVisit<CupboardParts>,
  ref: ItemRef,
  typed: string,
): Promise<Named> {
  const name = tidyName(typed);
  return inTurn<Named>({ parts, viewer }, { at: ref, act: 'arrange' }, async (tx, spot) => {
    if (!spot?.it) return { kind: 'missing' };
    const fault = nameFault(name);
    if (fault !== null) return { kind: 'faulty', fault };
    const key = nameKey(name);
    const into = { cupboard: spot.cupboard, path: spot.it.path };
    const others = (await namedIn(tx, into, [key])).filter(({ id }) => id !== ref.item);
    if (others.length > 0) return { kind: 'faulty', fault: 'taken' };
    await nameItem(tx, ref.item, { name, key });
    return { kind: 'done', ref };
  });
}

/** Who sees it from now on; into a folder that pupils see they may put files. */
export async function show(
  { parts, viewer }: RoomVisit<CupboardParts>,
  ref: ItemRef,
  { sees, isOpen }: Showing,
): Promise<boolean> {
  return inTurn({ parts, viewer }, { at: ref, act: 'show' }, async (tx, spot) => {
    const { place } = spot?.own.key ?? {};
    if (!spot?.it || place === undefined || !SIGHTS[place].all.includes(sees)) return false;
    const opens = isOpen && place === 'class' && spot.it.file === null && sees !== 'author';
    await showItem(tx, ref.item, { sees, isOpen: opens });
    await writeAudit(tx, viewer.addressId, 'cupboard-show', { ...whoseIn(spot.own), sees });
    return true;
  });
}

/** Puts it into the bin, with all that lies in it. */
export async function throwAway(
  parts: CupboardParts,
  viewer: Viewer,
  ref: ItemRef,
): Promise<boolean> {
  return inTurn({ parts, viewer }, { at: ref, act: 'arrange' }, async (tx, spot) => {
    if (!spot?.it || !(await throwItem(tx, spot.it, parts.clock()))) return false;
    // What somebody does with their own is nobody's to read.
    if (spot.own.stand !== 'owner')
      await writeAudit(tx, viewer.addressId, 'cupboard-throw', whoseIn(spot.own));
    return true;
  });
}

/**
 * Takes it out of the bin into the folder where it was, or the nearest around it that is still
 * there, under another name where its own is taken.
 */
export async function takeOut(
  parts: CupboardParts,
  viewer: Viewer,
  ref: ItemRef,
): Promise<FolderAt | null> {
  const all = await cupboardsOf(parts, viewer);
  return parts.store.write(ref.school, async (tx) => {
    const before = await spotAt(tx, all, ref);
    if (!before?.it) return null;
    const cupboard = await cupboardForChange(tx, before.own.key);
    const spot = await spotAt(tx, all, ref);
    if (spot?.it?.thrown?.with !== ref.item) return null;
    // What lies in a folder that was thrown away is seen through it no more, nor arranged by it.
    const around = spot.around.filter(({ thrown }) => thrown === null);
    if (!mayAt('divide', viewer, { ...spot, around, it: null })) return null;
    if (!mayAt('arrange', viewer, { ...spot, around })) return null;
    const path = around.map(({ id }) => id);
    const names = namesFor(spot.it.name);
    const taken = await namedIn(tx, { cupboard, path }, names.map(nameKey));
    const name = names.find((one) => !taken.some(({ key }) => key === nameKey(one)));
    if (name === undefined) return null;
    await takeOutOfBin(tx, spot.it, { name, key: nameKey(name), path });
    const last = path.at(-1);
    return last === undefined ? spot.own.ref : { school: ref.school, item: last };
  });
}

/** How the journal names a cupboard. */
export const whoseIn = ({ key }: OwnCupboard) =>
  key.classId === null ? { place: key.place } : { class: key.classId };

/** A spot of a cupboard that is there for sure. */
type InTurn = OwnSpot & { readonly cupboard: NonNullable<OwnSpot['cupboard']> };

/**
 * Does something in the turn of a cupboard, with a spot as it is by then; null where whoever asks
 * may not, or it isn't there any more.
 */
async function inTurn<T>(
  { parts, viewer }: RoomVisit<CupboardParts>,
  { at, act }: { readonly at: FolderAt; readonly act: CupboardAct },
  change: (tx: SchoolTx, spot: InTurn | null) => Promise<T>,
): Promise<T> {
  const found = await spotFor({ parts, viewer }, at, act);
  return parts.store.write(at.school, async (tx) => {
    if (found === null) return change(tx, null);
    const cupboard = await cupboardForChange(tx, found.own.key);
    const spot = await spotAt(tx, [found.own], at);
    const isThere = spot !== null && !spot.it?.thrown && mayAt(act, viewer, spot);
    return change(tx, isThere ? { ...spot, cupboard } : null);
  });
}
