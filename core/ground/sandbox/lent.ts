import { randomUUID } from 'node:crypto';
/**
 * Large bytes go to a process of a sandbox by memory that both see, a file without a name: through
 * the channel they would be copied four times, which costs more than to read a letter of 2 MB.
 */
import { ftruncateSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';

/** Where files lie in memory, on Linux. */
const FOLDER = '/dev/shm';
/** Smaller ones go by the channel. */
const LENT_FROM_BYTES = 65_536;
/** The number that the file has in the other process: behind its three streams and the channel. */
const LENT_FD = 4;

/** What stands in the place of bytes that are lent. */
interface Lent {
  readonly lentBytes: number;
}

/** A file without a name, its number; null where the machine has no such folder. */
export function openLent(): number | null {
  const path = `${FOLDER}/preau-${randomUUID()}`;
  try {
    const fd = openSync(path, 'wx+', 0o600);
    unlinkSync(path);
    return fd;
  } catch {
    return null;
  }
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
