/**
 * Reads files that lie somewhere, in a process of their own beside that of letters: a hundred that
 * are put away keep no letter waiting.
 */
import { MAX_MESSAGE_BYTES } from '../../ground/config-variables.ts';
import { BLOCK_BYTES, type Patch, type Pieces } from '../../ground/pieces.ts';
import { bytes, count, list, orNull, shape } from '../../ground/sandbox/answers.ts';
import { openSandbox, type JobLimits } from '../../ground/sandbox/sandbox.ts';
import type { FileJobs, FileRead } from './file-sandbox.ts';
import { isFileMessage } from './letter-answers.ts';

/** A file of 25 MB, encoded and read, with all that its archives may unpack to. */
const MEMORY_BYTES = 768 * 2 ** 20;
const WAITING = 400;
const READING: JobLimits = { cpuMs: 8_000, ifEnded: 'once-more' };

/** A patch is for a block of a file, and a file has so many. */
const MOST_PATCHES = MAX_MESSAGE_BYTES / BLOCK_BYTES;

const isFileRead = shape<FileRead>({
  message: orNull(isFileMessage),
  patches: list(
    shape<Patch>({ at: count(MAX_MESSAGE_BYTES), bytes: bytes(BLOCK_BYTES) }),
    MOST_PATCHES,
  ),
});

const sandbox = openSandbox<FileJobs>({
  script: new URL('./file-sandbox.ts', import.meta.url),
  memoryBytes: MEMORY_BYTES,
  processes: 1,
  waiting: WAITING,
  goes: 'aside',
  answers: { read: isFileRead },
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
  if (ran.kind === 'done') return ran.value;
  return ran.kind === 'ended' ? { message: null, patches: [] } : null;
}
