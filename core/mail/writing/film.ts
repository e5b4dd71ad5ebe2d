import { firstPiece, PIECE_BYTES, type Pieces } from '../../ground/pieces.ts';
import { ALL, startWork } from '../../letters/message/archive/work.ts';
import { offeredName } from '../../letters/message/file-names.ts';
import { kindOf } from '../../letters/message/kinds.ts';
import { kindOfStart } from '../../letters/message/magic.ts';
import type { Scanner } from '../../letters/scan/clamd.ts';
import type { Outcome } from '../../rules/outcome.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { oneLine } from '../parsing/alone.ts';
import type { LyingFile } from './contract.ts';
import { deniedFile, hashing, type StoredJudgement } from './upload.ts';

const IS_PLAYED = /^(?:audio|video)\//;

/** Whether a file begins as a film or a sound does. */
export const isFilm = async ({ pieces }: Pick<LyingFile, 'pieces'>): Promise<boolean> =>
  IS_PLAYED.test(kindOfStart(await firstPiece(pieces)).mediaType);

/**
 * A film or a sound that is larger than any letter, judged by its beginning and its end: what else
 * a file may be begins there (a program, a tar) or ends there (a zip). All of it goes to the
 * scanner.
 */
export async function judgeFilm(
  { scanner }: { readonly scanner: Pick<Scanner, 'scanFile'> },
  { school, account }: Viewer,
  file: LyingFile,
): Promise<StoredJudgement> {
  const refused = (outcome: Outcome): StoredJudgement => ({ kind: 'refused', outcome });
  const ended = ending(file.pieces);
  const hashed = hashing(ended.pieces);
  const scanned = await scanner.scanFile(hashed.pieces, { kind: 'own', school, account });
  if (scanned.kind === 'infected') return refused(scanned);
  if (scanned.kind === 'silent') return refused({ kind: 'scanner-silent' });
  if (scanned.kind === 'unscannable') return refused(deniedFile(file, 'locked-archive'));
  const name = oneLine(file.name);
  const ends = Buffer.concat([await firstPiece(file.pieces), ...ended.last()]);
  const kind = kindOf(ends, [name], startWork(ALL));
  if (kind.danger !== 'everyday' || !IS_PLAYED.test(kind.mediaType))
    return refused(deniedFile(file, 'file-kind'));
  return {
    kind: 'fine',
    name: offeredName([name], kind.ending),
    mediaType: kind.mediaType,
    sha256: hashed.sha256(),
    pieces: file.pieces,
    isPatched: false,
  };
}

const bytesOf = (pieces: readonly Buffer[]): number =>
  pieces.reduce((sum, { length }) => sum + length, 0);

/** Pieces whose last are known once they were read, a full one and more: a file ends in those. */
function ending({ sizeBytes, read }: Pieces): {
  readonly pieces: Pieces;
  last(): readonly Buffer[];
} {
  let last: readonly Buffer[] = [];
  return {
    pieces: {
      sizeBytes,
      async *read() {
        for await (const piece of read()) {
          last = [...last, Buffer.from(piece)];
          while (bytesOf(last.slice(1)) >= PIECE_BYTES) last = last.slice(1);
          yield piece;
        }
      },
    },
    last: () => last,
  };
}
