import { dayAt } from '../../ground/clock.ts';
import type { SchoolId, WallItemId } from '../../ground/ids.ts';
import type { Night, NightCounts } from '../../ground/night-job.ts';
import { holidayYearOf } from '../../roster/holidays.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import { allSchools } from '../../store/schools/roster.ts';
import {
  askWallBook,
  classesWithWalls,
  dropUnfinished,
  finishPrinting,
  keepPiece,
  printedPiece,
  shareWallBook,
  wallBook,
  type WallBookRow,
} from '../../store/wall/wall-books.ts';
import { eraseOtherYears, hungOn, wallFile, wallItems } from '../../store/wall/wall-items.ts';
import type { BookToPrint, PrintedBook, PrintedGift, WallBook, WallRef } from './contract.ts';
import { wallAt, wallOf, type OwnWall } from './own-walls.ts';
import type { WallParts } from './parts.ts';
import { mayAskBook, mayReadBook } from './rights.ts';

/** A piece of a book in the database, and in memory. */
const PIECE_BYTES = 1_000_000;

interface Hanging {
  readonly id: WallItemId;
}

/** Everything in it still hangs: what a child takes off is in no book that anybody can have. */
const holds = ({ items }: WallBookRow, hung: readonly Hanging[]): boolean => {
  const here = new Set(hung.map(({ id }) => id));
  return items.every((item) => here.has(item));
};

const isDue = (book: WallBookRow, hung: readonly Hanging[]): boolean =>
  book.madeAt === null || book.madeAt < book.askedAt || !holds(book, hung);

/** How a book stands, before what hangs today. */
export function bookState(book: WallBookRow | null, hung: readonly Hanging[]): WallBook {
  const { forFamilies = false, askedAt = null, madeAt = null, sizeBytes = 0 } = book ?? {};
  const isThere = book !== null && madeAt !== null && holds(book, hung);
  return {
    forFamilies,
    askedAt,
    madeAt: isThere ? madeAt : null,
    sizeBytes,
    isComing: book !== null && isDue(book, hung),
  };
}

/** Asks for the book of the year; it is there the next morning. */
export async function askBook(parts: WallParts, viewer: Viewer, ref: WallRef): Promise<boolean> {
  const wall = await wallAt(parts, viewer, ref);
  if (wall === null || !mayAskBook(wall.stand)) return false;
  await parts.store.write(ref.school, async (tx) => {
    await askWallBook(tx, wall.name, parts.clock());
    await writeAudit(tx, viewer.addressId, 'wall-book', { class: ref.classId });
  });
  return true;
}

export async function shareBook(
  { parts, viewer }: RoomVisit<WallParts>,
  ref: WallRef,
  { forFamilies }: { readonly forFamilies: boolean },
): Promise<boolean> {
  const wall = await wallAt(parts, viewer, ref);
  if (wall === null || !mayAskBook(wall.stand)) return false;
  return parts.store.write(ref.school, (tx) => shareWallBook(tx, wall.name, { forFamilies }));
}

/** What hangs on a wall of those who are in its class today, the oldest first. */
async function hungHere(
  parts: Pick<WallParts, 'store'>,
  wall: Omit<OwnWall, 'stand' | 'children'>,
) {
  const here = new Set(wall.pupils);
  const hung = await parts.store.read(wall.ref.school, (tx) => hungOn(tx, wall.name));
  return hung.filter(({ author }) => here.has(author));
}

/** The book as it was printed, for who may have it, while everything in it hangs. */
export async function book(
  parts: WallParts,
  viewer: Viewer,
  ref: WallRef,
): Promise<PrintedBook | null> {
  const wall = await wallAt(parts, viewer, ref);
  if (wall === null) return null;
  const row = await parts.store.read(ref.school, (tx) => wallBook(tx, wall.name));
  if (row === null || row.madeAt === null || !mayReadBook(wall.stand, row)) return null;
  if (!holds(row, await hungHere(parts, wall))) return null;
  const { className, name } = wall;
  const pieces = piecesOf(parts, ref.school, row);
  return { className, year: name.year, sizeBytes: row.sizeBytes, pieces };
}

async function* piecesOf(
  { store }: WallParts,
  school: SchoolId,
  printing: WallBookRow,
): AsyncGenerator<Buffer> {
  for (let place = 0; ; place += 1) {
    const piece = await store.read(school, (tx) => printedPiece(tx, printing, place));
    if (piece === null) return;
    yield piece;
  }
}

