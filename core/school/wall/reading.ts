import type { WallItemId } from '../../ground/ids.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import type { SchoolTx } from '../../store/store.ts';
import type { GiftSize } from '../../store/wall/contract.ts';
import { wallBook } from '../../store/wall/wall-books.ts';
import {
  keepSmall,
  hungCount,
  hungOn,
  wallFile,
  wallItems,
  wallTallies,
  type WallItemRow,
} from '../../store/wall/wall-items.ts';
import { bookState } from './books.ts';
import type { Gift, GiftFile, GiftRef, WallBook, WallLine, WallRef, WallView } from './contract.ts';
import { giftsOf, teacherFaces } from './gifts.ts';
import { giftFor, wallAt, wallsOf, type OwnWall } from './own-walls.ts';
import { GIFTS_A_PAGE, MOST_HUNG, type WallParts } from './parts.ts';
import { mayAskBook, mayReadBook } from './rights.ts';
import { smallDrawing } from './small-drawings.ts';
import { ungivenOf } from './wishing.ts';

/** The line of each wall before which somebody stands; one statement a school. */
export async function list(parts: WallParts, viewer: Viewer): Promise<readonly WallLine[]> {
  const lines: WallLine[] = [];
  for (const [school, own] of Map.groupBy(await wallsOf(parts, viewer), ({ ref }) => ref.school)) {
    const year = own[0]?.name.year ?? '';
    const pupils = own.flatMap(({ ref: { classId }, pupils: all }) =>
      all.map((pupil) => ({ classId, pupil })),
    );
    const tallies = await parts.store.read(school, (tx) => wallTallies(tx, year, pupils));
    for (const { ref, className: name, children, stand } of own) {
      const { hung = 0, asked = 0 } = tallies.find((one) => one.classId === ref.classId) ?? {};
      const names = children.map(({ givenName }) => givenName);
      const waiting = stand === 'teacher' ? asked : 0;
      lines.push({ ref, name, children: names, count: hung, waiting });
    }
  }
  return lines;
}

/** The book, before who may ask for it or have it. */
async function bookOf(tx: SchoolTx, { stand, name, pupils }: OwnWall): Promise<WallBook | null> {
  if (!mayAskBook(stand) && !mayReadBook(stand, { forFamilies: true })) return null;
  const book = await wallBook(tx, name);
  const isTheirs = mayAskBook(stand) || mayReadBook(stand, book ?? { forFamilies: false });
  if (!isTheirs) return null;
  const here = new Set(pupils);
  const hung = book === null ? [] : await hungOn(tx, name);
  return bookState(
    book,
    hung.filter(({ author }) => here.has(author)),
  );
}

/** What waits, before a teacher's eyes alone. */
const askedOf = async (
  tx: SchoolTx,
  { stand, name, pupils }: OwnWall,
): Promise<readonly WallItemRow[]> =>
  stand === 'teacher' ? wallItems(tx, { of: 'asked', wall: name, authors: pupils }, MOST_HUNG) : [];

/** How much waits for the viewer's tap. */
export async function waitingCount(
  parts: WallParts,
  viewer: Viewer,
  ref: WallRef,
): Promise<number> {
  const wall = await wallAt(parts, viewer, ref);
  if (wall === null) return 0;
  return (await parts.store.read(ref.school, (tx) => askedOf(tx, wall))).length;
}

/** A wall with a page of what hangs there; null where it isn't the viewer's to see. */
export async function view(
  { parts, viewer }: RoomVisit<WallParts>,
  ref: WallRef,
  before: WallItemId | null,
): Promise<WallView | null> {
  const wall = await wallAt(parts, viewer, ref);
  if (wall === null) return null;
  const { stand, roster, name, pupils: authors, children } = wall;
  const found = await parts.store.read(ref.school, async (tx) => ({
    count: await hungCount(tx, name, authors),
    hung: await wallItems(tx, { of: 'hung', wall: name, authors, before }, GIFTS_A_PAGE + 1),
    asked: await askedOf(tx, wall),
    book: await bookOf(tx, wall),
  }));
  const { count, asked, book } = found;
  const hung = found.hung.slice(0, GIFTS_A_PAGE);
  const gifts = await giftsOf({ parts, viewer }, wall, [...hung, ...asked]);
  const ungiven =
    before === null ? await ungivenOf(parts, viewer, wall) : { ungiven: [], askable: [] };
  return {
    ref,
    name: wall.className,
    schoolName: roster.school.name,
    timeZone: roster.school.timeZone,
    year: name.year,
    stand,
    children: children.map(({ givenName }) => givenName),
    teachers: await teacherFaces(parts, viewer, wall),
    hung: gifts.slice(0, hung.length),
    older: found.hung.length > hung.length ? (hung.at(-1)?.id ?? null) : null,
    count,
    asked: gifts.slice(hung.length),
    ...ungiven,
    book,
  };
}

/** A gift, and on which wall it is; null where the viewer may not see it. */
export async function gift(
  parts: WallParts,
  viewer: Viewer,
  ref: GiftRef,
): Promise<(Gift & { readonly wall: WallRef }) | null> {
  const found = await giftFor({ parts, viewer }, ref, 'see');
  if (found === null) return null;
  const [shown] = await giftsOf({ parts, viewer }, found.wall, [found.row]);
  return shown === undefined ? null : { ...shown, wall: found.wall.ref };
}

export async function file(
  { parts, viewer }: RoomVisit<WallParts>,
  ref: GiftRef,
  size: GiftSize,
): Promise<GiftFile | null> {
  const found = await giftFor({ parts, viewer }, ref, 'see');
  if (found === null) return null;
  const { kind, sha256 } = found.row;
  return {
    mark: size === 'whole' ? sha256 : `${sha256}-small`,
    async load() {
      const made = await parts.store.read(ref.school, (tx) => wallFile(tx, ref.item, size));
      if (made === null) return null;
      const { mediaType, hasSmall } = made;
      const lacks = kind === 'drawing' && size === 'small' && !hasSmall;
      const bytes = lacks ? await madeSmall(parts, ref, { sha256, whole: made.bytes }) : made.bytes;
      return { mediaType, bytes, name: kind === 'drawing' ? 'dessin.png' : 'voix' };
    },
  };
}

/** SHA-256 of drawings of which this process could make no small version: so many are kept. */
const MOST_IN_VAIN = 1_000;
const inVain = new Set<string>();

/** A drawing that was given before there were small ones gets its own as it is first looked at. */
async function madeSmall(
  { store }: Pick<WallParts, 'store'>,
  { school, item }: GiftRef,
  { sha256, whole }: { readonly sha256: string; readonly whole: Buffer },
): Promise<Buffer> {
  if (inVain.has(sha256)) return whole;
  const small = await smallDrawing(whole);
  if (small === null) {
    if (inVain.size >= MOST_IN_VAIN) inVain.clear();
    inVain.add(sha256);
    return whole;
  }
  await store.write(school, (tx) => keepSmall(tx, item, small));
  return small;
}
