import type { OfferedFile } from '../../letters/message/message.ts';
import { pictureSize } from '../../letters/message/picture-size.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { takeTurnInClass } from '../../store/schools/class-turn.ts';
import { eraseItem, insertWallItem, wallCounts, wallItems } from '../../store/wall/wall-items.ts';
import { ANYTHING, endWish, wishesOf } from '../../store/wall/wall-wishes.ts';
import { fileAt } from '../boards/files.ts';
import type { Given, GiftRef, OwnMaking, OwnMakings, WallRef } from './contract.ts';
import { giftsOf, teacherFaces } from './gifts.ts';
import { isWholePng } from './made.ts';
import { madeIn, newestOf, type Which } from './makings.ts';
import { giftFor, wallAt } from './own-walls.ts';
import { MOST_HUNG, MOST_MAKINGS, MOST_WAITING, type WallParts } from './parts.ts';
import { smallDrawing } from './small-drawings.ts';

/** A child's yes: what they made, as it is in their letter, waits for a teacher's tap. */
export async function give(
  { parts, viewer }: RoomVisit<WallParts>,
  ref: WallRef,
  which: Which,
): Promise<Given> {
  const wall = await wallAt(parts, viewer, ref);
  if (wall?.stand !== 'child') return 'missing';
  const made = await ownMade(parts, viewer, which);
  if (made === null) return 'unknown';
  const { kind, sha256, file } = made;
  if (kind === 'drawing' && !(await isWholePng(file.bytes))) return 'unknown';
  const small = kind === 'drawing' ? await smallDrawing(file.bytes) : null;
  return parts.store.write(ref.school, async (tx): Promise<Given> => {
    await takeTurnInClass(tx, ref.classId);
    const { waiting } = await wallCounts(tx, wall.name, viewer.addressId);
    if (waiting >= MOST_WAITING) return 'too-many';
    await insertWallItem(tx, {
      ...wall.name,
      kind,
      sha256,
      mediaType: file.mediaType,
      bytes: file.bytes,
      small,
      size: kind === 'drawing' ? pictureSize(file.bytes) : null,
      author: viewer.addressId,
      givenName: viewer.givenName,
      askedAt: parts.clock(),
    });
    await endWish(tx, { ...wall.name, author: viewer.addressId, sha256 });
    return 'given';
  });
}

/** What a child made, out of a letter of their own, and its bytes; null: nothing of the kind. */
async function ownMade(parts: WallParts, viewer: Viewer, { letter, part }: Which) {
  const all = await madeIn(parts, viewer, { authors: [viewer.addressId], letter });
  const made = all.find((one) => one.part === part);
  const file =
    made && (await parts.store.read(viewer.school, (tx) => fileAt(tx, made.message, part)));
  return made && file ? { ...made, file } : null;
}

/** The bytes of what a child made, before it is given. */
export async function making(
  parts: WallParts,
  viewer: Viewer,
  which: Which,
): Promise<OfferedFile | null> {
  return (await ownMade(parts, viewer, which))?.file ?? null;
}

/** Takes one's own back, whether it waits or hangs: it is gone. */
export async function takeBack(parts: WallParts, viewer: Viewer, ref: GiftRef): Promise<boolean> {
  const found = await giftFor({ parts, viewer }, ref, 'take-back');
  return found !== null && parts.store.write(ref.school, (tx) => eraseItem(tx, ref.item));
}

/** What a child made of late, and which of it they gave. */
export async function makings(
  parts: WallParts,
  viewer: Viewer,
  ref: WallRef,
): Promise<OwnMakings | null> {
  const wall = await wallAt(parts, viewer, ref);
  if (wall?.stand !== 'child') return null;
  const own = [viewer.addressId];
  const made = newestOf(await madeIn(parts, viewer, { authors: own }));
  const { rows, wishes } = await parts.store.read(ref.school, async (tx) => ({
    rows: await wallItems(
      tx,
      { of: 'author', wall: wall.name, author: viewer.addressId },
      MOST_HUNG,
    ),
    wishes: (await wishesOf(tx, wall.name, own)).filter(({ hasDeclined }) => !hasDeclined),
  }));
  const gifts = await giftsOf({ parts, viewer }, wall, rows);
  const teachers = await teacherFaces(parts, viewer, wall);
  const given = new Map(rows.map(({ sha256 }, at) => [sha256, gifts[at] ?? null]));
  const asked = new Map(
    wishes.map(({ sha256, by }) => [sha256, teachers[wall.teachers.indexOf(by)] ?? null]),
  );
  const isMade = new Set(made.map(({ sha256 }) => sha256));
  return {
    ref,
    name: wall.className,
    teachers,
    makings: made
      .toSorted((one, other) => Number(asked.has(other.sha256)) - Number(asked.has(one.sha256)))
      .slice(0, MOST_MAKINGS)
      .map(({ letter, part, kind, at, sha256 }): OwnMaking => ({
        letter,
        part,
        kind,
        at,
        mark: sha256,
        gift: given.get(sha256) ?? null,
        askedBy: asked.get(sha256) ?? null,
      })),
    askedBy: asked.get(ANYTHING) ?? null,
    others: [...given].flatMap(([sha256, gift]) => (isMade.has(sha256) ? [] : (gift ?? []))),
  };
}
