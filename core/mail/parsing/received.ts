import { AT_ONCE_BYTES } from '../../letters/message/limits.ts';

/** Before a large letter: what its header grows by on its way in is nearly always less. */
const ROOM_BYTES = 16_384;

/**
 * A letter as it came. In memory a large one has room before it: its header becomes another one on
 * the way in, which is written there, so that its body need not be copied.
 */
export interface ReceivedLetter {
  readonly bytes: Buffer;
  /** The room, and `bytes` as its end. */
  readonly whole: Buffer;
}

/** What came in pieces, so many bytes in all. */
export function receivedFrom(pieces: readonly Buffer[], size: number): ReceivedLetter {
  const [only] = pieces;
  if (pieces.length === 1 && only && size <= AT_ONCE_BYTES) return { bytes: only, whole: only };
  const room = size <= AT_ONCE_BYTES ? 0 : ROOM_BYTES;
  const whole = Buffer.allocUnsafeSlow(room + size);
  let at = room;
  for (const piece of pieces) at += piece.copy(whole, at);
  return { bytes: whole.subarray(room), whole };
}

/**
 * The letter with another header and the last `bodyBytes` of what was received as its body; null
 * where that header has no room. What was received is overwritten by it.
 */
export function withHeader(
  { whole }: ReceivedLetter,
  header: Buffer,
  bodyBytes: number,
): Buffer | null {
  const begin = whole.length - bodyBytes - header.length;
  if (begin < 0) return null;
  header.copy(whole, begin);
  return whole.subarray(begin);
}
