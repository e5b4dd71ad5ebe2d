/** Small pictures of strangers' pictures: made in a locked process, once, and kept by who asks. */
import { firstBytes, type Pieces } from '../../ground/pieces.ts';
import { orNull } from '../../ground/sandbox/answers.ts';
import { openSandbox, type JobLimits } from '../../ground/sandbox/sandbox.ts';
import { PICTURE_HEAD_BYTES, pictureSize } from '../../letters/message/picture-size.ts';
import { pngUpTo } from './png.ts';
import type { SmallPictureJobs } from './small-picture-sandbox.ts';

/** Twice the place that a list has for it, for screens with fine dots. */
const SIDE = 160;
/** Of a telephone's largest; a bomb of 50,000 × 50,000 is refused by its own first bytes. */
const MOST_DOTS = 50_000_000;
/** Others are unpacked dot by dot. */
const MOST_UNPACKED_DOTS = 12_000_000;
const MEMORY_BYTES = 768 * 2 ** 20;
/** A photo takes half a second; what takes longer has a drawing of its kind instead. */
const DRAWING: JobLimits = { cpuMs: 4_000, ifEnded: 'give-up' };
const WAITING = 20;

const sandbox = openSandbox<SmallPictureJobs>({
  script: new URL('./small-picture-sandbox.ts', import.meta.url),
  memoryBytes: MEMORY_BYTES,
  processes: 1,
  waiting: WAITING,
  answers: { small: orNull(pngUpTo({ width: SIDE, height: SIDE })) },
});

const KINDS: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp']);

/** Of what is served as this there may be a small picture. */
export const hasSmallKind = (mediaType: string): boolean => KINDS.has(mediaType);

/**
 * A small PNG of a picture: of one that moves, its beginning; `none` of anything else; `later`
 * where too many wait for theirs.
 */
export async function smallPicture(
  pieces: Pieces,
  mediaType: string,
): Promise<Buffer | 'none' | 'later'> {
  if (!hasSmallKind(mediaType)) return 'none';
  const size = pictureSize(await firstBytes(pieces, PICTURE_HEAD_BYTES));
  const most = mediaType === 'image/jpeg' ? MOST_DOTS : MOST_UNPACKED_DOTS;
  if (size === null || size.width * size.height > most) return 'none';
  const ran = await sandbox.run('small', [pieces, SIDE], DRAWING);
  if (ran.kind === 'busy' || ran.kind === 'lost') return 'later';
  return ran.kind === 'done' && ran.value !== null ? ran.value : 'none';
}
