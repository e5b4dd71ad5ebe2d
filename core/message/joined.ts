import { WORKER_BYTES } from './limits.ts';

/**
 * The pieces as one message. A big one lies in shared memory: a worker reads it where it is, and
 * nobody copies it again.
 */
export function joined(pieces: readonly Buffer[]): Buffer {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const whole =
    length < WORKER_BYTES ? Buffer.allocUnsafe(length) : Buffer.from(new SharedArrayBuffer(length));
  let at = 0;
  for (const piece of pieces) at += piece.copy(whole, at);
  return whole;
}
