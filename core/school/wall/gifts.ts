import { openFaces } from '../../directory/faces.ts';
import type { AddressId } from '../../ground/ids.ts';
import type { RoomVisit, Face, Viewer } from '../../rules/viewer.ts';
import type { WallItemRow } from '../../store/wall/wall-items.ts';
import type { Gift } from './contract.ts';
import { factsOf, type OwnWall } from './own-walls.ts';
import type { WallParts } from './parts.ts';

/** Gifts as somebody sees them, in the order of their rows. */
export async function giftsOf(
  { parts, viewer }: RoomVisit<WallParts>,
  wall: OwnWall,
  rows: readonly WallItemRow[],
): Promise<readonly Gift[]> {
  const authors = rows.map(({ author }) => author);
  const face = await childFaces({ parts, viewer }, wall, authors);
  return rows.map((row): Gift => {
    const { isOwn, state } = factsOf(wall, row, viewer);
    return {
      ref: { school: wall.ref.school, item: row.id },
      kind: row.kind,
      author: face(row.author, row.givenName),
      isOwn,
      state,
      at: row.hungAt ?? row.refused?.at ?? row.askedAt,
      size: row.size,
      word: row.refused?.word ?? '',
    };
  });
}

/** The faces of these children, each called by first name: of who has left, as they were called. */
export async function childFaces(
  { parts, viewer }: RoomVisit<WallParts>,
  { roster }: Pick<OwnWall, 'roster'>,
  children: readonly AddressId[],
): Promise<(child: AddressId, called: string) => Face> {
  const faces = await facesOf(parts, viewer, children);
  return (child, called) => {
    const face = faces(child, called);
    const name = roster.people.get(child)?.givenName ?? called;
    return name === '' ? face : { ...face, name };
  };
}

/** Who teaches the class, for whoever stands before its wall. */
export async function teacherFaces(
  parts: WallParts,
  viewer: Viewer,
  { teachers }: OwnWall,
): Promise<readonly Face[]> {
  const faces = await facesOf(parts, viewer, teachers);
  return teachers.map((id) => faces(id, ''));
}

async function facesOf(
  { directory, clock }: WallParts,
  viewer: Viewer,
  ids: readonly AddressId[],
): Promise<(id: AddressId, name: string) => Face> {
  const faces = await openFaces(directory, viewer, { addresses: [], ids, now: clock() });
  return (addressId, name) =>
    faces.sender({
      addressId,
      role: 'pupil',
      from: name === '' ? [] : [{ name, address: '' }],
    });
}
