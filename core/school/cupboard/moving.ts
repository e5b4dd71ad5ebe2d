import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import { cupboardForChange, fillOf } from '../../store/cupboard/cupboards.ts';
import { namedIn, type ItemRow } from '../../store/cupboard/items.ts';
import { loadOf, moveAcross, moveWithin } from '../../store/cupboard/moving.ts';
import type { SchoolTx } from '../../store/store.ts';
import { whoseIn } from './arranging.ts';
import type { FolderAt, ItemRef, Moved, NotMoved } from './contract.ts';
import { nameKey, namesFor } from './names.ts';
import type { OwnCupboard } from './own-cupboards.ts';
import { MOST_DEEP, MOST_ITEMS, mostBytesOf, type CupboardParts } from './parts.ts';
import { seenBy } from './reading.ts';
import { SIGHTS } from './rights.ts';
import { mayAt, pathOf, spotAt, spotFor, type OwnSpot } from './spots.ts';

/** Something, and the folder or the top where it is to lie. */
interface Wish {
  readonly at: FolderAt;
  /** It goes back to where it came from, and is shown there to whom it was. */
  readonly isBack: boolean;
}

/**
 * Moves a file or a folder to another folder, of its own cupboard or of another of its school: it
 * is arranged where it lies and put where it goes, and whoever moves it may do both. Between two
 * schools nothing is moved: a file's bytes and its readers are a school's.
 */
export async function move(
  { parts, viewer }: RoomVisit<CupboardParts>,
  ref: ItemRef,
  wish: Wish,
): Promise<Moved> {
  const [from, into] = await Promise.all([
    spotFor({ parts, viewer }, ref, 'arrange'),
    spotFor({ parts, viewer }, wish.at, 'see'),
  ]);
  if (from === null || into === null || ref.school !== wish.at.school) return { kind: 'missing' };
  return parts.store.write(ref.school, async (tx) => {
    await bothInTurn(tx, [from.own, into.own]);
    const spots = {
      it: await spotAt(tx, [from.own], ref),
      into: await spotAt(tx, [into.own], wish.at),
    };
    return moved(tx, viewer, { ...spots, isBack: wish.isBack });
  });
}

/** Two cupboards are taken in the same order by everybody. */
async function bothInTurn(tx: SchoolTx, owns: readonly OwnCupboard[]): Promise<void> {
  const named = new Map(owns.map(({ key }) => [`${key.place} ${key.classId} ${key.account}`, key]));
  for (const [, key] of [...named].toSorted(([one], [other]) => (one < other ? -1 : 1)))
    await cupboardForChange(tx, key);
}

/** What is moved and where it goes; null where nothing is there. */
interface Spots extends Pick<Wish, 'isBack'> {
  readonly it: OwnSpot | null;
  readonly into: OwnSpot | null;
}

/** As both are once nobody else changes them. */
async function moved(
  tx: SchoolTx,
  viewer: Viewer,
  { it: spot, into, isBack }: Spots,
): Promise<Moved> {
  if (!spot?.it || !into || into.cupboard === null) return { kind: 'missing' };
  if (spot.it.thrown || into.it?.thrown || into.it?.file) return { kind: 'missing' };
  const act = spot.it.file === null ? 'divide' : 'put';
  if (!mayAt('arrange', viewer, spot) || !mayAt(act, viewer, into)) return { kind: 'missing' };
  const place = { cupboard: into.cupboard, path: pathOf(into) };
  const fault = await whyNot(tx, viewer, { spot, item: spot.it, into });
  if (fault !== null) return { kind: 'faulty', fault };
  const names = namesFor(spot.it.name);
  const taken = await namedIn(tx, place, names.map(nameKey));
  const name = names.find((one) => !taken.some(({ key }) => key === nameKey(one)));
  if (name === undefined) return { kind: 'faulty', fault: 'too-many' };
  const goes = { into: place, name, key: nameKey(name) };
  if (spot.it.cupboard === place.cupboard) await moveWithin(tx, spot.it, goes);
  else {
    await moveAcross(tx, spot.it, { ...goes, ...sightIn(spot.own, into), isBack });
    const [shared] = [spot.own, into.own].filter(({ stand }) => stand !== 'owner');
    if (shared !== undefined)
      await writeAudit(tx, viewer.addressId, 'cupboard-move', whoseIn(shared));
  }
  const last = spot.around.at(-1)?.id;
  const from = last === undefined ? spot.own.ref : { school: tx.school, item: last };
  return { kind: 'moved', from, name };
}

/**
 * What comes into one's own is seen by nobody else; what comes anywhere else, by whom its folder
 * is, but what somebody kept to themselves among others.
 */
const sightIn = (from: OwnCupboard, { own, it }: OwnSpot) => ({
  sees: it?.sees ?? SIGHTS[own.key.place].first,
  keepsAuthors: from.key.place !== 'own',
});

interface Going {
  readonly spot: OwnSpot;
  readonly item: ItemRow;
  readonly into: OwnSpot;
}

async function whyNot(
  tx: SchoolTx,
  viewer: Viewer,
  { spot, item, into }: Going,
): Promise<NotMoved | null> {
  const path = pathOf(into);
  const isWithin = item.cupboard === into.cupboard;
  if (isWithin && path.at(-1) === item.path.at(-1)) return 'here';
  if (path.includes(item.id)) return 'inside';
  const load = await loadOf(tx, item, seenBy(spot.own, viewer));
  if (path.length + load.deep > MOST_DEEP) return 'deep';
  if (isWithin || into.cupboard === null) return null;
  const isOwn = into.own.key.place === 'own';
  if (isOwn && load.hasOthers) return 'others';
  if (load.hasUnseen) return 'unseen';
  const { files, bytes } = await fillOf(tx, into.cupboard);
  if (files + load.items > MOST_ITEMS) return 'too-many';
  return bytes + load.bytes > mostBytesOf(into.own.key.place, viewer) ? 'full' : null;
}
