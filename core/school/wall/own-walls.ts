import { boardsOf, type OwnBoard } from '../../directory/own-boards.ts';
import { pupilIds, teacherIds } from '../../directory/own-classes.ts';
import { dayAt } from '../../ground/clock.ts';
import type { AddressId, ClassId } from '../../ground/ids.ts';
import { holidayYearOf } from '../../roster/holidays.ts';
import type { Person, Roster } from '../../roster/snapshot.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { wallItems, type WallItemRow, type WallName } from '../../store/wall/wall-items.ts';
import type { GiftRef, WallRef } from './contract.ts';
import type { WallParts } from './parts.ts';
import { mayOnWall, type GiftFacts, type GiftState, type Stand, type WallAct } from './rights.ts';

/** A wall as it stands before somebody today. */
export interface OwnWall {
  readonly ref: WallRef;
  readonly roster: Roster;
  readonly stand: Stand;
  /** Those of a guardian's children whose class it is. */
  readonly children: readonly Person[];
  readonly name: WallName;
  readonly className: string;
  /** The pupils of the class today: what others gave hangs no more. */
  readonly pupils: readonly AddressId[];
  readonly teachers: readonly AddressId[];
}

/** Who looks at walls, and when. */
type Asked = Pick<WallParts, 'directory' | 'clock'>;

/** Every wall before which somebody stands today: those of the classes whose board they read. */
export async function wallsOf(parts: Asked, viewer: Viewer): Promise<readonly OwnWall[]> {
  const now = parts.clock();
  return (await boardsOf(parts, viewer)).flatMap((board) => {
    const { classId } = board.ref;
    if (classId === null) return [];
    const wall = wallOf(board.roster, classId, now);
    const stand = standAt(wall, board, viewer.addressId);
    return [{ ...wall, stand, children: board.children }];
  });
}

/** As what a reader of a class's board stands before its wall. */
export function standAt(
  { teachers, pupils }: Pick<OwnWall, 'teachers' | 'pupils'>,
  { reads, posts }: Pick<OwnBoard, 'reads' | 'posts'>,
  who: AddressId,
): Stand {
  if (teachers.includes(who)) return 'teacher';
  if (posts.size > 0) return 'head';
  if (pupils.includes(who)) return 'child';
  return reads.has('families') ? 'family' : 'aide';
}

/** The wall of a class as the roster has it now, whoever looks. */
export function wallOf(
  roster: Roster,
  classId: ClassId,
  now: Date,
): Omit<OwnWall, 'stand' | 'children'> {
  const { school, classes } = roster;
  return {
    ref: { school: school.id, classId },
    roster,
    name: { classId, year: holidayYearOf(dayAt(now, school.timeZone)).name },
    className: classes.get(classId)?.name ?? '',
    pupils: pupilIds(roster, classId, now),
    teachers: teacherIds(roster, classId, now),
  };
}

/** One of them; null: not there and not theirs are one answer. */
export async function wallAt(
  parts: Asked,
  viewer: Viewer,
  { school, classId }: WallRef,
): Promise<OwnWall | null> {
  const found = (await wallsOf(parts, viewer)).find(
    ({ ref }) => ref.school === school && ref.classId === classId,
  );
  return found ?? null;
}

const stateOf = ({ hungAt, refused }: Pick<WallItemRow, 'hungAt' | 'refused'>): GiftState => {
  if (hungAt !== null) return 'hung';
  return refused === null ? 'asked' : 'refused';
};

/** A gift as it lies before somebody. */
export const factsOf = (
  { stand, pupils }: Pick<OwnWall, 'stand' | 'pupils'>,
  { author, hungAt, refused }: Pick<WallItemRow, 'author' | 'hungAt' | 'refused'>,
  viewer: Viewer,
): GiftFacts => ({
  stand,
  isOwn: author === viewer.addressId,
  state: stateOf({ hungAt, refused }),
  isAuthorHere: pupils.includes(author),
});

/** A gift before somebody, and the wall that it is for. */
export interface OwnGift {
  readonly wall: OwnWall;
  readonly row: WallItemRow;
}

/** A gift with which somebody may do something, on its wall. */
export async function giftFor(
  { parts, viewer }: RoomVisit<WallParts>,
  { school, item }: GiftRef,
  act: WallAct,
): Promise<OwnGift | null> {
  const walls = (await wallsOf(parts, viewer)).filter(({ ref }) => ref.school === school);
  if (walls.length === 0) return null;
  const [row] = await parts.store.read(school, (tx) => wallItems(tx, { of: 'item', item }, 1));
  const wall = walls.find(({ name }) => name.classId === row?.classId && name.year === row.year);
  if (row === undefined || wall === undefined) return null;
  return mayOnWall(act, factsOf(wall, row, viewer)) ? { wall, row } : null;
}
