import { Fault } from '../../ground/fault.ts';
import { FIRST_IN_LINE, giveWay, inLine } from '../../ground/giving-way.ts';
import { PIECE_BYTES } from '../../ground/pieces.ts';
import { openTurns } from '../../ground/turns.ts';
import { TURNS } from '../../letters/scan/limits.ts';
import type { LyingFile } from '../../mail/writing/contract.ts';
import type { RoomVisit } from '../../rules/viewer.ts';
import { cameFile, camePiece, dropComing, keepPiece } from '../../store/cupboard/coming.ts';
import type { Store } from '../../store/store.ts';
import type { BroughtFile, ComingPiece, Dealt, PieceKept } from './contract.ts';
import { mostFilmBytes } from './films.ts';
import { hasOwn } from './own-cupboards.ts';
import { MOST_FILE_BYTES, type CupboardParts } from './parts.ts';

/** Of one account, of all its files that are on their way: four of the largest, or two films. */
const MOST_PIECES = 100;
const MOST_FILM_PIECES = 400;

/**
 * Keeps a piece of a file that comes; who is cut off brings that piece again and no more. Who has
 * no cupboard has no place for files either.
 */
export async function bringPiece(
  { parts, viewer }: RoomVisit<CupboardParts>,
  { upload, place }: ComingPiece,
  bytes: Buffer,
): Promise<PieceKept> {
  if (bytes.length === 0 || bytes.length > PIECE_BYTES) return 'wrong';
  const { school, account } = viewer;
  const mostBytes = await mostFilmBytes(parts, viewer);
  if (place > Math.ceil(mostBytes / PIECE_BYTES)) return 'wrong';
  if (!(await hasOwn(parts, viewer))) return 'wrong';
  const most = mostBytes > MOST_FILE_BYTES ? MOST_FILM_PIECES : MOST_PIECES;
  const piece = { place: place - 1, bytes, at: parts.clock(), most };
  const isKept = await inLine(
    () => parts.store.write(school, (tx) => keepPiece(tx, { account, upload }, piece)),
    FIRST_IN_LINE,
  );
  return isKept ? 'kept' : 'full';
}

/** Of those who have brought files so many are dealt with at once; others wait their turn. */
const turns = openTurns({ ...TURNS.files, atOnce: 2, each: 1 });

/** Does something with files that have come whole. What is only half here was never a file. */
export async function withBrought<T>(
  visit: RoomVisit<CupboardParts>,
  files: readonly BroughtFile[],
  then: Parameters<typeof dealWith<T>>[2],
): Promise<Dealt<T>> {
  const { school, account } = visit.viewer;
  // Who waits for too long goes on all the same: what refuses files is further on.
  const giveBack = await turns.take(`${school}.${account}`);
  await giveWay();
  try {
    return await dealWith(visit, files, then);
  } finally {
    giveBack?.();
  }
}

async function dealWith<T>(
  { parts: { store }, viewer: { school, account } }: RoomVisit<CupboardParts>,
  files: readonly BroughtFile[],
  {
    deal,
    isForAnotherTry = () => false,
  }: {
    readonly deal: (files: readonly LyingFile[]) => Promise<T>;
    readonly isForAnotherTry: ((became: T) => boolean) | undefined;
  },
): Promise<Dealt<T>> {
  const uploads = files.map(({ upload }) => upload);
  const drop = () => store.write(school, (tx) => dropComing(tx, account, uploads));
  const come: LyingFile[] = [];
  for (const { upload, name, mediaType, pieces } of files) {
    const file = await store.read(school, (tx) => cameFile(tx, { account, upload }, pieces));
    if (file === null) {
      await drop();
      return { kind: 'lost', name };
    }
    const { sizeBytes, lies } = file;
    const came = { school, lies, pieces };
    const read = () => readCame(store, came);
    come.push({ name, mediaType, pieces: { sizeBytes, read }, came });
  }
  const value = await deal(come);
  if (!isForAnotherTry(value)) await drop();
  return { kind: 'dealt', value };
}

/** A file's pieces where they came, each by a short read of its own. */
async function* readCame(
  store: Pick<Store, 'readAside'>,
  { school, lies, pieces }: NonNullable<LyingFile['came']>,
): AsyncGenerator<Buffer> {
  for (let place = 0; place < pieces; place += 1) {
    await giveWay();
    const piece = await store.readAside(school, (tx) => camePiece(tx, lies, place));
    if (piece === null)
      throw new Fault('row-missing', 'a piece of what came', { transient: false });
    yield* piece;
  }
}
