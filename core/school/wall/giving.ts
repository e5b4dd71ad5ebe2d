import type { OfferedFile } from '../../letters/message/message.ts';
import { pictureSize } from '../../letters/message/picture-size.ts';
import type { LetterId } from '../../mail/writing/contract.ts';
import { letterIn, letterMessageId } from '../../mail/writing/draft-form.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { ownLetters } from '../../store/wall/given.ts';
import { eraseItem, insertWallItem, wallCounts, wallItems } from '../../store/wall/wall-items.ts';
import { fileAt } from '../boards/files.ts';
import type { Gift, Given, GiftRef, OwnMaking, OwnMakings, WallRef } from './contract.ts';
import { giftsOf, teacherFaces } from './gifts.ts';
import { isWholePng, madeOf } from './made.ts';
import { giftFor, wallAt } from './own-walls.ts';
import { MOST_HUNG, MOST_LETTERS, MOST_MAKINGS, MOST_WAITING, type WallParts } from './parts.ts';

/** Which file of which letter. */
interface Which {
  readonly letter: LetterId;
  readonly part: string;
}

/** A child's yes: what they made, as it is in their letter, waits for a teacher's tap. */
export async function give(
  parts: WallParts,
  viewer: Viewer,
  ref: WallRef,
  which: Which,
): Promise<Given> {
  const wall = await wallAt(parts, viewer, ref);
  if (wall?.stand !== 'child') return 'missing';
  const made = await madeIn(parts, viewer, which);
  if (made === null) return 'unknown';
  const { kind, sha256, file } = made;
  if (kind === 'drawing' && !(await isWholePng(file.bytes))) return 'unknown';
  return parts.store.write(ref.school, async (tx): Promise<Given> => {
    const { waiting } = await wallCounts(tx, wall.name, viewer.addressId);
    if (waiting >= MOST_WAITING) return 'too-many';
    await insertWallItem(tx, {
      ...{ ...wall.name, kind, sha256, mediaType: file.mediaType, bytes: file.bytes },
      size: kind === 'drawing' ? pictureSize(file.bytes) : null,
      author: viewer.addressId,
      givenName: viewer.givenName,
      askedAt: parts.clock(),
    });
    return 'given';
  });
}

/** A file of a letter that our pages made. */
interface Made {
  readonly kind: Gift['kind'];
  /** SHA-256 of it without its mark. */
  readonly sha256: string;
  readonly file: OfferedFile;
}

/** What a child made, out of a letter of their own; null: it is nothing of the kind. */
async function madeIn(
  { store, domain, secret }: WallParts,
  viewer: Viewer,
  { letter, part }: Which,
): Promise<Made | null> {
  return store.read(viewer.school, async (tx) => {
    const messageId = letterMessageId(letter, domain);
    const [own] = await ownLetters(tx, viewer, { messageId, limit: 1 });
    const made = own?.attachments
      .filter(({ path }) => path === part)
      .flatMap((one) => madeOf(one, secret) ?? [])[0];
    const file = own && made && (await fileAt(tx, own.message, part));
    return made && file ? { ...made, file } : null;
  });
}

/** The bytes of what a child made, before it is given. */
export async function making(
  parts: WallParts,
  viewer: Viewer,
  which: Which,
): Promise<OfferedFile | null> {
  return (await madeIn(parts, viewer, which))?.file ?? null;
}

/** Takes one's own back, whether it waits or hangs: it is gone. */
export async function takeBack(parts: WallParts, viewer: Viewer, ref: GiftRef): Promise<boolean> {
  const found = await giftFor(parts, viewer, ref, 'take-back');
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
  const { store, domain, secret } = parts;
  const letters = await store.read(viewer.school, (tx) =>
    ownLetters(tx, viewer, { messageId: null, limit: MOST_LETTERS }),
  );
  const rows = await store.read(ref.school, (tx) =>
    wallItems(tx, { of: 'author', wall: wall.name, author: viewer.addressId }, MOST_HUNG),
  );
  const gifts = await giftsOf(parts, viewer, wall, rows);
  const made = new Map<string, Omit<OwnMaking, 'gift'>>();
  for (const { messageId, at, attachments } of letters) {
    const letter = letterIn(messageId, domain);
    for (const file of letter === null ? [] : attachments) {
      const one = madeOf(file, secret);
      // Of what lies in several letters the newest is the one.
      if (letter !== null && one !== null && !made.has(one.sha256))
        made.set(one.sha256, { letter, part: file.path, kind: one.kind, at });
    }
  }
  const given = new Map(rows.map(({ sha256 }, at) => [sha256, gifts[at] ?? null]));
  return {
    ref,
    name: wall.className,
    teachers: await teacherFaces(parts, viewer, wall),
    makings: [...made]
      .slice(0, MOST_MAKINGS)
      .map(([sha256, one]): OwnMaking => ({ ...one, gift: given.get(sha256) ?? null })),
    others: [...given].flatMap(([sha256, gift]) => (made.has(sha256) ? [] : (gift ?? []))),
  };
}
