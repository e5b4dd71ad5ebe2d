/** DEFLATE and gzip (RFC 1951, RFC 1952) undone within what an archive may give. */
import { constants, gunzipSync, inflateRawSync, type ZlibOptions } from 'node:zlib';
import { charge, exceedRoom, roomOf, takeBytes, type OpenArchive } from './work.ts';

/** Pieces in which the result grows: small for small files, never more than this. */
const PIECE_BYTES = 1_048_576;

/** DEFLATE makes nothing larger than this: what a broken stream may have cost before it broke. */
const MOST_AIR = 1_032;

/**
 * Raw deflated bytes; what stands after their end is left alone, what is cut short gives what there
 * is.
 */
export function inflate(unpacking: OpenArchive, packed: Buffer): Buffer | null {
  return within(unpacking, packed, inflateRawSync);
}

/** All members of a gzip file; broken ones and wrong checksums give null. */
export function gunzip(unpacking: OpenArchive, packed: Buffer): Buffer | null {
  return within(unpacking, packed, gunzipSync);
}

type Undo = (packed: Buffer, options: ZlibOptions) => Buffer;

function within(unpacking: OpenArchive, packed: Buffer, undo: Undo): Buffer | null {
  const room = roomOf(unpacking);
  if (unpacking.work.exceeded !== null) return null;
  const options: ZlibOptions = {
    maxOutputLength: room + 1, // node takes no limit of zero
    finishFlush: constants.Z_SYNC_FLUSH,
    chunkSize: Math.min(PIECE_BYTES, Math.max(1_024, packed.length * 4)),
  };
  try {
    return takeBytes(unpacking, undo(packed, options));
  } catch (error) {
    if (isTooLarge(error)) exceedRoom(unpacking);
    else charge(unpacking, packed.length * MOST_AIR);
    return null;
  }
}

/** Whether zlib stopped at its `maxOutputLength`. */
export function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}