/**
 * A night's work: forgets the walls of other years, then prints what is due. A book that can't be
 * printed keeps no other from it; what was wrong with the first of them is thrown at the end.
 */
export async function printBooks(
  parts: WallParts,
  night: Night,
  print: (book: BookToPrint) => AsyncIterable<Buffer>,
): Promise<NightCounts> {
  let [books, erased] = [0, 0];
  const failed: unknown[] = [];
  for (const school of await parts.store.readTown(allSchools)) {
    const roster = (await parts.directory.rosters([school], { maxAgeMs: 0 })).get(school);
    if (roster === undefined) continue;
    const { name: year } = holidayYearOf(dayAt(parts.clock(), roster.school.timeZone));
    erased += await parts.store.write(school, (tx) => eraseOtherYears(tx, year));
    for (const classId of await parts.store.read(school, classesWithWalls)) {
      await night.breathe();
      const wall = wallOf(roster, classId, parts.clock());
      const row = await parts.store.read(school, (tx) => wallBook(tx, wall.name));
      const hung = await hungHere(parts, wall);
      if (row === null || !isDue(row, hung)) continue;
      try {
        await printBook(parts, night, { wall, row, hung, print });
        books += 1;
      } catch (error) {
        night.signal.throwIfAborted();
        failed.push(error);
      }
    }
  }
  if (failed.length > 0) throw failed[0];
  return { books, erased };
}

interface Printing {
  readonly wall: Omit<OwnWall, 'stand' | 'children'>;
  readonly row: WallBookRow;
  readonly hung: readonly Hanging[];
  readonly print: (book: BookToPrint) => AsyncIterable<Buffer>;
}

/**
 * Prints a book page by page: never more than a drawing and a piece of it are in memory. Broken
 * off, what there is of it is thrown away, and the book of before can still be had.
 */
async function printBook(
  parts: WallParts,
  night: Night,
  { wall, row, hung, print }: Printing,
): Promise<void> {
  const { store, clock } = parts;
  const { school } = wall.ref;
  const printing = { ...wall.name, edition: row.edition + 1 };
  await store.write(school, (tx) => dropUnfinished(tx, row));
  const at = clock();
  const items: WallItemId[] = [];
  const pages = print({
    className: wall.className,
    schoolName: wall.roster.school.name,
    year: wall.name.year,
    language: 'fr',
    timeZone: wall.roster.school.timeZone,
    madeAt: at,
    count: hung.length,
    gifts: giftsToPrint(parts, night, { wall, hung, items }),
  });
  let [place, sizeBytes] = [0, 0];
  for await (const bytes of inPieces(pages)) {
    const piece = { place, bytes };
    await store.write(school, (tx) => keepPiece(tx, printing, piece));
    place += 1;
    sizeBytes += bytes.length;
  }
  await store.write(school, (tx) => finishPrinting(tx, printing, { at, items, sizeBytes }));
}

/** Gifts one after the other, in the order in which they were hung up; notes which came. */
async function* giftsToPrint(
  { store }: WallParts,
  night: Night,
  { wall, hung, items }: Pick<Printing, 'wall' | 'hung'> & { readonly items: WallItemId[] },
): AsyncGenerator<PrintedGift> {
  for (const { id } of hung) {
    await night.breathe();
    const found = await store.read(wall.ref.school, async (tx) => {
      const [row] = await wallItems(tx, { of: 'item', item: id }, 1);
      const drawing = row?.kind === 'drawing' ? await wallFile(tx, id, 'whole') : null;
      return row === undefined ? null : { row, drawing };
    });
    // Taken off since the list was read.
    if (found === null || found.row.hungAt === null) continue;
    const { row, drawing } = found;
    items.push(id);
    const givenName = wall.roster.people.get(row.author)?.givenName ?? row.givenName;
    const { kind, hungAt } = found.row;
    if (hungAt !== null) yield { kind, givenName, hungAt, drawing: drawing?.bytes ?? null };
  }
}

/** Bytes as they come, in pieces of one size but the last. */
async function* inPieces(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let kept: Buffer[] = [];
  let size = 0;
  for await (const some of bytes) {
    kept.push(some);
    size += some.length;
    while (size >= PIECE_BYTES) {
      const all = Buffer.concat(kept);
      yield all.subarray(0, PIECE_BYTES);
      kept = [all.subarray(PIECE_BYTES)];
      size -= PIECE_BYTES;
    }
  }
  if (size > 0) yield Buffer.concat(kept);
}
