import type { AddressId, HandedFileId } from '../../ground/ids.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import {
  handedFile,
  handedFiles,
  handIns,
  insertHanded,
  markHanded,
  takeHandedBack,
  takeTurnInPart,
  type HandedRow,
} from '../../store/cupboard/boxes.ts';
import type { FileBody } from '../../store/cupboard/items.ts';
import { Rollback, type SchoolTx } from '../../store/store.ts';
import { bring } from '../cupboard/bringing.ts';
import type { GivenFile } from '../cupboard/contract.ts';
import type { ClassCupboard } from '../cupboard/own-cupboards.ts';
import type { PuttingParts } from '../cupboard/parts.ts';
import type { BoxRef, Handed } from './contract.ts';
import { factsOf, ownBox, todayOf, withBoxes, type OwnBox } from './own-boxes.ts';
import { MOST_FILES } from './parts.ts';
import { mayInBox, type HandInAct } from './rights.ts';

/** Thrown within a transaction where nothing is handed in by it after all. */
class Undone extends Rollback {
  readonly became: Handed;

  constructor(became: Handed) {
    super(became.kind);
    this.became = became;
  }
}

/** A file that has come by the one way in, to be handed in. */
interface BroughtFile {
  readonly name: string;
  readonly file: FileBody;
}

/** A pupil hands in: all of it or, where one file can't be, none. */
export async function hand(
  { parts, viewer }: RoomVisit<PuttingParts>,
  ref: BoxRef,
  files: readonly GivenFile[],
): Promise<Handed> {
  const all = await withBoxes(parts, viewer, ref);
  const before = await parts.store.read(ref.school, (tx) => ownPart(tx, viewer, { all, ref }));
  if (before === null || !may('hand', viewer, before)) return { kind: 'missing' };
  // What can't find room is not even read: it would lie on the disk until a night.
  const [names, given] = [before.files.map(({ name }) => name), files.map(({ name }) => name)];
  if (new Set([...names, ...given]).size > MOST_FILES) return { kind: 'too-many' };
  const brought: BroughtFile[] = [];
  for (const one of files) {
    const kept = await bring({ parts, viewer }, ref.school, one);
    if (kept.kind !== 'brought') return { kind: 'not-kept', name: one.name, why: kept };
    brought.push(kept);
  }
  return parts.store
    .write(ref.school, async (tx): Promise<Handed> => {
      // Where a teacher gives it back at this moment one of the two comes first.
      await takeTurnInPart(tx, { box: ref.box, pupil: viewer.addressId });
      const now = await ownPart(tx, viewer, { all, ref });
      if (now === null || !may('hand', viewer, now)) return { kind: 'missing' };
      return putHanded(tx, now, { brought, at: parts.clock() });
    })
    .catch((error: unknown): Handed => {
      if (error instanceof Undone) return error.became;
      throw error;
    });
}

/** Puts what has come into a pupil's part of a box, but what lies there by an earlier sending. */
async function putHanded(
  tx: SchoolTx,
  { box: { own, row }, pupil, handed }: OwnPart,
  { brought, at }: { readonly brought: readonly BroughtFile[]; readonly at: Date },
): Promise<Handed> {
  const became = (on: Date): Handed => ({
    kind: 'handed',
    isLate: todayOf(own, on) > row.untilDay,
  });
  // Of two who hand in at once the second waits here, and counts what the first has put.
  await markHanded(tx, { box: row.id, pupil, at });
  const lying = await handedFiles(tx, row.id, pupil);
  const known = new Set(lying.map(keyOf));
  const fresh = brought.filter(({ name, file: { sha256 } }) => !known.has(keyOf({ name, sha256 })));
  // Sent once more it was handed in when it came first.
  if (fresh.length === 0 && handed?.givenBack === null) throw new Undone(became(handed.handedAt));
  if (lying.length + fresh.length > MOST_FILES) throw new Undone({ kind: 'too-many' });
  for (const { name, file } of fresh) await insertHanded(tx, { box: row.id, pupil, name, file });
  return became(at);
}

/** The same bytes under the same name are one file. */
const keyOf = ({ name, sha256 }: Pick<HandedRow, 'name' | 'sha256'>): string => `${sha256} ${name}`;

/** A pupil takes a file back, as long as no teacher has given it back. */
export async function takeBack(
  { parts, viewer }: RoomVisit<PuttingParts>,
  ref: BoxRef,
  id: HandedFileId,
): Promise<boolean> {
  const all = await withBoxes(parts, viewer, ref);
  return parts.store.write(ref.school, async (tx) => {
    // Of two who take back at once the second waits here, and sees what the first has left.
    await takeTurnInPart(tx, { box: ref.box, pupil: viewer.addressId });
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
  readonly files: readonly HandedRow[];
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
