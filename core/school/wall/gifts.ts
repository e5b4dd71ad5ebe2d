import { openFaces } from '../../directory/faces.ts';
import type { AddressId } from '../../ground/ids.ts';
import type { Face, Viewer } from '../../rules/viewer.ts';
import type { WallItemRow } from '../../store/wall/wall-items.ts';
import type { Gift } from './contract.ts';
import { factsOf, type OwnWall } from './own-walls.ts';
import type { WallParts } from './parts.ts';

/** Gifts as somebody sees them, in the order of their rows; a child is called by first name. */
export async function giftsOf(
  parts: WallParts,
  viewer: Viewer,
  wall: OwnWall,
  rows: readonly WallItemRow[],
): Promise<readonly Gift[]> {
  const faces = await facesOf(
    parts,
    viewer,
    rows.map(({ author }) => author),
  );
  return rows.map((row): Gift => {
    const { author, givenName } = row;
    const { isOwn, state } = factsOf(wall, row, viewer);
    const name = wall.roster.people.get(author)?.givenName ?? givenName;
    return {
      ref: { school: wall.ref.school, item: row.id },
      kind: row.kind,
      author: { ...faces(author, givenName), name },
      isOwn,
      state,
      at: row.hungAt ?? row.refused?.at ?? row.askedAt,
      size: row.size,
      word: row.refused?.word ?? '',
    };
  });
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
