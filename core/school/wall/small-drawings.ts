/** Small versions of what children draw, made in a locked process as it is given. */
import { orNull } from '../../ground/sandbox/answers.ts';
import { openSandbox, type JobLimits } from '../../ground/sandbox/sandbox.ts';
import { pngUpTo } from '../../mail/parsing/png.ts';
import type { SmallJobs } from './small-sandbox.ts';

/** A smaller file is shown as it is. */
const WORTH_BYTES = 16 * 1024;
const MEMORY_BYTES = 256 * 2 ** 20;
/** Many times as high as a pad is. */
const SMALL = { width: 480, height: 2_000 };
/** A pad that is full takes a fifth of a second. */
const LIMITS: JobLimits = { cpuMs: 3_000, ifEnded: 'give-up' };

const sandbox = openSandbox<SmallJobs>({
  script: new URL('./small-sandbox.ts', import.meta.url),
  memoryBytes: MEMORY_BYTES,
  processes: 1,
  waiting: 50,
  answers: { small: orNull(pngUpTo(SMALL)) },
});

/** Null where it is small enough, or none can be made: then the whole one is shown. */
export async function smallDrawing(whole: Buffer): Promise<Buffer | null> {
  if (whole.length < WORTH_BYTES) return null;
  const ran = await sandbox.run('small', [whole], LIMITS);
  if (ran.kind !== 'done' || ran.value === null) return null;
  return ran.value.length < whole.length ? ran.value : null;
}
