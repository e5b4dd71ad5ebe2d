import { openTurns } from '../../ground/turns.ts';
import type { Upload } from '../../mail/writing/contract.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { comeBytes, dropPieces, keepPiece, piecesOf } from '../../store/cupboard/coming.ts';
import type { BroughtFile, ComingPiece, Dealt, PieceKept } from './contract.ts';
import { MOST_FILE_BYTES, type CupboardParts } from './parts.ts';

/** A piece at most: what of a file is in memory while it comes. */
const PIECE_BYTES = 1_048_576;
/** Of one account, of all its files that are on their way: four of the largest. */
const MOST_PIECES = 100;
/** A file is whole in memory while it is looked at: few at once, whoever brings them. */
const TURNS = { atOnce: 2, each: 1, waiting: 200, waitingEach: 20, waitMs: 60_000 } as const;
const turns = openTurns(TURNS);

/** Keeps a piece of a file that comes; who is cut off brings that piece again and no more. */
export async function bringPiece(
  { store, clock }: CupboardParts,
  { school, account }: Viewer,
  { upload, place }: ComingPiece,
  bytes: Buffer,
): Promise<PieceKept> {
  const most = Math.ceil(MOST_FILE_BYTES / PIECE_BYTES);
  if (bytes.length === 0 || bytes.length > PIECE_BYTES || place > most) return 'wrong';
  const piece = { place, bytes, at: clock() };
  const isKept = await store.write(school, (tx) =>
    keepPiece(tx, { account, upload }, piece, MOST_PIECES),
  );
  return isKept ? 'kept' : 'full';
}

/**
 * Does something with files that have come whole, in a turn of theirs; then their pieces go. What
 * is only half here was never a file.
 */
export async function withBrought<T>(
  { store }: CupboardParts,
  { school, account }: Viewer,
  files: readonly BroughtFile[],
  deal: (files: readonly Upload[]) => Promise<T>,
): Promise<Dealt<T>> {
  const uploads = files.map(({ upload }) => upload);
  const giveBack = await turns.take(`${account}`, 'one');
  if (giveBack === null) return { kind: 'busy' };
  try {
    const bytes = await store.read(school, (tx) => comeBytes(tx, account, uploads));
    if (bytes > MOST_FILE_BYTES) return { kind: 'too-big', mostBytes: MOST_FILE_BYTES };
    const whole: Upload[] = [];
    for (const { upload, name, mediaType, pieces } of files) {
      const come = await store.read(school, (tx) => piecesOf(tx, { account, upload }));
      if (come.length !== pieces || come.some(({ place }, at) => place !== at + 1))
        return { kind: 'lost', name };
      whole.push({ name, mediaType, bytes: Buffer.concat(come.map((one) => one.bytes)) });
    }
    return { kind: 'dealt', value: await deal(whole) };
  } finally {
    giveBack();
    await store.write(school, (tx) => dropPieces(tx, account, uploads));
  }
}
