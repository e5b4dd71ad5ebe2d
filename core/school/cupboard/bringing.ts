import { giveWay, restAfter } from '../../ground/giving-way.ts';
import type { SchoolId } from '../../ground/ids.ts';
import { heldIn, openMemoryFile } from '../../ground/memory-file.ts';
import { firstBytes, piecesOf } from '../../ground/pieces.ts';
import { openTurns } from '../../ground/turns.ts';
import { PICTURE_HEAD_BYTES, pictureSize } from '../../letters/message/picture-size.ts';
import { TURNS } from '../../letters/scan/limits.ts';
import type { LyingFile } from '../../mail/writing/contract.ts';
import { isFilm, judgeFilm } from '../../mail/writing/film.ts';
import { judgeStored } from '../../mail/writing/upload.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { keepBody } from '../../store/bodies/bodies.ts';
import { copyPieces, giveHash } from '../../store/cupboard/coming.ts';
import type { FileBody } from '../../store/cupboard/items.ts';
import type { SchoolTx, Store } from '../../store/store.ts';
import type { GivenFile, NotPut } from './contract.ts';
import { mostFileBytes, mostFilmBytes } from './films.ts';
import { keptName } from './names.ts';
import { MOST_FILE_BYTES, type PuttingParts } from './parts.ts';
import { makeSmall } from './small.ts';

/** As at clamd, so that nobody there waits for a second turn. */
const turns = openTurns(TURNS.files);

/** A file that was brought: its bytes are kept, and something has to name them within a day. */
interface Brought {
  readonly kind: 'brought';
  readonly name: string;
  readonly file: FileBody;
}

/** Why a file of this size is nothing to be kept, before the scanner is asked. */
async function wrongSize(
  parts: PuttingParts,
  viewer: Viewer,
  file: LyingFile,
): Promise<NotPut | null> {
  const { sizeBytes } = file.pieces;
  if (sizeBytes === 0) return { kind: 'empty' };
  const mostOfAny = await mostFileBytes(parts);
  if (sizeBytes <= mostOfAny) return null;
  if (sizeBytes <= MOST_FILE_BYTES) return { kind: 'no-disk' };
  const most = (await isFilm(file)) ? await mostFilmBytes(parts, viewer) : MOST_FILE_BYTES;
  return sizeBytes > most ? { kind: 'too-big', mostBytes: most } : null;
}

/** More dots than the largest camera's: whoever opens such a picture has no computer any more. */
const MOST_DOTS = 300_000_000;

/** Whether a picture says of itself that it is far larger than any. */
async function isBomb({ pieces }: LyingFile): Promise<boolean> {
  const size = pictureSize(await firstBytes(pieces, PICTURE_HEAD_BYTES));
  return size !== null && size.width * size.height > MOST_DOTS;
}

/** A file as those read it who look at it one after the other. */
interface HeldFile {
  readonly file: LyingFile;
  close(): void;
}

/**
 * A file that lies in the database, copied to memory by another thread: whoever looks at it reads
 * it there. As it is where it isn't in the database, is a film, or the machine has no room for it.
 */
async function held(store: Pick<Store, 'copyLarge'>, file: LyingFile): Promise<HeldFile> {
  const { came, pieces } = file;
  const asItIs = { file, close: () => {} };
  if (came === undefined || pieces.sizeBytes > MOST_FILE_BYTES) return asItIs;
  const fd = openMemoryFile();
  if (fd === null) return asItIs;
  const { pieces: inMemory, close } = heldIn(fd, pieces.sizeBytes);
  try {
    if (await copyPieces(store, came, fd)) return { file: { ...file, pieces: inMemory }, close };
  } catch {
    // What fails here fails once more where it is read, and is told there.
  }
  close();
  return asItIs;
}

/** A file as it is looked at, whether it came with its form or before it. */
export const lying = (file: GivenFile): LyingFile => ({
  ...('pieces' in file ? file : { ...file, pieces: piecesOf(file.bytes) }),
  // What stands for letters that nobody could read would be read as letters that nobody wrote.
  name: file.name.replaceAll('\uFFFD', '_'),
});

/** What came piece by piece into the database of this school stays where it lies. */
function claimOf(school: SchoolId, { came }: LyingFile) {
  if (came?.school !== school || came.lies.kind === 'stored') return undefined;
  const { id } = came.lies;
  return (tx: SchoolTx, sha256: string) => giveHash(tx, { id, pieces: came.pieces }, sha256);
}

/**
 * The one way by which files come into a school but by letter: without the place where a picture
 * was taken, by what it holds and not by its name, past the scanner and the kinds of its bringer's
 * role.
 */
export async function bring(
  visit: RoomVisit<PuttingParts>,
  school: SchoolId,
  given: GivenFile,
): Promise<Brought | NotPut> {
  const { parts, viewer } = visit;
  const file = lying(given);
  const wrong = await wrongSize(parts, viewer, file);
  if (wrong !== null) return wrong;
  const giveBack = await turns.take(`${viewer.school}.${viewer.account}`);
  if (giveBack === null) return { kind: 'refused', outcome: { kind: 'scanner-silent' } };
  const begun = performance.now();
  try {
    const copy = await held(parts.store, file);
    return await bringInTurn(visit, school, copy.file).finally(copy.close);
  } finally {
    // Who brought it is told at once; the next one waits.
    void restAfter(performance.now() - begun).then(giveBack);
  }
}

/** Takes what costs, one file after the other in a process, each step once no letter is on. */
async function bringInTurn(
  { parts, viewer }: RoomVisit<PuttingParts>,
  school: SchoolId,
  file: LyingFile,
): Promise<Brought | NotPut> {
  await giveWay();
  if (await isBomb(file)) return { kind: 'bomb' };
  const judge = file.pieces.sizeBytes > MOST_FILE_BYTES ? judgeFilm : judgeStored;
  const judged = await judge(parts, viewer, file);
  if (judged.kind === 'refused') return judged;
  const claim = judged.isPatched ? undefined : claimOf(school, file);
  await giveWay();
  await parts.store.write(school, (tx) => keepBody(tx, { ...judged, claim }, parts.clock()));
  await makeSmall(parts, school, judged);
  const { sha256, mediaType, pieces } = judged;
  return {
    kind: 'brought',
    name: keptName(judged.name),
    file: { sha256, sizeBytes: pieces.sizeBytes, mediaType },
  };
}
