import type { AddressId, HandedFileId } from '../../ground/ids.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import {
  handedFile,
  handedFiles,
  handIns,
  insertHanded,
  markHanded,
  takeHandedBack,
} from '../../store/cupboard/boxes.ts';
import type { FileBody } from '../../store/cupboard/items.ts';
import type { SchoolTx } from '../../store/store.ts';
import { bring } from '../cupboard/bringing.ts';
import type { GivenFile } from '../cupboard/contract.ts';
import type { ClassCupboard } from '../cupboard/own-cupboards.ts';
import type { PuttingParts } from '../cupboard/parts.ts';
import type { BoxRef, Handed } from './contract.ts';
import { factsOf, ownBox, todayOf, withBoxes, type OwnBox } from './own-boxes.ts';
import { MOST_FILES } from './parts.ts';
import { mayInBox, type HandInAct } from './rights.ts';

/** A pupil hands in: all of it or, where one file can't be, none. */
export async function hand(
  { parts, viewer }: RoomVisit<PuttingParts>,
  ref: BoxRef,
  files: readonly GivenFile[],
): Promise<Handed> {
  const all = await withBoxes(parts, viewer, ref);
  const before = await parts.store.read(ref.school, (tx) => ownPart(tx, viewer, { all, ref }));
  if (before === null || !may('hand', viewer, before)) return { kind: 'missing' };
  if (before.files.length + files.length > MOST_FILES) return { kind: 'too-many' };
  const brought: { readonly name: string; readonly file: FileBody }[] = [];
  for (const one of files) {
    const kept = await bring({ parts, viewer }, ref.school, one);
    if (kept.kind !== 'brought') return { kind: 'not-kept', name: one.name, why: kept };
    brought.push(kept);
  }
  const at = parts.clock();
  return parts.store.write(ref.school, async (tx): Promise<Handed> => {
    const now = await ownPart(tx, viewer, { all, ref });
    if (now === null || !may('hand', viewer, now)) return { kind: 'missing' };
    await markHanded(tx, { box: ref.box, pupil: viewer.addressId, at });
    for (const { name, file } of brought)
      await insertHanded(tx, { box: ref.box, pupil: viewer.addressId, name, file });
    return { kind: 'handed', isLate: todayOf(now.box.own, at) > now.box.row.untilDay };
  });
}

/** A pupil takes a file back, as long as no teacher has given it back. */
export async function takeBack(
  { parts, viewer }: RoomVisit<PuttingParts>,
  ref: BoxRef,
  id: HandedFileId,
): Promise<boolean> {
  const all = await withBoxes(parts, viewer, ref);
  return parts.store.write(ref.school, async (tx) => {
    const [mine, file] = [await ownPart(tx, viewer, { all, ref }), await handedFile(tx, id)];
    if (mine === null || file?.box !== ref.box || file.pupil !== viewer.addressId) return false;
    if (!may('take-back', viewer, mine)) return false;
    await takeHandedBack(tx, file);
    return true;
  });
}

interface OwnPart {
  readonly box: OwnBox;
  readonly pupil: AddressId;
  readonly handed: Awaited<ReturnType<typeof handIns>>[number] | undefined;
  readonly files: readonly unknown[];
}

/** The viewer's own part of a box, as it is now. */
async function ownPart(
  tx: SchoolTx,
  { addressId: pupil }: Viewer,
  { all, ref }: { readonly all: readonly ClassCupboard[]; readonly ref: BoxRef },
): Promise<OwnPart | null> {
  const box = await ownBox(tx, all, ref);
  if (box === null) return null;
  const [handed] = await handIns(tx, [ref.box], [pupil]);
  return { box, pupil, handed, files: await handedFiles(tx, ref.box, pupil) };
}

const may = (act: HandInAct, viewer: Viewer, { box, pupil, handed }: OwnPart): boolean =>
  mayInBox(act, factsOf(box, viewer, { pupil, handed }));
