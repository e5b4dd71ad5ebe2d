/**
 * Large bytes go to a process of a sandbox by memory that both see, a file without a name: through
 * the channel they would be copied four times, which costs more than to read a letter of 2 MB.
 */

import { ftruncateSync, readSync, writeSync } from 'node:fs';
import { gathered, type Pieces } from '../pieces.ts';

/** Smaller ones go by the channel. */
const LENT_FROM_BYTES = 65_536;
/** The number that the file has in the other process: behind its three streams and the channel. */
const LENT_FD = 4;

/** What stands in the place of bytes that are lent. */
interface Lent {
  readonly lentBytes: number;
}

/**
 * What is given, the first large buffer of it lent; all as it is where there is none, or no room in
 * memory.
 */
export function lend(fd: number | null, given: readonly unknown[]): readonly unknown[] {
  const at = given.findIndex((one) => Buffer.isBuffer(one) && one.length >= LENT_FROM_BYTES);
  const bytes = given[at];
  if (fd === null || !Buffer.isBuffer(bytes)) return given;
  try {
    for (let done = 0; done < bytes.length;)
      done += writeSync(fd, bytes, done, bytes.length - done, done);
    return given.with(at, { lentBytes: bytes.length } satisfies Lent);
  } catch {
    return given;
  }
}

const isPieces = (one: unknown): one is Pieces =>
  typeof one === 'object' && one !== null && 'read' in one && 'sizeBytes' in one;

/**
 * The same where pieces are among what is given: they go one by one to where they are lent, and
 * this process never has them whole, unless there is nowhere else for them.
 */
export async function lendPieces(
  fd: number | null,
  given: readonly unknown[],
  isOver: () => boolean,
): Promise<readonly unknown[]> {
  const at = given.findIndex(isPieces);
  const pieces = given[at];
  if (!isPieces(pieces)) return lend(fd, given);
  if (fd === null) return given.with(at, await gathered(pieces));
  let lentBytes = 0;
  for await (const piece of pieces.read())
    for (let done = 0; done < piece.length;) {
      // The process may have ended meanwhile, and its file's number be another's by now.
      if (isOver()) throw new Error('nobody borrows it any more');
      const written = writeSync(fd, piece, done, piece.length - done, lentBytes);
      [done, lentBytes] = [done + written, lentBytes + written];
    }
  return given.with(at, { lentBytes } satisfies Lent);
}

/** The memory is given back once a job is done. */
export function takeBack(fd: number | null): void {
  if (fd !== null) ftruncateSync(fd);
}

/** In the other process: what was given, with what was lent in its place. */
export function borrow(given: readonly unknown[]): readonly unknown[] {
  return given.map((one) => (isLent(one) ? borrowed(one) : one));
}

const isLent = (one: unknown): one is Lent =>
  typeof one === 'object' && one !== null && 'lentBytes' in one;

function borrowed({ lentBytes }: Lent): Buffer {
  const bytes = Buffer.allocUnsafeSlow(lentBytes);
  for (let done = 0; done < lentBytes;) {
    const read = readSync(LENT_FD, bytes, done, lentBytes - done, done);
    if (read === 0) throw new Error('what was lent ends too early');
    done += read;
  }
  return bytes;
}
