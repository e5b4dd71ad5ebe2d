/**
 * Reads files that lie somewhere, in a process of their own beside that of letters: a hundred that
 * are put away keep no letter waiting.
 */
import type { Pieces } from '../../ground/pieces.ts';
import { openSandbox, type JobLimits } from '../../ground/sandbox/sandbox.ts';
import type { FileJobs, FileRead } from './file-sandbox.ts';

/** A file of 25 MB, encoded and read, with all that its archives may unpack to. */
const MEMORY_BYTES = 768 * 2 ** 20;
const WAITING = 400;
const READING: JobLimits = { cpuMs: 8_000, ifEnded: 'once-more' };

const sandbox = openSandbox<FileJobs>({
  script: new URL('./file-sandbox.ts', import.meta.url),
  memoryBytes: MEMORY_BYTES,
  processes: 1,
  waiting: WAITING,
  goes: 'aside',
});

/** A file alone, as it comes. */
interface FileToRead {
  readonly name: string;
  readonly mediaType: string;
  readonly pieces: Pieces;
}

/** What a file is judged by; null: it can't be read just now. What is beyond all limits is none. */
export async function readFile({ name, mediaType, pieces }: FileToRead): Promise<FileRead | null> {
  const ran = await sandbox.run('read', [pieces, { name, mediaType }], READING);
  if (ran.kind === 'done') return withBuffers(ran.value);
  return ran.kind === 'ended' ? { message: null, patches: [] } : null;
}

/** What came through a channel bears plain bytes. */
const withBuffers = ({ message, patches }: FileRead): FileRead => ({
  message,
  patches: patches.map(({ at, bytes }) => ({ at, bytes: Buffer.from(bytes) })),
});
