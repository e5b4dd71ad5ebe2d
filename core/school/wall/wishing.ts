import { NOBODY } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { givenOf } from '../../store/wall/wall-items.ts';
import { declineWish, insertWish, wishesOf } from '../../store/wall/wall-wishes.ts';
import type { Ungiven, WallRef } from './contract.ts';
import { childFaces } from './gifts.ts';
import { keyOf, madeIn, newestOf, type Which } from './makings.ts';
import { wallAt, type OwnWall } from './own-walls.ts';
import { MOST_MAKINGS, type WallParts } from './parts.ts';

/**
 * What the children of a class made for a teacher's eyes and haven't given: she has it in her own
 * mail, and may ask them for it. Before anybody else there is none of it.
 */
export async function ungivenOf(
  parts: WallParts,
  viewer: Viewer,
  wall: OwnWall,
): Promise<readonly Ungiven[]> {
  if (wall.stand !== 'teacher') return [];
  const made = newestOf(await madeIn(parts, viewer, { authors: wall.pupils }));
  if (made.length === 0) return [];
  const { given, wishes } = await parts.store.read(wall.ref.school, async (tx) => ({
    given: new Set((await givenOf(tx, wall.name, made)).map(keyOf)),
    wishes: new Map((await wishesOf(tx, wall.name, wall.pupils)).map((one) => [keyOf(one), one])),
  }));
  const left = made.filter((one) => !given.has(keyOf(one))).slice(0, MOST_MAKINGS);
  const authors = left.map(({ author }) => author);
  const face = await childFaces(parts, viewer, wall, authors);
  return left.map((one): Ungiven => {
    const { letter, part, kind, at, mailbox, uid, author } = one;
    const wish = wishes.get(keyOf(one));
    const asked = wish?.hasDeclined === true ? 'declined' : 'asked';
    return {
      ...{ letter, part, kind, at, mailbox, uid },
      author: face(author, ''),
      wish: wish === undefined ? 'none' : asked,
    };
  });
}

/** « Lui demander »: the child finds the question where they give what they made. */
export async function ask(
  parts: WallParts,
  viewer: Viewer,
  ref: WallRef,
  { letter, part }: Which,
): Promise<boolean> {
  const wall = await wallAt(parts, viewer, ref);
  if (wall?.stand !== 'teacher') return false;
  const all = await madeIn(parts, viewer, { authors: wall.pupils, letter });
  const made = all.find((one) => one.part === part);
  if (made === undefined) return false;
  const { author, sha256 } = made;
  const wish = { ...wall.name, author, sha256, by: viewer.addressId, at: parts.clock() };
  await parts.store.write(ref.school, (tx) => insertWish(tx, wish));
  parts.mailEvents.announce(ref.school, [NOBODY]);
  return true;
}

/** « Non merci »: nobody asks for it again. */
export async function decline(
  parts: WallParts,
  viewer: Viewer,
  ref: WallRef,
  { letter, part }: Which,
): Promise<boolean> {
  const wall = await wallAt(parts, viewer, ref);
  if (wall?.stand !== 'child') return false;
  const author = viewer.addressId;
  const all = await madeIn(parts, viewer, { authors: [author], letter });
  const made = all.find((one) => one.part === part);
  if (made === undefined) return false;
  const wish = { ...wall.name, author, sha256: made.sha256 };
  return parts.store.write(ref.school, (tx) => declineWish(tx, wish, parts.clock()));
}
