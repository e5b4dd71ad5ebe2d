import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync } from 'node:fs';
import { setImmediate as turnOfOthers } from 'node:timers/promises';
import { PIECE_BYTES, type Pieces } from './pieces.ts';

/** Where files lie in memory, on Linux. */
const FOLDER = '/dev/shm';
/** So much of a file is read at once. */
const CHUNK_BYTES = 65_536;

/**
 * Opens a file in memory that has no name and goes away once it is closed; its number, or null
 * where the machine has no such folder.
 */
export function openMemoryFile(): number | null {
  const path = `${FOLDER}/preau-${randomUUID()}`;
  try {
    const fd = openSync(path, 'wx+', 0o600);
    unlinkSync(path);
    return fd;
  } catch {
    return null;
  }
}

/** What lies in an open file, until it is closed. */
interface HeldBytes {
  readonly pieces: Pieces;
  close(): void;
}

/**
 * The first bytes of an open file, as many, by chunks of one buffer; after each piece of them
 * others have their turn.
 */
export function heldIn(fd: number, sizeBytes: number): HeldBytes {
  let isOpen = true;
  async function* read(): AsyncGenerator<Buffer> {
    const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    for (let at = 0; at < sizeBytes;) {
      // Its number may be another file's by now.
      if (!isOpen) throw new Error('what was held is closed');
      const length = readSync(fd, chunk, 0, Math.min(CHUNK_BYTES, sizeBytes - at), at);
      if (length === 0) throw new Error('what was held ends too early');
      yield chunk.subarray(0, length);
      at += length;
      if (at % PIECE_BYTES === 0) await turnOfOthers();
    }
  }
  return {
    pieces: { sizeBytes, read },
    close() {
      if (isOpen) closeSync(fd);
      isOpen = false;
    },
  };
}
