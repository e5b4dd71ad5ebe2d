import { boardsOf, type OwnBoard } from '../../directory/own-boards.ts';
import { TOWN, type SchoolId } from '../../ground/ids.ts';
import type { Person, Roster } from '../../roster/snapshot.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { isFilled, type CupboardName } from '../../store/cupboard/cupboards.ts';
import { standAt, wallOf, wallsOf, type OwnWall } from '../wall/own-walls.ts';
import type { CupboardRef, SharedPlace } from './contract.ts';
import type { CupboardParts } from './parts.ts';
import type { CupboardStand } from './rights.ts';

/** As the right to it is told: by the roster of now. */
const FRESH = { maxAgeMs: 0 };

/** A cupboard as somebody stands before it today. */
export interface OwnCupboard {
  readonly ref: CupboardRef;
  /** How rows name it. */
  readonly key: CupboardName;
  readonly roster: Roster;
  readonly stand: CupboardStand;
  /** Those of a guardian's children whose it is. */
  readonly children: readonly Person[];
  /** What people call it by: its class, its school; empty: it is their own. */
  readonly name: string;
}

/** The cupboard of a class as somebody stands before it today: as before its wall. */
export type ClassCupboard = Pick<
  OwnWall,
  'ref' | 'roster' | 'stand' | 'children' | 'className' | 'pupils' | 'teachers'
>;

/** The cupboards of classes that somebody may open. */
export const classCupboardsOf = (
  parts: CupboardParts,
  viewer: Viewer,
): Promise<readonly ClassCupboard[]> => wallsOf(parts, viewer);

/**
 * Every cupboard that somebody may open: those of the classes whose board they read, their own, and
 * of each school whose board they read what is its adults' or its own.
 */
export async function cupboardsOf(
  parts: CupboardParts,
  viewer: Viewer,
): Promise<readonly OwnCupboard[]> {
  const boards = await schoolBoards(parts, viewer);
  const shared = boards.map(async (board) =>
    board.ref.classId === null ? ofSchool(parts, board) : ofClass(parts, board, viewer),
  );
  const all = (await Promise.all(shared)).flat();
  const owners = boards.length === 0 ? null : await rosterOf(parts, boards, viewer.school);
  return owners === null ? all : [...all, ofOneself(owners, viewer)];
}

/** Whether somebody has a cupboard of their own, as whoever reads a board of a school. */
export const hasOwn = async (parts: CupboardParts, viewer: Viewer): Promise<boolean> =>
  (await schoolBoards(parts, viewer)).length > 0;

const schoolBoards = async (parts: CupboardParts, viewer: Viewer): Promise<readonly OwnBoard[]> =>
  (await boardsOf(parts, viewer)).filter(({ ref }) => ref.school !== TOWN);

function ofClass(
  { clock }: CupboardParts,
  board: OwnBoard,
  { addressId }: Viewer,
): readonly OwnCupboard[] {
  const { roster, children } = board;
  const { school, classId } = board.ref;
  if (classId === null) return [];
  const { pupils, teachers, className: name } = wallOf(roster, classId, clock());
  const stand = standAt({ pupils, teachers }, board, addressId);
  const key = { place: 'class', classId, account: null } as const;
  return [{ ref: { school, classId }, key, roster, stand, children, name }];
}

/** That of its adults, and its own: which others see once there is something in it. */
async function ofSchool(
  { store }: CupboardParts,
  { roster, reads, posts, children }: OwnBoard,
): Promise<readonly OwnCupboard[]> {
  const { id: school, name } = roster.school;
  const one = (place: SharedPlace, stand: CupboardStand): OwnCupboard => ({
    ref: { school, place },
    key: { place, classId: null, account: null },
    roster,
    stand,
    children,
    name,
  });
  if (reads.has('team'))
    return [one('team', 'member'), one('school', posts.size > 0 ? 'keeper' : 'colleague')];
  const stand = reads.has('pupils') ? 'child' : 'family';
  const schools = one('school', stand);
  return (await store.read(school, (tx) => isFilled(tx, schools.key))) ? [schools] : [];
}

const ofOneself = (roster: Roster, { school, account }: Viewer): OwnCupboard => ({
  ref: { school, place: 'own' },
  key: { place: 'own', classId: null, account },
  roster,
  stand: 'owner',
  children: [],
  name: '',
});

/** The roster of the school where somebody is at home, of which most read a board. */
async function rosterOf(
  { directory }: CupboardParts,
  boards: readonly OwnBoard[],
  school: SchoolId,
): Promise<Roster | null> {
  const found = boards.find(({ ref }) => ref.school === school)?.roster;
  return found ?? (await directory.rosters([school], FRESH)).get(school) ?? null;
}
