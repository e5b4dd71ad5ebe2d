import { NOBODY, type AddressId } from '../../ground/ids.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { givenOf } from '../../store/wall/wall-items.ts';
import { ANYTHING, declineWish, insertWish, wishesOf } from '../../store/wall/wall-wishes.ts';
import type { AskableChild, Ungiven, WallRef, WallView } from './contract.ts';
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
): Promise<Pick<WallView, 'ungiven' | 'askable'>> {
  if (wall.stand !== 'teacher') return { ungiven: [], askable: [] };
  const made = newestOf(await madeIn(parts, viewer, { authors: wall.pupils }));
  const { given, wishes } = await parts.store.read(wall.ref.school, async (tx) => ({
    given: new Set((await givenOf(tx, wall.name, made)).map(keyOf)),
    wishes: new Map((await wishesOf(tx, wall.name, wall.pupils)).map((one) => [keyOf(one), one])),
  }));
  const left = made.filter((one) => !given.has(keyOf(one))).slice(0, MOST_MAKINGS);
  const authors = left.map(({ author }) => author);
  const face = await childFaces({ parts, viewer }, wall, authors);
  const ungiven = left.map((one): Ungiven => {
    const { letter, part, kind, at, mailbox, uid, author } = one;
    return {
      letter,
      part,
      kind,
      at,
      mailbox,
      uid,
      author: face(author, ''),
      wish: stateOf(wishes.get(keyOf(one))),
    };
  });
  const askable = wall.pupils.flatMap((id): readonly AskableChild[] => {
    const name = wall.roster.people.get(id)?.displayName;
    const wish = stateOf(wishes.get(keyOf({ author: id, sha256: ANYTHING })));
    return name === undefined ? [] : [{ id, name, wish }];
  });
  return { ungiven, askable: askable.toSorted(byName) };
}

const stateOf = (wish: { readonly hasDeclined: boolean } | undefined): Ungiven['wish'] => {
  if (wish === undefined) return 'none';
  return wish.hasDeclined ? 'declined' : 'asked';
};

const byName = ({ name: one }: AskableChild, { name: other }: AskableChild): number =>
  one.localeCompare(other, 'fr');

/** « Lui demander »: the child finds the question where they give what they made. */
export async function ask(
  { parts, viewer }: RoomVisit<WallParts>,
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

/**
 * The same for anything of theirs: for what they made for a classmate, which a teacher hears of and
 * doesn't see.
 */
export async function askChild(
  { parts, viewer }: RoomVisit<WallParts>,
  ref: WallRef,
  child: AddressId,
): Promise<boolean> {
  const wall = await wallAt(parts, viewer, ref);
  if (wall?.stand !== 'teacher' || !wall.pupils.includes(child)) return false;
  const asked = { author: child, sha256: ANYTHING, by: viewer.addressId, at: parts.clock() };
  await parts.store.write(ref.school, (tx) => insertWish(tx, { ...wall.name, ...asked }));
  parts.mailEvents.announce(ref.school, [NOBODY]);
  return true;
}

/** « Non merci »: nobody asks for it again. */
export async function decline(
  { parts, viewer }: RoomVisit<WallParts>,
  ref: WallRef,
  which: Which | null,
): Promise<boolean> {
  const wall = await wallAt(parts, viewer, ref);
  if (wall?.stand !== 'child') return false;
  const author = viewer.addressId;
  const sha256 = which === null ? ANYTHING : await hashOf(parts, viewer, which);
  if (sha256 === null) return false;
  const wish = { ...wall.name, author, sha256 };
  return parts.store.write(ref.school, (tx) => declineWish(tx, wish, parts.clock()));
}

/** Of something that the viewer made; null: they didn't. */
async function hashOf(
  parts: WallParts,
  viewer: Viewer,
  { letter, part }: Which,
): Promise<string | null> {
  const all = await madeIn(parts, viewer, { authors: [viewer.addressId], letter });
  return all.find((one) => one.part === part)?.sha256 ?? null;
}
