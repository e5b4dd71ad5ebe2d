/** Small versions of what children draw, made in a locked process as it is given. */
import { orNull } from '../../ground/sandbox/answers.ts';
import { openSandbox, type JobLimits } from '../../ground/sandbox/sandbox.ts';
import { png } from '../../mail/parsing/png.ts';
import type { SmallJobs } from './small-sandbox.ts';

/** A smaller file is shown as it is. */
const WORTH_BYTES = 16 * 1024;
const MEMORY_BYTES = 256 * 2 ** 20;
/** One as high as a pad is wide, many times over. */
const SMALL_BYTES = 4 * 2 ** 20;
/** A pad that is full takes a fifth of a second. */
const LIMITS: JobLimits = { cpuMs: 3_000, ifEnded: 'give-up' };

const sandbox = openSandbox<SmallJobs>({
  script: new URL('./small-sandbox.ts', import.meta.url),
  memoryBytes: MEMORY_BYTES,
  processes: 1,
  waiting: 50,
  answers: { small: orNull(png(SMALL_BYTES)) },
});

/** Null where it is small enough, or none can be made: then the whole one is shown. */
export async function smallDrawing(whole: Buffer): Promise<Buffer | null> {
  if (whole.length < WORTH_BYTES) return null;
  const ran = await sandbox.run('small', [whole], LIMITS);
  if (ran.kind !== 'done' || ran.value === null) return null;
  return ran.value.length < whole.length ? ran.value : null;
}
