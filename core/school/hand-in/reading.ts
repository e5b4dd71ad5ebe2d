import type { AddressId, HandedFileId } from '../../ground/ids.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import {
  boxesOf,
  handedFile,
  handedFiles,
  handIns,
  type BoxRow,
  type HandedRow,
  type HandInRow,
} from '../../store/cupboard/boxes.ts';
import type { ClassCupboardRef, ServedFile } from '../cupboard/contract.ts';
import type { ClassCupboard } from '../cupboard/own-cupboards.ts';
import type { CupboardParts } from '../cupboard/parts.ts';
import { servedFile } from '../cupboard/serving.ts';
import type { HandInBox, BoxRef, BoxView } from './contract.ts';
import { boxOf, calledBy, factsOf, ownBox, partOf, withBoxes, type OwnBox } from './own-boxes.ts';
import { MOST_BOXES } from './parts.ts';
import { mayInBox } from './rights.ts';

/** The boxes of a class: each with how many have handed in, or with a pupil's own part. */
export async function boxes(
  parts: CupboardParts,
  viewer: Viewer,
  ref: ClassCupboardRef,
): Promise<readonly HandInBox[]> {
  const own = (await withBoxes(parts, viewer, ref)).find((one) => one.ref.classId === ref.classId);
  if (own === undefined) return [];
  const isTeacher = own.stand === 'teacher';
  const pupils = isTeacher ? own.pupils : [viewer.addressId];
  const found = await parts.store.read(ref.school, async (tx) => {
    const rows = await boxesOf(tx, ref.classId, MOST_BOXES);
    const shown = isTeacher ? rows : rows.filter(({ closedAt }) => closedAt === null);
    const handed = await handIns(
      tx,
      shown.map(({ id }) => id),
      pupils,
    );
    const files = isTeacher
      ? new Map<BoxRow['id'], readonly HandedRow[]>()
      : new Map(
          await Promise.all(
            handed.map(
              async ({ box }) => [box, await handedFiles(tx, box, viewer.addressId)] as const,
            ),
          ),
        );
    return { rows: shown, handed, files };
  });
  const said = found.handed.flatMap(({ givenBack }) => givenBack?.by ?? []);
  const called = await calledBy(parts, viewer, [
    ...new Set([...(isTeacher ? [] : said), viewer.addressId]),
  ]);
  return found.rows.map((row) => {
    const box = { own, row };
    const here = found.handed.filter((one) => one.box === row.id);
    const part = {
      pupil: viewer.addressId,
      handed: here[0],
      called,
      files: found.files.get(row.id) ?? [],
    };
    return boxOf(box, parts.clock(), {
      handed: here.length,
      part: isTeacher ? null : partOf(box, viewer, part),
    });
  });
}

/** A box: before a teacher all of its class, before a pupil their own part alone. */
export async function box(
  { parts, viewer }: RoomVisit<CupboardParts>,
  ref: BoxRef,
  looked: AddressId | null,
): Promise<BoxView | null> {
  const all = await withBoxes(parts, viewer, ref);
  if (all.length === 0) return null;
  const found = await parts.store.read(ref.school, async (tx) => {
    const mine = await ownBox(tx, all, ref);
    if (mine === null) return null;
    const pupils = mine.own.stand === 'teacher' ? mine.own.pupils : [viewer.addressId];
    const handed = await handIns(tx, [ref.box], pupils);
    const whose = mine.own.stand === 'teacher' ? looked : viewer.addressId;
    const isShown = whose !== null && pupils.includes(whose);
    return {
      mine,
      pupils,
      handed,
      whose,
      files: isShown ? await handedFiles(tx, ref.box, whose) : [],
    };
  });
  if (found === null) return null;
  const { mine, pupils, handed } = found;
  const said = handed.flatMap(({ givenBack }) => givenBack?.by ?? []);
  const called = await calledBy(parts, viewer, [...new Set([...pupils, ...said])]);
  const by = new Map(handed.map((one) => [one.pupil, one]));
  const all1 = pupils.map((pupil) =>
    partOf(mine, viewer, {
      pupil,
      handed: by.get(pupil),
      called,
      files: pupil === found.whose ? found.files : [],
    }),
  );
  const isTeacher = mine.own.stand === 'teacher';
  return {
    ...boxOf(mine, parts.clock(), {
      handed: handed.length,
      part: isTeacher ? null : (all1[0] ?? null),
    }),
    parts: isTeacher
      ? all1.toSorted((one, other) => COLLATOR.compare(one.face.name, other.face.name))
      : [],
  };
}

const COLLATOR = new Intl.Collator('fr');

/** The bytes of what was handed in, for its pupil and the class's teachers. */
export async function content(
  { parts, viewer }: RoomVisit<CupboardParts>,
  ref: BoxRef,
  id: HandedFileId,
): Promise<ServedFile | null> {
  const all = await withBoxes(parts, viewer, ref);
  if (all.length === 0) return null;
  return parts.store.read(ref.school, async (tx) => {
    const [mine, file] = [await ownBox(tx, all, ref), await handedFile(tx, id)];
    if (mine === null || file?.box !== ref.box || !isHere(mine.own, file)) return null;
    const [handed] = await handIns(tx, [ref.box], [file.pupil]);
    if (!maySee(mine, viewer, { pupil: file.pupil, handed })) return null;
    return servedFile(parts.store, ref.school, { name: file.name, file });
  });
}

/** Who has left the class is shown to nobody there any more. */
const isHere = ({ pupils }: ClassCupboard, { pupil }: { readonly pupil: AddressId }): boolean =>
  pupils.includes(pupil);

const maySee = (
  mine: OwnBox,
  viewer: Viewer,
  part: { readonly pupil: AddressId; readonly handed: HandInRow | undefined },
): boolean => mayInBox('see', factsOf(mine, viewer, part));
